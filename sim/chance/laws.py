"""Laws of times, lowered once to quantile functions: one uniform in, one time in seconds out.

Inversion keeps common random numbers monotone: the same customer with a longer law talks longer. Closed forms
are used where they exist; gamma, Erlang, hyperexponential and mixture laws read one monotone table.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from scenarios import laws as declared
from scenarios.calendar_days import clock_s
from sim.chance.normal import normal_quantile, normal_quantiles
from sim.chance.quantile_table import QuantileTable, table_of

FloatArray = npt.NDArray[np.float64]


class Quantile(Protocol):
    """A law's quantile function, for one uniform and for a column of them."""

    def one(self, u: float) -> float:
        """The quantile at u, in the law's unit."""

    def many(self, u: FloatArray) -> FloatArray:
        """The quantiles at a column of u."""


@dataclass(frozen=True)
class ConstantQuantile:
    """Always the same value."""

    value: float

    def one(self, u: float) -> float:  # noqa: ARG002
        """The value."""
        return self.value

    def many(self, u: FloatArray) -> FloatArray:
        """The value, as often as there are uniforms."""
        return np.full(len(u), self.value)


@dataclass(frozen=True)
class WeibullQuantile:
    """scale · (−ln(1 − u))^(1 / shape); shape 1 is the exponential law with mean `scale`."""

    scale: float
    shape: float = 1.0

    def one(self, u: float) -> float:
        """The quantile at u."""
        gap = -math.log(1.0 - u)
        return self.scale * (gap if self.shape == 1.0 else gap ** (1.0 / self.shape))

    def many(self, u: FloatArray) -> FloatArray:
        """The quantiles at a column of u."""
        gap = -np.log(1.0 - u)
        return self.scale * (gap if self.shape == 1.0 else gap ** (1.0 / self.shape))


@dataclass(frozen=True)
class UniformQuantile:
    """low + u (high − low)."""

    low: float
    high: float

    def one(self, u: float) -> float:
        """The quantile at u."""
        return self.low + u * (self.high - self.low)

    def many(self, u: FloatArray) -> FloatArray:
        """The quantiles at a column of u."""
        return self.low + u * (self.high - self.low)


@dataclass(frozen=True)
class LognormalQuantile:
    """exp(mu + sigma Φ⁻¹(u))."""

    mu: float
    sigma: float

    def one(self, u: float) -> float:
        """The quantile at u."""
        return math.exp(self.mu + self.sigma * normal_quantile(u))

    def many(self, u: FloatArray) -> FloatArray:
        """The quantiles at a column of u."""
        return np.exp(self.mu + self.sigma * normal_quantiles(u))


@dataclass(frozen=True)
class SampleQuantile:
    """The value of rank ⌊u n⌋ (from 0) of n values in order: each has the same share, so that the mean is theirs."""

    values: FloatArray

    def one(self, u: float) -> float:
        """The quantile at u."""
        return float(self.values[min(int(u * len(self.values)), len(self.values) - 1)])

    def many(self, u: FloatArray) -> FloatArray:
        """The quantiles at a column of u."""
        rank = (u * len(self.values)).astype(np.int64)
        return self.values[np.minimum(rank, len(self.values) - 1)]


@dataclass(frozen=True)
class ScaledQuantile:
    """Another law's quantile times a factor: hours into seconds."""

    inner: Quantile
    factor: float

    def one(self, u: float) -> float:
        """The quantile at u."""
        return self.factor * self.inner.one(u)

    def many(self, u: FloatArray) -> FloatArray:
        """The quantiles at a column of u."""
        return self.factor * self.inner.many(u)


def lognormal_sigma(cv: float) -> float:
    """The log scale of a lognormal law with this coefficient of variation: σ² = ln(1 + cv²)."""
    return math.sqrt(math.log1p(cv * cv))


def weibull_shape(cv: float) -> float:
    """The shape k at which a Weibull law has this cv: 1 + cv² = Γ(1 + 2/k) / Γ(1 + 1/k)², by bisection on log k."""

    def squared_cv(k: float) -> float:
        return math.exp(math.lgamma(1.0 + 2.0 / k) - 2.0 * math.lgamma(1.0 + 1.0 / k)) - 1.0

    low, high = math.log(0.05), math.log(500.0)
    for _ in range(100):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if squared_cv(math.exp(middle)) > cv * cv else (low, middle)
    return math.exp(0.5 * (low + high))


def quantile_of(law: declared.Law) -> Quantile:
    """The quantile function of a law as the scenario declares it, in the law's own unit."""
    return _LOWER[law.law](law)


def _weibull(law: declared.Weibull) -> Quantile:
    shape = weibull_shape(law.cv)
    return WeibullQuantile(law.mean / math.gamma(1.0 + 1.0 / shape), shape)


def _lognormal(law: declared.Lognormal) -> Quantile:
    sigma = lognormal_sigma(law.cv)
    return LognormalQuantile(math.log(law.mean) - 0.5 * sigma * sigma, sigma)


@lru_cache(maxsize=64)
def _mixture(law: declared.Mixture) -> Quantile:
    """One table, or pieces where the mixture has fixed values or bounded parts."""
    from sim.chance.pieces import has_edges, piecewise

    return piecewise(law) if has_edges(law) else _tabled(law)


@lru_cache(maxsize=256)
def _tabled(law: declared.Law) -> QuantileTable:
    """The table of a law; kept, as a study meets the same laws in every design."""
    from sim.chance.densities import density_of

    return table_of(density_of(law))


def _by_time(law: declared.ByTime) -> Quantile:
    from sim.chance.by_time import QuantileByTime

    ends_s = tuple(clock_s(part.until) for part in law.by)
    return QuantileByTime(ends_s, tuple(quantile_of(part.law) for part in law.by))


_LOWER: dict[str, Callable[..., Quantile]] = {
    "constant": lambda law: ConstantQuantile(law.value),
    "exponential": lambda law: WeibullQuantile(law.mean),
    "uniform": lambda law: UniformQuantile(law.low, law.high),
    "weibull": _weibull,
    "lognormal": _lognormal,
    "gamma": _tabled,
    "erlang": _tabled,
    "hyperexponential": _tabled,
    "mixture": _mixture,
    "empirical": lambda law: SampleQuantile(np.sort(np.array(law.values))),
    "by": _by_time,
}
