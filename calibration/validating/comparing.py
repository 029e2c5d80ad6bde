"""What happened and what the model says, side by side: in total, by contact type, day, hour of the day and interval."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from calibration.records.contacts import DAY_S
from calibration.validating.history import MEASURES, Sum
from calibration.validating.limits import Coverage, coverage, limits
from calibration.validating.simulating import Predicted

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

SCOPES = ("total", "contact_type", "day", "hour", "interval")


@dataclass(frozen=True)
class Row:
    """One figure on both sides; limits are those of one realized history, 90 %. None: no contact, or nobody present."""

    measure: str
    scope: str
    name: str
    observed: float | None
    predicted: float | None
    low: float | None
    high: float | None
    offered: int

    @property
    def bias(self) -> float | None:
        """Predicted less observed."""
        if self.predicted is None or self.observed is None:
            return None
        return self.predicted - self.observed


@dataclass(frozen=True)
class Error:
    """How far off single intervals are.

    mean_absolute: |predicted − observed| of the measure, intervals weighted by their contacts
    weighted_share: Σ |predicted − observed| ÷ Σ observed of what is counted: contacts or seconds of waiting
    """

    mean_absolute: float
    weighted_share: float


@dataclass(frozen=True)
class Sides:
    """Both sides as sums by type and interval; `counted` says which intervals are held against each other.

    observed: (types, intervals, columns); busy_s: seconds that people worked, by interval
    """

    types: tuple[str, ...]
    start: datetime
    interval_s: int
    observed: FloatArray
    busy_s: FloatArray
    predicted: Predicted
    counted: BoolArray

    @property
    def per_day(self) -> int:
        """Intervals of a day."""
        return DAY_S // self.interval_s

    def on_days(self, days: BoolArray) -> Sides:
        """Only these days."""
        counted = self.counted & np.repeat(days, self.per_day)
        return Sides(
            self.types, self.start, self.interval_s, self.observed, self.busy_s, self.predicted, counted
        )

    @cached_property
    def hour(self) -> IntArray:
        """Hour of the day of each interval."""
        return np.arange(len(self.counted)) % self.per_day * self.interval_s // 3600

    @cached_property
    def all_types(self) -> tuple[FloatArray, FloatArray]:
        """Observed and predicted sums of all types together."""
        return self.observed.sum(axis=0), self.predicted.sums.sum(axis=1)

    def both(self, contact_type: int | None, chosen: BoolArray) -> tuple[FloatArray, FloatArray]:
        """Sums over chosen intervals that count: what happened (columns), what the model says (replications, columns).

        contact_type: its position; None: all
        """
        seen, said = self.all_types
        if contact_type is not None:
            seen, said = self.observed[contact_type], self.predicted.sums[:, contact_type]
        where = np.nonzero(chosen & self.counted)[0]
        return seen[where].sum(axis=0), said[:, where].sum(axis=1)

    def everywhere(self) -> BoolArray:
        """All intervals."""
        return np.ones(len(self.counted), dtype=np.bool_)


def rows_of(sides: Sides) -> list[Row]:
    """Every figure; of single intervals those with contacts."""
    return [row for name in SCOPES for row in _ROWS[name](sides)]


def total_rows(sides: Sides) -> list[Row]:
    """All types and counted intervals together."""
    return list(_rows_where(sides, "total", "", sides.everywhere()))


def _type_rows(sides: Sides) -> Iterator[Row]:
    for i, name in enumerate(sides.types):
        seen, said = sides.both(i, sides.everywhere())
        if seen[Sum.OFFERED] > 0:
            yield from _figures("contact_type", name, seen, said)


def _day_rows(sides: Sides) -> Iterator[Row]:
    day = np.arange(len(sides.counted)) // sides.per_day
    for number in range(int(day.max(initial=-1)) + 1):
        name = (sides.start + timedelta(days=number)).date().isoformat()
        yield from _rows_where(sides, "day", name, day == number)


def hour_rows(sides: Sides) -> Iterator[Row]:
    """By hour of the day, all counted days together."""
    for hour in range(24):
        yield from _rows_where(sides, "hour", str(hour), sides.hour == hour)


def _interval_rows(sides: Sides) -> Iterator[Row]:
    for i in np.nonzero(sides.counted)[0]:
        name = (sides.start + timedelta(seconds=int(i) * sides.interval_s)).isoformat(timespec="minutes")
        only = np.zeros(len(sides.counted), dtype=np.bool_)
        only[i] = True
        yield from _rows_where(sides, "interval", name, only)


_ROWS: dict[str, Callable[[Sides], Iterator[Row] | list[Row]]] = {
    "total": total_rows,
    "contact_type": _type_rows,
    "day": _day_rows,
    "hour": hour_rows,
    "interval": _interval_rows,
}


def _rows_where(sides: Sides, scope: str, name: str, chosen: BoolArray) -> Iterator[Row]:
    """Figures of chosen intervals, if any contact came in them."""
    seen, said = sides.both(None, chosen)
    if seen[Sum.OFFERED] > 0:
        yield from _figures(scope, name, seen, said)
        yield _occupancy(sides, scope, name, chosen, int(seen[Sum.OFFERED]))


def _figures(scope: str, name: str, seen: FloatArray, said: FloatArray) -> Iterator[Row]:
    offered = int(seen[Sum.OFFERED])
    for measure, column in MEASURES.items():
        happened = seen[column] / seen[Sum.OFFERED]
        yield _row(measure, scope, name, happened, said[:, column], said[:, Sum.OFFERED], offered)
    yield _row("offered", scope, name, float(offered), said[:, Sum.OFFERED], np.ones(len(said)), offered)


def _occupancy(sides: Sides, scope: str, name: str, chosen: BoolArray, offered: int) -> Row:
    """Work ÷ time present; the people are the same on both sides."""
    where = np.nonzero(chosen & sides.counted)[0]
    present_s = sides.predicted.present_s[:, where].sum(axis=1)
    work_s = sides.predicted.work_s[:, where].sum(axis=1)
    happened = float(sides.busy_s[where].sum() / present_s.mean()) if present_s.mean() > 0.0 else None
    return _row("occupancy", scope, name, happened, work_s, present_s, offered)


def _row(
    measure: str,
    scope: str,
    name: str,
    observed: float | None,
    above: FloatArray,
    below: FloatArray,
    offered: int,
) -> Row:
    """Predicted is the ratio of sums over replications, limits are those of each replication's own ratio."""
    if below.sum() <= 0.0:
        return Row(measure, scope, name, observed, None, None, None, offered)
    predicted = float(above.sum() / below.sum())
    ratios = np.divide(above, below, out=np.full(len(above), predicted), where=below > 0.0)
    low, high = limits(ratios[:, None])
    happened = None if observed is None else float(observed)
    return Row(measure, scope, name, happened, predicted, float(low[0]), float(high[0]), offered)


