"""Interval reports: counts by day, interval and queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from calibration.records.contacts import DAY_S

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Mismatch:
    """Where offered is not answered + abandoned: in how many of the intervals that give all three, and by how much.

    by: sum over them of offered − answered − abandoned; at_most: the largest difference of one of them
    """

    n: int
    n_compared: int
    by: float
    at_most: float
    share: float

    def __str__(self) -> str:
        """In words."""
        often = 100.0 * self.n / self.n_compared
        return (
            f"offered is not answered + abandoned in {self.n:,} of {self.n_compared:,} intervals ({often:.0f} %): "
            f"{self.by:+,.0f} in all ({100.0 * self.share:+.1f} % of offered), at most {self.at_most:,.0f} in one"
        )


@dataclass(frozen=True)
class Intervals:
    """Counts and times as days × intervals of a day × queues; NaN where the files say nothing.

    interval_s: length, 86,400 for daily reports
    within: answered within awt_s; service_level: as the system states it, in [0, 1], whatever it divides by
    answered_wait_s, abandoned_wait_s, handle_s: sums over the contacts answered, abandoned, answered
    present, busy: mean number of people there, and of those at work
    """

    first_day: date
    interval_s: int
    queues: tuple[str, ...]
    awt_s: float | None
    offered: FloatArray
    answered: FloatArray
    abandoned: FloatArray
    within: FloatArray
    service_level: FloatArray
    answered_wait_s: FloatArray
    abandoned_wait_s: FloatArray
    handle_s: FloatArray
    present: FloatArray
    busy: FloatArray

    @property
    def n_days(self) -> int:
        """Days from the first to the last, both counted."""
        return len(self.offered)

    @property
    def weekday(self) -> IntArray:
        """Weekday of each day, Monday = 0."""
        return (np.arange(self.n_days) + self.first_day.weekday()) % 7

    @property
    def start_s(self) -> FloatArray:
        """Seconds after midnight at which each interval of a day begins."""
        return np.arange(0.0, DAY_S, self.interval_s)

    @property
    def mean_handle_s(self) -> FloatArray:
        """Talk, hold and wrap-up per contact answered; NaN where none was."""
        return _ratio(self.handle_s, self.answered)

    @property
    def mean_answer_s(self) -> FloatArray:
        """Wait per contact answered; NaN where none was."""
        return _ratio(self.answered_wait_s, self.answered)

    def mismatch(self) -> Mismatch | None:
        """How far offered is from answered + abandoned; None where the files do not give all three."""
        difference = self.offered - self.answered - self.abandoned
        known = ~np.isnan(difference)
        if not known.any():
            return None
        apart = known & (np.abs(difference) > 0.5)
        total = float(np.nansum(self.offered[known]))
        by = float(difference[apart].sum())
        at_most = float(np.abs(difference[apart]).max(initial=0.0))
        return Mismatch(int(apart.sum()), int(known.sum()), by, at_most, by / total if total else 0.0)


def _ratio(total: FloatArray, count: FloatArray) -> FloatArray:
    return np.asarray(
        np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0), dtype=np.float64
    )
