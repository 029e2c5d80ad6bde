"""Days that are no example of what is usual: record missing, center closed, surges, unusual totals.

A stretch is set apart only if chance and ordinary busyness do not explain it: its count is held against the tail of
the law that counts follow when days and intervals differ by gamma factors (negative binomial), at FALSE_ALARM for
all tries of a record together (Bonferroni), and if it is far enough off to matter. For robust spreads and
thresholds: Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers, ASQC.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from calibration.demand.found import DayClass, OddDay
from calibration.demand.opening import spans_of
from calibration.demand.ordinary import Ordinary, Strays, ordinary, strays, with_levels_within
from calibration.demand.tails import surprise, threshold

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

FALSE_ALARM = 0.05
"""Of each kind of alarm: records in which nothing happened and one sounds all the same."""
MISSING_SHARE, HOLE_SHARE, SURGE_FACTOR = 0.05, 0.25, 2.0
QUIET_FACTOR, BUSY_FACTOR = 0.8, 1.25
OUTSIDE_SHARE = 0.05
Found = tuple[str, int, int, float, float]
"""Kind, first interval, one past the last, observed, usual."""


def find_odd_days(
    total: IntArray, classes: tuple[DayClass, ...], class_of_day: IntArray, first_day: date, interval_s: int
) -> tuple[OddDay, ...]:
    """All stretches set apart, in order, from counts by day and interval and the classes of weekdays."""
    kinds = [
        ordinary(days := np.nonzero(class_of_day == k)[0], total[days][:, open_mask(one, total.shape[1])])
        for k, one in enumerate(classes)
    ]
    spread = strays(kinds)
    found = []
    for one, kind in zip(classes, kinds, strict=True):
        where = open_mask(one, total.shape[1])
        held = with_levels_within(kind, spread.day_cv)
        for i, day in enumerate(kind.days.tolist()):
            for said, first, past, seen, usual in _of_day(total[day], held, i, where, spread, total.shape):
                when = first_day + timedelta(days=day)
                found.append(OddDay(day, when, said, first, past, seen, usual, interval_s))
    return tuple(sorted(found, key=lambda odd: (odd.day, odd.first)))


def open_mask(day_class: DayClass, n_intervals: int) -> BoolArray:
    """Which intervals of the day are open."""
    chosen = np.zeros(n_intervals, dtype=np.bool_)
    for first, past in day_class.spans:
        chosen[first:past] = True
    return chosen


def _of_day(
    counted: IntArray, kind: Ordinary, i: int, where: BoolArray, spread: Strays, tries: tuple[int, ...]
) -> list[Found]:
    """What is odd of one day; a day that is missing is nothing else."""
    n_days, n_intervals = tries
    for_days = threshold(FALSE_ALARM, n_days, spread.n)
    for_intervals = threshold(FALSE_ALARM, n_days * n_intervals, n_days * n_intervals)
    usual = np.zeros(n_intervals)
    usual[where] = kind.usual
    expected = np.zeros(n_intervals)
    expected[where] = kind.expected[i]
    away = _total(counted, usual, where, spread, for_days)
    if away and away[0] == "missing":
        return [away]
    found = [*_runs(counted, expected, usual, spread.interval_cv, for_intervals)]
    found += _outside(counted, where, for_days)
    told = {kind_ for kind_, *_ in found}
    if away and not (told & {"hole"} if away[0] == "quiet" else told & {"surge"}):
        found.append(away)
    return found


def _total(
    counted: IntArray, usual: FloatArray, where: BoolArray, spread: Strays, limit: float
) -> Found | None:
    """Whether the whole day is missing, quiet or busy beyond what days are."""
    seen, wanted = float(counted[where].sum()), float(usual.sum())
    if wanted <= 0.0 or abs(surprise(seen, wanted, spread.day_cv)) < limit:
        return None
    spans = np.nonzero(where)[0]
    first, past, factor = int(spans.min()), int(spans.max()) + 1, seen / wanted
    if factor < MISSING_SHARE:
        return "missing", first, past, seen, wanted
    if factor <= QUIET_FACTOR:
        return "quiet", first, past, seen, wanted
    return ("busy", first, past, seen, wanted) if factor >= BUSY_FACTOR else None


def _runs(
    counted: IntArray, expected: FloatArray, usual: FloatArray, cv: float, limit: float
) -> Iterator[Found]:
    """Runs of intervals with hardly a contact, and of intervals with far too many."""
    few = (expected > 0.0) & (counted <= HOLE_SHARE * expected)
    many = (expected > 0.0) & (counted >= SURGE_FACTOR * expected) & (surprise(counted, expected, cv) > limit)
    for kind, chosen in (("hole", few), ("surge", many)):
        for first, past in spans_of(chosen):
            seen, wanted = counted[first:past].sum(), expected[first:past].sum()
            if abs(surprise(seen, wanted, cv)) > limit:
                yield kind, first, past, float(seen), float(usual[first:past].sum())


def _outside(counted: IntArray, where: BoolArray, limit: float) -> list[Found]:
    """Contacts at hours that are not the class's: a holiday's other hours, a longer evening."""
    outside = np.where(where, 0, counted)
    few = OUTSIDE_SHARE * max(float(counted[where].sum()), 20.0)
    if outside.sum() <= few or surprise(outside.sum(), few, 0.0) < limit:
        return []
    when = np.nonzero(outside)[0]
    return [("other hours", int(when.min()), int(when.max()) + 1, float(outside.sum()), 0.0)]
