"""Values with their 95 % intervals over replications: ratios of sums, by the delta method, with Student's t."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.student import t_factor

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A value and its half-width; None where the denominator is zero, or with fewer than two replications."""

    value: float | None
    half_width: float | None


def influences(numerator: FloatArray, denominator: FloatArray | None) -> tuple[float, FloatArray]:
    """Σ N / Σ D, and what each replication adds to its error: (Nᵢ − r Dᵢ) / mean D.

    Without a denominator the value is the mean of N and the influence Nᵢ − mean. NaN where Σ D is zero.
    """
    if denominator is None:
        value = float(np.mean(numerator))
        return value, numerator - value
    total = float(np.sum(denominator))
    if total == 0.0:
        return math.nan, np.full(len(numerator), math.nan)
    value = float(np.sum(numerator)) / total
    return value, (numerator - value * denominator) / (total / len(numerator))


def half_width_of(influence: FloatArray) -> float | None:
    """T · s / √R of influences, one a replication."""
    n = len(influence)
    if n < 2:
        return None
    deviation = math.sqrt(float(np.sum(influence**2)) / (n - 1))
    return t_factor(n - 1) * deviation / math.sqrt(n)


def estimate(numerator: FloatArray, denominator: FloatArray | None) -> Estimate:
    """The ratio of sums over replications, with its interval."""
    value, influence = influences(numerator, denominator)
    if math.isnan(value):
        return Estimate(None, None)
    return Estimate(value, half_width_of(influence))
