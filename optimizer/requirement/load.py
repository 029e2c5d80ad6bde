"""The load that a formula puts into its stationary queue, interval by interval.

Rates are constant within an interval of length Δ, so that the mean of m(t) = ∫ λ(t − s) P(S > s) ds over an interval is

    Σ_j w_j λ_{i − j},   w_j = (A((j + 1) Δ) − 2 A(j Δ) + A((j − 1) Δ)) / Δ,   A(t) = ∫_0^t E[min(S, v)] dv

with any law of S (Eick, Massey and Whitt 1993). Where handle times are short beside the interval only their mean
matters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.horizon import FloatArray
from sim.theory import offered_load_erl

LONG = 0.5  # of an interval: from such mean handle times on their law is asked
_WORK_LEFT = 1e-6  # share of the work that is left out


@dataclass(frozen=True)
class HandleLaw:
    """Handle times in seconds and how much each of them weighs."""

    values_s: FloatArray
    weights: FloatArray

    @property
    def mean_s(self) -> float:
        """The mean handle time."""
        return float(self.weights @ self.values_s)

    def capped_s(self, t_s: float) -> float:
        """E[min(S, t)]: the work of a contact that is done within t."""
        return float(self.weights @ np.minimum(self.values_s, t_s))

    def capped_area(self, t_s: float) -> float:
        """A(t) = ∫_0^t E[min(S, v)] dv, in square seconds."""
        within = np.minimum(self.values_s, t_s)
        return float(self.weights @ (within * (t_s - 0.5 * within)))


def modified_offered_load_erl(
    rates_per_s: FloatArray, interval_s: float, law: HandleLaw, *, repeats: bool
) -> FloatArray:
    """Mean number busy in each interval if nobody ever waited."""
    mean_s = law.mean_s
    if mean_s < LONG * interval_s:
        return offered_load_erl(rates_per_s, interval_s, mean_s, repeats=repeats).mean_erl
    n = len(rates_per_s)
    load = np.zeros(n)
    area_before, area = 0.0, 0.0
    for j in range(100 * n):
        area_after = law.capped_area((j + 1) * interval_s)
        weight = (area_after - 2.0 * area + area_before) / interval_s
        load += weight * (np.roll(rates_per_s, j) if repeats else _later(rates_per_s, j))
        area_before, area = area, area_after
        if law.capped_s(j * interval_s) >= (1.0 - _WORK_LEFT) * mean_s or (j >= n and not repeats):
            break
    return load


def shifted(rates: FloatArray, lag_intervals: float, repeats: bool) -> FloatArray:
    """Mean rate of each interval moved back by the lag:  ∫ λ(v − lag) dv ÷ length, with λ a step function.

    Before the first interval the end of a period that repeats, else nobody.
    """
    whole, part = int(lag_intervals // 1), lag_intervals % 1.0
    moved = [np.roll(rates, n) if repeats else _later(rates, n) for n in (whole, whole + 1)]
    return (1.0 - part) * moved[0] + part * moved[1]


def _later(rates: FloatArray, n: int) -> FloatArray:
    """Rates n intervals later, nobody before them."""
    return np.concatenate([np.zeros(min(n, len(rates))), rates[: max(len(rates) - n, 0)]])
