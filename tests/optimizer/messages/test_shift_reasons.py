"""Why no shifts cover a requirement: the sentences a planner reads."""

from __future__ import annotations

import re
from dataclasses import replace

from optimizer.horizon import Horizon, IntArray
from optimizer.shifts.offers import Offer
from optimizer.shifts.reasons import reasons
from optimizer.shifts.rules import ShiftRules
from tests.optimizer.shift_worlds import days, hours, pause, people, problem, starts

ONE_HOUR_IN = "a break of 60 min that starts 1 h into the shift"


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
    missing, conflict, enough = said(horizon, people(horizon, [2] * 6), rules)
    assert missing.endswith("under all rules together up to 1 of 2 scheduled people are missing")
    assert re.fullmatch(
        r"cannot hold together: 2 scheduled people needed Mon 0[89]:00-(09|10):00, Mon 1[23]:00-1[34]:00; "
        r"max_present = 3, Mon 1[01]:00-1[12]:00",
        conflict,
    )
    assert enough == (
        "without max_present = 3 everything could be covered; 4 scheduled people at a time are enough"
    )


def test_a_break_that_takes_everybody_away() -> None:
    horizon = days((8, 12))
    rules = ShiftRules(hours(4), breaks=(pause(60, 1, 1),))
    assert said(horizon, people(horizon, [1, 1, 1, 1]), rules) == (
        "Mon 09:00-10:00: under all rules together up to 1 of 1 scheduled people are missing",
        "cannot hold together: 1 scheduled person needed Mon 09:00-10:00; " + ONE_HOUR_IN,
        "without breaks everything could be covered",
    )


def ready_made(start_h: float, length_h: float, most: int | None) -> Offer:
    return Offer(hours(length_h)[0], length_h, starts(start_h, start_h, 24), most=most)


def test_more_needed_than_the_shifts_under_way_may_have() -> None:
    horizon = days((8, 14))
    rules = ShiftRules(hours(4), ready_made=(ready_made(8, 4, 3), ready_made(10, 4, 2)))
    assert said(horizon, people(horizon, [3, 4, 5, 6, 2, 2]), rules) == (
        "Mon 09:00-10:00: 4 scheduled people are needed, but max_people of the shifts under way allows 3",
        "Mon 11:00-12:00: 6 scheduled people are needed, but max_people of the shifts under way allows 5",
    )


def test_shifts_with_too_few_people_who_all_have_a_break() -> None:
    # Both shifts have three people at most; at eleven those of the first shift are at lunch.
    horizon = days((8, 14))
    lunch = (pause(60, 3, 3),)
    early, late = (
        replace(ready_made(start, 4, 3), breaks=breaks) for start, breaks in ((8, lunch), (10, ()))
    )
    sentences = said(
        horizon, people(horizon, [3, 3, 6, 4, 3, 3]), ShiftRules(hours(4), ready_made=(early, late))
    )
    assert sentences == (
        "Mon 11:00-12:00: under all rules together up to 1 of 4 scheduled people are missing",
        (
            "cannot hold together: 4 scheduled people needed Mon 11:00-12:00; max_people = 3 on the shift "
            "Mon 10:00-14:00; a break of 60 min that starts 3 h into the shift"
        ),
        "with a larger max_people everything could be covered, with 4 instead of 3 on Mon 10:00-14:00",
        "without breaks everything could be covered",
    )


def test_days_off_that_hold_on_a_saturday() -> None:
    """Who works on Saturday is there on four of the other five days; no more than three may be there."""
    horizon = days(*[(8, 12)] * 6, None)
    rules = ShiftRules(hours(4), days_per_week=5, consecutive_days_off=True, max_present=3)
    sentences = said(horizon, people(horizon, [3] * 4, *[[2] * 4] * 4, [3] * 4), rules)
    assert re.fullmatch(
        r"cannot hold together: 3 scheduled people needed Mon .*, Sat .*; max_present = 3, .*; "
        r"days_per_week = 5 with consecutive_days_off",
        sentences[-4],
    )
    assert sentences[-3:] == (
        "without max_present = 3 everything could be covered; 6 scheduled people at a time are enough",
        "without days_per_week = 5 everything could be covered",
        "without consecutive_days_off everything could be covered",
    )


def test_what_only_whole_people_cannot_do() -> None:
    # Each shift covers two thirds of the day that stands for every day: half a person on each of the three would do.
    horizon = days(*[(0, 24)])
    rules = ShiftRules(hours(16), starts=starts(0, 16, 8), max_present=1)
    assert said(horizon, people(horizon, [1] * 24), rules)[-2:] == (
        "only whole people do not fit: in fractions of people all rules could hold",
        "without max_present = 1 everything could be covered; 2 scheduled people at a time are enough",
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
