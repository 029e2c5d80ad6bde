"""Horizons, slots, windows and weeks on their smallest instances, solved on paper (shifts: test_shifts_by_hand)."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from optimizer.horizon import Horizon, horizon_of, typical_week
from optimizer.shifts.days_off import work_weeks
from optimizer.shifts.kinds import shift_kinds
from optimizer.shifts.offers import BreakRule
from optimizer.shifts.problem import scheduled_heads
from optimizer.shifts.rules import ShiftRules, rules_of
from optimizer.shifts.slots import slots_of
from optimizer.shifts.week_model import WeekModel, common_step, next_step
from optimizer.solver import Status
from scenarios import from_data, load
from tests.optimizer.shift_worlds import days, hours, least_hours, pause, people, problem, solved, starts

FOUR_HOURS = hours(4)


@pytest.mark.parametrize(
    ("present", "share", "heads"), [(0, 0.5, 0), (1, 1.0, 1), (3, 0.7, 5), (9, 0.9, 10), (1, 1.0 - 0.9, 10)]
)
def test_heads_are_rounded_up_and_whole_quotients_stay(present: int, share: float, heads: int) -> None:
    assert scheduled_heads(present, share) == heads


@pytest.mark.parametrize(
    ("bound_h", "step_h", "next_h"),
    [
        (664.0, 2.0, 664.0),
        (664.01, 2.0, 666.0),
        (664.0000001, 2.0, 664.0000001),
        (664.3, 0.0, 664.3),
        (0.0, 4.0, 0.0),
    ],
)
def test_bounds_go_up_to_whole_shifts_a_solvers_tolerance_aside(
    bound_h: float, step_h: float, next_h: float
) -> None:
    assert next_step(bound_h, step_h) == next_h


def test_steps_of_paid_hours() -> None:
    horizon = days((8, 20))
    asked = people(horizon, [1] * 12)
    assert WeekModel(problem(horizon, asked, ShiftRules(hours(4, 6, 8)))).step_h() == 2.0
    # A person missing for an hour counts as twice nine hours, and 6, 9 and 18 have 3 in common.
    assert WeekModel(problem(horizon, asked, ShiftRules(hours(6, 9), may_miss=True))).step_h() == 3.0


@pytest.mark.parametrize(
    ("costs", "step"), [([8, 6], 2.0), ([3, 5.4], 0.6), ([0.12, 0.0], 0.12), ([1, 2**0.5], 0.0), ([], 0.0)]
)
def test_costs_come_in_steps_where_they_have_one(costs: list[float], step: float) -> None:
    assert common_step(costs) == pytest.approx(step)


def test_starts_limit_what_covers_a_peak() -> None:
    # Eight hours, one person, two in the middle four: with no four hours across noon two must stay all day.
    horizon = days((8, 16))
    asked = people(horizon, [1, 1, 2, 2, 2, 2, 1, 1])
    assert least_hours(horizon, asked, ShiftRules(hours(4, 8))) == 8 + 4
    assert least_hours(horizon, asked, ShiftRules(hours(4, 8), starts=starts(8, 12, 4))) == 8 + 8


def test_shifts_lie_within_the_opening_hours() -> None:
    horizon = Horizon(3600, (((8 * 3600, 12 * 3600), (13 * 3600, 18 * 3600)),), (0,))
    rules = ShiftRules(hours(4))
    slots = slots_of(horizon, rules)
    assert [kind.start * slots.slot_s // 3600 for kind in shift_kinds(slots, rules)] == [8, 13, 14]


def test_a_window_ends_so_that_the_break_does_not_outlast_the_shift() -> None:
    horizon, rules = days((8, 12)), ShiftRules(FOUR_HOURS, breaks=(pause(60, 2, 5),))
    (kind,) = shift_kinds(slots_of(horizon, rules), rules)
    assert [(window.first, window.last) for window in kind.windows] == [(2, 3)]


def test_a_window_between_two_slots_takes_the_next() -> None:
    horizon, rules = days((8, 12)), ShiftRules(FOUR_HOURS, breaks=(pause(60, 1 + 1 / 60, 1 + 4 / 60),))
    slots = slots_of(horizon, rules)
    (kind,) = shift_kinds(slots, rules)
    assert slots.slot_s == 3600
    assert [(window.first, window.last) for window in kind.windows] == [(2, 2)]


def test_a_window_that_opens_within_an_interval_is_kept_to_the_minute() -> None:
    horizon, rules = days((8, 12)), ShiftRules(FOUR_HOURS, breaks=(pause(60, 1.25, 1.5),))
    slots = slots_of(horizon, rules)
    (kind,) = shift_kinds(slots, rules)
    assert slots.slot_s == 900
    assert [(window.first, window.last) for window in kind.windows] == [(5, 6)]


def test_a_quarter_of_an_hour_away_is_not_half_an_hour_away() -> None:
    # Two people, breaks of 15 minutes, one missed at most: 10:00 and 10:15 of the same half hour will do.
    horizon = days((8, 12), interval_h=0.5)
    rules = ShiftRules(FOUR_HOURS, breaks=(pause(15, 1, 3),))
    assert slots_of(horizon, rules).slot_s == 900
    assert least_hours(horizon, people(horizon, [2, 2, 2, 2, 1, 2, 2, 2]), rules) == 2 * 4


def test_a_break_of_odd_length_counts_as_away_for_every_slot_it_touches() -> None:
    horizon = days((8, 12), interval_h=0.5)
    rules = ShiftRules(FOUR_HOURS, breaks=(BreakRule(37 * 60, 3600, 3600),))
    slots = slots_of(horizon, rules)
    (kind,) = shift_kinds(slots, rules)
    assert (slots.slot_s, kind.windows[0].n_slots) == (1800, 2)


def test_a_night_shift_covers_the_next_day_and_sunday_night_is_mondays() -> None:
    rules = ShiftRules(hours(8), starts=starts(6, 22, 8))
    week = days(*[(0, 24)] * 7)
    assert least_hours(week, people(week, [1] * 24), rules) == 3 * 7 * 8


def test_a_single_day_stands_for_every_day() -> None:
    day = days((0, 24))
    assert least_hours(day, people(day, [1] * 24), ShiftRules(hours(8), starts=starts(4, 20, 8))) == 3 * 8


def test_a_few_days_end_where_they_end() -> None:
    # Two days, not a week: nobody has come the night before, so the first hours of day 0 have no shift.
    two, rules = days((0, 24), (0, 24)), ShiftRules(hours(8), starts=starts(6, 22, 8))
    asked = np.zeros(two.shape, dtype=np.int64)
    asked[1, 2] = 1
    assert least_hours(two, asked, rules) == 8
    asked[0, 2] = 1
    assert solved(problem(two, asked, rules))[0].status is Status.INFEASIBLE


def test_days_off_in_a_row_need_days_open_in_a_row() -> None:
    week = days((8, 12), None, (8, 12), None, (8, 12), None, None)
    asked = people(week, [1] * 4)
    assert least_hours(week, asked, ShiftRules(FOUR_HOURS, days_per_week=3)) == 3 * 4
    in_a_row = ShiftRules(FOUR_HOURS, days_per_week=3, consecutive_days_off=True)
    assert solved(problem(week, asked, in_a_row))[0].status is Status.INFEASIBLE


def test_whole_weeks_may_ask_more_shifts_than_the_requirement() -> None:
    # Two needed on four days, one on three: 11 shifts. Two people work 10 days, so three must come, 15 days.
    week = days(*[(8, 12)] * 7)
    asked = people(week, [2] * 4, [2] * 4, [1] * 4, [1] * 4, [1] * 4, [2] * 4, [2] * 4)
    rules = ShiftRules(FOUR_HOURS, days_per_week=5, consecutive_days_off=True)
    assert least_hours(week, asked, ShiftRules(FOUR_HOURS)) == 11 * 4
    found, counts = solved(problem(week, asked, rules))
    assert found.objective == 3 * 5 * 4
    assert counts is not None
    assert sum(counts.people_on.values()) == 3


def test_nothing_asked_costs_nothing() -> None:
    closed = days(*[None] * 7)
    assert (
        least_hours(closed, people(closed, []), ShiftRules(FOUR_HOURS, days_per_week=5, min_present=1)) == 0.0
    )
    quiet = days(*[(8, 12)] * 7)
    assert least_hours(quiet, people(quiet, [0] * 4), ShiftRules(FOUR_HOURS, days_per_week=5)) == 0.0


def test_patterns_of_days_off() -> None:
    assert len(work_weeks(5, True)) == 7
    assert len(work_weeks(5, False)) == 21
    assert (1, 2, 3, 4, 5) in work_weeks(5, True)  # Sunday and Monday off
    assert work_weeks(7, True) == ((0, 1, 2, 3, 4, 5, 6),)


def test_several_weeks_are_planned_as_the_week_that_is_enough_for_each() -> None:
    fortnight = days(*[(8, 12)] * 7, *[(8, 14)] * 7)
    asked = people(fortnight, *[[1] * 4] * 7, [2, 0, 0, 0, 1, 1])
    week, horizon = typical_week(asked, fortnight)
    assert horizon.open_spans_s == (((8 * 3600, 14 * 3600),),) * 7
    assert week[0, 8:14].tolist() == [2, 1, 1, 1, 1, 1]


PLAN = {
    "shift_lengths_h": [8, 4],
    "starts": {"from": "07:00", "to": "20:00", "every_min": 30},
    "breaks": [{"min": 30, "window_h": [2, 3.5]}, {"min": 15, "window_h": [1, 2]}],
    "days_per_week": 5,
    "max_present": 9,
    "under_coverage": "forbidden",
}


def test_rules_and_days_of_a_scenario() -> None:
    center = from_data(
        {
            "name": "small",
            "calendar": {
                "start": date(1999, 3, 14),
                "days": 7,
                "hours": {"sun-thu": "07:00-24:00", "fri": "closed", "sat": "20:00-24:00"},
            },
            "contact_type": {"call": {"channel": "voice", "arrivals": {"per_h": 1}, "talk_s": 60}},
            "agent_group": {"team": {"skills": ["call"], "agents": "plan"}},
            "plan": PLAN,
        }
    )
    rules, horizon = rules_of(center, "team"), horizon_of(center.calendar)
    breaks = (pause(15, 1, 2), pause(30, 2, 3.5))
    assert rules == ShiftRules(hours(4, 8), starts(7, 20, 0.5), breaks, days_per_week=5, max_present=9)
    assert horizon.moment(6, 20 * 3600) == "Sat 20:00"
    assert horizon.is_open().sum(axis=1).tolist() == [34, 34, 34, 34, 34, 0, 8]
    assert slots_of(horizon, rules).slot_s == 900


def test_without_a_plan_four_six_or_eight_hours_at_any_interval() -> None:
    rules = rules_of(load("erlang-c"), "team")
    assert (rules.lengths_s, rules.starts, rules.may_miss) == (hours(4, 6, 8), None, False)
