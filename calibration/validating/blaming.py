"""Which assumption hurts most: the model run again with each held otherwise, and by how much the misfit falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calibration.validating.comparing import Row
from calibration.validating.misfit import Misfit

ENOUGH = 0.1
"""An assumption is to blame where another takes off at least a tenth of the misfit beyond chance."""
AS_GOOD = 0.8
"""A coarser change that gains as much of what the finer one does is the one that is named."""
COARSER = {"talk by hour": "talk"}
"""Recorded talk by the hour follows the chance of single hours too."""


@dataclass(frozen=True)
class Tried:
    """An assumption held otherwise, and what came of it; totals are those of the whole center."""

    name: str
    change: str
    own: bool
    misfit: Misfit
    totals: tuple[Row, ...]

    def gain(self, base: Misfit) -> float:
        """By how much the misfit falls."""
        return base.value - self.misfit.value


@dataclass(frozen=True)
class Blame:
    """What was tried, that which takes most off the misfit first, and the one to blame; None: none of them."""

    tried: tuple[Tried, ...]
    hurts_most: Tried | None


def blame_of(base: Misfit, tried: Sequence[Tried]) -> Blame:
    """The assumption whose change takes off most, if the misfit is more than chance and enough of it goes."""
    ranked = tuple(sorted(tried, key=lambda one: -one.gain(base)))
    beyond_chance = base.value - base.by_chance
    if base.is_chance or not ranked or ranked[0].gain(base) < ENOUGH * beyond_chance:
        return Blame(ranked, None)
    return Blame(ranked, _plainest(base, ranked))


def _plainest(base: Misfit, ranked: Sequence[Tried]) -> Tried:
    """The first, or the coarser of its kind where that is nearly as good."""
    first = ranked[0]
    for other in ranked[1:]:
        if other.name == COARSER.get(first.name) and other.gain(base) >= AS_GOOD * first.gain(base):
            return other
    return first
