"""What is ordinary on days of one kind, told robustly: its contacts by interval, and how far days and intervals stray.

Nothing here is moved by a few days of surges or holes, so that those can be held against it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

MAD_TO_SD = 1.4826
FEW = 5.0
ENOUGH = 2.0
"""Intervals with fewer usual contacts say nothing of how intervals stray."""
LEAST_DAY_CV = 0.03
"""No center's days are more alike; of a few small counts it could seem so."""
WITHIN = 2.5
"""A day's own level is believed to within so many of the usual day's standard deviations."""


@dataclass(frozen=True)
class Ordinary:
    """Days that are held against each other: counts by day and open interval, and what is usual of them.

    level: of each day, its contacts ÷ usual, from the half of its intervals that agree best
    """

    days: IntArray
    counted: IntArray
    usual: FloatArray
    level: FloatArray

    @property
    def expected(self) -> FloatArray:
        """Contacts by day and interval, were the day as its level says and nothing else happened."""
        return self.level[:, None] * self.usual


@dataclass(frozen=True)
class Strays:
    """Coefficients of variation beyond chance, robustly: of days around their kind, of intervals around their day."""

    day_cv: float
    interval_cv: float
    n: int


def midmean(values: npt.NDArray[np.generic]) -> FloatArray:
    """Mean over the middle half of each column: as robust as it needs to be, and right for small counts too."""
    ordered = np.sort(values.astype(np.float64), axis=0)
    cut = len(ordered) // 4
    return np.asarray(ordered[cut : len(ordered) - cut].mean(axis=0))


def usual_counts(counted: IntArray) -> FloatArray:
    """Usual contacts by interval, from counts by day and interval: midmeans that add up to the midmean of days.

    The middle half of small counts lies below their mean: there the mean is taken, of counts kept within bounds.
    """
    middle = midmean(counted)
    small = np.minimum(counted, 2.5 * middle + FEW).mean(axis=0)
    usual = np.where(middle >= FEW, middle, small)
    day = float(midmean(counted.sum(axis=1)))
    return np.asarray(usual * (day / usual.sum())) if usual.sum() > 0.0 else usual


def ordinary(days: IntArray, counted: IntArray) -> Ordinary:
    """What is usual of these days, from their counts by open interval; days with nothing at all are not asked."""
    lived = counted[counted.sum(axis=1) > 0]
    usual = usual_counts(lived) if len(lived) else np.zeros(counted.shape[1])
    return Ordinary(days, counted, usual, np.array([_level(day, usual) for day in counted]))


def strays(kinds: list[Ordinary]) -> Strays:
    """Spread of days and of intervals, by median absolute deviations, the chance of Poisson counts taken off.

    Days by the root of their counts, whose chance is the same for small and large ones: 2√N varies by 1 + cv² m.
    """
    totals = [total[total > 0] for one in kinds if len(total := one.counted.sum(axis=1)) and total.any()]
    if not totals:
        return Strays(LEAST_DAY_CV, 0.0, 0)
    roots = [2.0 * np.sqrt(total + 0.375) for total in totals]
    scores = np.concatenate([root - np.median(root) for root in roots])
    around = np.concatenate([np.full(len(total), float(np.median(total))) for total in totals])
    weight = around / np.median(around)
    beyond = _variance(scores / np.sqrt(weight)) - float((1.0 / weight).mean())
    day_cv = max(float(np.sqrt(max(beyond, 0.0) / np.median(around))), LEAST_DAY_CV)
    return Strays(day_cv, _interval_cv(kinds, day_cv), len(scores))


def with_levels_within(one: Ordinary, day_cv: float) -> Ordinary:
    """The same, each day's level no further from 1 than days go: half a missing day is a hole, not a quiet day."""
    furthest = np.exp(WITHIN * day_cv)
    return Ordinary(one.days, one.counted, one.usual, np.clip(one.level, 1.0 / furthest, furthest))


def _level(counted: IntArray, usual: FloatArray) -> float:
    if usual.sum() <= 0.0 or counted.sum() == 0:
        return 1.0
    level = counted.sum() / usual.sum()
    strange = np.abs(counted - level * usual) / np.sqrt(level * usual + 1.0)
    agree = np.argsort(strange)[: max(len(strange) // 2, 1)]
    inside = usual[agree].sum()
    return float(max(counted[agree].sum(), 0.5) / inside) if inside > 0.0 else float(level)


def _variance(scores: FloatArray) -> float:
    return float((MAD_TO_SD * np.median(np.abs(scores - np.median(scores)))) ** 2)


def _interval_cv(kinds: list[Ordinary], day_cv: float) -> float:
    residuals, means = [], []
    for one in kinds:
        expected = with_levels_within(one, day_cv).expected
        enough = expected >= ENOUGH
        residuals.append(((one.counted - expected) / np.sqrt(np.maximum(expected, ENOUGH)))[enough])
        means.append(expected[enough])
    scores = np.concatenate(residuals)
    if len(scores) == 0:
        return 0.0
    beyond = max(_variance(scores) - 1.0, 0.0)
    return float(np.sqrt(beyond / np.median(np.concatenate(means))))
