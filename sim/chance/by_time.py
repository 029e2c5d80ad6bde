"""Laws that vary with the clock: which one a contact draws from is a matter of when it arrived."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from scenarios.calendar_days import DAY_S
from sim.chance.laws import Quantile, ScaledQuantile

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class QuantileByTime:
    """`laws[i]` is in force until `ends_s[i]` seconds after midnight; the last one until midnight.

    Asked without a time, it gives the mean of the quantiles over the clock, every hour weighing the same: what the
    law is on average, for whoever needs a load or a first guess and not a draw.
    """

    ends_s: tuple[float, ...]
    laws: tuple[Quantile, ...]

    @cached_property
    def shares(self) -> tuple[float, ...]:
        """How much of the clock belongs to each law."""
        return tuple((end - start) / DAY_S for start, end in pairwise((0.0, *self.ends_s)))

    def one(self, u: float) -> float:
        """The mean quantile at u."""
        return sum(share * law.one(u) for share, law in zip(self.shares, self.laws, strict=True))

    def many(self, u: FloatArray) -> FloatArray:
        """The mean quantiles at a column of u."""
        weighted = [share * law.many(u) for share, law in zip(self.shares, self.laws, strict=True)]
        return np.sum(weighted, axis=0)

    def at(self, arrived_s: float) -> Quantile:
        """The law of those who arrive at this moment."""
        return self.laws[bisect_right(self.ends_s, arrived_s % DAY_S)]

    def many_at(self, u: FloatArray, arrived_s: FloatArray) -> FloatArray:
        """The quantiles at a column of u, each with its moment of arrival."""
        which = np.searchsorted(np.array(self.ends_s), arrived_s % DAY_S, side="right")
        found = np.empty(len(u))
        for i, law in enumerate(self.laws):
            found[which == i] = law.many(u[which == i])
        return found


def drawn(law: Quantile, u: float, arrived_s: float) -> float:
    """The quantile at u for a contact that arrived at this moment."""
    return law.at(arrived_s).one(u) if isinstance(law, QuantileByTime) else law.one(u)


def drawn_many(law: Quantile, u: FloatArray, arrived_s: FloatArray) -> FloatArray:
    """`drawn` for a column."""
    return law.many_at(u, arrived_s) if isinstance(law, QuantileByTime) else law.many(u)


def scaled(law: Quantile, factor: float) -> Quantile:
    """The law in another unit."""
    if isinstance(law, QuantileByTime):
        return QuantileByTime(law.ends_s, tuple(ScaledQuantile(part, factor) for part in law.laws))
    return ScaledQuantile(law, factor)
