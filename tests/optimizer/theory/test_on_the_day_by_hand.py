"""The two-stage model, solved by hand: the newsvendor's rule, and the smallest instance of each rule of the day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.shifts.rules import ShiftRules
from optimizer.solver import Status
from optimizer.uncertain.actions import Actions, actions_of
from tests.optimizer.shift_worlds import hours
from tests.optimizer.uncertain_worlds import expected_cost_h, small_center, solve, two_stage

FIVE = ([8], [10], [12], [14], [16])  # people needed in one hour, on days of five equally likely classes


@pytest.mark.parametrize(
    ("factor", "people", "cost"),
    [
        (1.5, 10, 10 + 1.5 * (2 + 4 + 6) / 5),  # P(need > 10) = 0.6 ≤ 1 / 1.5 < 0.8
        (1.0, 8, 12.0),  # as dear by day as before: the mean
        (3.0, 14, 14 + 3.0 * 2 / 5),  # P(need > 14) = 0.2 ≤ 1 / 3 < 0.4
        (6.0, 16, 16.0),  # too dear to be worth it: P(need > 14) = 0.2 > 1 / 6
    ],
)
def test_newsvendor(factor: float, people: int, cost: float) -> None:
    """People scheduled: the fewest x with P(need > x) ≤ 1 ÷ factor, the wage over what an hour called in costs."""
    two_stages = two_stage(FIVE, Actions(call_in_cost=factor))
    solved, model = solve(two_stages)
    assert solved.status is Status.OPTIMAL
    assert solved.objective == pytest.approx(cost)
    if factor > 1.0:
        assert round(model.head_counts[8].value) == people  # type: ignore[attr-defined]


def test_people_sent_home_are_not_paid() -> None:
    """20 scheduled of whom 2 are needed on quiet days: half may go. 20 − ½ · 10."""
    assert expected_cost_h(two_stage(([2], [20]), Actions(send_home=0.5))) == pytest.approx(15.0)


def test_who_is_sent_home_does_not_come_back() -> None:
    """One shift of three hours; at noon nobody is needed on quiet days, before and after everybody is."""
    rules = ShiftRules(lengths_s=hours(3))
    quiet, busy = [4, 0, 4], [4, 4, 4]
    in_the_middle = two_stage((quiet, busy), Actions(send_home=1.0), rules, "shifts")
    assert expected_cost_h(in_the_middle) == pytest.approx(12.0)
    at_the_end = two_stage(([4, 4, 0], busy), Actions(send_home=1.0), rules, "shifts")
    assert expected_cost_h(at_the_end) == pytest.approx(12.0 - 4 / 2)


def test_who_is_called_in_stays() -> None:
    """One more in the first hour of busy days: for an hour 1.5, for a stay of two 3; else two shifts hours more."""
    busy = ([1, 1, 1], [2, 1, 1])
    rules = ShiftRules(lengths_s=hours(3))
    for stay, cost in ((1, 3 + 1.5 / 2), (2, 3 + 3.0 / 2)):
        actions = Actions(call_in_cost=1.5, stay_intervals=stay)
        assert expected_cost_h(two_stage(busy, actions, rules, "shifts")) == pytest.approx(cost)


def test_a_stay_ends_before_closing() -> None:
    """Needed in the last hour alone: with stays of three hours they come at opening."""
    actions = Actions(call_in_cost=1.0, stay_intervals=3)
    assert expected_cost_h(two_stage(([0, 0, 0], [0, 0, 2]), actions)) == pytest.approx(min(2.0, 2 * 3 / 2))


def test_nobody_comes_before_the_day_is_known() -> None:
    """Known after the first hour: two must be scheduled for that one; the second hour is covered on the day."""
    known_later = Actions(call_in_cost=1.5, from_interval=1)
    assert expected_cost_h(two_stage(([0, 0], [2, 2]), known_later)) == pytest.approx(2 + 1.5 * 2 / 2)
    assert expected_cost_h(two_stage(([0, 0], [2, 2]), Actions(call_in_cost=1.5))) == pytest.approx(3.0)


def test_limits_of_the_day() -> None:
    """Ten more on busy days: a tenth of those on shift called in, three outsourced, the rest scheduled before."""
    actions = Actions(call_in_cost=1.2, most_called_in=0.1, outsource_cost=1.4, most_outsourced=3)
    # 16 scheduled + 1 called in + 3 outsourced; 15 + 1 + 3 would be one short.
    assert expected_cost_h(two_stage(([10], [20]), actions)) == pytest.approx(16 + 1.2 / 2 + 1.4 * 3 / 2)


def test_most_present_holds_for_all_who_are_there() -> None:
    rules = ShiftRules(max_present=12)
    busy = two_stage(([10], [20]), Actions(call_in_cost=1.5), rules)
    solved, _ = solve(busy)
    assert not solved.status.has_plan
    rules = ShiftRules(max_present=12, may_miss=True)
    missing = two_stage(([10], [20]), Actions(call_in_cost=1.5), rules)  # 10 and 2 called in, 8 missing
    price_h = missing.missing_price_h
    assert expected_cost_h(missing) == pytest.approx(10 + 1.5 * 2 / 2 + 8 * price_h)


def test_missing_is_dearer_than_a_shift_unless_it_has_a_price() -> None:
    """One more on busy days, one in five: a shift of three hours, unless an hour short costs but 10 in one of five."""
    needs = ([1, 1, 1],) * 4 + ([1, 2, 1],)
    rules = ShiftRules(lengths_s=hours(3), may_miss=True)
    assert expected_cost_h(two_stage(needs, Actions(), rules, "shifts")) == pytest.approx(6.0)
    priced = replace(rules, missing_per_h=10.0)
    assert expected_cost_h(two_stage(needs, Actions(), priced, "shifts")) == pytest.approx(3.0 + 10.0 / 5)


def test_one_count_for_all_hours() -> None:
    """Constant: the same people in both hours, of whom one is needed on busy days in the second alone."""
    two = ([1, 1], [1, 3])
    assert expected_cost_h(two_stage(two, Actions(call_in_cost=1.5), kind="constant")) == pytest.approx(
        2 * 1 + 1.5 * 2 / 2
    )


def test_actions_of_a_scenario() -> None:
    center = small_center(
        **{
            "on_the_day.outsource_per_h": 30.0,
            "on_the_day.call_in_h": 1.5,
            "on_the_day.known_at": "09:30",
        }
    )
    found = actions_of(center, "team")
    assert found.call_in_cost == 1.5
    assert found.outsource_cost == 1.5  # 30 an hour against a wage of 20
    assert (found.stay_intervals, found.from_interval) == (2, 10)
    assert (
        actions_of(
            center.model_copy(update={"plan": center.plan.model_copy(update={"on_the_day": None})}), "team"
        )
        == Actions()
    )
