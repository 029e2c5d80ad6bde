"""The laws that times are held against: what all have in common, and the exponential ones.

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
