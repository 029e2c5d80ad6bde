"""From contacts to demand: strange days put aside, like weekdays joined, then looked at again."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from calibration.demand.busyness import fit_busyness
from calibration.demand.found import DayClass, Demand, OddDay, WeekdayTest
from calibration.demand.likeness import joined_weekdays
from calibration.demand.odd_days import find_odd_days, open_mask
from calibration.demand.opening import open_intervals, spans_of
from calibration.demand.trend import fit_trend, trend_factors
from calibration.records.contacts import Contacts, counts

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


def fit_demand(contacts: Contacts, interval_s: int) -> Demand:
    """All that the contacts offered to people tell of demand, by intervals of this length; it divides the day."""
    counted = counts(contacts, contacts.offered, interval_s)
    return fit_counts(counted, contacts.first_day, contacts.queues, interval_s)


def fit_counts(counted: IntArray, first_day: date, queues: tuple[str, ...], interval_s: int) -> Demand:
    """The same from contacts by day, interval of the day and queue, as an interval report has them."""
    total = counted.sum(axis=2)
    weekday = (np.arange(len(total)) + first_day.weekday()) % 7
    classes, tests, usual = _classes(counted, total, weekday, first_day, interval_s)
    class_of_day = _class_of_day(classes, weekday)
    odd = find_odd_days(total, classes, class_of_day, first_day, interval_s)
    usual = _usual(total, class_of_day, odd)
    classes = tuple(
        DayClass(one.weekdays, one.spans, one.n_days, int((usual & (class_of_day == k)).sum()))
        for k, one in enumerate(classes)
    )
    mean, error = _profiles(counted, classes, class_of_day, usual)
    days = np.nonzero(usual)[0]
    inside = np.stack([open_mask(one, total.shape[1]) for one in classes])[class_of_day[days]]
    kept = counted[days] * inside[:, :, None]
    expected = mean[class_of_day[days]]
    per_day = expected.sum(axis=(1, 2))
    trend = fit_trend(days, kept.sum(axis=(1, 2)).astype(np.float64), per_day)
    around = expected * trend_factors(trend, days, per_day)[:, None, None]
    sizes = np.array([one.n_usual for one in classes], dtype=np.float64)[class_of_day[days]]
    freedom = np.where(sizes > 1.0, sizes / np.maximum(sizes - 1.0, 1.0), 0.0)
    return Demand(
        first_day=first_day,
        interval_s=interval_s,
        queues=queues,
        classes=classes,
        tests=tests,
        mean=mean,
        standard_error=error,
        usual=usual,
        class_of_day=class_of_day,
        odd_days=odd,
        outside_share=float(1.0 - kept.sum() / max(counted[days].sum(), 1)),
        trend_per_month=trend,
        busyness=fit_busyness(kept, around, freedom, queues),
    )


def _classes(
    counted: IntArray, total: IntArray, weekday: IntArray, first_day: date, interval_s: int
) -> tuple[tuple[DayClass, ...], tuple[WeekdayTest, ...], BoolArray]:
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
    return (*classes, *([_day_class(closed, total * 0, weekday)] if closed else [])), tests, usual


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


def _profiles(
    counted: IntArray, classes: tuple[DayClass, ...], class_of_day: IntArray, usual: BoolArray
) -> tuple[FloatArray, FloatArray]:
    """Mean contacts by class, interval and queue over usual days, and their standard errors.

    One day alone has the standard error of a Poisson count.
    """
    mean = np.zeros((len(classes), *counted.shape[1:]))
    error = np.zeros_like(mean)
    for k, one in enumerate(classes):
        own = counted[usual & (class_of_day == k)] * open_mask(one, counted.shape[1])[:, None]
        if len(own):
            mean[k] = own.mean(axis=0)
            error[k] = np.sqrt((own.var(axis=0, ddof=1) if len(own) > 1 else mean[k]) / len(own))
    return mean, error
