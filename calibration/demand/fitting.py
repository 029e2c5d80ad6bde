"""From contacts to demand: what kind of day each day is, then profiles, trend and busyness of the usual ones."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from calibration.demand.busyness import fit_busyness
from calibration.demand.days import look_at_days
from calibration.demand.found import DayClass, Demand
from calibration.demand.odd_days import open_mask
from calibration.demand.trend import fit_trend, trend_factors
from calibration.records.contacts import Contacts, counts
from calibration.records.intervals import Intervals

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


def fit_demand(contacts: Contacts, interval_s: int) -> Demand:
    """All that the contacts offered to people tell of demand, by intervals of this length; it divides the day."""
    counted = counts(contacts, contacts.offered, interval_s)
    return fit_counts(counted, contacts.first_day, contacts.queues, interval_s)


def fit_intervals(report: Intervals) -> Demand:
    """The same from an interval report, by its own intervals."""
    return fit_counts(offered_counts(report), report.first_day, report.queues, report.interval_s)


def offered_counts(report: Intervals) -> IntArray:
    """Contacts offered by day, interval and queue; where the report says nothing, or less than nothing, none."""
    return np.maximum(np.rint(np.nan_to_num(report.offered)), 0.0).astype(np.int64)


def fit_counts(counted: IntArray, first_day: date, queues: tuple[str, ...], interval_s: int) -> Demand:
    """The same from contacts by day, interval of the day and queue."""
    found = look_at_days(counted, first_day, interval_s)
    mean, error = _profiles(counted, found.classes, found.class_of_day, found.usual)
    days = np.nonzero(found.usual)[0]
    kind = found.class_of_day[days]
    kept = counted[days] * found.is_open(counted.shape[1])[kind][:, :, None]
    per_day = mean[kind].sum(axis=(1, 2))
    trend = fit_trend(days, kept.sum(axis=(1, 2)).astype(np.float64), per_day)
    around = mean[kind] * trend_factors(trend, days, per_day)[:, None, None]
    sizes = np.array([one.n_usual for one in found.classes], dtype=np.float64)[kind]
    freedom = np.where(sizes > 1.0, sizes / np.maximum(sizes - 1.0, 1.0), 0.0)
    return Demand(
        first_day=first_day,
        interval_s=interval_s,
        queues=queues,
        classes=found.classes,
        tests=found.tests,
        mean=mean,
        standard_error=error,
        usual=found.usual,
        class_of_day=found.class_of_day,
        odd_days=found.odd,
        outside_share=float(1.0 - kept.sum() / max(counted[days].sum(), 1)),
        trend_per_month=trend,
        busyness=fit_busyness(kept, around, freedom, queues),
    )


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
