"""What is sought after cost, on days solved on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.people import Effort
from optimizer.shifts.found import found_for
from optimizer.shifts.offers import HOUR_S, Offer, Starts
from optimizer.shifts.problem import ShiftProblem
from optimizer.shifts.rules import ShiftRules
from optimizer.shifts.tidy import kinds_in_use, overstaffing_h, tidied
from optimizer.shifts.week_model import Counts, goal_of
from tests.optimizer.shift_worlds import days, hours, people, problem

EXACT = Effort(gap=0.0, time_limit_s=20.0, solver="highs")


def from_list(from_h: int, to_h: int, cost: float) -> Offer:
    return Offer((to_h - from_h) * HOUR_S, cost, Starts(from_h * HOUR_S, from_h * HOUR_S, 86400))


def at_one_price(**aims: object) -> ShiftProblem:
    """08-10 needs one person, 10-12 nobody: two hours or four for the same money."""
    horizon = days((8, 12))
    offers = (from_list(8, 10, 4.0), from_list(8, 12, 4.0))
    return problem(horizon, people(horizon, [1, 1, 0, 0]), ShiftRules(ready_made=offers, **aims))  # type: ignore[arg-type]


def test_of_plans_at_one_cost_the_least_overstaffed() -> None:
    asked = at_one_price(then=("overstaffing",))
    long = Counts({(8, 4, 1): 1}, {}, {}, {})
    assert overstaffing_h(asked, long) == 2.0
    better = tidied(asked, long, EXACT)
    assert (goal_of(asked, better), overstaffing_h(asked, better)) == (4.0, 0.0)


def test_overstaffing_with_a_weight_is_paid_for() -> None:
    """Four hours for 3 or two hours for 4: two hours above need are worth it below half an hour's pay each."""
    horizon = days((8, 12))
    asked = people(horizon, [1, 1, 0, 0])
    for weight, above_h in ((0.4, 2.0), (0.6, 0.0)):
        rules = ShiftRules(ready_made=(from_list(8, 10, 4.0), from_list(8, 12, 3.0)), overstaffing_h=weight)
        asked_for = problem(horizon, asked, rules)
        _, counts = found_for(asked_for, EXACT)
        assert counts is not None
        assert overstaffing_h(asked_for, counts) == above_h


@pytest.mark.parametrize("days_per_week", [None, 5])
def test_of_plans_at_one_cost_the_fewest_different_shifts(days_per_week: int | None) -> None:
    """Two people needed 09-11 every day, four-hour shifts from 07, 08 or 09: any start does, one is enough."""
    horizon = days(*[(7, 13)] * 7)
    asked = people(horizon, [0, 0, 2, 2, 0, 0])
    rules = ShiftRules(hours(4), then=("shift_kinds",), days_per_week=days_per_week)
    asked_for = problem(horizon, asked, rules)
    a_day = 2 if days_per_week is None else 3
    mixed = {(24 * day + 7 + person, 4, 0): 1 for day in range(7) for person in range(a_day)}
    counts = Counts(mixed, {}, {}, {})
    assert len(kinds_in_use(asked_for, counts)) == a_day
    better = tidied(asked_for, counts, EXACT)
    assert len(kinds_in_use(asked_for, better)) == 1
    assert goal_of(asked_for, better) == goal_of(asked_for, counts)


def test_different_shifts_are_weighed_against_cost() -> None:
    """One needed 08-10 and 10-12: two hours twice, 4.0 in all, or one shift of four hours for 5.0."""
    horizon = days((8, 12))
    offers = (from_list(8, 10, 2.0), from_list(10, 12, 2.0), from_list(8, 12, 5.0))
    asked = problem(horizon, people(horizon, [1] * 4), ShiftRules(ready_made=offers))
    _, cheapest = found_for(asked, EXACT)
    assert cheapest is not None
    for weight, n_kinds in ((0.9, 2), (1.1, 1)):
        weighed = replace(asked, rules=replace(asked.rules, shift_kind_h=weight))
        assert len(kinds_in_use(weighed, tidied(weighed, cheapest, EXACT))) == n_kinds


def test_without_aims_after_cost_nothing_changes() -> None:
    asked = at_one_price()
    long = Counts({(8, 4, 1): 1}, {}, {}, {})
    assert tidied(asked, long, EXACT) == long
