"""Spells of time against the clock: how much of them falls into each interval."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def time_in_intervals(
    starts_s: FloatArray, ends_s: FloatArray, edges_s: FloatArray, weights: FloatArray | None = None
) -> FloatArray:
    """Seconds that spells [start, end) spend between consecutive edges, weighted and summed; one value an interval.

    Σ w · |[start, end) ∩ [e₀, e₁)|  =  F(e₁) − F(e₀),  F(e) = Σ w · (min(e, end) − min(e, start)).
    """
    w = np.ones(len(starts_s)) if weights is None else weights
    return np.diff(_sum_of_minima(ends_s, w, edges_s) - _sum_of_minima(starts_s, w, edges_s))


def _sum_of_minima(values: FloatArray, weights: FloatArray, edges_s: FloatArray) -> FloatArray:
    """Σ w · min(edge, value) for each edge, through one sort."""
    order = np.argsort(values, kind="stable")
    ordered, w = values[order], weights[order]
    weight_below = np.concatenate([[0.0], np.cumsum(w)])
    sum_below = np.concatenate([[0.0], np.cumsum(w * ordered)])
    n_below = np.searchsorted(ordered, edges_s)
    return sum_below[n_below] + edges_s * (weight_below[-1] - weight_below[n_below])
