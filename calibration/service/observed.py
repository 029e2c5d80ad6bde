"""Times as they were recorded: rounded, capped, cut short, and seen many times; the same record without repetitions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

MANY = 600
"""Distinct values beyond which neighbors share a cell."""
NARROW = 1.01
"""Upper ÷ lower edge of such a cell: a hundredth of the time, which hides a hundred-thousandth of the spread."""
ENOUGH_TO_SEE_ROUNDING = 3
FEWEST_AT_A_CAP, MOST_AT_A_CAP, BELOW_A_CAP = 5, 0.2, 0.8
"""A longest value is a cap when it is seen at least 5 times, and as often as all from 80 % of it up to it, but not
by more than a fifth of all."""


@dataclass(frozen=True)
class Edges:
    """Edges of cells, each once, in order; `n_early` of them up to the middle of what was seen.

    wide: which cells they belong to; low, high: where each such cell's own edges stand among them
    """

    wide: BoolArray
    at: FloatArray
    n_early: int
    low: IntArray
    high: IntArray


@dataclass(frozen=True)
class Cells:
    """What was seen, and how often: `n` times above `low` and up to `high`.

    low = high: exactly this; high = ∞: longer than low, by how much nobody saw (censored)
    """

    low: FloatArray
    high: FloatArray
    n: FloatArray

    @property
    def total(self) -> float:
        """Observations in all."""
        return float(self.n.sum())

    @property
    def ended(self) -> BoolArray:
        """Cells of times that were seen to end."""
        return np.isfinite(self.high)

    @property
    def n_ended(self) -> float:
        """Observations that were seen to end."""
        return float(self.n[self.ended].sum())

    @property
    def middle(self) -> FloatArray:
        """Middle of each cell, not below 0; for censored ones the time until which they were seen."""
        low = np.maximum(self.low, 0.0)
        return np.where(self.ended, (low + np.where(self.ended, self.high, 0.0)) / 2.0, low)

    @cached_property
    def edges(self) -> Edges:
        """Of the cells of ended times that have a width."""
        wide = self.ended & (self.low < self.high)
        at, place = np.unique(np.concatenate([self.low[wide], self.high[wide]]), return_inverse=True)
        low, high = np.split(place, 2)
        order = np.argsort(self.high[wide])
        seen = np.cumsum(self.n[wide][order])
        half = int(np.searchsorted(seen, seen[-1] / 2.0)) if len(seen) else 0
        n_early = int(high[order][half]) + 1 if len(seen) else 0
        return Edges(wide, at, n_early, low, high)


def rounding_step(seconds: FloatArray) -> float:
    """The unit to which times were rounded: their greatest common divisor, in whole seconds or tenths; 0: none.

    Fewer than three different values that are whole count as whole seconds.
    """
    for unit in (1.0, 0.1):
        multiples = np.round(seconds / unit)
        if len(seconds) and np.allclose(multiples * unit, seconds, rtol=0.0, atol=1e-6):
            whole = np.unique(multiples[multiples > 0]).astype(np.int64)
            divisor = int(np.gcd.reduce(whole)) if len(whole) >= ENOUGH_TO_SEE_ROUNDING else 1
            return unit * max(divisor, 1)
    return 0.0


def cap_of(seconds: FloatArray) -> float | None:
    """The longest time that the system writes down, where many have just that; None where no cap shows."""
    if not len(seconds):
        return None
    longest = float(seconds.max())
    n_there = int((seconds == longest).sum())
    n_below = int(((seconds >= BELOW_A_CAP * longest) & (seconds < longest)).sum())
    is_cap = n_there >= max(FEWEST_AT_A_CAP, n_below) and n_there <= MOST_AT_A_CAP * len(seconds)
    return longest if is_cap and longest > 0.0 else None


def cells_of(
    seconds: FloatArray, censored: BoolArray, step_s: float | None = None, many: int = MANY
) -> Cells:
    """Ended times as the cells to which they were rounded, censored ones as "longer than".

    A time x recorded in whole steps s lies within x ± s / 2: a difference of two rounded clocks is as often too
    long as too short. Where values are many, neighbors within one percent share a cell.

    step_s: rounding of the ended times; None: seen from the times themselves
    many: distinct values beyond which neighbors share a cell
    """
    step = rounding_step(seconds[~censored]) if step_s is None else step_s
    ended = _ended_cells(seconds[~censored], step, many)
    longer, n = _thinned(seconds[censored], many)
    return Cells(
        low=np.concatenate([ended.low, longer]),
        high=np.concatenate([ended.high, np.full(len(longer), np.inf)]),
        n=np.concatenate([ended.n, n]),
    )


def _ended_cells(seconds: FloatArray, step: float, many: int) -> Cells:
    distinct, n = np.unique(seconds, return_counts=True)
    if not len(distinct):
        return Cells(distinct, distinct, distinct)
    if step == 0.0 and len(distinct) <= many:
        return _exact(distinct, n.astype(np.float64))
    edges = _whole_edges(distinct, step, many) if step > 0.0 else _narrow_edges(distinct)
    place = np.searchsorted(edges, distinct, side="left") - 1
    n_in = np.bincount(place, weights=n, minlength=len(edges) - 1).astype(np.float64)
    seen = n_in > 0
    return Cells(edges[:-1][seen], edges[1:][seen], n_in[seen])


def _exact(distinct: FloatArray, n: FloatArray) -> Cells:
    """Unrounded times are points; a 0 among them is a time too short to be written down."""
    shortest = float(distinct[distinct > 0].min(initial=np.inf))
    high = np.where(distinct > 0.0, distinct, shortest if np.isfinite(shortest) else 1.0)
    return Cells(np.where(distinct > 0.0, distinct, -high), high, n)


def _whole_edges(distinct: FloatArray, step: float, many: int) -> FloatArray:
    """Half a step below and above each distinct time; thinned where they are many."""
    edges = np.unique(np.concatenate([np.round(distinct / step) - 0.5, np.round(distinct / step) + 0.5]))
    if len(distinct) > many:
        inner = edges[1:-1]
        _, first = np.unique(np.floor(np.log(np.maximum(inner, 0.5)) / np.log(NARROW)), return_index=True)
        edges = np.concatenate([edges[:1], inner[first], edges[-1:]])
    return np.asarray(edges * step)


def _narrow_edges(distinct: FloatArray) -> FloatArray:
    """A geometric grid over the positive times, with a cell below it for zeros."""
    positive = distinct[distinct > 0.0]
    steps = np.log(positive[[0, -1]] / np.median(positive)) / np.log(NARROW)
    grid = np.median(positive) * NARROW ** np.arange(np.floor(steps[0]) - 1, np.ceil(steps[1]) + 1)
    return np.concatenate([[-grid[0]], grid])


def _thinned(seconds: FloatArray, many: int) -> tuple[FloatArray, FloatArray]:
    """Distinct times and how often; where they are many, neighbors are put together at their mean."""
    distinct, n = np.unique(seconds, return_counts=True)
    if len(distinct) <= many:
        return distinct, n.astype(np.float64)
    group = np.floor(np.log(np.maximum(distinct, distinct[distinct > 0].min())) / np.log(NARROW))
    _, place = np.unique(group, return_inverse=True)
    total = np.bincount(place, weights=n).astype(np.float64)
    return np.bincount(place, weights=n * distinct) / total, total
