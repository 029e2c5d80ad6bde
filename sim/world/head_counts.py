"""Head counts over the day: position i is present while i < count."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenarios.calendar_days import Calendar
from scenarios.profiles import value_per_interval
from sim.chance.sample import Sample
from sim.world.changes import Changes
from sim.world.hours import DAY_S
from sim.world.spells import time_in_intervals

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
PerInterval = tuple[int, ...] | Mapping[str, tuple[int, ...]]
Step = tuple[float, int, int]  # moment, count before, count after


@dataclass(frozen=True)
class HeadCounts:
    """People at work by the clock, the same in every replication."""

    calendar: Calendar
    constant: int | None
    per_interval: PerInterval | None
    paid_per_present: float
    n_positions: int

    @property
    def most_at_once(self) -> int:
        """The highest count."""
        return self.n_positions

    @property
    def is_random(self) -> bool:
        """Never: counts are given."""
        return False

    def pieces(self, day: int) -> list[tuple[float, float, int]]:
        """(start, end, count) in seconds after midnight; a constant count is there in the open hours."""
        if self.constant is not None:
            return [(start, end, self.constant) for start, end in self.calendar.open_spans_s(day)]
        interval_s = self.calendar.interval_min * 60.0
        counts = map(int, value_per_interval(self.per_interval or (), self.calendar, day))
        return [(i * interval_s, (i + 1) * interval_s, n) for i, n in enumerate(counts) if n > 0]

    def present_before(self, sample: Sample, at_s: float) -> IntArray:  # noqa: ARG002
        """The positions of the count in force just before a moment."""
        day = math.ceil(at_s / DAY_S) - 1
        in_day_s = at_s - day * DAY_S
        return np.arange(sum(n for start, end, n in self.pieces(day) if start < in_day_s <= end))

    def changes(self, sample: Sample, day: int, until_day: int | None = None) -> Changes:  # noqa: ARG002
        """The positions that the steps of the head count bring and take away, on this day or until another."""
        days = range(day, day + 1 if until_day is None else until_day)
        columns = np.array([step for each in days for step in self._steps(each)]).reshape(-1, 3)
        before, after = columns[:, 1].astype(np.int64), columns[:, 2].astype(np.int64)
        lowest, n = np.minimum(before, after), np.abs(after - before)
        # Each step moves n positions, from the lower of its counts on.
        nth = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
        position = np.repeat(lowest, n) + nth
        return Changes(np.repeat(columns[:, 0], n), position, np.repeat(after > before, n))

    def _steps(self, day: int) -> Iterator[Step]:
        """Steps of the head count on a day; at its first moment from where the day before ended."""
        before = self.pieces(day - 1)
        count = before[-1][2] if before and before[-1][1] == DAY_S else 0
        moment = day * DAY_S
        for start, end, n in self.pieces(day):
            if day * DAY_S + start > moment:
                yield moment, count, 0
                count = 0
            yield day * DAY_S + start, count, n
            count, moment = n, day * DAY_S + end
        if moment < (day + 1) * DAY_S:
            yield moment, count, 0

    def paid_s(self, edges_s: FloatArray) -> FloatArray:
        """Present ÷ ((1 − planned)(1 − absent) · adherence): those present must be paid for, and those away."""
        spells = []
        for day in range(int(edges_s[0] // DAY_S), int(-(-edges_s[-1] // DAY_S))):
            spells += [(day * DAY_S + start, day * DAY_S + end, n) for start, end, n in self.pieces(day)]
        if not spells:
            return np.zeros(len(edges_s) - 1)
        starts, ends, counts = (np.array(column, dtype=float) for column in zip(*spells, strict=True))
        return self.paid_per_present * time_in_intervals(starts, ends, edges_s, counts)

    def beyond_hours(self, edges_s: FloatArray, price_per_h: float) -> FloatArray:  # noqa: ARG002
        """Nothing: heads are paid by the hour."""
        return np.zeros(len(edges_s) - 1)
