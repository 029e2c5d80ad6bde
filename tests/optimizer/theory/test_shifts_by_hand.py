"""The smallest instance of each rule of the shift model, solved by hand: the open day is 08:00-12:00, hour by hour."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from optimizer.horizon import horizon_of
from optimizer.people import Effort, GroupPlan, NoPlan
from optimizer.shifts.of_group import shifts_of_group
from optimizer.solver import Status
from scenarios import from_data

EXACT = Effort(gap=0.0, time_limit_s=20.0, solver="highs")


def planned(
    required: dict[int, int] | int,
    days: int = 1,
    on_days: tuple[int, ...] | None = None,
    shrinkage: dict[str, float] | None = None,
    outsourced: dict[str, float] | None = None,
    **rules: Any,
) -> GroupPlan:
    """The plan for people required at some hours (or all open ones) of some days (or all); missing is forbidden."""
    team: dict[str, Any] = {
        "skills": ["call"],
        "agents": "plan",
        "cost_per_h": 10,
        "shrinkage": shrinkage or {},
    }
    if outsourced is not None:
        team["outsourced"] = outsourced
    scenario = from_data(
        {
            "name": "small",
            "calendar": {"days": days, "interval_min": 60, "hours": {"mon-sun": "08:00-12:00"}},
            "contact_type": {"call": {"channel": "voice", "arrivals": {"per_h": 1}, "talk_s": 60}},
            "agent_group": {"team": team},
            "plan": {"under_coverage": "forbidden", **rules},
        }
    )
    horizon = horizon_of(scenario.calendar)
    table = np.where(horizon.is_open(), required if isinstance(required, int) else 0, 0)
    for hour, people in required.items() if isinstance(required, dict) else ():
        table[:, hour] = people
    if on_days is not None:
        table[[day for day in range(days) if day not in on_days]] = 0
    return shifts_of_group(scenario, "team", table, EXACT)


def shifts(plan: GroupPlan) -> list[tuple[str, float, int]]:
    """Start, hours and people of each row."""
    return [(row["start"], row["hours"], row["people"]) for row in plan.rows]


def break_starts_h(plan: GroupPlan) -> list[list[float]]:
    """For each person the hours after the shift's start at which their breaks start, in order."""
    each = [[pause["after_h"] for pause in row["breaks"]] for row in plan.rows for _ in range(row["people"])]
    return sorted(each)


def test_cover_the_requirement() -> None:
    """One person 08-10, three 10-12: with two-hour shifts one comes at eight and three at ten, 4 · 2 h paid."""
    plan = planned({8: 1, 9: 1, 10: 3, 11: 3}, shift_lengths_h=[2])
    assert shifts(plan) == [("08:00", 2.0, 1), ("10:00", 2.0, 3)]
    assert (plan.status, plan.paid_h, plan.cost, plan.lower_bound) == (Status.OPTIMAL, 8.0, 80.0, 80.0)


def test_the_longer_shift_where_it_is_cheaper() -> None:
    """Three hours in a row: 3 h fit exactly, two of 2 h would pay one hour more."""
    assert shifts(planned({8: 1, 9: 1, 10: 1}, shift_lengths_h=[2, 3])) == [("08:00", 3.0, 1)]


def test_cover_with_shrinkage() -> None:
    """Of scheduled people 0.9 · 0.8 = 0.72 are present: two present are 2.8 scheduled, so three."""
    plan = planned(2, shift_lengths_h=[4], shrinkage={"absent": 0.1, "planned": 0.2})
    assert shifts(plan) == [("08:00", 4.0, 3)]
    np.testing.assert_allclose(plan.present[0, 8:12], 3 * 0.72)


def test_one_break_each() -> None:
    """One required all day, an hour's break at nine or ten: two people, who are never away at the same time."""
    plan = planned(1, shift_lengths_h=[4], breaks=[{"min": 60, "window_h": [1, 2]}])
    assert plan.paid_h == 8.0
    assert break_starts_h(plan) == [[1.0], [2.0]]
    assert plan.present[0, 8:12].tolist() == [2.0, 1.0, 1.0, 2.0]


