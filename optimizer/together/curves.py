"""Cuts, and cuts bent as service bends: each further person in the same half hour is worth less than the one before.

A tangent takes the second person to be worth as much as the first, so a model of tangents alone piles people up where
the first was worth most and takes them away where the last was worth least. Near a service level of 80 % the share of
contacts served late falls by about e^(−1.5) for each √m people more among m (Halfin and Whitt 1981, Operations
Research 29(3)); so of people who are worth `slope` for the first, the next is worth ρ slope, ρ = e^(−1.5/√m), and the
one before was worth slope/ρ.

    extra[k, c]   people more than before in column c, in people of the group that is worth most there
    gain[k, c] ≤ slope · φ(extra),  φ concave with φ(0) = 0, φ(1) = 1 and slopes … 1/ρ, 1, ρ, ρ² …
    Σ_c gain[k, c] + short[k] ≥ −margin[k]
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyomo.environ as pyo

from optimizer.horizon import FloatArray

_BEND = 1.5
_PIECES = range(-3, 3)
_NOTHING = 1e-3  # of the largest slope: less is noise


@dataclass(frozen=True)
class Cut:
    """Σ slope · (people − at) ≥ −margin, in the unit of the margin; people as the master counts them.

    of: the promise and the period that it is for
    """

    slope: FloatArray
    at: FloatArray
    margin: float
    of: str = ""

    @property
    def largest(self) -> float:
        """The largest slope."""
        return float(self.slope.max(initial=0.0))

    def scaled(self) -> FloatArray:
        """Slopes in parts of the largest; what is next to nothing is nothing."""
        parts = self.slope / self.largest
        return np.where(parts >= _NOTHING, parts, 0.0)


@dataclass(frozen=True)
class Bend:
    """One column of a cut: the groups that are felt, what each is worth beside the best, the best's slope, and ρ."""

    column: int
    groups: FloatArray
    slope: float
    ratio: float

    def lines(self) -> Iterator[tuple[float, float]]:
        """φ as lines, slope and height at 0:  φ(k) + ρᵏ (extra − k)."""
        height = -sum(self.ratio**k for k in _PIECES if k < 0)
        for k in _PIECES:
            yield self.ratio**k, height - k * self.ratio**k
            height += self.ratio**k


def bends_of(cut: Cut, shape: tuple[int, int]) -> list[Bend]:
    """The columns of a cut in which anybody is felt."""
    slope, at = cut.scaled().reshape(shape), cut.at.reshape(shape)
    found = []
    for column in np.flatnonzero(slope.max(axis=0)).tolist():
        best = float(slope[:, column].max())
        groups = slope[:, column] / best
        people = max(1.0, float(groups @ at[:, column]))
        found.append(Bend(column, groups, best, math.exp(-_BEND / math.sqrt(people))))
    return found


def add_curves(block: Any, cuts: Sequence[Cut], people: Sequence[Any], shape: tuple[int, int]) -> None:
    """The cuts of one round, bent. `people`: heads, groups by columns in a row."""
    bends = {k: bends_of(cut, shape) for k, cut in enumerate(cuts, start=1) if cut.largest > 0.0}
    places = [(k, bend.column) for k, found in bends.items() for bend in found]
    block.gain = pyo.Var(places)
    block.short = pyo.Var(list(bends), domain=pyo.NonNegativeReals)
    block.bent = pyo.Constraint([(*place, line) for place in places for line in range(len(_PIECES))])
    for k, found in bends.items():
        for bend in found:
            extra = _extra(bend, cuts[k - 1], people, shape)
            for line, (slope, height) in enumerate(bend.lines()):
                block.bent[k, bend.column, line] = bent(block, bend, k, extra, slope, height)
    block.cuts = pyo.Constraint(list(bends), rule=lambda block, k: bent_cut(block, cuts[k - 1], bends[k], k))


def _extra(bend: Bend, cut: Cut, people: Sequence[Any], shape: tuple[int, int]) -> Any:
    """People more than before in a column, in people of the group that is worth most there."""
    felt = [(g, g * shape[1] + bend.column) for g in np.flatnonzero(bend.groups).tolist()]
    return pyo.quicksum(float(bend.groups[g]) * (people[i] - float(cut.at[i])) for g, i in felt)


def bent(block: Any, bend: Bend, k: int, extra: Any, slope: float, height: float) -> Any:
    """gain[k, c] ≤ slope · (line slope · extra[k, c] + line height),  for every line"""
    return block.gain[k, bend.column] <= bend.slope * slope * extra + bend.slope * height


def bent_cut(block: Any, cut: Cut, bends: Sequence[Bend], k: int) -> Any:
    """Σ_c gain[k, c] + short[k] ≥ −margin[k] ÷ largest slope[k]"""
    gains = pyo.quicksum(block.gain[k, bend.column] for bend in bends)
    return gains + block.short[k] >= -cut.margin / cut.largest


def slopes_after(slope: FloatArray, at: FloatArray, now: FloatArray, shape: tuple[int, int]) -> FloatArray:
    """What people are worth after moving from `at` to `now`, as the curves bend; rows × people."""
    found = slope.copy()
    for r, one in enumerate(slope):
        cut = Cut(one, at, 0.0)
        if cut.largest <= 0.0:
            continue
        rows = found[r].reshape(shape)
        moved = (now - at).reshape(shape)
        for bend in bends_of(cut, shape):
            rows[:, bend.column] *= bend.ratio ** float(bend.groups @ moved[:, bend.column])
    return found
