"""Values with their 95 % intervals over replications: ratios of sums, by the delta method, with Student's t."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.measures.student import t_factor

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A value and its half-width; None where the denominator is zero, or with fewer than two replications."""

    value: float | None
    half_width: float | None


NOTHING = Estimate(None, None)  # what cannot be told


def influences(numerator: FloatArray, denominator: FloatArray | None) -> tuple[float, FloatArray]:
    """Σ N / Σ D, and what each replication adds to its error: (Nᵢ − r Dᵢ) / mean D.

    Without a denominator the value is the mean of N and the influence Nᵢ − mean. NaN where Σ D is zero.
    """
    value, influence = _influences(numerator, denominator)
    return float(value), influence


def half_width_of(influence: FloatArray) -> float | None:
    """T · s / √R of influences, one a replication."""
    return None if len(influence) < 2 else float(_half_widths(influence))


def estimate(numerator: FloatArray, denominator: FloatArray | None) -> Estimate:
    """The ratio of sums over replications, with its interval."""
    value, influence = influences(numerator, denominator)
    if math.isnan(value):
        return NOTHING
    return Estimate(value, half_width_of(influence))


def estimates(numerators: FloatArray, denominators: FloatArray | None) -> list[Estimate]:
    """The same of many figures at once, in columns; replications × figures."""
    below = None if denominators is None else np.ascontiguousarray(denominators.T)
    values, influence = _influences(np.ascontiguousarray(numerators.T), below)
    widths: list[float] | list[None] = [None] * len(values)
    if influence.shape[1] >= 2:
        widths = _half_widths(influence).tolist()
    return [
        NOTHING if math.isnan(value) else Estimate(value, width)
        for value, width in zip(values.tolist(), widths, strict=True)
    ]


def _influences(numerator: FloatArray, denominator: FloatArray | None) -> tuple[FloatArray, FloatArray]:
    """Values and influences; the last axis are replications, so that one figure and many sum in the same order."""
    if denominator is None:
        value = np.asarray(np.mean(numerator, axis=-1))
        return value, numerator - value[..., None]
    total = np.asarray(np.sum(denominator, axis=-1))
    total = np.where(total == 0.0, math.nan, total)
    value = np.sum(numerator, axis=-1) / total
    mean = total / numerator.shape[-1]
    return value, (numerator - value[..., None] * denominator) / mean[..., None]


def _half_widths(influence: FloatArray) -> FloatArray:
    n = influence.shape[-1]
    deviation = np.sqrt(np.sum(influence**2, axis=-1) / (n - 1))
    return np.asarray(t_factor(n - 1) * deviation / math.sqrt(n))
