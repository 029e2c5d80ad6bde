"""A law's quantile function as one monotone table that both engines read.

Nodes stand at equal steps of the normal score z = Φ⁻¹(u); between them ln x(z) is a cubic through the values and
the exact slopes  d ln x / dz = φ(z) / (x f(x)).  The step is halved until the relative error at the midpoints
is below `TOLERANCE`, so that the table's mean is the law's mean to the same precision.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.normal import normal_quantile, normal_quantiles

if TYPE_CHECKING:  # sim.densities loads scipy
    from sim.densities import Density

FloatArray = npt.NDArray[np.float64]

TOLERANCE = 5e-8
Z_MAX = 8.3  # beyond the score of the smallest and largest uniform, 2^-54
_FIRST_STEPS = 512
_MOST_STEPS = 1 << 16
_BISECTIONS = 26  # from 760 to 1e-5 in ln x
_NEWTON_STEPS = 3


@dataclass(frozen=True)
class QuantileTable:
    """ln x at equal steps of the normal score, with slopes per step; interpolated by cubics."""

    log_values: FloatArray
    slopes: FloatArray

    def many(self, u: FloatArray) -> FloatArray:
        """The quantiles at a column of u."""
        return self.at_scores(normal_quantiles(u))

    def one(self, u: float) -> float:
        """The quantile at u: `at_scores` for one score, in plain floats."""
        n_steps = len(self.log_values) - 1
        place = (min(max(normal_quantile(u), -Z_MAX), Z_MAX) + Z_MAX) * (n_steps / (2.0 * Z_MAX))
        i = min(int(place), n_steps - 1)
        t = place - i
        left, right = float(self.log_values[i]), float(self.log_values[i + 1])
        rise = right - left
        a = float(self.slopes[i]) - rise
        b = rise - float(self.slopes[i + 1])
        return math.exp(left + t * rise + t * (1.0 - t) * ((1.0 - t) * a + t * b))

    def at_scores(self, z: FloatArray) -> FloatArray:
        """The quantiles at a column of normal scores."""
        n_steps = len(self.log_values) - 1
        place = (np.clip(z, -Z_MAX, Z_MAX) + Z_MAX) * (n_steps / (2.0 * Z_MAX))
        i = np.minimum(place.astype(np.int64), n_steps - 1)
        t = place - i
        left, right = self.log_values[i], self.log_values[i + 1]
        rise = right - left
        a = self.slopes[i] - rise
        b = rise - self.slopes[i + 1]
        return np.exp(left + t * rise + t * (1.0 - t) * ((1.0 - t) * a + t * b))


def table_of(density: Density) -> QuantileTable:
    """The table of a continuous law on (low, high), fine enough for `TOLERANCE`."""
    n_steps = _FIRST_STEPS
    while True:
        table = _table(density, n_steps)
        middles = -Z_MAX + 2.0 * Z_MAX * (np.arange(n_steps) + 0.5) / n_steps
        error = np.abs(table.at_scores(middles) / _solve(density, middles) - 1.0)
        # What happens once in 10^12 draws may be a little coarser: densities there lose digits themselves.
        if error[np.abs(middles) < 7.0].max() < TOLERANCE or n_steps >= _MOST_STEPS:
            return table
        n_steps *= 2


def _table(density: Density, n_steps: int) -> QuantileTable:
    z = np.linspace(-Z_MAX, Z_MAX, n_steps + 1)
    x = _solve(density, z)
    normal_density = np.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    slopes = normal_density / (x * density.pdf(x)) * (2.0 * Z_MAX / n_steps)
    return QuantileTable(np.log(x), slopes)


def _solve(density: Density, z: FloatArray) -> FloatArray:
    """X with P(X ≤ x) = Φ(z): bisection on ln x, then Newton's steps. The upper half works on the tail above."""
    tail = 0.5 * np.array([math.erfc(abs(score) / math.sqrt(2.0)) for score in z])
    lower = z < 0.0

    def excess(x: FloatArray) -> FloatArray:
        """P(X ≤ x) − Φ(z), each half by its own tail."""
        return np.where(lower, density.below(x) - tail, tail - density.above(x))

    low = np.full(len(z), math.log(density.low) if density.low > 0.0 else -700.0)
    high = np.full(len(z), math.log(density.high) if density.high < math.inf else 60.0)
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        too_low = excess(np.exp(middle)) < 0.0
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    log_x = 0.5 * (low + high)
    for _ in range(_NEWTON_STEPS):
        x = np.exp(log_x)
        log_x = np.clip(log_x - excess(x) / (x * density.pdf(x)), low, high)
    return np.exp(log_x)
