"""Values by interval of the day: one list for every day, for the days of a week, for all days, or by weekday."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Discriminator, Tag

from scenarios.calendar_days import Calendar, WeekdayClass, weekdays_of
from scenarios.quantities import Amount, Count, Frozen

Values = Sequence[float]


def _kind(value: object) -> str:
    return "by weekday" if isinstance(value, Mapping) else "list"


Profile = Annotated[
    Annotated[tuple[Amount, ...], Tag("list")]
    | Annotated[dict[WeekdayClass, tuple[Amount, ...]], Frozen, Tag("by weekday")],
    Discriminator(_kind),
]
HeadCounts = Annotated[
    Annotated[tuple[Count, ...], Tag("list")]
    | Annotated[dict[WeekdayClass, tuple[Count, ...]], Frozen, Tag("by weekday")],
    Discriminator(_kind),
]


def of_weekday(profile: Values | Mapping[str, Values], weekday: int) -> Values:
    """The list that holds on a weekday (Monday = 0); () where a table by weekday class leaves it out."""
    if not isinstance(profile, Mapping):
        return profile
    for weekday_class, values in profile.items():
        if weekday in weekdays_of(weekday_class):
            return values
    return ()


def factor_of_weekday(factors: Mapping[str, float] | None, weekday: int) -> float:
    """The factor of a weekday class; 1 where none is given."""
    for weekday_class, factor in (factors or {}).items():
        if weekday in weekdays_of(weekday_class):
            return factor
    return 1.0


def day_within(days: int, day: int) -> int:
    """The day of the horizon whose values a day outside it takes.

    The same weekday of the first week (before) or of the last week (after); where the horizon is shorter
    than a week, day modulo days.
    """
    if 0 <= day < days:
        return day
    if days < 7:
        return day % days
    return day % 7 if day < 0 else days - 7 + (day - days) % 7


def value_per_interval(
    profile: Values | Mapping[str, Values], calendar: Calendar, day: int
) -> tuple[float, ...]:
    """Values of each interval of a day, midnight to midnight; day may lie before or after the horizon.

    A list for seven days begins with the first day of the horizon and repeats. A weekday that a table leaves out
    has zeros: the center is closed then, or the check would have said so.
    """
    n = calendar.n_intervals_per_day
    values = of_weekday(profile, calendar.weekday(day))
    if not values:
        return (0.0,) * n
    if len(values) == n:
        return tuple(values)
    first = (day % 7 if len(values) == 7 * n else day_within(calendar.days, day)) * n
    return tuple(values[first : first + n])
