"""What a forecast is made from: contacts offered by day, interval and queue, whatever record they come from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from calibration.demand.days import Days, look_at_days
from calibration.demand.fitting import offered_counts
from calibration.records.contacts import Contacts, counts
from calibration.records.intervals import Intervals

IntArray = npt.NDArray[np.int64]
Date = date


@dataclass(frozen=True)
class History:
    """Contacts offered by day from first_day on, interval of the day, and queue."""

    first_day: date
    interval_s: int
    queues: tuple[str, ...]
    counted: IntArray

    @property
    def n_days(self) -> int:
        """Days from the first to the last, both counted."""
        return len(self.counted)

    @property
    def n_intervals(self) -> int:
        """Intervals of a day."""
        return self.counted.shape[1]

    def date(self, day: int) -> date:
        """Date of a day; days may lie after the history."""
        return self.first_day + timedelta(days=int(day))

    def weekday(self, day: int | IntArray) -> IntArray:
        """Weekday of a day, Monday = 0."""
        return np.asarray((self.first_day.weekday() + np.asarray(day)) % 7)

    def until(self, day: int) -> History:
        """The days before that one."""
        return replace(self, counted=self.counted[:day])

    def between(self, first: Date | None, last: Date | None) -> History:
        """The days from first to last, both counted; the same where they lie outside."""
        begin = 0 if first is None else min(max((first - self.first_day).days, 0), self.n_days)
        end = self.n_days if last is None else max((last - self.first_day).days + 1, begin)
        return replace(self, first_day=self.date(begin), counted=self.counted[begin:end])

    def latest(self, n_days: int) -> History:
        """Its last days, so many at most."""
        begin = max(self.n_days - n_days, 0)
        return replace(self, first_day=self.date(begin), counted=self.counted[begin:])

    def days(self) -> Days:
        """What kind of day each day is."""
        return look_at_days(self.counted, self.first_day, self.interval_s)


def history_of(record: Contacts | Intervals, interval_s: int) -> History:
    """The history of contacts by intervals of this length, or of a report by its own."""
    if isinstance(record, Intervals):
        return History(record.first_day, record.interval_s, record.queues, offered_counts(record))
    counted = counts(record, record.offered, interval_s)
    return History(record.first_day, interval_s, record.queues, counted)


def with_total(counted: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """The same with the sum of all queues as a last column."""
    return np.concatenate([counted, counted.sum(axis=-1, keepdims=True)], axis=-1)