# --- Single intervals -------------------------------------------------------------------------------------------------


def by_interval(sides: Sides, measure: str) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(observed, replications, offered) of intervals in which contacts came, all types together."""
    all_seen, all_said = sides.all_types
    where = sides.counted & (all_seen[:, Sum.OFFERED] > 0)
    seen, said = all_seen[where], all_said[:, where]
    column = MEASURES[measure]
    offered = np.maximum(said[:, :, Sum.OFFERED], 1.0)
    return seen[:, column] / seen[:, Sum.OFFERED], said[:, :, column] / offered, seen[:, Sum.OFFERED]


def coverages(sides: Sides) -> dict[str, Coverage]:
    """By measure: how many intervals fall between their limits."""
    found = {}
    for measure in MEASURES:
        seen, said, _ = by_interval(sides, measure)
        found[measure] = coverage(said, seen)
    return found


def errors(sides: Sides) -> dict[str, Error]:
    """By measure: how far off intervals are on average."""
    found = {}
    for measure in MEASURES:
        seen, said, offered = by_interval(sides, measure)
        apart = np.abs(said.mean(axis=0) - seen) * offered
        total = float((seen * offered).sum())
        found[measure] = Error(
            float(apart.sum() / offered.sum()), float(apart.sum()) / total if total > 0.0 else float("nan")
        )
    return found
