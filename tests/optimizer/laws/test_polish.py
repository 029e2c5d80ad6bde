"""Laws of the last touch: cheaper, held, within the rules; and what comes after cost costs nothing."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import numpy as np
import pytest

from optimizer.plan import plan
from optimizer.staffing import with_people
from optimizer.together.aims import heads_of, tidier
from optimizer.together.held import Held
from optimizer.together.master import Master, Proposal
from optimizer.together.polish import Polish, worth_of
from optimizer.together.repair import repaired, shortfall
from optimizer.together.slopes import slopes
from optimizer.together.trials import Trials
from tests.optimizer.together_worlds import EFFORT, QUICK, frame, n_center

DAYS = 30
CENTERS = {
    "head counts": n_center("intervals"),
    "shifts": n_center("shifts", plan={"shift_lengths_h": [2, 3]}),
    "least present": n_center("intervals", plan={"min_present": 2}),
    "few part-time": n_center("shifts", plan={"shift_lengths_h": [2, 3], "part_time_share_max": 0.65}),
}


def plenty(master: Master, trials: Trials, each: int = 9) -> Held:
    """So many people of every choice: far too many."""
    groups = master.groups
    values = np.full(len(groups.choices), each, dtype=np.int64)
    plans = groups.plans_of(values)
    people = with_people(master.frame.scenario, plans)
    heads = values.astype(float) if master.by_choice else groups.heads_of_choices @ values
    found = master.solve(0.0, 10.0)
    assert isinstance(found, Proposal)
    groups.plans_of(values)
    cost = sum(plan.cost for plan in plans.values())
    proposal = Proposal(plans, heads, values, groups.counts(), cost, found.solved)
    return Held(proposal, people, trials.look(people, DAYS))


@pytest.mark.parametrize("what", CENTERS)
def test_each_step_is_cheaper_holds_and_keeps_the_rules(what: str) -> None:
    scenario = CENTERS[what]
    master, trials = Master(frame(scenario), EFFORT.solver), Trials(scenario, 1, 1_000)
    start = plenty(master, trials)
    assert start.verdict.holds
    slope = slopes(trials, master, start.proposal, start.people, start.verdict.found, DAYS)
    kept: list[Held] = []
    polish = Polish(
        master,
        trials,
        DAYS,
        start,
        worth_of(master, slope, start, trials),
        time.perf_counter() + 60.0,
        lambda _: None,
        kept.append,
    )
    polish.run()
    costs = [start.proposal.cost, *(held.proposal.cost for held in kept)]
    assert len(costs) > 3
    assert all(after < before for before, after in itertools.pairwise(costs))
    for held in kept:
        assert trials.look(held.people, DAYS).holds
        assert master.groups.allow(held.proposal.values)
        assert sum(plan.cost for plan in held.proposal.plans.values()) == pytest.approx(held.proposal.cost)
    assert trials.look(kept[-1].people, DAYS).margin == pytest.approx(kept[-1].verdict.margin)


def test_rules_of_the_groups_limit_the_steps() -> None:
    groups = Master(frame(CENTERS["least present"]), EFFORT.solver).groups
    enough = np.full(len(groups.choices), 2)
    assert groups.allow(enough)
    assert not groups.allow(enough - 1)
    groups = Master(frame(CENTERS["few part-time"]), EFFORT.solver).groups
    is_short = np.array([choice.heads.sum() for choice in groups.choices])
    short = is_short < is_short.max() - 1e-9
    assert groups.allow(np.where(short, 1, 2))
    assert not groups.allow(np.where(short, 2, 0))


def test_what_comes_after_cost_changes_neither_heads_nor_cost() -> None:
    scenario = n_center(
        "shifts", plan={"shift_lengths_h": [2, 3, 4], "objective": ["cost", "shift_kinds"]}, days=1
    )
    master, trials = Master(frame(scenario), EFFORT.solver), Trials(scenario, 1, 1_000)
    before = plenty(master, trials, each=9)
    after = tidier(master.groups, before, trials, DAYS, EFFORT)
    assert after.proposal.cost == pytest.approx(before.proposal.cost)
    assert kinds(after) < kinds(before)
    for name, tidy in after.proposal.plans.items():
        assert tidy.present == pytest.approx(before.proposal.plans[name].present)


def test_heads_are_those_the_model_counts() -> None:
    rules = {"shift_lengths_h": [4], "breaks": [{"min": 30, "window_h": [1, 3]}]}
    master = Master(frame(n_center("shifts", plan=rules, days=2)), EFFORT.solver)
    for group in master.groups.problems:
        for people in master.model.group[group].people.values():
            people.setlb(1)
    assert isinstance(master.solve(0.0, 20.0), Proposal)
    for group, counts in master.groups.counts().items():
        problem, block = master.groups.problems[group], master.model.group[group]
        assert counts.break_starts
        expected = [round(heads()) for heads in block.heads.values()]
        assert heads_of(problem, counts).tolist() == expected


def kinds(held: Held) -> int:
    return sum(len(plan.rows) for plan in held.proposal.plans.values())


@pytest.mark.parametrize("what", CENTERS)
def test_a_plan_says_which_choices_it_is(what: str) -> None:
    groups = Master(frame(CENTERS[what]), EFFORT.solver).groups
    values = np.arange(len(groups.choices), dtype=np.int64) % 4
    assert groups.values_of(groups.plans_of(values)) == pytest.approx(values)


def test_shifts_told_by_their_times_alone_are_not_guessed() -> None:
    """Two shifts of the same hours at different prices: a plan's rows do not tell them apart."""
    twice = [{"from": "08:00", "to": "11:00"}, {"from": "08:00", "to": "11:00", "cost": 50.0}]
    groups = Master(frame(n_center("shifts", plan={"shift": twice})), EFFORT.solver).groups
    values = np.ones(len(groups.choices), dtype=np.int64)
    assert groups.values_of(groups.plans_of(values)) is None


def test_from_people_who_miss_one_more_at_a_time_until_they_hold() -> None:
    scenario = CENTERS["head counts"]
    master, trials = Master(frame(scenario), EFFORT.solver), Trials(scenario, 1, 1_000)
    few = plenty(master, trials, each=4)
    slope = slopes(trials, master, few.proposal, few.people, few.verdict.found, DAYS)
    worth, said = worth_of(master, slope, few, trials), list[Held]()
    held = repaired(master, trials, DAYS, few, worth, time.perf_counter() + 60.0, said.append)
    assert not few.verdict.holds
    assert held.verdict.holds
    assert not shortfall(held.verdict).any()
    totals = [int(one.proposal.values.sum()) for one in [few, *said]]
    assert totals == list(range(totals[0], totals[0] + len(totals)))


@pytest.mark.parametrize("breaks", [[], [{"min": 30, "window_h": [1, 2]}]])
def test_together_is_never_dearer_than_in_turn(breaks: list[dict[str, object]]) -> None:
    """The search has no time at all, so what was planned in turn first is what it has."""
    rules = {"shift_lengths_h": [3, 4], "breaks": breaks}
    scenario = n_center("shifts", plan=rules)
    hasty = replace(QUICK, search_limit_s=0.0, method="together")
    in_turn, together = plan(scenario, replace(QUICK, method="in_turn")), plan(scenario, hasty)
    assert together.cost <= in_turn.cost * 1.01  # within its rough gap
    assert together.holds
