"""The likeliest parameters of a law, how sure they are, and which of several laws a record asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.estimate import Estimate
from calibration.service.families import Family
from calibration.service.observed import Cells, Edges

FloatArray = npt.NDArray[np.float64]
LEAST = 1e-300
"""A likelihood below this counts as this, so that its logarithm exists."""
SLOPE_STEP, CURVE_STEP = 1e-5, 5e-4
NEWTON_STEPS = 4
FLAT = 1e-9
"""A direction in which the likelihood is this flat, of the steepest one, is one in which it has no top."""
FAR = 40.0
"""A parameter this large, a factor of exp(40), has run away."""


@dataclass(frozen=True)
class Fitted:
    """A law at its likeliest parameters θ.

    covariance: of θ, the inverse of the observed information; None where the likelihood has no proper top
    n: observations
    """

    family: Family
    at: FloatArray
    covariance: FloatArray | None
    log_likelihood: float
    n: float

    @property
    def name(self) -> str:
        """The law's name."""
        return self.family.name

    @property
    def bic(self) -> float:
        """K ln n − 2 ln L̂ (Schwarz 1978, Annals of Statistics 6): the smaller, the better."""
        return len(self.at) * float(np.log(self.n)) - 2.0 * self.log_likelihood

    @property
    def law(self) -> dict[str, Any]:
        """As a scenario states it."""
        return self.family.law(self.at)

    def cdf(self, t_s: FloatArray) -> FloatArray:
        """Share of times up to t_s."""
        return self.family.cdf(t_s, self.at)

    def survival(self, t_s: FloatArray) -> FloatArray:
        """Share of times longer than t_s."""
        return self.family.survival(t_s, self.at)

    @property
    def mean(self) -> float:
        """Mean of the whole law."""
        return self.family.mean(self.at)

    def stretched_to(self, mean: float) -> Fitted:
        """The same law stretched in time to this mean: in every law θ's first is the logarithm of a time."""
        at = self.at.copy()
        at[0] += np.log(mean / self.mean)
        return replace(self, at=at)

    def quantiles(self, shares: FloatArray) -> FloatArray:
        """Times by which these shares have ended, by bisection on ln t."""
        low, high = np.full(len(shares), -20.0), np.full(len(shares), 40.0)
        for _ in range(80):
            middle = 0.5 * (low + high)
            early = self.cdf(np.exp(middle)) < shares
            low, high = np.where(early, middle, low), np.where(early, high, middle)
        return np.exp(0.5 * (low + high))

    def figures(self) -> dict[str, Estimate]:
        """The law's parameters as a planner knows them, each with its standard error."""
        return {
            name: self.estimate(self._figure(name), f"maximum likelihood: {self.name}")
            for name in self.family.figures(self.at)
        }

    def _figure(self, name: str) -> Callable[[FloatArray], float]:
        return lambda at: self.family.figures(at)[name]

    def estimate(self, figure: Callable[[FloatArray], float], note: str = "") -> Estimate:
        """Any figure of the law; its standard error by the delta method: √(g′ᵀ C g′), g′ its slope in θ."""
        value = figure(self.at)
        if self.covariance is None:
            return Estimate(value, None, round(self.n), note)
        slope = _slope(figure, self.at)
        return Estimate(value, float(np.sqrt(slope @ self.covariance @ slope)), round(self.n), note)


def log_likelihood(family: Family, at: FloatArray, cells: Cells) -> float:
    """Σ n ln L: F(high) − F(low) for rounded times, f(t) for exact ones, S(low) for those cut short."""
    likelihood = np.empty(len(cells.n))
    beyond, exact = ~cells.ended, cells.low == cells.high
    likelihood[beyond] = family.survival(cells.low[beyond], at)
    likelihood[exact] = family.density(cells.low[exact], at)
    likelihood[cells.edges.wide] = _between(family, at, cells.edges)
    return float(cells.n @ np.log(np.maximum(likelihood, LEAST)))


def _between(family: Family, at: FloatArray, edges: Edges) -> FloatArray:
    """F(high) − F(low), each edge asked once; above the middle as S(low) − S(high), where F would lose its digits."""
    n = edges.n_early
    early, late = family.cdf(edges.at[:n], at), family.survival(edges.at[n:], at)
    up_to = np.concatenate([early, -late])
    across = (edges.low < n) & (edges.high >= n)
    return up_to[edges.high] - up_to[edges.low] + across


def fit(family: Family, cells: Cells) -> Fitted:
    """Maximum likelihood: quasi-Newton from each start (BFGS), then Newton to the very top."""
    from scipy.optimize import minimize

    def misfit(at: FloatArray) -> float:
        if np.abs(at).max() > FAR:
            return 1e6 + float(np.abs(at).max())
        value = -log_likelihood(family, at, cells) / cells.total
        return value if np.isfinite(value) else 1e6

    with np.errstate(all="ignore"):
        found = [
            minimize(misfit, start, jac=lambda at: _slope(misfit, at), method="BFGS").x
            for start in family.starts(*_rough(cells))
        ]
        at = _at_the_top(misfit, min(found, key=misfit))
        covariance = _inverse(_curvature(misfit, at) * cells.total)
        return Fitted(family, at, covariance, log_likelihood(family, at, cells), cells.total)


def fits(families: Iterable[Family], cells: Cells) -> tuple[Fitted, ...]:
    """Every law at its likeliest, the one the record asks for (least BIC) first."""
    return tuple(sorted((fit(family, cells) for family in families), key=lambda fitted: fitted.bic))


def _rough(cells: Cells) -> tuple[float, float]:
    """Mean of an exponential with this exposure, and the spread of those that ended."""
    ended, n = cells.middle[cells.ended], cells.n[cells.ended]
    exposure = float(cells.n @ cells.middle)
    mean = float(n @ ended / n.sum())
    spread = float(np.sqrt(n @ (ended - mean) ** 2 / n.sum())) / max(mean, 1e-9)
    return max(exposure / n.sum(), 1e-9), min(max(spread, 0.05), 5.0)


def _slope(function: Callable[[FloatArray], float], at: FloatArray) -> FloatArray:
    steps = np.eye(len(at)) * SLOPE_STEP
    return np.array([(function(at + step) - function(at - step)) / (2.0 * SLOPE_STEP) for step in steps])


def _curvature(function: Callable[[FloatArray], float], at: FloatArray) -> FloatArray:
    """Second derivatives by central differences."""
    steps = np.eye(len(at)) * CURVE_STEP
    curve = np.empty((len(at), len(at)))
    for i, one in enumerate(steps):
        for j, two in enumerate(steps[: i + 1]):
            corners = function(at + one + two) - function(at + one - two)
            corners += function(at - one - two) - function(at - one + two)
            curve[i, j] = curve[j, i] = corners / (4.0 * CURVE_STEP**2)
    return curve


def _at_the_top(misfit: Callable[[FloatArray], float], at: FloatArray) -> FloatArray:
    """Newton's steps as long as they help."""
    for _ in range(NEWTON_STEPS):
        inverse = _inverse(_curvature(misfit, at))
        if inverse is None:
            return at
        better = at - inverse @ _slope(misfit, at)
        if not misfit(better) < misfit(at):
            return at
        at = better
    return at


def _inverse(curve: FloatArray) -> FloatArray | None:
    """The inverse of a curvature, where it is that of a proper top (positive definite)."""
    if not np.isfinite(curve).all():
        return None
    flattest, steepest = np.linalg.eigvalsh(curve)[[0, -1]]
    if flattest <= FLAT * steepest:
        return None
    return np.asarray(np.linalg.inv(curve), dtype=np.float64)
