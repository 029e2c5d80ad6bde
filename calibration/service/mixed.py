"""Laws of two parts: a spike of hang-ups before real conversations, and people who balk before those who wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.service.families import Family

FloatArray = npt.NDArray[np.float64]
SPIKE_AT_MOST = 0.2
"""A spike of short calls has a mean of at most this share of the conversations' mean; else it is no spike."""


def _share(x: float) -> float:
    """A real number as a share: 1 / (1 + exp(−x))."""
    return float(1.0 / (1.0 + np.exp(-x)))


@dataclass(frozen=True)
class Spiked:
    """F(t) = q G(t) + (1 − q) H(t): a share q of short hang-ups with law G, conversations with law H.

    called: the short ones; at_most: r below; start_share: q from which the search begins

    θ = (H's θ, logit q, G's θ), where G's ln(mean) gives way to x: mean of G = mean of H · r / (1 + exp(−x)), and r
    is the largest share of the conversations' mean that the spike's may be.
    """

    spike: Family
    body: Family
    called: str = "hang-up"
    at_most: float = SPIKE_AT_MOST
    start_share: float = 0.05

    @property
    def name(self) -> str:
        """Both parts' names."""
        return f"{self.body.name}, {self.called}s {self.spike.name}"

    def starts(self, mean: float, cv: float) -> list[FloatArray]:
        """A spike of this share, of an eighth of the mean that it may have."""
        at_one_eighth = np.log(0.125 / 0.875)
        share = np.log(self.start_share / (1.0 - self.start_share))
        spike = self.spike.starts(1.0, 0.7)[0][1:]
        return [
            np.concatenate([body, [share], [at_one_eighth], spike])
            for body in self.body.starts(1.05 * mean, cv)
        ]

    def parts(self, at: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        """Share of the spike, θ of the spike and of the body."""
        n = len(self.body.starts(1.0, 1.0)[0])
        ln_mean = np.log(self.body.mean(at[:n]) * self.at_most * _share(at[n + 1]))
        return _share(at[n]), np.concatenate([[ln_mean], at[n + 2 :]]), at[:n]

    def cdf(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """F(t)."""
        q, spike, body = self.parts(at)
        return q * self.spike.cdf(t, spike) + (1.0 - q) * self.body.cdf(t, body)

    def survival(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """S(t)."""
        q, spike, body = self.parts(at)
        return q * self.spike.survival(t, spike) + (1.0 - q) * self.body.survival(t, body)

    def density(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """f(t)."""
        q, spike, body = self.parts(at)
        return q * self.spike.density(t, spike) + (1.0 - q) * self.body.density(t, body)

    def mean(self, at: FloatArray) -> float:
        """Of hang-ups and conversations together."""
        q, spike, body = self.parts(at)
        return q * self.spike.mean(spike) + (1.0 - q) * self.body.mean(body)

    def figures(self, at: FloatArray) -> dict[str, float]:
        """Of the hang-ups and of the conversations."""
        q, spike, body = self.parts(at)
        prefix = self.called.replace("-", "_").replace(" ", "_")
        short = {"share": q} | self.spike.figures(spike)
        return {f"{prefix}_{key}": value for key, value in short.items()} | self.body.figures(body)

    def law(self, at: FloatArray) -> dict[str, Any]:
        """As a scenario states it."""
        q, spike, body = self.parts(at)
        hang_ups = {"share": q, "law": self.spike.law(spike)}
        return {"law": "mixture", "of": [hang_ups, {"share": 1.0 - q, "law": self.body.law(body)}]}


@dataclass(frozen=True)
class Balking:
    """S(t) = (1 − b) S₀(t) from t = 0 on: a share b leaves when it cannot be served at once; θ = (S₀'s θ, logit b)."""

    waiting: Family

    @property
    def name(self) -> str:
        """The law's name, and that there is balking."""
        return f"{self.waiting.name}, with balking"

    def starts(self, mean: float, cv: float) -> list[FloatArray]:
        """One in a hundred balks."""
        return [np.concatenate([at, [np.log(0.01)]]) for at in self.waiting.starts(mean, cv)]

    def cdf(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """F(t): b at once, and nothing before 0."""
        b = _share(at[-1])
        return np.where(t >= 0.0, b + (1.0 - b) * self.waiting.cdf(t, at[:-1]), 0.0)

    def survival(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """S(t)."""
        b = _share(at[-1])
        return np.where(t >= 0.0, (1.0 - b) * self.waiting.survival(t, at[:-1]), 1.0)

    def density(self, t: FloatArray, at: FloatArray) -> FloatArray:
        """f(t) of those who do not balk, times their share."""
        return (1.0 - _share(at[-1])) * self.waiting.density(t, at[:-1])

    def mean(self, at: FloatArray) -> float:
        """Of those who do not balk: as in a scenario, where the share stands beside the law."""
        return self.waiting.mean(at[:-1])

    def figures(self, at: FloatArray) -> dict[str, float]:
        """Of the others, and the share that balks."""
        return {"balk_share": _share(at[-1])} | self.waiting.figures(at[:-1])

    def law(self, at: FloatArray) -> dict[str, Any]:
        """As a scenario states it."""
        return self.waiting.law(at[:-1]) | {"balk_share": _share(at[-1])}


@dataclass(frozen=True)
class OrNone(Balking):
    """The same for a time that is often none at all, as wrap-up may be: a share of exactly 0, else the law."""

    @property
    def name(self) -> str:
        """The law's name, and that there may be none."""
        return f"{self.waiting.name}, or none"

    def mean(self, at: FloatArray) -> float:
        """Zeros included."""
        return (1.0 - _share(at[-1])) * self.waiting.mean(at[:-1])

    def figures(self, at: FloatArray) -> dict[str, float]:
        """Of the others, and the share that has none."""
        return {"none_share": _share(at[-1])} | self.waiting.figures(at[:-1])

    def law(self, at: FloatArray) -> dict[str, Any]:
        """As a scenario states it."""
        b = _share(at[-1])
        none = {"share": b, "law": {"law": "constant", "value": 0.0}}
        return {"law": "mixture", "of": [none, {"share": 1.0 - b, "law": self.waiting.law(at[:-1])}]}
