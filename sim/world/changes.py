"""Comings and goings of a group's positions, as columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.world.hours import DAY_S

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


class Changes(NamedTuple):
    """Positions that come or go at moments of the horizon, by the days to which they belong, in order of time.

    At one instant those who come stand before those who go, each in order of position.
    """

    at_s: FloatArray
    position: IntArray
    comes: BoolArray

    def rows(self) -> Iterator[tuple[float, int, bool]]:
        """(at_s, position, comes), one by one."""
        return zip(self.at_s.tolist(), self.position.tolist(), self.comes.tolist(), strict=True)

    @property
    def steps(self) -> FloatArray:
        """What each change adds to the people present: +1 or −1."""
        return np.where(self.comes, 1.0, -1.0)


def changes_of_spells(position: IntArray, day: IntArray, starts_s: FloatArray, ends_s: FloatArray) -> Changes:
    """Comings at the starts and goings at the ends of spells that are given in order of day and position."""
    at_s = np.concatenate([starts_s, ends_s])
    # Comings first, each in order of position: a stable sort by time alone leaves them so at every instant.
    order = _stable_order(at_s, np.concatenate([day, day]))
    return Changes(at_s[order], np.concatenate([position, position])[order], order < len(starts_s))


def _stable_order(at_s: FloatArray, day: IntArray) -> IntArray:
    """`np.lexsort((at_s, day))` for moments that lie within a day or so of their days, in a fraction of the time.

    Pairs of seconds of the day, as 16 bits, are sorted by radix, and so are days; the stable sort by time then finds
    little left to do. Longer spans wrap around, which costs time but no correctness: moments that are equal keep
    their order in all sorts.
    """
    in_day_s = at_s - day * DAY_S
    since_first_s = in_day_s - in_day_s.min(initial=np.inf)
    roughly = np.argsort((0.5 * since_first_s).astype(np.int64).astype(np.uint16), kind="stable")
    days = (day - day.min(initial=0)).astype(np.uint16)
    roughly = roughly[np.argsort(days[roughly], kind="stable")]
    return roughly[np.lexsort((at_s[roughly], days[roughly]))]
