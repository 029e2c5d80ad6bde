"""Expected contacts by half hour, net of those who call again, and how much busy days differ."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.bank_calls import HALF_HOUR_S, HALF_HOURS
from calibration.days import CLASSES, WEEK

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Cdf = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True)
class DayFactors:
    """How a day's total differs from its class's mean, chance of the Poisson counts taken off."""

    cv: float
    """Of the total of all types."""
    cv_by_type: FloatArray
    correlation: float
    """Of the factors of two types, one figure for all pairs."""


def mean_profile(counted: IntArray, days: dict[str, IntArray]) -> dict[str, FloatArray]:
    """Mean calls by half hour of the day for each class of days: shape (48, types); 0 outside opening hours."""
    profiles = {}
    for name, chosen in days.items():
        profile = np.zeros((HALF_HOURS, counted.shape[2]))
        profile[CLASSES[name].span] = counted[chosen, CLASSES[name].span].mean(axis=0)
        profiles[name] = profile
    return profiles


def per_week(profiles: dict[str, FloatArray]) -> FloatArray:
    """Calls of a whole week by type."""
    week = [profiles[name].sum(axis=0) for name in WEEK]
    return np.asarray(np.sum(week, axis=0), dtype=np.float64)


def lag_shares(cdf: Cdf) -> FloatArray:
    """Of those who come back, how many do so in the same half hour, the next one, ... of the day.

    The call that failed falls anywhere in its half hour: share by lag k = H(k + 1) − 2 H(k) + H(k − 1) with H the
    integral of the delay's distribution function over half hours.
    """
    steps = 200
    grid = np.arange(HALF_HOURS * steps + 1, dtype=np.float64) * (HALF_HOUR_S / steps)
    values = cdf(grid)
    integral = np.concatenate([[0.0], np.cumsum((values[1:] + values[:-1]) / 2) / steps])
    at = integral[::steps]
    return np.diff(np.concatenate([[0.0], np.diff(at)]))


def returning(failed: FloatArray, day_class: str, lags: FloatArray) -> FloatArray:
    """Returns by half hour of the day, from how many calls failed in each.

    Whoever comes back after closing calls in the next opening hours, spread as the failed calls were.
    """
    spread = np.convolve(failed, lags)[:HALF_HOURS]
    span = CLASSES[day_class].span
    inside = np.zeros(HALF_HOURS)
    inside[span] = spread[span]
    if inside.sum() == 0.0:
        return inside
    return np.asarray(inside * (failed.sum() / inside.sum()))


def day_factors(counted: IntArray, days: dict[str, IntArray]) -> DayFactors:
    """Spread of daily totals around their class's mean; Saturdays are too few and too small.

    cv² = E[(N / m − 1)²] − E[1 / m], with one degree of freedom taken by each class's mean. The covariance of
    two types needs no correction: their chance is independent.
    """
    ratios, noise = _ratios(counted, days)
    freedom = len(ratios) - (len(days) - 1)
    covariance = ratios.T @ ratios / freedom
    variance = np.maximum(np.diag(covariance) - noise, 0.0)
    shares = per_week(mean_profile(counted, days))
    weight = np.triu(np.outer(shares, shares), 1)
    spread = np.sqrt(np.outer(variance, variance))
    total, total_noise = _ratios(counted.sum(axis=2, keepdims=True), days)
    return DayFactors(
        cv=float(np.sqrt((total**2).sum() / freedom - total_noise[0])),
        cv_by_type=np.sqrt(variance),
        correlation=float((weight * covariance).sum() / (weight * spread).sum()),
    )


def _ratios(counted: IntArray, days: dict[str, IntArray]) -> tuple[FloatArray, FloatArray]:
    """N / m − 1 of each usual day and type, and the mean of 1 / m by type."""
    ratios, noise = [], []
    for name, chosen in days.items():
        if name == "sat":
            continue
        totals = counted[chosen, CLASSES[name].span].sum(axis=1)
        mean = totals.mean(axis=0)
        ratios.append(totals / mean - 1.0)
        noise.append(np.tile(1.0 / mean, (len(chosen), 1)))
    return np.concatenate(ratios), np.concatenate(noise).mean(axis=0)


def variance_to_mean(offered: IntArray, days: dict[str, IntArray]) -> float:
    """Of half-hour counts on usual working days, around the class's own half-hour mean: Σ variances ÷ Σ means."""
    variances, means = [], []
    for name in ("sun", "mon-thu", "fri"):
        inside = offered[days[name], CLASSES[name].span]
        variances.append(inside.var(axis=0, ddof=1))
        means.append(inside.mean(axis=0))
    return float(np.concatenate(variances).sum() / np.concatenate(means).sum())
