"""When a center is open, as its contacts show it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calibration.demand.found import Spans

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

OPEN_SHARE = 0.5
"""An interval is open if on this share of days somebody came in it."""
LIKE_NEIGHBOR, AS_CHANCE = 0.3, 0.6
"""So is one beside it that has this part of its contacts, on this part of the days on which chance would bring any."""
EVER_SHARE = 0.05
EDGE_SHARE, EDGE_OF_DAY = 0.1, 0.005
"""The first and last interval are callers a minute early or late if they have a tenth of their neighbor's contacts
and half a percent of the day's."""


def open_intervals(counted: IntArray) -> BoolArray:
    """Which intervals are open, from counts by day and interval of days that look alike.

    Thin intervals between closing and opening (nights of a center that never closes) count as open if together they
    have somebody on at least half of the days.
    """
    days = counted[counted.sum(axis=1) > 0]
    if len(days) == 0:
        return np.zeros(counted.shape[1], dtype=np.bool_)
    present, mean = (days > 0).mean(axis=0), days.mean(axis=0)
    is_open = _grown(present, mean)
    for first, past in spans_of(~is_open):
        is_open[first:past] |= _thin(days[:, first:past], present[first:past], is_open, (first, past))
    return _without_edges(is_open, mean)


def spans_of(chosen: BoolArray) -> Spans:
    """Runs of chosen intervals as (first, one past the last)."""
    steps = np.diff(np.concatenate([[0], chosen.astype(np.int64), [0]]))
    return tuple(zip(np.nonzero(steps == 1)[0].tolist(), np.nonzero(steps == -1)[0].tolist(), strict=True))


def _grown(present: FloatArray, mean: FloatArray) -> BoolArray:
    """Intervals with somebody on most days, and from there on those that are like their neighbor but thinner.

    Where few come, most days have nobody: P(any) = 1 − exp(−mean). An interval that is busy on some days and empty
    on others is none of these: there the center's hours change.
    """
    steady = present >= AS_CHANCE * (1.0 - np.exp(-mean))
    is_open = present >= OPEN_SHARE
    is_open[mean.argmax()] |= steady[mean.argmax()]
    while True:
        near = np.where(is_open, mean, 0.0)
        beside = np.maximum(np.concatenate([[0.0], near[:-1]]), np.concatenate([near[1:], [0.0]]))
        more = ~is_open & (beside > 0.0) & (mean >= LIKE_NEIGHBOR * beside) & steady
        if not more.any():
            return np.asarray(is_open)
        is_open |= more


def _thin(days: IntArray, present: FloatArray, is_open: BoolArray, span: tuple[int, int]) -> BoolArray:
    """Intervals of a gap that are open though thin; those beside opening hours are not asked."""
    first, past = span
    inner = slice(1 if first > 0 else 0, -1 if past < len(is_open) else None)
    somebody = (days[:, inner].sum(axis=1) > 0).mean() if days[:, inner].size else 0.0
    opened = np.zeros(past - first, dtype=np.bool_)
    if somebody >= OPEN_SHARE:
        ever = np.nonzero(present >= EVER_SHARE)[0]
        opened[ever.min() : ever.max() + 1] = True
    return opened


def _without_edges(is_open: BoolArray, mean: FloatArray) -> BoolArray:
    kept = is_open.copy()
    for first, past in spans_of(is_open):
        for edge, neighbor in ((first, first + 1), (past - 1, past - 2)):
            if past - first < 3:
                continue
            few = mean[edge] < EDGE_SHARE * mean[neighbor] and mean[edge] < EDGE_OF_DAY * mean.sum()
            kept[edge] &= not few
    return kept
