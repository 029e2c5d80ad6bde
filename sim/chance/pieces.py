"""Mixtures with fixed values or bounded parts, such as a spike of hang-ups at 3 s: quantile functions in pieces.

One smooth table cannot jump. So the axis is cut at every fixed value and at every end of a uniform part; between
two cuts the law is smooth and gets a table of its own, at a cut it may have a fixed value, and the uniform number
chooses the piece by its share.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from scenarios import laws as declared
from sim.chance.densities import Density, density_of, mixture_density
from sim.chance.laws import ConstantQuantile, Quantile
from sim.chance.piecewise import PiecewiseQuantile
from sim.chance.quantile_table import table_of

FloatArray = npt.NDArray[np.float64]
Part = tuple[float, declared.Law]  # share and law
Piece = tuple[float, Quantile]  # share and what it holds

_NEGLIGIBLE = 1e-15  # about the smallest uniform number
_ROUNDING = 1e-12  # a density is taken just inside its ends
_SMALLEST_TIME = 1e-300  # stands for 0, whose logarithm laws cannot take


def has_edges(law: declared.Mixture) -> bool:
    """Whether one smooth table would not do."""
    return any(isinstance(part, declared.Constant | declared.Uniform) for _, part in _parts(law))


def piecewise(law: declared.Mixture) -> PiecewiseQuantile:
    """The quantile function of a mixture with edges."""
    pieces = [(share, piece) for share, piece in _pieces(list(_parts(law))) if share > _NEGLIGIBLE]
    shares = [share for share, _ in pieces]
    return PiecewiseQuantile(
        starts_u=tuple(accumulate(shares[:-1], initial=0.0)),
        shares=tuple(shares),
        pieces=tuple(piece for _, piece in pieces),
    )


def _parts(law: declared.Mixture, share: float = 1.0) -> Iterator[Part]:
    """The parts of a mixture, those of mixtures inside it too."""
    for part in law.of:
        if isinstance(part.law, declared.Mixture):
            yield from _parts(part.law, share * part.share)
        else:
            yield share * part.share, part.law


def _pieces(parts: list[Part]) -> Iterator[Piece]:
    """Fixed values, and the smooth stretches between the cuts, from below."""
    fixed = [(share, part.value) for share, part in parts if isinstance(part, declared.Constant)]
    smooth = [(share, part) for share, part in parts if not isinstance(part, declared.Constant)]
    blend = mixture_density([share for share, _ in smooth], [density_of(part) for _, part in smooth])
    ends = {end for _, part in smooth if isinstance(part, declared.Uniform) for end in (part.low, part.high)}
    for low, high in pairwise(sorted({0.0, math.inf} | ends | {value for _, value in fixed})):
        yield sum(share for share, value in fixed if value == low), ConstantQuantile(low)
        between = _share_between(blend, low, high) if smooth else 0.0
        if between > _NEGLIGIBLE:
            yield between, table_of(_given_between(blend, low, high, between))


def _share_between(law: Density, low: float, high: float) -> float:
    if high < math.inf:
        return _below(law, high) - _below(law, low)
    return float(law.above(np.array([max(low, _SMALLEST_TIME)]))[0])


def _below(law: Density, x: float) -> float:
    return float(law.below(np.array([x]))[0]) if x > 0.0 else 0.0


def _given_between(law: Density, low: float, high: float, share: float) -> Density:
    """The law of those between the two values."""
    below_low = _below(law, low)
    above_high = float(law.above(np.array([high]))[0]) if high < math.inf else 0.0
    return Density(
        below=lambda x: (law.below(x) - below_low) / share,
        above=lambda x: (law.above(x) - above_high) / share,
        pdf=lambda x: law.pdf(np.clip(x, low * (1.0 + _ROUNDING), high * (1.0 - _ROUNDING))) / share,
        low=low,
        high=high,
    )
