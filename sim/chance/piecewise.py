"""A quantile function in pieces, one after the other on the axis: what `pieces` makes of a law with edges."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.chance.laws import Quantile

FloatArray = npt.NDArray[np.float64]

SMALLEST_U, LARGEST_U = 2.0**-53, 1.0 - 2.0**-53


@dataclass(frozen=True)
class PiecewiseQuantile:
    """Pieces one after the other; `starts_u[i]` is the share of all that lies before piece i."""

    starts_u: tuple[float, ...]
    shares: tuple[float, ...]
    pieces: tuple[Quantile, ...]

    def one(self, u: float) -> float:
        """The quantile at u."""
        i = bisect_right(self.starts_u, u) - 1
        return self.pieces[i].one(min(max((u - self.starts_u[i]) / self.shares[i], SMALLEST_U), LARGEST_U))

    def many(self, u: FloatArray) -> FloatArray:
        """The quantiles at a column of u."""
        chosen = np.searchsorted(np.array(self.starts_u), u, side="right") - 1
        found = np.empty(len(u))
        for i, piece in enumerate(self.pieces):
            mine = chosen == i
            inside = (u[mine] - self.starts_u[i]) / self.shares[i]
            found[mine] = piece.many(np.clip(inside, SMALLEST_U, LARGEST_U))
        return found
