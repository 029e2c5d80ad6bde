"""How far contacts may be from their forecast: limits by interval and day.

A count is Poisson with its expectation times a gamma factor of the day, cv d, and one of the interval, cv i, and the
expectation is itself the mean of n such days, which adds a part 1/n to the variance (Jongbloed and Koole 2001,
Applied Stochastic Models in Business and Industry 17, 307, for gamma-Poisson limits):

    interval:  V = (1 + 1/n) (m + m² c²),  c² = (1 + d²)(1 + i²) − 1
    day:       V = (1 + 1/n) (M + M² c²),  c² = d² + (1 + d²) i² Σ m² / M²

Limits are quantiles of the negative binomial law with that mean and variance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.demand.busyness import factor_cvs
from calibration.demand.tails import quantile
from calibration.forecast.history import with_total

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

SHARE = 0.9
"""Of counts that are to lie within the limits."""


@dataclass(frozen=True)
class Spread:
    """Coefficients of variation of day and interval factors, by queue, and last of the sum of all."""

    day_cv: FloatArray
    interval_cv: FloatArray


@dataclass(frozen=True)
class Limits:
    """Lower and upper limits, both included, by day (and interval), and queue, the sum of all last."""

    low: FloatArray
    high: FloatArray


def spread_around(counted: IntArray, mean: FloatArray, freedom: FloatArray) -> Spread:
    """Of each queue and of their sum, whose intervals go together as far as the queues' do.

    counted, mean: what happened and what was expected, by day, interval and queue; freedom: as `fit_busyness` has it
    """
    return Spread(*factor_cvs(np.asarray(with_total(counted)), np.asarray(with_total(mean)), freedom))


def forecast_freedom(n: IntArray) -> FloatArray:
    """The error of a forecast that is the mean of n days adds 1/n to the variance: products carry n / (n + 1)."""
    return np.asarray(n / (n + 1.0))


def interval_limits(mean: FloatArray, n: IntArray, spread: Spread, share: float = SHARE) -> Limits:
    """From expectations by day, interval and queue, the sum of all last; n: days that each is the mean of."""
    beyond = (1.0 + spread.day_cv**2) * (1.0 + spread.interval_cv**2) - 1.0
    return _limits(mean, beyond, n[:, None, None], share)


def day_limits(mean: FloatArray, n: IntArray, spread: Spread, share: float = SHARE) -> Limits:
    """Of whole days, from the same."""
    day = mean.sum(axis=1)
    squares = (mean**2).sum(axis=1) / np.maximum(day**2, 1e-12)
    beyond = spread.day_cv**2 + (1.0 + spread.day_cv**2) * spread.interval_cv**2 * squares
    return _limits(day, beyond, n[:, None], share)


def _limits(mean: FloatArray, beyond: FloatArray, n: IntArray, share: float) -> Limits:
    """Quantiles of the law with the mean, and (1 + 1/n) (m + m² c²) for its variance."""
    of_n = 1.0 / np.maximum(n, 1)
    cv = np.sqrt(beyond * (1.0 + of_n) + of_n / np.maximum(mean, 1e-12))
    outside = (1.0 - share) / 2.0
    return Limits(quantile(outside, mean, cv), quantile(1.0 - outside, mean, cv))
