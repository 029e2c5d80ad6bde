"""Counts drawn by the model that a scenario states: Poisson with gamma factors of days and intervals."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
from scipy import special

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

MONDAY = date(2026, 1, 5)
INTERVALS = 48
OPENS, CLOSES = 16, 40  # 8:00 to 20:00


def gamma_factors(scores: FloatArray, cv: float) -> FloatArray:
    """Gamma factors of mean 1 from normal scores."""
    if cv == 0.0:
        return np.ones_like(scores)
    return np.asarray(special.gammaincinv(1.0 / cv**2, special.ndtr(scores)) * cv**2)


def day_factors(
    rng: np.random.Generator, n_days: int, cvs: tuple[float, ...], correlation: float
) -> FloatArray:
    """By day and queue: Z = √ρ Z₀ + √(1 − ρ) ε, factor = Gamma⁻¹(Φ(Z))."""
    common = rng.standard_normal((n_days, 1))
    own = rng.standard_normal((n_days, len(cvs)))
    scores = np.sqrt(correlation) * common + np.sqrt(1.0 - correlation) * own
    return np.stack([gamma_factors(scores[:, q], cv) for q, cv in enumerate(cvs)], axis=1)


def hump(per_day: float, peak: float = 0.4) -> FloatArray:
    """Contacts by interval of the day, in opening hours alone; the peak at that part of them."""
    at = (np.arange(CLOSES - OPENS) + 0.5) / (CLOSES - OPENS)
    weight = np.exp(-(((at - peak) / 0.35) ** 2))
    profile = np.zeros(INTERVALS)
    profile[OPENS:CLOSES] = per_day * weight / weight.sum()
    return profile


def busy_counts(
    rng: np.random.Generator,
    mean: FloatArray,
    cvs: tuple[float, ...],
    correlation: float = 0.0,
    interval_cv: float = 0.0,
) -> IntArray:
    """Counts by day, interval and queue, from their expectations (days, intervals, queues)."""
    rate = mean * day_factors(rng, len(mean), cvs, correlation)[:, None, :]
    if interval_cv > 0.0:
        rate = rate * rng.gamma(1.0 / interval_cv**2, interval_cv**2, rate.shape)
    return rng.poisson(rate)


def weeks(n_weeks: int, by_weekday: dict[int, FloatArray]) -> FloatArray:
    """Expected contacts of so many weeks from a Monday on, from those of each weekday (intervals, queues)."""
    closed = np.zeros_like(next(iter(by_weekday.values())))
    week = np.stack([by_weekday.get(weekday, closed) for weekday in range(7)])
    return np.tile(week, (n_weeks, 1, 1))
