"""Twins of trials: one day as many against the day by itself, and slopes found at once against one trial a column."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from optimizer.staffing import with_people
from optimizer.together.frame import Frame, with_more
from optimizer.together.many_days import COPIES, as_many, as_one, stands_alone
from optimizer.together.master import Master, Proposal
from optimizer.together.promised import Masses, margins
from optimizer.together.slopes import slopes
from optimizer.together.trials import Trials
from scenarios import Scenario
from tests.optimizer.together_worlds import EFFORT, calls, center, frame, n_center, team, trials

SURE = 4.5  # standard errors; one row in a hundred thousand differs so far by chance


def staffed(scenario: Scenario, heads: list[float]) -> tuple[Master, Proposal, Scenario]:
    """So many people of each group in every column."""
    master = Master(frame(scenario), EFFORT.solver)
    for choice, n in zip(
        master.groups.choices,
        np.repeat(heads, len(master.groups.choices) // len(heads)).tolist(),
        strict=True,
    ):
        choice.variable.setlb(n)
    found = master.solve(0.0, 10.0)
    assert isinstance(found, Proposal)
    return master, found, with_people(scenario, found.plans)


@pytest.mark.parametrize("kind", ["intervals", "shifts"])
def test_copies_of_a_day_are_so_many_days(kind: str) -> None:
    shifts = {"shift": [{"from": "08:00", "to": "10:00"}, {"from": "10:00", "to": "12:00"}]}
    center_ = n_center(kind, plan=shifts if kind == "shifts" else {})
    _, _, people = staffed(center_, [5, 5])
    many, plain = trials(center_), trials(center_, 2_000_000)
    assert many.by_copies
    plain.by_copies = False
    by_copies, alone = many.masses([people], 1600)[0], plain.masses([people], 400)[0]
    assert (by_copies.n_observations, alone.n_observations) == (1600, 400)
    here, error = margins(many.promised, by_copies)
    there, more = margins(plain.promised, alone)
    assert (np.abs(here - there) <= SURE * np.hypot(error, more)).all()
    assert error == pytest.approx(more / 2.0, rel=0.3)  # copies are as independent as replications
    spread = np.hypot(by_copies.mass.std(axis=1) / 40.0, alone.mass.std(axis=1) / 20.0)
    assert (np.abs(by_copies.mean() - alone.mean()) <= SURE * spread + 1e-12).all()


def test_observations_go_on_where_they_ended() -> None:
    center_ = n_center()
    _, _, people = staffed(center_, [5, 5])
    one = trials(center_)
    whole = one.masses([people], 4 * COPIES)[0]
    first, rest = (one.masses([people], 2 * COPIES, skip)[0] for skip in (0, 2 * COPIES))
    joined = first.and_then(rest)
    assert (joined.mass == whole.mass).all()
    assert joined.below == pytest.approx(whole.below)


def test_a_judgment_goes_on_until_it_is_sure() -> None:
    center_ = n_center()
    clear, close = (staffed(center_, heads)[2] for heads in ([9, 9], [4, 5]))
    one = trials(center_)
    assert one.judge(clear, 40, 400).found.n_observations == 40
    assert one.judge(close, 20, 40).found.n_observations <= 40


def test_columns_of_copies_are_days() -> None:
    mass = np.arange(COPIES * 2 * 3.0).reshape(1, 2, COPIES * 3)
    days = as_one(Masses(mass, mass.mean(axis=1)))
    assert days.mass.shape == (1, 2 * COPIES, 3)
    assert days.mass[0, 1].tolist() == [3.0, 4.0, 5.0]
    assert days.below.tolist() == [days.mass[0].mean(axis=0).tolist()]
    assert as_many(n_center()).calendar.days == COPIES


CALLS: dict[str, Any] = {"a": calls(60, share=0.8, awt_s=60), "b": calls(40)}
TEAM = {"team": team("a b")}


def day(of_a: dict[str, Any] | None = None, group: dict[str, Any] | None = None, **calendar: Any) -> Scenario:
    types = {**CALLS, "a": {**CALLS["a"], **(of_a or {})}}
    return center(types, {"team": {**TEAM["team"], **(group or {})}}, {"kind": "intervals"}, **calendar)


DEPENDING: dict[str, Scenario] = {
    "two days": day(days=2),
    "open nights": day(hours={"mon-sun": "00:00-24:00"}),
    "another Sunday": day(hours={"mon-sat": "08:00-12:00", "sun": "08:00-10:00"}),
    "a date": day(start=date(2026, 3, 2)),
    "people from before": day(warm_up_h=2),
    "weekday factors": day({"arrivals": {"per_day": 200, "weekday": {"mon": 1.2}}}),
    "returns": day({"resolution_rate": 0.8, "reconnect": {"share": 0.5, "delay_h": 20}}),
    "redials on the next day": day({"redial": {"share": 0.5, "delay_s": 20_000}}),
    "letters": day({"channel": "email", "patience_s": None, "due_h": 4, "service_target": None}),
    "people of their own pace": day(group={"talk_spread": 0.2}),
    "newcomers who learn": day(group={"newcomers": {"share": 0.5, "weeks": 2, "talk_factor": 1.5}}),
    "leavers": day(group={"attrition_per_year": 0.3}),
    "shifts on weekdays": day(
        group={"agents": {"shifts": [{"start": "08:00", "hours": 4, "days": "mon-fri", "people": 3}]}}
    ),
    "busy days": day().changed({"busyness": {"day_cv": 0.2}}),
}


@pytest.mark.parametrize("what", DEPENDING)
def test_days_that_depend_on_others_are_not_copied(what: str) -> None:
    assert not stands_alone(DEPENDING[what])


@pytest.mark.parametrize(
    "scenario",
    [
        day(),
        day({"redial": {"share": 0.5, "delay_s": 600}}),
        day(hours={"mon-sun": "06:00-22:00"}),
        day(group={"agents": {"shifts": [{"start": "08:00", "hours": 4, "people": 3}]}}),
    ],
)
def test_plain_days_are_copied(scenario: Scenario) -> None:
    assert stands_alone(scenario)


def one_by_one(trial: Trials, of: Frame, people: Scenario, base: Masses, n: int, step: int = 1) -> Any:
    """A trial for each group and column; rows × groups × columns."""
    found = np.zeros((len(trial.promised.rows), *of.shape))
    for g, group in enumerate(of.groups):
        for c in range(of.n_columns):
            after = trial.masses([with_more(people, of, {group: [c]}, {group: step})], n)[0]
            change = (after.mean() - base.mean()) / step
            for r, row in enumerate(trial.promised.rows):
                found[r, g, c] = change[row.promise, row.first : row.end].sum()
    return found


@pytest.mark.parametrize("last_h", [11, 16])
def test_slopes_found_at_once_are_those_of_single_trials(last_h: int) -> None:
    """Exactly where there are three columns; with more, an interval's change may be put down to the wrong column."""
    center_ = n_center(hours={"mon-sun": f"08:00-{last_h:02d}:00"})
    master, found, people = staffed(center_, [5, 5])
    trial, n = trials(center_), 400
    base = trial.masses([people], n)[0]
    colored = slopes(trial, master, found, people, base, n).reshape(-1, *master.frame.shape)
    singly = np.maximum(0.0, one_by_one(trial, master.frame, people, base, n))
    assert singly.max() > 1.0
    if master.frame.n_columns == 3:
        assert colored == pytest.approx(singly)
    else:
        assert np.abs(colored - singly).max() < 0.1 * singly.max()


