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

from sim.chance.normal import normal_quantile, normal_quantiles

if TYPE_CHECKING:  # sim.chance.densities loads scipy
    from sim.chance.densities import Density

FloatArray = npt.NDArray[np.float64]

TOLERANCE = 5e-8
Z_MAX = 8.3  # beyond the score of the smallest and largest uniform, 2^-54
_FIRST_STEPS = 512
_MOST_STEPS = 1 << 16
_NEWTON_FROM = 1e-5  # in ln x
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
    ends = _log(density.low, -700.0), _log(density.high, 60.0)
    log_x = _solve(density, _scores(_FIRST_STEPS), *(np.full(_FIRST_STEPS + 1, end) for end in ends))
    while True:
        n_steps = len(log_x) - 1
        table = _table(density, log_x)
        middles = _scores(2 * n_steps)[1::2]
        between = _solve(density, middles, log_x[:-1], log_x[1:])
        error = np.abs(table.at_scores(middles) / np.exp(between) - 1.0)
        # What happens once in 10^12 draws may be a little coarser: densities there lose digits themselves.
        if error[np.abs(middles) < 7.0].max() < TOLERANCE or n_steps >= _MOST_STEPS:
            return table
        log_x = np.insert(between, np.arange(n_steps), log_x[:-1])
        log_x = np.append(log_x, table.log_values[-1])


def _log(x: float, instead: float) -> float:
    return math.log(x) if 0.0 < x < math.inf else instead


def _scores(n_steps: int) -> FloatArray:
    return np.linspace(-Z_MAX, Z_MAX, n_steps + 1)


def _table(density: Density, log_x: FloatArray) -> QuantileTable:
    n_steps = len(log_x) - 1
    z, x = _scores(n_steps), np.exp(log_x)
    normal_density = np.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    slopes = normal_density / (x * density.pdf(x)) * (2.0 * Z_MAX / n_steps)
    return QuantileTable(log_x, slopes)


def _solve(density: Density, z: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """Ln x between low and high with P(X ≤ x) = Φ(z): bisection, then Newton's steps.

    The upper half works on the tail above.
    """
    tail = 0.5 * np.array([math.erfc(abs(score) / math.sqrt(2.0)) for score in z])
    lower = z < 0.0

    def excess(x: FloatArray) -> FloatArray:
        """P(X ≤ x) − Φ(z), each half by its own tail."""
        return np.where(lower, density.below(x) - tail, tail - density.above(x))

    for _ in range(_bisections(float((high - low).max()))):
        middle = 0.5 * (low + high)
        too_low = excess(np.exp(middle)) < 0.0
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    log_x = 0.5 * (low + high)
    for _ in range(_NEWTON_STEPS):
        x = np.exp(log_x)
        log_x = np.clip(log_x - excess(x) / (x * density.pdf(x)), low, high)
    return log_x


def _bisections(width: float) -> int:
    """How often to halve a stretch of this width until Newton's steps can be trusted with it."""
    return max(0, math.ceil(math.log2(max(width, _NEWTON_FROM) / _NEWTON_FROM)))
