"""First contacts: those offered, less those that call again because they gave up or were not helped.

Redials and reconnects are made by the simulation itself; arrivals that held them too would count them twice.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def lag_shares(mean_delay_s: float, interval_s: float, n_intervals: int) -> FloatArray:
    """Of those who come back, how many do so in the same interval, the next one, and so on.

    The contact that failed falls anywhere in its interval and the delay is exponential: the share by lag k is
    H(k + 1) − 2 H(k) + H(k − 1), with H(t) = t − m (1 − exp(−t / m)) the integral of the delay's distribution
    function and m its mean, both in intervals.
    """
    mean = mean_delay_s / interval_s
    edges = np.arange(n_intervals + 1)
    integral = edges + mean * np.expm1(-edges / mean)
    return np.diff(np.concatenate([[0.0], np.diff(integral)]))


def returning(failed: FloatArray, lags: FloatArray, is_open: npt.NDArray[np.bool_]) -> FloatArray:
    """Returns by interval of the day, from how many contacts failed in each.

    Whoever would come back after closing comes in the next opening hours, spread as the other returns are.
    """
    spread = np.convolve(failed, lags)[: len(failed)] * is_open
    total = spread.sum()
    return np.asarray(spread * (failed.sum() / total)) if total > 0.0 else spread


def first_contacts(offered: FloatArray, back: FloatArray) -> FloatArray:
    """Offered less returns: never below 0 in any interval, and their sum what the day's sums say."""
    first = np.maximum(offered - back, 0.0)
    wanted = max(offered.sum() - back.sum(), 0.0)
    return np.asarray(first * (wanted / first.sum())) if first.sum() > 0.0 else first
