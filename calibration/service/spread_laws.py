"""Laws whose spread is free beside their mean: lognormal, gamma, Weibull."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.service.families import positive

FloatArray = npt.NDArray[np.float64]


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


def _with_cv(name: str, figures: dict[str, float]) -> dict[str, Any]:
    return {"law": name, "mean": figures["mean_s"], "cv": figures["cv"]}