def test_of_many_people_more_than_one_is_added() -> None:
    """Three at once of some thirty in a group, counted by person."""
    many = {f"contact_type.{name}.arrivals.per_h": 330 for name in "ab"}
    center_ = n_center(hours={"mon-sun": "08:00-11:00"}).changed(many)
    master, found, people = staffed(center_, [28, 28])
    trial, n = trials(center_), 40
    base = trial.masses([people], n)[0]
    at_once = slopes(trial, master, found, people, base, n).reshape(-1, *master.frame.shape)
    singly = one_by_one(trial, master.frame, people, base, n, step=3)
    assert at_once.max() > 0.0
    assert at_once == pytest.approx(np.maximum(0.0, singly))


def test_shift_by_shift_slopes_are_those_of_their_hours() -> None:
    """Two shifts that do not meet: a person more on one is felt as a person more in its hours is."""
    shifts = [{"from": "08:00", "to": "10:00"}, {"from": "10:00", "to": "12:00"}]
    center_ = n_center("shifts", plan={"shift": shifts})
    master, found, people = staffed(center_, [5, 5])
    assert master.by_choice
    trial, n = trials(center_), 200
    base = trial.masses([people], n)[0]
    before = master.groups.values()
    by_shift = slopes(trial, master, found, people, base, n)
    assert (master.groups.values() == before).all()
    halves = [[0, 1], [2, 3]]
    for j, choice in enumerate(master.groups.choices):
        hours = halves[j % 2]
        assert np.flatnonzero(choice.columns).tolist() == hours
        group = master.frame.groups[choice.group]
        more = with_more(people, master.frame, {group: hours}, {group: 1})
        change = trial.masses([more], n)[0].mean() - base.mean()
        singly = [change[row.promise, row.first : row.end].sum() for row in trial.promised.rows]
        assert by_shift[:, j] == pytest.approx(np.maximum(0.0, singly), rel=0.1, abs=0.2)
