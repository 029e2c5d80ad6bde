"""Laws of a service time S as the infinite-server model needs them: by their capped moments.

    capped(t)       = E[min(S, t)] = ∫_0^t P(S > s) ds              seconds
    capped_area(t)  = ∫_0^t E[min(S, s)] ds                         seconds²

E[min(S, t)] / E[S] is the distribution function of the stationary excess of S. Closed forms, exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from sim.chance.normal import normal_cdf
from sim.theory.checks import require_positive
from sim.theory.selective_bot import lognormal_sigma


class ServiceTime(Protocol):
    """A law with its mean and capped moments."""

    @property
    def mean_s(self) -> float:
        """E[S]."""

    def capped(self, t_s: float) -> float:
        """E[min(S, t)], in seconds."""

    def capped_area(self, t_s: float) -> float:
        """∫_0^t E[min(S, s)] ds = E[S t − S² / 2; S < t] + P(S > t) t² / 2, in seconds²."""


@dataclass(frozen=True)
class ExponentialService:
    """Exponential with this mean, in seconds."""

    mean_s: float

    def __post_init__(self) -> None:
        require_positive("mean_s", self.mean_s)

    def capped(self, t_s: float) -> float:
        """E[S] (1 − e^{−t / E[S]})."""
        return -self.mean_s * math.expm1(-t_s / self.mean_s)

    def capped_area(self, t_s: float) -> float:
        """E[S] (t − E[S] (1 − e^{−t / E[S]}))."""
        return self.mean_s * (t_s - self.capped(t_s))


@dataclass(frozen=True)
class ConstantService:
    """Always the same time, in seconds."""

    mean_s: float

    def __post_init__(self) -> None:
        require_positive("mean_s", self.mean_s)

    def capped(self, t_s: float) -> float:
        """min(S, t)."""
        return min(self.mean_s, t_s)

    def capped_area(self, t_s: float) -> float:
        """t² / 2 up to S, then S per second."""
        before = self.capped(t_s)
        return before * before / 2.0 + self.mean_s * (t_s - before)


@dataclass(frozen=True)
class LognormalService:
    """Lognormal with this mean, in seconds, and coefficient of variation."""

    mean_s: float
    cv: float

    def __post_init__(self) -> None:
        require_positive("mean_s", self.mean_s)
        require_positive("cv", self.cv)

    def capped(self, t_s: float) -> float:
        """E[S; S < t] + t P(S > t)."""
        return self._moment_below(1, t_s) + t_s * self._above(t_s)

    def capped_area(self, t_s: float) -> float:
        """E[S t − S² / 2; S < t] + P(S > t) t² / 2."""
        tail = t_s * t_s * self._above(t_s) / 2.0
        return t_s * self._moment_below(1, t_s) - self._moment_below(2, t_s) / 2.0 + tail

    def _score(self, t_s: float) -> float:
        """(ln t − E[ln S]) / σ,  E[ln S] = ln E[S] − σ² / 2."""
        sigma = lognormal_sigma(self.cv)
        return math.log(t_s / self.mean_s) / sigma + sigma / 2.0 if t_s > 0.0 else -math.inf

    def _above(self, t_s: float) -> float:
        return normal_cdf(-self._score(t_s))

    def _moment_below(self, k: int, t_s: float) -> float:
        """E[S^k; S < t] = E[S^k] Φ(score − k σ),  E[S^k] = E[S]^k e^{k (k − 1) σ² / 2}."""
        sigma = lognormal_sigma(self.cv)
        whole = math.pow(self.mean_s, k) * math.exp(k * (k - 1) * sigma * sigma / 2.0)
        return whole * normal_cdf(self._score(t_s) - k * sigma)
