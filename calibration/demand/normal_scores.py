"""From the correlation of gamma factors to that of their normal scores, which a scenario states, and back.

With g the gamma quantile of a standard normal value and a_k = E[g(Z) He_k(Z)] / √k!, two factors whose normal scores
correlate by ρ have the covariance Σ a_k b_k ρᵏ, k ≥ 1 (Mehler; Cario and Nelson 1997, NORTA).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

FloatArray = npt.NDArray[np.float64]

TERMS = 12
NODES = 80
NARROW = 1e-3
"""A factor with a smaller cv is its normal score, to six digits of its correlation."""


def coefficients(cv: float) -> FloatArray:
    """a_1 … a_TERMS of a gamma factor of mean 1 and this cv, divided by the cv."""
    if cv < NARROW:
        return np.eye(1, TERMS)[0]
    at, weight = np.polynomial.hermite_e.hermegauss(NODES)
    weight = weight / np.sqrt(2.0 * np.pi)
    shape = 1.0 / cv**2
    values = special.gammaincinv(shape, special.ndtr(at)) / shape
    values = np.where(at > 6.0, special.gammainccinv(shape, special.ndtr(-at)) / shape, values)
    terms = np.polynomial.hermite_e.hermevander(at, TERMS)[:, 1:]
    scale = np.sqrt(special.factorial(np.arange(1, TERMS + 1)))
    return np.asarray((weight * values) @ terms / scale / cv)


def of_factors(scores: float, one: FloatArray, other: FloatArray) -> float:
    """Correlation of two gamma factors, from that of their normal scores and their coefficients."""
    return float((one * other * scores ** np.arange(1, TERMS + 1)).sum())


def of_scores(factors: float, one: FloatArray, other: FloatArray) -> float:
    """Correlation of the normal scores, from that of the factors, by bisection; within [−1, 1]."""
    low, high = -1.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2.0
        low, high = (middle, high) if of_factors(middle, one, other) < factors else (low, middle)
    return (low + high) / 2.0
