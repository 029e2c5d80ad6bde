"""Distribution functions of the laws that have no closed quantile, as a table is built from them.

The only place in `sim` that loads `scipy.special`, and only where a scenario has such a law.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammainc, gammaincc, gammaln, ndtr

from scenarios import laws as declared
from sim.chance.laws import lognormal_sigma, weibull_shape

FloatArray = npt.NDArray[np.float64]
Column = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True)
class Density:
    """A continuous law on (low, high): P(X ≤ x), P(X > x) (both kept, so that neither tail cancels) and the density."""

    below: Column
    above: Column
    pdf: Column
    low: float = 0.0
    high: float = math.inf


def gamma_density(shape: float, scale: float) -> Density:
    """The gamma law with mean shape · scale."""

    def pdf(x: FloatArray) -> FloatArray:
        t = x / scale
        return np.exp((shape - 1.0) * np.log(t) - t - gammaln(shape)) / scale

    return Density(lambda x: gammainc(shape, x / scale), lambda x: gammaincc(shape, x / scale), pdf)


def lognormal_density(mean: float, cv: float) -> Density:
    """The lognormal law with this mean and coefficient of variation."""
    sigma = lognormal_sigma(cv)
    mu = math.log(mean) - 0.5 * sigma * sigma

    def score(x: FloatArray) -> FloatArray:
        return (np.log(x) - mu) / sigma

    def pdf(x: FloatArray) -> FloatArray:
        return np.exp(-0.5 * score(x) ** 2) / (x * sigma * math.sqrt(2.0 * math.pi))

    return Density(lambda x: ndtr(score(x)), lambda x: ndtr(-score(x)), pdf)


def weibull_density(mean: float, shape: float) -> Density:
    """The Weibull law with this mean and shape; shape 1 is the exponential law."""
    scale = mean / math.gamma(1.0 + 1.0 / shape)

    def pdf(x: FloatArray) -> FloatArray:
        t = x / scale
        return shape / scale * t ** (shape - 1.0) * np.exp(-(t**shape))

    return Density(
        lambda x: -np.expm1(-((x / scale) ** shape)), lambda x: np.exp(-((x / scale) ** shape)), pdf
    )


def uniform_density(low: float, high: float) -> Density:
    """The same chance everywhere between low and high."""

    def below(x: FloatArray) -> FloatArray:
        return np.clip((x - low) / (high - low), 0.0, 1.0)

    def above(x: FloatArray) -> FloatArray:
        return np.clip((high - x) / (high - low), 0.0, 1.0)

    def pdf(x: FloatArray) -> FloatArray:
        return np.where((x >= low) & (x <= high), 1.0 / (high - low), 0.0)

    return Density(below, above, pdf, low, high)


def mixture_density(shares: list[float], parts: list[Density]) -> Density:
    """The mixture Σ shareᵢ · lawᵢ."""

    def blend(columns: list[Column]) -> Column:
        def blended(x: FloatArray) -> FloatArray:
            weighted = [share * column(x) for share, column in zip(shares, columns, strict=True)]
            return np.sum(weighted, axis=0)

        return blended

    return Density(
        blend([part.below for part in parts]),
        blend([part.above for part in parts]),
        blend([part.pdf for part in parts]),
    )


def density_of(law: declared.Law) -> Density:
    """The density of a law as the scenario declares it, in the law's own unit."""
    return _DENSITIES[law.law](law)


def _mixture(law: declared.Mixture) -> Density:
    return mixture_density([part.share for part in law.of], [density_of(part.law) for part in law.of])


def _hyperexponential(law: declared.Hyperexponential) -> Density:
    return mixture_density(list(law.shares), [weibull_density(mean, 1.0) for mean in law.means])


_DENSITIES: dict[str, Callable[..., Density]] = {
    "exponential": lambda law: weibull_density(law.mean, 1.0),
    "uniform": lambda law: uniform_density(law.low, law.high),
    "weibull": lambda law: weibull_density(law.mean, weibull_shape(law.cv)),
    "lognormal": lambda law: lognormal_density(law.mean, law.cv),
    "gamma": lambda law: gamma_density(1.0 / law.cv**2, law.mean * law.cv**2),
    "erlang": lambda law: gamma_density(float(law.k), law.mean / law.k),
    "hyperexponential": _hyperexponential,
    "mixture": _mixture,
}
