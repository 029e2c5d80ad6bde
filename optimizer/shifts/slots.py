"""The clock of the schedule: slots so short that nobody comes, goes or takes a break inside one.

A 45-minute break in half-hour intervals leaves a quarter of an hour of presence; with slots of 15 minutes it
counts for what it is, and breaks may be staggered within the interval. Requirement holds in every slot.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from optimizer.horizon import BoolArray, Horizon, IntArray
from optimizer.shifts.rules import ShiftRules
from scenarios.calendar_days import DAY_S

SHORTEST_SLOT_S = 300


@dataclass(frozen=True)
class Slots:
    """Slots of the whole horizon, numbered from its first midnight; open_spans hold (first, last + 1) of open time.

    Spans that touch are one (24:00 followed by 00:00 is no closing). Where the horizon repeats, a span that
    runs over its end goes on with slots beyond `n`, which `at` brings back to the beginning.
    """

    horizon: Horizon
    slot_s: int
    open_spans: tuple[tuple[int, int], ...]

    @property
    def n_per_day(self) -> int:
        """Slots from midnight to midnight."""
        return DAY_S // self.slot_s

    @property
    def n(self) -> int:
        """Slots of the horizon."""
        return self.horizon.n_days * self.n_per_day

    @property
    def n_per_interval(self) -> int:
        """Slots of an interval."""
        return self.horizon.interval_s // self.slot_s

    def at(self, slot: int) -> int:
        """The slot of the horizon that a slot beyond its end falls on."""
        return slot % self.n

    def is_open(self) -> BoolArray:
        """Whether the center is open, by slot."""
        mask = np.zeros(self.n, dtype=bool)
        for first, end in self.open_spans:
            mask[[self.at(slot) for slot in range(first, min(end, first + self.n))]] = True
        return mask

    def day_and_s(self, slot: int) -> tuple[int, int]:
        """The day of a slot and its beginning in seconds after that day's midnight."""
        day, of_day = divmod(self.at(slot), self.n_per_day)
        return day, of_day * self.slot_s

    def from_intervals(self, by_interval: IntArray) -> IntArray:
        """A value per day and interval as one per slot."""
        return np.repeat(by_interval.ravel(), self.n_per_interval)


def slots_of(horizon: Horizon, rules: ShiftRules) -> Slots:
    """The longest slot in which nothing changes, but no shorter than five minutes for the sake of a break.

    Breaks that do not fit such a slot (of 7 minutes, say) are taken as away for the whole of every slot they touch,
    and start no earlier than the first slot in their window.
    """
    slot_s = math.gcd(horizon.interval_s, *(offer.length_s for offer in rules.offers))
    for offer in rules.offers:
        if offer.starts is not None:
            slot_s = math.gcd(slot_s, offer.starts.from_s, offer.starts.every_s)
    for spans in horizon.open_spans_s:
        slot_s = math.gcd(slot_s, *(edge for span in spans for edge in span))
    for each in rules.all_breaks:
        for edge_s in (each.length_s, each.from_s):
            finer = math.gcd(slot_s, edge_s)
            slot_s = finer if finer >= SHORTEST_SLOT_S else slot_s
    return Slots(horizon, slot_s, _open_spans(horizon, slot_s))


def _open_spans(horizon: Horizon, slot_s: int) -> tuple[tuple[int, int], ...]:
    """Open time over the horizon, touching spans joined, over its end as well where it repeats."""
    joined: list[tuple[int, int]] = []
    n_per_day = DAY_S // slot_s
    for day, spans in enumerate(horizon.open_spans_s):
        for opens, closes in spans:
            first, end = day * n_per_day + opens // slot_s, day * n_per_day + closes // slot_s
            if joined and joined[-1][1] == first:
                first = joined.pop()[0]
            joined.append((first, end))
    n = horizon.n_days * n_per_day
    if horizon.repeats and joined and joined[0][0] == 0 and joined[-1][1] == n:
        first_end = joined[0][1]
        joined = [*joined[1:-1], (joined[-1][0] if len(joined) > 1 else 0, n + first_end)]
    return tuple(joined)
