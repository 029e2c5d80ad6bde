"""What kind of day each day of a record is: its class of weekdays, and whether anything odd happened on it.

Strange days are put aside by what is usual of each weekday, like weekdays joined by the others, then all days looked
at again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from calibration.demand.found import DayClass, OddDay, WeekdayTest
from calibration.demand.likeness import joined_weekdays
from calibration.demand.odd_days import find_odd_days, open_mask
from calibration.demand.opening import open_intervals, spans_of

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Days:
    """Classes of weekdays and the tests that made them; each day's class (−1: none), what was odd, what was usual."""

    classes: tuple[DayClass, ...]
    tests: tuple[WeekdayTest, ...]
    class_of_day: IntArray
    odd: tuple[OddDay, ...]
    usual: BoolArray

    def is_open(self, n_intervals: int) -> BoolArray:
        """By class and interval, whether the center is open."""
        return np.stack([open_mask(one, n_intervals) for one in self.classes])


def look_at_days(counted: IntArray, first_day: date, interval_s: int) -> Days:
    """From contacts by day, interval of the day and queue."""
    total = counted.sum(axis=2)
    weekday = (np.arange(len(total)) + first_day.weekday()) % 7
    classes, tests = _classes(counted, total, weekday, first_day, interval_s)
    class_of_day = _class_of_day(classes, weekday)
    odd = find_odd_days(total, classes, class_of_day, first_day, interval_s)
    usual = _usual(total, class_of_day, odd)
    sizes = [int((usual & (class_of_day == k)).sum()) for k in range(len(classes))]
    counted_classes = tuple(
        DayClass(one.weekdays, one.spans, one.n_days, n) for one, n in zip(classes, sizes, strict=True)
    )
    return Days(counted_classes, tests, class_of_day, odd, usual)


def _classes(
    counted: IntArray, total: IntArray, weekday: IntArray, first_day: date, interval_s: int
) -> tuple[tuple[DayClass, ...], tuple[WeekdayTest, ...]]:
    """Weekdays joined where they are alike; those on which the center is closed are one class."""
    seen = [w for w in range(7) if (weekday == w).any()]
    alone = tuple(_day_class((w,), total, weekday) for w in seen)
    of_day = _class_of_day(alone, weekday)
    usual = _usual(total, of_day, find_odd_days(total, alone, of_day, first_day, interval_s))
    days_of = {
        one.weekdays[0]: np.nonzero(usual & (weekday == one.weekdays[0]))[0] for one in alone if one.spans
    }
    groups, tests = joined_weekdays(counted, days_of)
    closed = tuple(one.weekdays[0] for one in alone if not one.spans)
    classes = tuple(_day_class(group, total * usual[:, None], weekday) for group in groups)
    return (*classes, *([_day_class(closed, total * 0, weekday)] if closed else [])), tests


def _day_class(weekdays: tuple[int, ...], total: IntArray, weekday: IntArray) -> DayClass:
    days = np.isin(weekday, weekdays)
    return DayClass(weekdays, spans_of(_open(total[days])), int(days.sum()), 0)


def _open(total: IntArray) -> BoolArray:
    """Open intervals; none where on most days nobody came."""
    if (total.sum(axis=1) > 0).mean() < 0.5 and (total.sum(axis=1) > 0).sum() < 3:
        return np.zeros(total.shape[1], dtype=np.bool_)
    return open_intervals(total)


def _class_of_day(classes: tuple[DayClass, ...], weekday: IntArray) -> IntArray:
    position = np.full(7, -1, dtype=np.int64)
    for k, one in enumerate(classes):
        position[list(one.weekdays)] = k
    return np.asarray(position[weekday])


def _usual(total: IntArray, class_of_day: IntArray, odd: tuple[OddDay, ...]) -> BoolArray:
    """Days on which nothing was odd and somebody came; of a class without any, all on which somebody came."""
    lived = total.sum(axis=1) > 0
    usual = lived.copy()
    usual[[one.day for one in odd]] = False
    for k in np.unique(class_of_day):
        own = class_of_day == k
        if not usual[own].any():
            usual[own] = lived[own]
    return usual