def test_break_inside_its_window() -> None:
    """The break can only be at nine: nobody is needed then, and one person is enough."""
    nine_only = [{"min": 60, "window_h": [1, 1]}]
    plan = planned({8: 1, 10: 1, 11: 1}, shift_lengths_h=[4], breaks=nine_only)
    assert (plan.paid_h, break_starts_h(plan)) == (4.0, [[1.0]])


def test_break_outside_its_window_does_not_help() -> None:
    """The break can only be at nine, when somebody is needed: all are away, however many there are."""
    with pytest.raises(NoPlan):
        planned({8: 1, 9: 1}, shift_lengths_h=[4], breaks=[{"min": 60, "window_h": [1, 1]}])


def test_short_shift_has_no_break() -> None:
    """Ninety minutes from hour 1 end after a two-hour shift, so that has no break: two of them make up the day."""
    plan = planned(1, shift_lengths_h=[2, 4], breaks=[{"min": 90, "window_h": [1, 1]}])
    assert shifts(plan) == [("08:00", 2.0, 1), ("10:00", 2.0, 1)]
    assert break_starts_h(plan) == [[], []]


def test_break_ends_inside_the_shift() -> None:
    """The window reaches to hour 4, where the shift ends; an hour's break must start at 3, when nobody is needed."""
    plan = planned({8: 1, 9: 1, 10: 1}, shift_lengths_h=[4], breaks=[{"min": 60, "window_h": [2, 4]}])
    assert (plan.paid_h, break_starts_h(plan)) == (4.0, [[3.0]])


# The first break between hours 1 and 3, the second at 2: in order the first can only be at 1.
TIGHT = [{"min": 60, "window_h": [1, 3]}, {"min": 60, "window_h": [2, 2]}]


def test_breaks_in_order() -> None:
    """Away at nine and ten, one after the other: one person covers eight and eleven."""
    plan = planned({8: 1, 11: 1}, shift_lengths_h=[4], breaks=TIGHT)
    assert (plan.paid_h, break_starts_h(plan)) == (4.0, [[1.0, 2.0]])


def test_breaks_out_of_order_do_not_help() -> None:
    """Nine could be covered only by a first break at eleven, after the second."""
    with pytest.raises(NoPlan):
        planned({8: 1, 9: 1}, shift_lengths_h=[4], breaks=TIGHT)


def test_breaks_never_at_once() -> None:
    """Two hours of breaks leave two of four hours, so 8, 9 and 11 need two people: away at (9, 10) and (10, 11)."""
    pauses = [{"min": 60, "window_h": [1, 2]}, {"min": 60, "window_h": [1, 3]}]
    plan = planned({8: 1, 9: 1, 11: 1}, shift_lengths_h=[4], breaks=pauses)
    assert plan.paid_h == 8.0


def test_days_off() -> None:
    """Two required every day, five days' work a person: 14 shifts are no multiple of 5, so 3 people and 15 shifts."""
    plan = planned(2, days=7, shift_lengths_h=[4], days_per_week=5, consecutive_days_off=True)
    assert plan.paid_h == 15 * 4.0


# Required Tue, Wed, Fri, Sat, Sun: off are Mon and Thu, which are no neighbors.
ALL_BUT_MON_AND_THU = (1, 2, 4, 5, 6)


@pytest.mark.parametrize(
    ("consecutive", "people"),
    [
        (False, 1),  # off on Monday and Thursday
        (True, 2),  # whoever is off on two days in a row misses one of the five, so another person is needed
    ],
)
def test_consecutive_days_off(consecutive: bool, people: int) -> None:
    """Five days' work for the five days that need someone."""
    plan = planned(
        1,
        days=7,
        on_days=ALL_BUT_MON_AND_THU,
        shift_lengths_h=[4],
        days_per_week=5,
        consecutive_days_off=consecutive,
    )
    assert plan.paid_h == people * 5 * 4.0


