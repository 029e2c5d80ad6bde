"""Prediction limits of one realized history, and how often a right model's own histories fall between them.

Given the arrivals and the people, history is one more replication if the model is right: talk, patience and all other
draws are then exchangeable with the model's own. Of R replications and one history each order is equally likely, so
the history lies between the k-th lowest and the k-th highest with probability (R + 1 − 2k) / (R + 1), in each
interval and whatever the distribution (Barnard 1963; Dawid 1984, Journal of the Royal Statistical Society A 147,
278-292). Values that tie with a limit count as inside, so small counts are covered more often than that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

OUTSIDE = 0.10
"""Prediction limits leave out so much, half of it on either side."""
LEAST_REPLICATIONS = 19
"""With fewer not even the lowest and the highest are 90 % limits."""
_NEAR = 1e-9


@dataclass(frozen=True)
class Coverage:
    """Share of intervals whose history lies between the limits, and what a right model would show.

    low, high: nine in ten histories of a right model are covered this often
    """

    share: float
    expected: float
    low: float
    high: float
    n: int


def rank_of(replications: int) -> int:
    """k: the largest with which (R + 1 − 2k) / (R + 1) is at least 0.9, at least 1."""
    return max(1, int((replications + 1) * OUTSIDE / 2.0 + _NEAR))


def limits(values: FloatArray, k: int | None = None) -> tuple[FloatArray, FloatArray]:
    """The k-th lowest and the k-th highest along the first axis."""
    k = k or rank_of(len(values))
    ordered = np.sort(values, axis=0)
    return ordered[k - 1], ordered[len(values) - k]


def inside(values: FloatArray, seen: FloatArray, k: int | None = None) -> BoolArray:
    """Whether what was seen lies between the limits of the replications, ties inside."""
    low, high = limits(values, k)
    return np.asarray((seen >= low - _NEAR) & (seen <= high + _NEAR))


def coverage(values: FloatArray, seen: FloatArray) -> Coverage:
    """Of the history, and of each replication among the others.

    values: shape (replications, intervals), at least one interval; seen: (intervals)
    """
    k = rank_of(len(values))
    own = np.array([inside(np.delete(values, i, axis=0), values[i], k).mean() for i in range(len(values))])
    low, high = limits(own[:, None])
    share = float(inside(values, seen, k).mean())
    return Coverage(share, float(own.mean()), float(low[0]), float(high[0]), len(seen))
