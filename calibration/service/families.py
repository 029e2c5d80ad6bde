"""The laws that times are held against: exponential, lognormal, gamma, Weibull, and two exponentials.

Each law has free parameters θ, any real numbers, so that the search for the likeliest has no walls and every mean
and spread comes out positive. The first is the logarithm of a mean: to add to it is to stretch the law in time.
F is the cdf, S = 1 − F the survival, f the density.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
ALIKE = 1e-9
"""Relative difference of two times that are the same but for their last digits."""
SHORTEST_S = 1e-12
"""Times at or below 0 are taken as this: no law here has a share there."""


class Family(Protocol):
    """A law with free parameters."""

    @property
    def name(self) -> str:
        """As a planner reads it."""

    def starts(self, mean: float, cv: float) -> list[FloatArray]:
        """Where to begin the search, given a rough mean and spread."""

    def cdf(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """F(t)."""

    def survival(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """S(t), exact where it is small."""

    def density(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """f(t)."""

    def mean(self, at: FloatArray) -> float:
        """Mean of the whole law."""

    def figures(self, at: FloatArray) -> dict[str, float]:
        """The parameters as a planner knows them: seconds and shares."""

    def law(self, at: FloatArray) -> dict[str, Any]:
        """As a scenario states it."""


def positive(t: FloatArray) -> FloatArray:
    """Times, none below the shortest."""
    return np.maximum(t, SHORTEST_S)


@dataclass(frozen=True)
class Constant:
    """Always the same; θ = (ln value)."""

    name: str = "constant"

    def starts(self, mean: float, cv: float) -> list[FloatArray]:  # noqa: ARG002
        """The value."""
        return [np.log([mean])]

    def cdf(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """0 before the value, 1 from it on."""
        return np.where(t >= self.mean(at) * (1.0 - ALIKE), 1.0, 0.0)

    def survival(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """1 − F(t)."""
        return 1.0 - self.cdf(t, at)

    def density(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """All of it at the value."""
        return np.where(np.abs(t / self.mean(at) - 1.0) <= ALIKE, 1.0, 0.0)

    def mean(self, at: FloatArray) -> float:
        """The value."""
        return float(np.exp(at[0]))

    def figures(self, at: FloatArray) -> dict[str, float]:
        """The value."""
        return {"mean_s": self.mean(at)}

    def law(self, at: FloatArray) -> dict[str, Any]:
        """As a scenario states it."""
        return {"law": self.name, "value": self.mean(at)}


@dataclass(frozen=True)
class Exponential:
    """S(t) = exp(−t / m); θ = (ln m)."""

    name: str = "exponential"

    def starts(self, mean: float, cv: float) -> list[FloatArray]:  # noqa: ARG002
        """From the mean."""
        return [np.log([mean])]

    def cdf(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """F(t)."""
        return -np.expm1(-positive(t) / np.exp(at[0]))

    def survival(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """S(t)."""
        return np.exp(-positive(t) / np.exp(at[0]))

    def density(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """f(t)."""
        return np.exp(-positive(t) / np.exp(at[0])) / np.exp(at[0])

    def mean(self, at: FloatArray) -> float:
        """Exp θ₁."""
        return float(np.exp(at[0]))

    def figures(self, at: FloatArray) -> dict[str, float]:
        """The mean."""
        return {"mean_s": self.mean(at)}

    def law(self, at: FloatArray) -> dict[str, Any]:
        """As a scenario states it."""
        return {"law": self.name, "mean": self.mean(at)}


@dataclass(frozen=True)
class Lognormal:
    """ln T is normal with σ² = ln(1 + cv²), μ = ln m − σ² / 2; θ = (ln m, ln σ)."""

    name: str = "lognormal"

    def starts(self, mean: float, cv: float) -> list[FloatArray]:
        """From mean and cv."""
        return [np.array([np.log(mean), 0.5 * np.log(np.log1p(cv**2))])]

    def _score(self, t: FloatArray, at: FloatArray) -> FloatArray:
        sigma = np.exp(at[1])
        return (np.log(positive(t)) - at[0]) / sigma + sigma / 2.0

    def cdf(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """Φ((ln t − μ) / σ)."""
        from scipy.special import ndtr

        return ndtr(self._score(t, at))

    def survival(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """Φ((μ − ln t) / σ)."""
        from scipy.special import ndtr

        return ndtr(-self._score(t, at))

    def density(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """φ((ln t − μ) / σ) / (σ t)."""
        scale = np.exp(at[1]) * positive(t) * np.sqrt(2.0 * np.pi)
        return np.exp(-0.5 * self._score(t, at) ** 2) / scale

    def mean(self, at: FloatArray) -> float:
        """Exp θ₁."""
        return float(np.exp(at[0]))

    def figures(self, at: FloatArray) -> dict[str, float]:
        """Mean and coefficient of variation."""
        return {"mean_s": self.mean(at), "cv": float(np.sqrt(np.expm1(np.exp(2.0 * at[1]))))}

    def law(self, at: FloatArray) -> dict[str, Any]:
        """As a scenario states it."""
        return _with_cv(self.name, self.figures(at))


@dataclass(frozen=True)
class Gamma:
    """Shape k = 1 / cv², scale m / k; θ = (ln m, ln k)."""

    name: str = "gamma"

    def starts(self, mean: float, cv: float) -> list[FloatArray]:
        """From mean and cv."""
        return [np.array([np.log(mean), -2.0 * np.log(cv)])]

    def _scaled(self, t: FloatArray, at: FloatArray) -> tuple[float, FloatArray]:
        shape = float(np.exp(at[1]))
        return shape, positive(t) * (shape / np.exp(at[0]))

    def cdf(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """P(k, k t / m), the regularized incomplete gamma function."""
        from scipy.special import gammainc

        return gammainc(*self._scaled(t, at))

    def survival(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """Q(k, k t / m) = 1 − P."""
        from scipy.special import gammaincc

        return gammaincc(*self._scaled(t, at))

    def density(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """f(t), by logarithms."""
        from scipy.special import gammaln

        shape, x = self._scaled(t, at)
        return np.exp(shape * np.log(x) - x - gammaln(shape)) / positive(t)

    def mean(self, at: FloatArray) -> float:
        """Exp θ₁."""
        return float(np.exp(at[0]))

    def figures(self, at: FloatArray) -> dict[str, float]:
        """Mean and coefficient of variation."""
        return {"mean_s": self.mean(at), "cv": float(np.exp(-0.5 * at[1]))}

    def law(self, at: FloatArray) -> dict[str, Any]:
        """As a scenario states it."""
        return _with_cv(self.name, self.figures(at))


@dataclass(frozen=True)
class Weibull:
    """S(t) = exp(−(t / λ)^k), m = λ Γ(1 + 1/k); θ = (ln m, ln k)."""

    name: str = "weibull"

    def starts(self, mean: float, cv: float) -> list[FloatArray]:
        """From the mean, and a shape near cv^−1.086 (Justus et al. 1978, Journal of Applied Meteorology)."""
        return [np.array([np.log(mean), -1.086 * np.log(cv)])]

    def _hazard(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """Cumulative hazard (t / λ)^k."""
        from scipy.special import gammaln

        shape = np.exp(at[1])
        log_scale = at[0] - gammaln(1.0 + 1.0 / shape)
        return np.exp(shape * (np.log(positive(t)) - log_scale))

    def cdf(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """F(t)."""
        return -np.expm1(-self._hazard(t, at))

    def survival(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """S(t)."""
        return np.exp(-self._hazard(t, at))

    def density(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """K / t · (t / λ)^k · S(t)."""
        hazard = self._hazard(t, at)
        return np.exp(at[1]) / positive(t) * hazard * np.exp(-hazard)

    def mean(self, at: FloatArray) -> float:
        """Exp θ₁."""
        return float(np.exp(at[0]))

    def figures(self, at: FloatArray) -> dict[str, float]:
        """Mean and coefficient of variation: 1 + cv² = Γ(1 + 2/k) / Γ(1 + 1/k)²."""
        from scipy.special import gammaln

        shape = np.exp(at[1])
        squared_cv = np.expm1(gammaln(1.0 + 2.0 / shape) - 2.0 * gammaln(1.0 + 1.0 / shape))
        return {"mean_s": self.mean(at), "cv": float(np.sqrt(squared_cv))}

    def law(self, at: FloatArray) -> dict[str, Any]:
        """As a scenario states it."""
        return _with_cv(self.name, self.figures(at))


@dataclass(frozen=True)
class TwoExponentials:
    """S(t) = p exp(−t / a) + (1 − p) exp(−t / b), two kinds of callers; θ = (ln b, ln(b/a − 1), logit p)."""

    name: str = "hyperexponential"

    def starts(self, mean: float, cv: float) -> list[FloatArray]:  # noqa: ARG002
        """A quarter impatient, and a twentieth very much so."""
        return [
            np.array([np.log(1.3 * mean), np.log(4.0), np.log(0.3)]),
            np.array([np.log(1.05 * mean), np.log(20.0), np.log(0.05)]),
        ]

    def _parts(self, at: FloatArray) -> tuple[float, float, float]:
        long = float(np.exp(at[0]))
        return float(1.0 / (1.0 + np.exp(-at[2]))), long / (1.0 + float(np.exp(at[1]))), long

    def cdf(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """F(t)."""
        p, short, long = self._parts(at)
        return -p * np.expm1(-positive(t) / short) - (1.0 - p) * np.expm1(-positive(t) / long)

    def survival(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """S(t)."""
        p, short, long = self._parts(at)
        return p * np.exp(-positive(t) / short) + (1.0 - p) * np.exp(-positive(t) / long)

    def density(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """f(t)."""
        p, short, long = self._parts(at)
        return p / short * np.exp(-positive(t) / short) + (1.0 - p) / long * np.exp(-positive(t) / long)

    def mean(self, at: FloatArray) -> float:
        """P a + (1 − p) b."""
        p, short, long = self._parts(at)
        return p * short + (1.0 - p) * long

    def figures(self, at: FloatArray) -> dict[str, float]:
        """Share and mean of the impatient, mean of the others, and of all."""
        p, short, long = self._parts(at)
        return {
            "mean_s": self.mean(at),
            "short_share": p,
            "short_mean_s": short,
            "long_mean_s": long,
        }

    def law(self, at: FloatArray) -> dict[str, Any]:
        """As a scenario states it."""
        p, short, long = self._parts(at)
        return {"law": self.name, "shares": [p, 1.0 - p], "means": [short, long]}


def _with_cv(name: str, figures: dict[str, float]) -> dict[str, Any]:
    return {"law": name, "mean": figures["mean_s"], "cv": figures["cv"]}
