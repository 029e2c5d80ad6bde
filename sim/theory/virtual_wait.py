"""The virtual wait of Erlang A: how long a customer with endless patience would wait, and integrals over it.

Time is measured in mean patiences, u = θ s. With c = n μ / θ (what the people serve in one mean patience) and
x = λ_q / θ (those who join the queue in one mean patience) the virtual wait has an atom at 0 and the density

    f(u) = c π_n exp(x (1 − e^{−u}) − c u),  u > 0

(Baccelli and Hebuterne 1981, On queues with impatient customers). Whoever is answered after u has also been
patient for u, so every measure is an integral over the weight

    exp ψ(u),  ψ(u) = x (1 − e^{−u}) − (c + 1) u,

a concave exponent: one peak, and never slower than e^{−u} beyond it. Each integral is taken relative to the
height of the peak, over the stretch where the weight matters, by Gauss–Legendre rules; all terms are positive.
So nothing overflows, nothing cancels, and light, overloaded, impatient and endlessly patient systems are alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

# The weight is followed down to e^{−50} of its largest value; 48 panels of 16 points each.
_NEGLIGIBLE = 50.0
_PANELS, _POINTS = 48, 16


@dataclass(frozen=True)
class VirtualWait:
    """The weight exp ψ(u) for `joining` = x and `served` = c, both per mean patience."""

    joining: float
    served: float

    @cached_property
    def peak_at(self) -> float:
        """Where ψ is largest, in mean patiences.  u* = max(0, ln(x / (c + 1)))."""
        return math.log1p(self._excess) if self._excess > 0.0 else 0.0

    @cached_property
    def log_peak(self) -> float:
        """ψ(u*), zero or more.  (c + 1)(δ − ln(1 + δ)),  δ = x / (c + 1) − 1."""
        return (self.served + 1.0) * (self._excess - math.log1p(self._excess)) if self._excess > 0.0 else 0.0

    @cached_property
    def _excess(self) -> float:
        return (self.joining - self.served - 1.0) / (self.served + 1.0)

    def below_peak(self, u: FloatArray) -> FloatArray:
        """ψ(u) − ψ(u*), never positive, with d = u − u*.

        −slope d − κ (e^{−d} − 1 + d),  κ = min(x, c + 1),  slope = max(0, c + 1 − x)
        """
        slope = max(0.0, self.served + 1.0 - self.joining)
        distance = u - self.peak_at
        return -slope * distance - min(self.joining, self.served + 1.0) * _bend(distance)

    def density(self, u: float) -> float:
        """exp(ψ(u) − ψ(u*))."""
        return float(np.exp(self.below_peak(np.array([u])))[0])

    def integral(
        self, start: float, end: float, factor: Callable[[FloatArray], FloatArray] | None = None
    ) -> float:
        """∫ factor(u) exp(ψ(u) − ψ(u*)) du from `start` to `end` (which may be infinite)."""
        low, high = self._stretch(start, end)
        points, weights = _rule()
        u = low + (high - low) * points
        values = np.exp(self.below_peak(u))
        return (high - low) * float(weights @ (values if factor is None else values * factor(u)))

    def _stretch(self, start: float, end: float) -> tuple[float, float]:
        """Where in [start, end] the weight is above e^{−50} of its largest value there (a little wider)."""
        top = min(max(self.peak_at, start), end)
        # At `top` the exponent bends by κ and leans by `lean` (up before the peak, down behind it).
        bend = self.joining * math.exp(-top)
        lean = bend - (self.served + 1.0)
        return max(start, top - _reach_back(lean, bend)), min(end, top + _reach_on(lean, bend))


def _bend(d: FloatArray) -> FloatArray:
    """e^{−d} − 1 + d, by its series where the difference would lose digits; cut where exp is 0 anyway."""
    series = d * d * (1 / 2 - d * (1 / 6 - d * (1 / 24 - d * (1 / 120 - d * (1 / 720 - d / 5040)))))
    return np.where(np.abs(d) < 0.01, series, np.expm1(-np.maximum(d, -600.0)) + d)


def _reach_back(lean: float, bend: float) -> float:
    """How far before the top the exponent has fallen by 50: at most the root of lean d + bend d² / 2 = 50."""
    lean = max(0.0, lean)
    slope = lean + math.sqrt(lean * lean + 2.0 * bend * _NEGLIGIBLE)
    return 2.0 * _NEGLIGIBLE / slope if slope > 0.0 else math.inf


def _reach_on(lean: float, bend: float) -> float:
    """How far behind the top it has fallen by 50: at most the root of −lean d + bend d² / (2 + d) = 50."""
    down = max(0.0, -lean)
    half = down - _NEGLIGIBLE / 2.0
    return (math.sqrt(half * half + 2.0 * (down + bend) * _NEGLIGIBLE) - half) / (down + bend)


@cache
def _rule() -> tuple[FloatArray, FloatArray]:
    """Points and weights on [0, 1]: a Gauss–Legendre rule in each of the panels."""
    points, weights = np.polynomial.legendre.leggauss(_POINTS)
    starts = np.arange(_PANELS)[:, np.newaxis]
    return ((starts + (points + 1.0) / 2.0) / _PANELS).ravel(), np.tile(weights / (2.0 * _PANELS), _PANELS)
