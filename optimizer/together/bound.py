"""What no people can do without: the same demand with everybody knowing everything, and plenty of people elsewhere.

In one column at a time the pooled people are so many, and in all others as many as anybody could want; what is then
held of all promises together is more than any arrangement of as many people holds in that column. So with N[c] the
heads of all groups and s[c](n) what n of them hold there,

    Σ_c s[c](N[c]) ≥ 0  over each period,

is a relaxation of the plan; its least cost is a lower bound (Cezik and L'Ecuyer 2008). s is simulated, so the bound is
an estimate: its curves are raised by two standard errors, and to their concave hull, as tangents need them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyomo.environ as pyo

from optimizer.horizon import FloatArray, IntArray
from optimizer.people import Effort
from optimizer.requirement.first_guess import first_guess
from optimizer.solver import Solved
from optimizer.staffing import with_agents
from optimizer.together.frame import Frame, frame_of, pooled_agents
from optimizer.together.master import Master
from optimizer.together.promised import Masses, Promised
from optimizer.together.regrouped import regrouped
from optimizer.together.slopes import PHASES
from optimizer.together.trials import Trials

EVERYONE = "everyone"
_LEVELS = 7  # numbers of people tried in each column
_ERRORS = 2.0  # standard errors by which the curves are raised
Point = tuple[float, float]


@dataclass(frozen=True)
class Curve:
    """What so many heads hold in a column, at most: the lines of a concave hull, (slope, height at 0)."""

    lines: tuple[tuple[float, float], ...]


def pooled_bound(frame: Frame, trials: Trials, effort: Effort, observations: int) -> float:
    """The least cost of any people that hold; 0 where some people are not planned, so that nothing can be pooled."""
    if set(frame.groups) != set(frame.scenario.agent_group) or not trials.promised.rows:
        return 0.0
    curves = _curves(frame, trials, observations)
    master = Master(frame, effort.solver)
    model = master.model
    periods = sorted(curves)
    model.held = pyo.Var([(p, c) for p in range(len(periods)) for c in curves[periods[p]]])
    model.pooled = pyo.ConstraintList()
    for p, period in enumerate(periods):
        for c, curve in curves[period].items():
            everyone = pyo.quicksum(master.heads[g, c] for g in range(len(frame.groups)))
            for slope, height in curve.lines:
                model.pooled.add(model.held[p, c] <= slope * everyone + height)
        model.pooled.add(pyo.quicksum(model.held[p, c] for c in curves[period]) >= 0.0)
    found = master.solve(effort.gap, effort.time_limit_s)
    solved = found if isinstance(found, Solved) else found.solved
    return max(0.0, solved.lower_bound or 0.0)


def _curves(frame: Frame, trials: Trials, observations: int) -> dict[tuple[int, int], dict[int, Curve]]:
    """Period → column → what its heads hold of all promises over that period."""
    types = [name for name in frame.scenario.contact_type if _is_known(frame, name)]
    pooled = regrouped(frame.scenario, {EVERYONE: types})
    wide = frame_of(pooled, [EVERYONE])
    guess = first_guess(pooled, EVERYONE)
    needed = np.zeros(wide.n_columns)
    is_open = wide.of_horizon >= 0
    np.maximum.at(needed, wide.of_horizon[is_open], guess.required.ravel()[is_open].astype(float))
    share = pooled.agent_group[EVERYONE].shrinkage.available_share if pooled.plan.kind == "shifts" else 1.0
    needed = np.ceil(needed / share)
    plenty = needed + 3.0 + np.ceil(2.0 * np.sqrt(needed))
    steps = np.maximum(1.0, np.ceil(np.sqrt(needed) / 3.0))
    levels = [np.zeros(wide.n_columns)]
    levels += [np.maximum(0.0, needed + level * steps) for level in range(-_LEVELS + 2, 2)]
    tries = [(phase, heads) for phase in range(min(PHASES, wide.n_columns)) for heads in levels]
    scenarios = []
    for phase, heads in tries:
        low = np.arange(wide.n_columns) % PHASES == phase
        agents = pooled_agents(wide, np.where(low, heads, plenty).astype(np.int64), low)
        scenarios.append(with_agents(pooled, {EVERYONE: agents}))
    points: dict[tuple[int, int], dict[int, list[Point]]] = defaultdict(lambda: defaultdict(list))
    for (phase, heads), found in zip(tries, trials.masses(scenarios, observations), strict=True):
        for period, column, held in _held(wide, trials.promised, found):
            if column % PHASES == phase:
                points[period][column].append((float(heads[column]), held))
    return {
        period: {c: _hull(found) for c, found in by_column.items()} for period, by_column in points.items()
    }


def _is_known(frame: Frame, contact_type: str) -> bool:
    groups = frame.scenario.agent_group.values()
    return any(skill.contact_type == contact_type for group in groups for skill in group.skills)


def _held(frame: Frame, promised: Promised, found: Masses) -> Iterator[tuple[tuple[int, int], int, float]]:
    """(period, column, sum over all promises of that period), raised by its standard errors."""
    by_period: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in promised.rows:
        by_period[row.first, row.end].append(row.promise)
    for (first, end), rows in by_period.items():
        every = found.mass[rows].sum(axis=0)[:, first:end]
        columns: IntArray = frame.of_horizon[first:end]
        n_columns = len(np.unique(columns[columns >= 0]))
        for column in np.unique(columns[columns >= 0]).tolist():
            sums: FloatArray = every[:, columns == column].sum(axis=1)
            # Errors of columns are nearly independent: so raised, their sum is raised by that many errors of its own.
            error = float(sums.std(ddof=1)) / np.sqrt(len(sums)) / np.sqrt(n_columns)
            yield (first, end), int(column), float(sums.mean()) + _ERRORS * error


def _hull(points: Sequence[Point]) -> Curve:
    """The concave hull of the points as lines, carried on at both ends; never falling, as more people never harm."""
    best: dict[float, float] = {}
    for n, held in points:
        best[n] = max(held, best.get(n, -np.inf))
    upper: list[Point] = []
    for point in sorted(best.items()):
        while len(upper) > 1 and _turns_up(upper[-2], upper[-1], point):
            upper.pop()
        upper.append(point)
    lines = []
    for (n, held), (m, more) in pairwise(upper):
        slope = max(0.0, (more - held) / (m - n))
        lines.append((slope, held - slope * n))
    return Curve(tuple(lines) or ((0.0, max(held for _, held in upper)),))


def _turns_up(a: Point, b: Point, c: Point) -> bool:
    return (b[1] - a[1]) * (c[0] - b[0]) <= (c[1] - b[1]) * (b[0] - a[0])