def test_fewest_present() -> None:
    """Nobody is required, but one must be there all day: one shift of four hours."""
    assert shifts(planned(0, shift_lengths_h=[4], min_present=1)) == [("08:00", 4.0, 1)]


def test_most_present_stands_above_a_priced_requirement() -> None:
    """Three-hour shifts cover four hours only as 08-11 and 09-12, with two people at nine and ten.

    With one person at most, either eight or eleven stays open; a shortage may be priced, max_present may not.
    """
    assert planned(1, shift_lengths_h=[3]).paid_h == 6.0
    plan = planned(1, shift_lengths_h=[3], max_present=1, under_coverage="priced")
    assert (plan.paid_h, plan.present.max(), len(plan.uncovered)) == (3.0, 1.0, 1)
    with pytest.raises(NoPlan):
        planned(1, shift_lengths_h=[3], max_present=1)


def test_priced_shortage_is_dearer_than_a_shift() -> None:
    """An hour short counts as 2 · 4 = 8 paid hours, a shift as 4: the one hour gets its shift."""
    plan = planned({9: 1}, shift_lengths_h=[4], under_coverage="priced")
    assert (plan.paid_h, plan.uncovered) == (4.0, ())


def test_priced_shortage_where_no_shift_comes() -> None:
    """Nobody may start before nine, so eight o'clock stays open, with what is missing said and nothing paid for it."""
    starts = {"from": "09:00", "to": "09:00"}
    plan = planned(1, shift_lengths_h=[3], starts=starts, under_coverage="priced")
    assert (plan.paid_h, plan.lower_bound) == (3.0, 30.0)
    assert plan.uncovered == ("Mon 08:00-09:00: 1 scheduled people short",)


# A day of six half hours, shifts over half hours 1-3, 2-4, 3-5, 4-6 (3.0 each) and 1-6 (5.4).
READY_MADE = [
    {"from": "08:00", "to": "09:30", "cost": 3.0},
    {"from": "08:30", "to": "10:00", "cost": 3.0},
    {"from": "09:00", "to": "10:30", "cost": 3.0},
    {"from": "09:30", "to": "11:00", "cost": 3.0},
    {"from": "08:00", "to": "11:00", "cost": 5.4},
]


def from_a_list(required: list[int], shift: list[dict[str, Any]], **rules: Any) -> GroupPlan:
    """The plan for six half hours from 08:00 on, of shifts from a list."""
    scenario = from_data(
        {
            "name": "list",
            "calendar": {"interval_min": 30, "hours": {"mon-sun": "08:00-11:00"}},
            "contact_type": {"call": {"channel": "voice", "arrivals": {"per_h": 1}, "talk_s": 60}},
            "agent_group": {"team": {"skills": ["call"], "agents": "plan", "cost_per_h": 4}},
            "plan": {"under_coverage": "forbidden", "shift": shift, **rules},
        }
    )
    asked = np.where(horizon_of(scenario.calendar).is_open(), 0, 0)
    asked[0, 16:22] = required
    return shifts_of_group(scenario, "team", asked, EXACT)


def test_shifts_from_a_list_cost_what_the_list_says() -> None:
    """One person all day is 5.4, not 3 + 3; one more in the midst takes one of the short ones."""
    assert from_a_list([1] * 6, READY_MADE).cost == pytest.approx(5.4)
    plan = from_a_list([1, 1, 2, 1, 1, 1], READY_MADE)
    assert (plan.cost, plan.lower_bound) == (pytest.approx(8.4), pytest.approx(8.4))
    assert plan.paid_h == 4.5


def test_people_on_a_shift_are_limited() -> None:
    """Of the long shift one person at most: the second pair of hands takes two short shifts."""
    limited = [*READY_MADE[:4], {**READY_MADE[4], "max_people": 1}]
    assert from_a_list([2] * 6, limited).cost == pytest.approx(5.4 + 3.0 + 3.0)


