"""The days that are planned: their intervals, weekdays and open hours, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenarios.calendar_days import DAY_S, WEEKDAYS, Calendar, Spans

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

A_WEEK = 7


@dataclass(frozen=True)
class Horizon:
    """Days of equal intervals. `open_spans_s[day]` holds (open, close) after that day's midnight; Monday = 0.

    A week repeats, and so does a single day: what runs over the end comes back at the beginning. Any other
    number of days ends where it ends.
    """

    interval_s: int
    open_spans_s: tuple[Spans, ...]
    weekdays: tuple[int, ...]

    @property
    def n_days(self) -> int:
        """Days of the horizon."""
        return len(self.open_spans_s)

    @property
    def n_intervals_per_day(self) -> int:
        """Intervals from midnight to midnight."""
        return DAY_S // self.interval_s

    @property
    def shape(self) -> tuple[int, int]:
        """Days by intervals: the shape of every requirement."""
        return self.n_days, self.n_intervals_per_day

    @property
    def repeats(self) -> bool:
        """Whether the end joins the beginning: a week, or a day that stands for every day."""
        return self.n_days in (1, A_WEEK)

    def open_share(self) -> FloatArray:
        """How much of each interval is open, by day and interval."""
        edges = np.arange(self.n_intervals_per_day + 1) * self.interval_s
        shares = np.zeros(self.shape)
        for day, spans in enumerate(self.open_spans_s):
            for opens, closes in spans:
                shares[day] += np.diff(np.clip(edges, opens, closes)) / self.interval_s
        return shares

    def is_open(self) -> BoolArray:
        """Whether an interval has any open time, by day and interval."""
        return self.open_share() > 0.0

    def day_name(self, day: int) -> str:
        """One of "mon" … "sun"."""
        return WEEKDAYS[self.weekdays[day]]

    def moment(self, day: int, at_s: float) -> str:
        """A moment as a planner says it: "Mon 06:30"."""
        return f"{self.day_name(day).capitalize()} {clock(at_s)}"

    def stretch(self, day: int, from_s: float, to_s: float) -> str:
        """A stretch of time as a planner says it: "Mon 06:30-07:00"."""
        return f"{self.moment(day, from_s)}-{clock(to_s)}"


def clock(at_s: float) -> str:
    """Seconds after midnight as hours and minutes, "24:00" included."""
    minutes = round(at_s / 60.0)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def horizon_of(calendar: Calendar) -> Horizon:
    """The days of a scenario's calendar."""
    days = range(calendar.days)
    return Horizon(
        interval_s=calendar.interval_s,
        open_spans_s=tuple(calendar.open_spans_s(day) for day in days),
        weekdays=tuple(calendar.weekday(day) for day in days),
    )


def typical_week(required: IntArray, horizon: Horizon) -> tuple[IntArray, Horizon]:
    """One week that is enough for every week of a longer horizon: of equal weekdays the largest requirement.

    A schedule is written by weekday, so a horizon of more than seven days is planned as this week. Days of the
    week keep the longest opening hours that any of their dates has. Up to seven days stay as they are.
    """
    if horizon.n_days <= A_WEEK:
        return required, horizon
    same = [[day for day in range(horizon.n_days) if day % A_WEEK == first] for first in range(A_WEEK)]
    longest = [max((horizon.open_spans_s[day] for day in days), key=_open_s) for days in same]
    week = Horizon(horizon.interval_s, tuple(longest), horizon.weekdays[:A_WEEK])
    return np.array([required[days].max(axis=0) for days in same]), week


def _open_s(spans: Spans) -> int:
    return sum(closes - opens for opens, closes in spans)
