"""Days and hours against a paper calendar: 9 November 2026 is a Monday, 14 March 1999 a Sunday."""

from datetime import date, datetime

import pytest

from scenarios.calendar_days import Calendar, clock_s, weekdays_of

H = 3600
CLASSES = [
    ("mon", (0,)),
    ("mon-fri", (0, 1, 2, 3, 4)),
    ("sun-thu", (6, 0, 1, 2, 3)),
    ("sat-tue", (5, 6, 0, 1)),
    ("fri-thu", (4, 5, 6, 0, 1, 2, 3)),
    ("mon, wed-thu", (0, 2, 3)),
    ("sun-sun", (6,)),
]


@pytest.mark.parametrize(("weekday_class", "days"), CLASSES)
def test_weekday_classes(weekday_class: str, days: tuple[int, ...]) -> None:
    assert weekdays_of(weekday_class) == days


@pytest.mark.parametrize(
    ("clock", "seconds"), [("00:00", 0), ("08:30", 30600), ("23:59", 86340), ("24:00", 86400)]
)
def test_clock_times(clock: str, seconds: int) -> None:
    assert clock_s(clock) == seconds


def calendar(**keys: object) -> Calendar:
    return Calendar.model_validate(keys)


def test_weekdays_of_a_dated_calendar() -> None:
    assert calendar(start=date(2026, 11, 9)).weekday(0) == 0
    assert calendar(start=date(1999, 3, 14)).weekday(0) == 6
    assert [calendar(start=date(1999, 3, 14)).weekday(day) for day in (-7, -1, 1, 8)] == [6, 5, 0, 0]


def test_without_a_start_day_0_is_a_monday() -> None:
    assert [calendar().weekday(day) for day in (-1, 0, 6, 7)] == [6, 0, 6, 0]


def test_open_spans_by_weekday() -> None:
    hours = {"mon-fri": "08:00-22:00", "sat": ("09:00-12:00", "13:00-24:00"), "sun": "closed"}
    center = calendar(start=date(2026, 11, 9), hours=hours, closed=(date(2026, 11, 11),))
    assert center.open_spans_s(0) == ((8 * H, 22 * H),)
    assert center.open_spans_s(2) == (), "Wednesday the 11th is closed"
    assert center.open_spans_s(9) == ((8 * H, 22 * H),), "the Wednesday after is not"
    assert center.open_spans_s(5) == ((9 * H, 12 * H), (13 * H, 24 * H))
    assert center.open_spans_s(6) == center.open_spans_s(-1) == ()
    assert center.open_spans_s(-2) == center.open_spans_s(5), "the same weekly pattern before the horizon"


def test_without_hours_the_center_is_always_open() -> None:
    assert calendar().open_spans_s(-3) == ((0, 24 * H),)


def test_days_and_seconds_of_dates() -> None:
    center = calendar(start=date(2026, 11, 9), days=7)
    assert center.day_of(date(2026, 11, 9)) == 0
    assert center.day_of(datetime(2026, 11, 8, 23, 59)) == -1
    assert center.seconds_of(datetime(2026, 11, 10, 1, 0, 1, 500_000)) == 25 * H + 1.5
    assert center.seconds_of(datetime(2026, 11, 8, 23)) == -H
    assert (center.horizon_s, center.interval_s, center.n_intervals_per_day) == (7 * 24 * H, 1800, 48)


def test_dates_of_a_calendar_without_a_start() -> None:
    with pytest.raises(ValueError, match="no dates"):
        calendar().day_of(date(2026, 11, 9))
