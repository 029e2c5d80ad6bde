"""Standard errors of figures made of sums over days: each day left out once.

(n − 1)/n Σ (θ₋ᵢ − θ̄)², Efron and Stein (1981), Annals of Statistics 9, 586.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def standard_error(figure: Callable[[FloatArray], FloatArray], by_day: FloatArray) -> FloatArray:
    """Standard error of figure(sum over days); by_day has days along its first axis. NaN below two days."""
    n = len(by_day)
    whole = by_day.sum(axis=0)
    if n < 2:
        return np.full_like(np.asarray(figure(whole), dtype=np.float64), np.nan)
    without = np.array([figure(whole - one) for one in by_day])
    return np.asarray(np.sqrt((n - 1) / n * ((without - without.mean(axis=0)) ** 2).sum(axis=0)))
