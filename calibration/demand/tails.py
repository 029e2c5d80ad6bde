"""How far a count lies out, when counts vary more than Poisson ones: tails of the negative binomial law."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

FloatArray = npt.NDArray[np.float64]

LEAST_CV = 1e-4
"""Below this a gamma factor changes no tail that anybody could see."""


def at_most(count: npt.ArrayLike, mean: npt.ArrayLike, cv: npt.ArrayLike) -> FloatArray:
    """P(N ≤ count) for N Poisson with mean × a gamma factor of mean 1 and this cv; variance m + (cv · m)²."""
    k = np.asarray(count, dtype=np.float64)
    m = np.maximum(np.asarray(mean, dtype=np.float64), 1e-12)
    size = 1.0 / np.maximum(np.asarray(cv, dtype=np.float64), LEAST_CV) ** 2
    return np.where(k < 0.0, 0.0, special.betainc(size, np.maximum(k, 0.0) + 1.0, size / (size + m)))


def at_least(count: npt.ArrayLike, mean: npt.ArrayLike, cv: npt.ArrayLike) -> FloatArray:
    """P(N ≥ count) of the same law; small tails keep their digits."""
    k = np.asarray(count, dtype=np.float64)
    m = np.maximum(np.asarray(mean, dtype=np.float64), 1e-12)
    size = 1.0 / np.maximum(np.asarray(cv, dtype=np.float64), LEAST_CV) ** 2
    return np.where(k <= 0.0, 1.0, special.betainc(np.maximum(k, 1.0), size, m / (size + m)))


def quantile(share: float, mean: npt.ArrayLike, cv: npt.ArrayLike) -> FloatArray:
    """Least count with P(N ≤ count) ≥ share, by halving."""
    m, spread = np.broadcast_arrays(np.asarray(mean, dtype=np.float64), np.asarray(cv, dtype=np.float64))
    low = np.full(m.shape, -1.0)
    high = np.ceil(m + 40.0 * np.sqrt(m + (spread * m) ** 2) + 40.0)
    while np.any(high - low > 1.0):
        middle = np.floor((low + high) / 2.0)
        enough = at_most(middle, m, spread) >= share
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.where(m > 0.0, high, 0.0)


def surprise(count: npt.ArrayLike, mean: npt.ArrayLike, cv: float) -> FloatArray:
    """The count's distance from its mean as a normal score: 3 stands where one in 740 normal values would."""
    high = np.asarray(count) > np.asarray(mean)
    tail = np.where(high, at_least(count, mean, cv), at_most(count, mean, cv))
    score = -special.ndtri(np.clip(tail, 1e-300, 0.5))
    return np.where(high, score, -score)


def threshold(false_alarm: float, tries: int, n: int) -> float:
    """Normal score above which something is not chance: false_alarm over all tries, both sides.

    By Student's t, as the spread it is held against was estimated from n days by their median absolute deviation,
    which knows as much as 0.37 n days would (Rousseeuw and Croux 1993, JASA 88, 1273).
    """
    freedom = max(0.37 * n, 2.0)
    return float(special.stdtrit(freedom, 1.0 - false_alarm / (2.0 * max(tries, 1))))