def test_a_shift_without_a_cost_costs_its_hours() -> None:
    """Six half hours at 4 an hour are 12; with breaks they are paid as well."""
    plan = from_a_list([1] * 6, [{"from": "08:00", "to": "11:00"}])
    assert (plan.cost, plan.paid_h) == (12.0, 3.0)


def test_a_shift_from_a_list_has_its_own_breaks_or_those_of_the_plan() -> None:
    """Break at the third half hour by its own rule, at the second by the plan's."""
    own = {"from": "08:00", "to": "11:00", "breaks": [{"min": 30, "window_h": [1, 1]}]}
    usual = [{"min": 30, "window_h": [0.5, 0.5]}]
    assert from_a_list([1, 1, 0, 1, 1, 1], [own], breaks=usual).rows[0]["breaks"] == [
        {"after_h": 1.0, "min": 30.0}
    ]
    theirs = {"from": "08:00", "to": "11:00"}
    assert from_a_list([1, 0, 1, 1, 1, 1], [theirs], breaks=usual).rows[0]["breaks"] == [
        {"after_h": 0.5, "min": 30.0}
    ]


def test_the_weeks_of_people_are_told_where_rest_is_asked_for() -> None:
    """One person, every day 08-12, five days a week: seven people's weeks of five days cover five people a day."""
    rules = {"days_per_week": 5, "consecutive_days_off": True, "shift_lengths_h": [4]}
    plan = planned(5, days=7, min_rest_h=11, **rules)
    assert sum(week["people"] for week in plan.weeks) == 7
    assert all(list(week["shifts"].values()) == ["08:00-12:00"] * 5 for week in plan.weeks)
    assert planned(5, days=7, **rules).weeks == ()


def test_part_time_is_limited_day_by_day() -> None:
    """Two people 08-10. Two short shifts are 4 h; with half of them short at most, one stays for four: 6 h."""
    asked, lengths = {8: 2, 9: 2}, [2, 4]
    assert planned(asked, shift_lengths_h=lengths).paid_h == 4
    assert planned(asked, shift_lengths_h=lengths, part_time_share_max=0.5).paid_h == 6
    assert planned(asked, shift_lengths_h=lengths, part_time_share_max=0.4).paid_h == 8


def test_overtime_is_paid_by_its_factor() -> None:
    """Needed for three hours of a shift that lasts two and starts at 08:00: 2 + 1.5 hours' pay for three hours."""
    at_eight = {"from": "08:00", "to": "08:00"}
    plan = planned(
        {8: 1, 9: 1, 10: 1}, shift_lengths_h=[2], starts=at_eight, overtime={"max_h": 2, "factor": 1.5}
    )
    assert (plan.cost, plan.lower_bound, plan.paid_h) == (35.0, 35.0, 3.0)
    assert shifts(plan) == [("08:00", 3.0, 1)]


def test_an_outsourced_group_is_planned_at_its_price_and_within_its_people() -> None:
    assert planned(1, shift_lengths_h=[4], outsourced={"per_h": 7, "max_people": 1}).cost == 28.0
    with pytest.raises(NoPlan, match=r"outsourced\.max_people = 1 allows 1"):
        planned(2, shift_lengths_h=[4], outsourced={"per_h": 7, "max_people": 1})


@pytest.mark.parametrize(("price", "cost", "n_missing"), [(19, 0.0, 1), (21, 20.0, 0)])
def test_a_missing_hour_has_its_price(price: float, cost: float, n_missing: int) -> None:
    """One person for one hour: a shift of two hours is 20, so below that price nobody comes."""
    plan = planned({9: 1}, shift_lengths_h=[2], under_coverage="priced", under_coverage_price_per_h=price)
    assert (plan.cost, len(plan.uncovered)) == (cost, n_missing)
