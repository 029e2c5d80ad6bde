"""Why no shifts cover a requirement: the sentences a planner reads."""

from __future__ import annotations

from optimizer.horizon import Horizon, IntArray
from optimizer.shifts.reasons import reasons
from optimizer.shifts.rules import ShiftRules
from tests.optimizer.shift_worlds import days, hours, pause, people, problem, starts


def said(horizon: Horizon, required: IntArray, rules: ShiftRules) -> tuple[str, ...]:
    return reasons(problem(horizon, required, rules), "highs", 30.0)


def test_before_the_first_shift_and_after_the_last() -> None:
    horizon = days((6.5, 14), interval_h=0.5)
    rules = ShiftRules(hours(4), starts=starts(7, 9, 0.5))
    assert said(horizon, people(horizon, [1] * 15), rules) == (
        "Mon 06:30-07:00: people are needed, but the first shift starts at 07:00 and the last ends at 13:00",
        "Mon 13:00-14:00: people are needed, but the first shift starts at 07:00 and the last ends at 13:00",
    )


def test_a_day_too_short_for_any_shift() -> None:
    horizon = days((8, 12), (9, 12))
    (sentence,) = said(horizon, people(horizon, [1] * 4, [1] * 3), ShiftRules(hours(4, 6)))
    assert sentence == (
        "Tue 09:00-12:00: people are needed, but no shift fits into the opening hours and starts of that day "
        "(the shortest is 4 h)"
    )


def test_shifts_that_end_the_next_day() -> None:
    horizon = days((0, 24), (0, 24))
    rules = ShiftRules(hours(8), starts=starts(10, 20, 10))
    sentences = said(horizon, people(horizon, [0] * 9 + [1] + [0] * 14, [0] * 24), rules)
    assert len(sentences) == 1
    assert sentences[0].endswith("the first shift starts at 10:00 and the last ends at 04:00 the next day")


def test_fewer_allowed_than_needed() -> None:
    horizon = days((8, 14))
    assert said(horizon, people(horizon, [20, 20, 26, 24, 20, 20]), ShiftRules(hours(4), max_present=20)) == (
        "Mon 10:00-12:00: up to 26 scheduled people are needed, but max_present = 20 allows 20",
    )


def test_no_week_of_work_days_fits() -> None:
    horizon = days((8, 12), None, (8, 12), None, (8, 12), None, None)
    rules = ShiftRules(hours(4), days_per_week=3, consecutive_days_off=True)
    assert said(horizon, people(horizon, [1] * 4), rules) == (
        "no week of 3 work days with consecutive days off fits: there are shifts on mon, wed, fri only",
    )


def test_rules_that_only_together_leave_no_way() -> None:
    # Two needed throughout, by four-hour shifts from 8 and 10: four people from 10 to 12.
    horizon = days((8, 14))
    rules = ShiftRules(hours(4), starts=starts(8, 10, 2), max_present=3)
    sentences = said(horizon, people(horizon, [2] * 6), rules)
    assert len(sentences) == 2
    assert sentences[0].endswith("under all rules together up to 1 of 2 scheduled people are missing")
    assert sentences[1] == "without max_present = 3 everything could be covered"


def test_a_break_that_takes_everybody_away() -> None:
    horizon = days((8, 12))
    rules = ShiftRules(hours(4), breaks=(pause(60, 1, 1),))
    assert said(horizon, people(horizon, [1, 1, 1, 1]), rules) == (
        "Mon 09:00-10:00: under all rules together up to 1 of 1 scheduled people are missing",
        "without breaks everything could be covered",
    )


def test_what_can_be_covered_gets_no_reason() -> None:
    horizon = days((8, 12))
    assert said(horizon, people(horizon, [1, 2, 1, 1]), ShiftRules(hours(4))) == ()


def test_not_more_sentences_than_anybody_reads() -> None:
    horizon = days((0, 24))
    asked = people(horizon, [1, 0] * 12)
    sentences = said(horizon, asked, ShiftRules(hours(4), starts=starts(20, 20, 1)))
    assert len(sentences) == 6
    assert sentences[4].startswith("Mon 08:00-09:00: people are needed, but ")
    assert sentences[-1] == "and 5 more of this kind"
