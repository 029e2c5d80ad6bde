"""What one more person is worth, group by group and column by column, by simulation on the same customers.

A person more in one half hour is felt by those who come in it, just before it and just after it, and by nobody else.
So every third column is raised at once, and each interval's change is put down to the raised column beside it:
three trials a group say what a trial for each of its columns would (colored finite differences: Curtis, Powell and
Reid 1974, IMA Journal of Applied Mathematics 13).
"""

from __future__ import annotations

import numpy as np

from optimizer.horizon import FloatArray, IntArray
from optimizer.staffing import with_people
from optimizer.together.frame import Frame, with_more
from optimizer.together.master import Master, Proposal
from optimizer.together.promised import Masses, Promised
from optimizer.together.trials import Trials
from scenarios import Scenario

PHASES = 3
_LARGE_GROUPS = ((25.0, 3), (8.0, 2))  # heads from which a step of one person would drown in the noise


def slopes(
    trials: Trials, master: Master, found: Proposal, people: Scenario, base: Masses, observations: int
) -> FloatArray:
    """Change of each row's sum per person as the master counts people; rows × people, never negative.

    A negative slope is noise: more people never harm, but for what priorities and reserves do to others.
    """
    if master.by_choice:
        found_slopes = _shift_by_shift(trials, master, base, observations)
    else:
        heads = found.people.reshape(master.frame.shape)
        found_slopes = _by_columns(trials, master.frame, people, heads, base, observations)
    return np.maximum(found_slopes, 0.0)


def _shift_by_shift(trials: Trials, master: Master, base: Masses, observations: int) -> FloatArray:
    """One person more on each shift."""
    values = master.groups.values()
    one_more = values + np.eye(len(values), dtype=np.int64)
    scenarios = [with_people(master.frame.scenario, master.groups.plans_of(more)) for more in one_more]
    master.groups.plans_of(values)
    changes = [after.mean() - base.mean() for after in trials.masses(scenarios, observations)]
    return np.array(
        [
            [change[row.promise, row.first : row.end].sum() for change in changes]
            for row in trials.promised.rows
        ]
    )


def _by_columns(
    trials: Trials, frame: Frame, people: Scenario, heads: FloatArray, base: Masses, observations: int
) -> FloatArray:
    """One person more, or a few, in every third column of a group at once."""
    phases = [(g, phase) for g in range(len(frame.groups)) for phase in range(min(PHASES, frame.n_columns))]
    steps = [_step(heads[g]) for g in range(len(frame.groups))]
    scenarios = [
        with_more(
            people,
            frame,
            {frame.groups[g]: list(range(phase, frame.n_columns, PHASES))},
            {frame.groups[g]: steps[g]},
        )
        for g, phase in phases
    ]
    found = np.zeros((len(trials.promised.rows), *frame.shape))
    before = base.mean()
    for (g, phase), after in zip(phases, trials.masses(scenarios, observations), strict=True):
        change = (after.mean() - before) / steps[g]
        _put_down(found[:, g], trials.promised, change, _raised_beside(frame, phase))
    return found.reshape(len(found), -1)


def _step(heads: FloatArray) -> int:
    mean = float(heads.mean())
    return next((people for above, people in _LARGE_GROUPS if mean >= above), 1)


def _raised_beside(frame: Frame, phase: int) -> IntArray:
    """For each interval of the horizon the raised column that is felt in it; −1 where nobody is."""
    column = frame.of_horizon
    nearest = column - (column - phase + 1) % PHASES + 1
    nearest = np.where(nearest >= frame.n_columns, nearest - PHASES, nearest)
    nearest = np.where(nearest < 0, nearest + PHASES, nearest)
    return np.where((column >= 0) & (nearest < frame.n_columns), nearest, -1).astype(np.int64)


def _put_down(found: FloatArray, promised: Promised, change: FloatArray, raised: IntArray) -> None:
    for r, row in enumerate(promised.rows):
        columns = raised[row.first : row.end]
        told = columns >= 0
        np.add.at(found[r], columns[told], change[row.promise, row.first : row.end][told])
