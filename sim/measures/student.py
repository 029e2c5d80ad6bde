"""Student's t: the factor of a 95 % interval over replications."""

from __future__ import annotations

import math
from functools import lru_cache


def t_cdf(t: float, degrees: int) -> float:
    """P(T ≤ t) with whole degrees of freedom, by the finite sums of Abramowitz and Stegun 1964, 26.7.3 and 26.7.4."""
    angle = math.atan(t / math.sqrt(degrees))
    cosine2 = math.cos(angle) ** 2
    odd = degrees % 2
    term = math.cos(angle) if odd else 1.0
    total = 0.0
    for i in range(odd, degrees - 1, 2):
        total += term
        term *= (i + 1) / (i + 2) * cosine2
    inside = (angle + math.sin(angle) * total) * 2.0 / math.pi if odd else math.sin(angle) * total
    return 0.5 + 0.5 * inside


@lru_cache(maxsize=256)
def t_factor(degrees: int, confidence: float = 0.95) -> float:
    """The two-sided quantile: P(|T| ≤ factor) = confidence, by bisection."""
    low, high = 0.0, 1e6
    for _ in range(200):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if 2.0 * t_cdf(middle, degrees) - 1.0 < confidence else (low, middle)
    return 0.5 * (low + high)
