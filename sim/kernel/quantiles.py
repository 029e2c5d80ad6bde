"""The quantile functions of `sim.chance.laws`, compiled: one uniform in, one time in seconds out."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from sim.chance import normal
from sim.chance.piecewise import LARGEST_U, SMALLEST_U
from sim.chance.quantile_table import Z_MAX
from sim.kernel.compiling import compiled
from sim.kernel.given import BY_TIME, CONSTANT, LOGNORMAL, PIECES, SAMPLE, UNIFORM, WEIBULL
from sim.kernel.rows import law_at, node_at, value_at
from sim.kernel.state import Center
from sim.world.hours import DAY_S

_CENTER, _MIDDLE, _TAIL = (np.array(piece) for piece in (normal.CENTER, normal.MIDDLE, normal.TAIL))


@compiled
def _ratio(piece: npt.NDArray[np.float64], x: float) -> float:
    above, below = piece[0, 0], piece[1, 0]
    for i in range(1, 8):
        above = above * x + piece[0, i]
        below = below * x + piece[1, i]
    return above / below


@compiled
def normal_quantile(u: float) -> float:
    """Φ⁻¹(u) by AS241 (`sim.chance.normal`)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * _ratio(_CENTER, 0.180625 - q * q)
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    score = _ratio(_MIDDLE, r - 1.6) if r <= 5.0 else _ratio(_TAIL, r - 5.0)
    return -score if q < 0.0 else score


@compiled
def quantile_at(c: Center, law: int, arrived_s: float, u: float) -> float:
    """The quantile of a law at u for a contact that arrived at this moment (`sim.chance.by_time`)."""
    if law_at(c, law).form == BY_TIME:
        law = _law_of_time(c, law, arrived_s % DAY_S)
    return quantile(c, law, u)


@compiled
def _law_of_time(c: Center, law: int, clock_s: float) -> int:
    """The law in force at a time of day: that of the first row whose end, a, is still to come."""
    row = law_at(c, law).first
    last = row + law_at(c, law).n - 1
    while row < last and law_at(c, row).a <= clock_s:
        row += 1
    return law_at(c, row).first


@compiled
def quantile(c: Center, law: int, u: float) -> float:
    """The quantile of a law at u, whatever its form."""
    form = law_at(c, law).form
    scale = law_at(c, law).scale
    if form == PIECES:
        law = _piece_at(c, law, u)
        u = min(max((u - law_at(c, law).start_u) / law_at(c, law).share, SMALLEST_U), LARGEST_U)
    return scale * _smooth_quantile(c, law, u)


@compiled
def _piece_at(c: Center, law: int, u: float) -> int:
    """The piece that holds u: the last that starts at or below it."""
    piece = law_at(c, law).first
    last = piece + law_at(c, law).n - 1
    while piece < last and law_at(c, piece + 1).start_u <= u:
        piece += 1
    return piece


@compiled
def _smooth_quantile(c: Center, law: int, u: float) -> float:
    """a: value, scale, low, mu; b: 1 ÷ shape, high, sigma."""
    of = law_at(c, law)
    if of.form == WEIBULL:
        gap = -math.log(1.0 - u)
        return of.a * (gap if of.b == 1.0 else gap**of.b)
    if of.form == CONSTANT:
        return of.a
    if of.form == UNIFORM:
        return of.a + u * (of.b - of.a)
    if of.form == LOGNORMAL:
        return math.exp(of.a + of.b * normal_quantile(u))
    if of.form == SAMPLE:
        return value_at(c, of.first + min(int(u * of.n), of.n - 1)).x
    return _table_quantile(c, of.first, of.n, normal_quantile(u))


@compiled
def _table_quantile(c: Center, first: int, n_steps: int, score: float) -> float:
    """The cubic between two nodes, as in `sim.chance.quantile_table`."""
    place = (min(max(score, -Z_MAX), Z_MAX) + Z_MAX) * (n_steps / (2.0 * Z_MAX))
    step = min(int(place), n_steps - 1)
    t = place - step
    left, right = node_at(c, first + step), node_at(c, first + step + 1)
    rise = right.log_x - left.log_x
    a = left.slope - rise
    b = rise - right.slope
    return math.exp(left.log_x + t * rise + t * (1.0 - t) * ((1.0 - t) * a + t * b))
