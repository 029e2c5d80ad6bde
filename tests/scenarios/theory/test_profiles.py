"""Values by interval, with intervals of twelve hours so that every list can be read off the page."""

from datetime import date
from typing import Any

import pytest

from scenarios.calendar_days import Calendar
from scenarios.profiles import day_within, factor_of_weekday, of_weekday, value_per_interval


def center(days: int, **keys: object) -> Calendar:
    return Calendar.model_validate({"days": days, "interval_min": 720, **keys})


def test_one_list_holds_on_every_day() -> None:
    assert [value_per_interval((1, 2), center(7), day) for day in (-8, 0, 6, 30)] == [(1, 2)] * 4


def test_a_list_for_each_day_of_a_short_horizon_repeats() -> None:
    per_day = (1, 2, 3, 4, 5, 6)
    values = [value_per_interval(per_day, center(3), day) for day in range(-4, 5)]
    assert values == [(5, 6), (1, 2), (3, 4), (5, 6), (1, 2), (3, 4), (5, 6), (1, 2), (3, 4)]


def test_outside_a_long_horizon_days_are_those_of_the_first_or_last_week() -> None:
    assert [day_within(10, day) for day in range(-8, 0)] == [6, 0, 1, 2, 3, 4, 5, 6]
    assert [day_within(10, day) for day in range(10, 19)] == [3, 4, 5, 6, 7, 8, 9, 3, 4]
    calendar = center(10, start=date(2026, 11, 12))
    for day in range(-20, 40):
        assert calendar.weekday(day_within(10, day)) == calendar.weekday(day), "the same weekday"


def test_a_table_by_weekday() -> None:
    table = {"mon-fri": (1, 2), "sat": (3, 4)}
    calendar = center(7, start=date(1999, 3, 14), hours={"mon-sat": "08:00-18:00", "sun": "closed"})
    assert value_per_interval(table, calendar, 1) == (1, 2)
    assert value_per_interval(table, calendar, -1) == (3, 4)
    assert value_per_interval(table, calendar, 0) == (0, 0), "closed on Sunday"


@pytest.mark.parametrize(
    ("profile", "values"), [((7, 8, 9), (7, 8, 9)), ({"mon": (1,), "tue-sun": (2, 3)}, (2, 3))]
)
def test_a_shape_may_have_any_length(profile: Any, values: tuple[int, ...]) -> None:
    assert of_weekday(profile, 6) == values


def test_factors_by_weekday() -> None:
    assert [factor_of_weekday({"sat-sun": 1.3, "mon": 0.9}, day) for day in range(7)] == [
        0.9,
        1,
        1,
        1,
        1,
        1.3,
        1.3,
    ]
    assert factor_of_weekday(None, 3) == 1
