"""How far a count lies out, when counts vary more than Poisson ones: tails of the negative binomial law."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

FloatArray = npt.NDArray[np.float64]

LEAST_CV = 1e-4
"""Below this a gamma factor changes no tail that anybody could see, and the Poisson law is exact enough."""


def at_most(count: npt.ArrayLike, mean: npt.ArrayLike, cv: float) -> FloatArray:
    """P(N ≤ count) for N Poisson with mean × a gamma factor of mean 1 and this cv; variance m + (cv · m)²."""
    k = np.asarray(count, dtype=np.float64)
    m = np.maximum(np.asarray(mean, dtype=np.float64), 1e-12)
    below = k < 0.0
    k = np.maximum(k, 0.0)
    if cv < LEAST_CV:
        tail = special.pdtr(k, m)
    else:
        size = 1.0 / cv**2
        tail = special.betainc(size, k + 1.0, size / (size + m))
    return np.where(below, 0.0, tail)


def at_least(count: npt.ArrayLike, mean: npt.ArrayLike, cv: float) -> FloatArray:
    """P(N ≥ count) of the same law; small tails keep their digits."""
    k = np.asarray(count, dtype=np.float64)
    m = np.maximum(np.asarray(mean, dtype=np.float64), 1e-12)
    none = k <= 0.0
    k = np.maximum(k, 1.0)
    if cv < LEAST_CV:
        tail = special.pdtrc(k - 1.0, m)
    else:
        size = 1.0 / cv**2
        tail = special.betainc(k, size, m / (size + m))
    return np.where(none, 1.0, tail)


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
