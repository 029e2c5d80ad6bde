"""Days of the week and hours of the day: what "mon-fri" and "08:00-22:00" mean, and the center's calendar."""

import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Strict, Tag

from scenarios.quantities import CLOCK, CountFromOne, Frozen, HoursFrom, Number, Words
from scenarios.table import Table

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_S = 86_400

_DAY = "(mon|tue|wed|thu|fri|sat|sun)"
_ONE_CLASS = f"{_DAY}(-{_DAY})?"
WEEKDAY_CLASS = f"{_ONE_CLASS}(, ?{_ONE_CLASS})*"

WeekdayClass = Annotated[str, Words('weekdays such as "sat", "mon-fri" or "sun-thu"', WEEKDAY_CLASS, "mon")]
OpenSpan = Annotated[
    str, Words('opening hours such as "08:00-22:00", or "closed"', f"({CLOCK})-({CLOCK})|closed", "closed")
]
IntervalLength = Annotated[
    int, Number("a whole number of minutes from 1 to 1440", low=1, high=1440, whole=True)
]
Spans = tuple[tuple[int, int], ...]


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return "by weekday"
    return "list" if isinstance(value, list | tuple) else "single"


ByWeekdayOrSingle = Annotated[
    Annotated[OpenSpan, Tag("single")] | Annotated[tuple[OpenSpan, ...], Tag("list")], Discriminator(_kind)
]


def weekdays_of(weekday_class: str) -> tuple[int, ...]:
    """Weekdays of a class, Monday = 0; a range may run over Sunday: "sat-mon" is (5, 6, 0)."""
    days: list[int] = []
    for part in re.split(", ?", weekday_class):
        first, _, last = part.partition("-")
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        days += [(start + step) % 7 for step in range((end - start) % 7 + 1)]
    return tuple(days)


def clock_s(clock: str) -> int:
    """Seconds from midnight of a clock time; "24:00" is the midnight that ends the day."""
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def spans_s(hours: str | tuple[str, ...]) -> Spans:
    """Opening hours of one day as (open, close) in seconds from midnight; () if closed."""
    entries = (hours,) if isinstance(hours, str) else hours
    return tuple(
        (clock_s(entry.split("-")[0]), clock_s(entry.split("-")[1])) for entry in entries if entry != "closed"
    )


class Calendar(Table):
    """The days that are simulated, and when the center is open."""

    start: Annotated[date, Strict()] | None = Field(default=None, description="local date of the first day")
    days: CountFromOne = Field(default=1, description="days of the horizon")
    interval_min: IntervalLength = Field(default=30, description="length of an interval; divides the day")
    hours: Annotated[dict[WeekdayClass, ByWeekdayOrSingle], Frozen] | None = Field(
        default=None, description="opening hours by weekday class; absent: always open"
    )
    closed: tuple[Annotated[date, Strict()], ...] = Field(default=(), description="dates closed all day")
    at_close: Literal["serve", "clear"] = Field(
        default="serve", description="those waiting are served | sent away"
    )
    on_time_up: Literal["person", "seat"] = Field(
        default="person",
        description="finish the contact in hand while the others serve | a contact starts only while all busy "
        "are fewer than those due to be present",
    )
    warm_up_h: HoursFrom | None = Field(default=None, description="before the horizon, not counted")
    run_out_h: HoursFrom | None = Field(
        default=None, description="after the horizon, needs followed to their end"
    )

    @property
    def n_intervals_per_day(self) -> int:
        """Intervals of one day, midnight to midnight."""
        return 1440 // self.interval_min

    @property
    def interval_s(self) -> int:
        """Length of an interval in seconds."""
        return self.interval_min * 60

    @property
    def horizon_s(self) -> int:
        """Length of the horizon in seconds."""
        return self.days * DAY_S

    def weekday(self, day: int) -> int:
        """Weekday of a day of the horizon, Monday = 0; day may be negative. Without a start day 0 is a Monday."""
        return ((self.start.weekday() if self.start else 0) + day) % 7

    def day_of(self, moment: date | datetime) -> int:
        """Day of the horizon on which a date falls; needs a start."""
        if self.start is None:
            raise ValueError("a calendar without a start has no dates")
        day = moment.date() if isinstance(moment, datetime) else moment
        return (day - self.start).days

    def seconds_of(self, moment: datetime) -> float:
        """Seconds from the start of the horizon to a local moment; negative before it."""
        in_day_s = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
        return self.day_of(moment) * DAY_S + in_day_s

    def open_spans_s(self, day: int) -> Spans:
        """When the center is open on a day: (open, close) in seconds from that day's midnight.

        Days before and after the horizon follow the same weekly pattern. 24:00 followed by 00:00 is no
        closing; joining such spans over midnight is the reader's part.
        """
        if self.start is not None and any(self.day_of(closed) == day for closed in self.closed):
            return ()
        return self.weekday_spans_s(self.weekday(day))

    def weekday_spans_s(self, weekday: int) -> Spans:
        """Opening hours of a weekday, Monday = 0, dates that are closed aside."""
        if self.hours is None:
            return ((0, DAY_S),)
        for weekday_class, hours in self.hours.items():
            if weekday in weekdays_of(weekday_class):
                return spans_s(hours)
        return ()
