"""What is found of a center's demand, as values: classes of weekdays, days set apart, profiles, the whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from calibration.demand.busyness import Busyness
from calibration.estimate import Estimate
from scenarios.calendar_days import WEEKDAYS

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Spans = tuple[tuple[int, int], ...]


def clock(interval: int, interval_s: int) -> str:
    """Clock time at which an interval of the day begins; "24:00" for the one past the last."""
    minutes = interval * interval_s // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def named(weekdays: tuple[int, ...]) -> str:
    """A class of weekdays as a scenario names it: "mon-wed, fri"; runs of two are "mon, tue"."""
    runs: list[list[int]] = []
    for weekday in sorted(weekdays):
        if runs and weekday == runs[-1][-1] + 1:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    return ", ".join(_run(run) for run in runs)


def _run(run: list[int]) -> str:
    if len(run) > 2:
        return f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}"
    return ", ".join(WEEKDAYS[weekday] for weekday in run)


@dataclass(frozen=True)
class DayClass:
    """Weekdays that look alike, and when the center is open on them.

    weekdays: Monday = 0; spans: open intervals of the day as (first, one past the last), none where it is closed
    n_days, n_usual: days of these weekdays in the record; those on which nothing was out of the ordinary
    """

    weekdays: tuple[int, ...]
    spans: Spans
    n_days: int
    n_usual: int

    @property
    def name(self) -> str:
        """As a scenario's tables by weekday name it."""
        return named(self.weekdays)

    @property
    def unsteady(self) -> bool:
        """Whether fewer than half of its days are usual: its opening hours change over the record, or much happened."""
        return bool(self.spans) and 2 * self.n_usual < self.n_days

    def hours(self, interval_s: int) -> tuple[str, ...]:
        """Opening hours as `calendar.hours` has them; ("closed",) where there are none."""
        spans = tuple(f"{clock(start, interval_s)}-{clock(end, interval_s)}" for start, end in self.spans)
        return spans or ("closed",)


@dataclass(frozen=True)
class WeekdayTest:
    """Two groups of weekdays held against each other: how likely they differ as much by chance."""

    one: tuple[int, ...]
    other: tuple[int, ...]
    level_p: float
    """Of their daily totals."""
    shape_p: float
    """Of how a day's contacts are spread over its hours."""
    joined: bool


@dataclass(frozen=True)
class OddDay:
    """A stretch of a day that is set apart, why, and how much came there beside the usual.

    kind: missing | hole | surge | busy | quiet | other hours
    first, past: intervals of the day, one past the last
    """

    day: int
    date: date
    kind: str
    first: int
    past: int
    observed: float
    usual: float
    interval_s: int

    @property
    def factor(self) -> float:
        """Observed ÷ usual of the same intervals; infinite where nothing is usual."""
        return self.observed / self.usual if self.usual > 0.0 else float("inf")

    @property
    def reason(self) -> str:
        """One sentence for a planner."""
        span = f"{clock(self.first, self.interval_s)}-{clock(self.past, self.interval_s)}"
        seen = f"{self.observed:.0f} contacts where {self.usual:.0f} are usual"
        said = {
            "missing": f"nothing recorded, or closed: {seen}",
            "hole": f"a hole from {span}: {seen}",
            "surge": f"a surge from {span}: {seen}",
            "busy": f"an unusually busy day: {seen}",
            "quiet": f"an unusually quiet day: {seen}",
            "other hours": f"open at other hours: {self.observed:.0f} contacts from {span}",
        }
        return said[self.kind]


@dataclass(frozen=True)
class Demand:
    """All that a record tells of demand.

    mean, standard_error: contacts by class, interval of the day and queue, over the class's usual days
    usual: of each day of the record, whether nothing was out of the ordinary
    class_of_day: of each day the position of its class; −1 where its weekday has none
    outside_share: contacts outside opening hours ÷ all, on usual days; they are in no profile
    trend_per_month: relative change of the level a month; around the trend busyness is measured where it is told
    """

    first_day: date
    interval_s: int
    queues: tuple[str, ...]
    classes: tuple[DayClass, ...]
    tests: tuple[WeekdayTest, ...]
    mean: FloatArray
    standard_error: FloatArray
    usual: BoolArray
    class_of_day: IntArray
    odd_days: tuple[OddDay, ...]
    outside_share: float
    trend_per_month: Estimate
    busyness: Busyness

    @property
    def n_days(self) -> int:
        """Days of the record, the first and the last counted."""
        return len(self.usual)

    @property
    def events(self) -> tuple[OddDay, ...]:
        """Surges and unusual totals: more or fewer contacts than chance explains."""
        return tuple(odd for odd in self.odd_days if odd.kind in {"surge", "busy", "quiet"})

    @property
    def holes(self) -> tuple[OddDay, ...]:
        """Record missing, or center closed or open at other hours than usual."""
        return tuple(odd for odd in self.odd_days if odd.kind in {"missing", "hole", "other hours"})

    @property
    def unseen_weekdays(self) -> tuple[int, ...]:
        """Weekdays of which the record holds no day; nothing can be said of them."""
        seen = {weekday for one in self.classes for weekday in one.weekdays}
        return tuple(weekday for weekday in range(7) if weekday not in seen)

    @property
    def per_week(self) -> FloatArray:
        """Contacts of a usual week by queue."""
        days = np.array([len(one.weekdays) for one in self.classes], dtype=np.float64)
        return np.asarray(days @ self.mean.sum(axis=1))

    def date(self, day: int) -> date:
        """Date of a day of the record."""
        return self.first_day + timedelta(days=int(day))

    def days_of(self, position: int) -> IntArray:
        """Usual days of a class."""
        return np.nonzero(self.usual & (self.class_of_day == position))[0]

    def hours(self) -> dict[str, tuple[str, ...]]:
        """Opening hours by class, as `calendar.hours` has them; weekdays never seen are left out."""
        return {one.name: one.hours(self.interval_s) for one in self.classes}

    def profile(self, queue: str) -> dict[str, FloatArray]:
        """A queue's expected contacts by class and interval, midnight to midnight, as `per_interval` has them."""
        column = self.queues.index(queue)
        open_ones = [(one.name, self.mean[k, :, column]) for k, one in enumerate(self.classes) if one.spans]
        return dict(open_ones)
