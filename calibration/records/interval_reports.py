"""Counts by interval: from rows to days × intervals × queues."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import polars as pl

from calibration.records.calls import DAY_US, EPOCH
from calibration.records.contacts import DAY_S, BoolArray
from calibration.records.intervals import FloatArray, IntArray, Intervals
from calibration.records.mapping import COUNTS, FIGURES, IntervalsMapping
from calibration.records.mapping_parts import DURATIONS, Amount
from calibration.records.rows import Rows

_LENGTHS_S = (86_400, 3_600, 1_800, 900, 600, 300)
_NEARLY_ALL = 0.99
_MEANS = ("service_level", "present", "busy")
"""Figures of which two rows of one interval have a mean, not a sum."""
_FIELD = {"answered_wait": "answered_wait_s", "abandoned_wait": "abandoned_wait_s", "handle": "handle_s"}

Figures = dict[str, FloatArray]
Place = tuple[IntArray, IntArray, IntArray]


def intervals_of(rows: Rows, mapping: IntervalsMapping) -> Intervals:
    """The intervals of the rows that can be used."""
    for rule in mapping.leave_out:
        rows.leave_out(rule.where, rule.why)
    start_us = rows.moment_us(mapping.start)
    second = (start_us % DAY_US) // 1_000_000
    interval_s = 60 * mapping.interval_min if mapping.interval_min else _length_s(second[rows.sieve.kept])
    rows.sieve.leave_out(
        second % interval_s != 0,
        f"does not begin on an interval of {interval_s // 60} min",
        rows.columns[mapping.start.column],
    )
    queues, queue = rows.encoded(mapping.queue)
    figures = {name: _figure(rows, name, amount, interval_s) for name, amount in mapping.amounts().items()}
    for name, amount in mapping.amounts().items():
        if amount.per != "all" and amount.per in figures:
            figures[name] = figures[name] * figures[amount.per]
            figures[name][(figures[amount.per] == 0.0)] = 0.0
    _count_negative(rows, figures)
    names = queues or ("all",)
    return _laid_out(rows, mapping, figures, (start_us, interval_s), (names, np.maximum(queue, 0)))


def _length_s(second: IntArray) -> int:
    """The longest usual interval on which nearly all rows begin."""
    for length in _LENGTHS_S:
        if (second % length == 0).mean() >= _NEARLY_ALL if len(second) else True:
            return length
    return _LENGTHS_S[-1]


def _figure(rows: Rows, name: str, amount: Amount, interval_s: int) -> FloatArray:
    """A figure's value in each row; time of people present in an interval becomes a number of people."""
    if name in ("present", "busy"):
        values = rows.numbers(amount, "count")
        return values / interval_s if amount.unit in DURATIONS else values
    unit = "count" if name in COUNTS else "share" if name == "service_level" else "s"
    return rows.numbers(amount, unit)


def _count_negative(rows: Rows, figures: Figures) -> None:
    for name, values in figures.items():
        negative = values < 0.0
        rows.sieve.correct(negative, f"{name} is negative: taken as unknown")
        values[negative] = np.nan


def _laid_out(
    rows: Rows,
    mapping: IntervalsMapping,
    figures: Figures,
    start: tuple[IntArray, int],
    named: tuple[tuple[str, ...], IntArray],
) -> Intervals:
    (start_us, interval_s), (queues, queue) = start, named
    kept = rows.sieve.kept
    first = int(start_us[kept].min() // DAY_US) if kept.any() else 0
    day = start_us // DAY_US - first
    slot = (start_us % DAY_US) // (interval_s * 1_000_000)
    place = (day, slot, queue)
    _leave_out_twins(rows, (*place, rows.encoded(mapping.split_by)[1]), figures)
    kept = rows.sieve.kept
    n_days = int(day[kept].max(initial=-1)) + 1
    shape = (n_days, DAY_S // interval_s, len(queues))
    chosen = (day[kept], slot[kept], queue[kept])
    columns = {name: _on_grid(shape, chosen, figures.get(name), kept, name in _MEANS) for name in FIGURES}
    return Intervals(
        first_day=EPOCH + timedelta(days=first),
        interval_s=interval_s,
        queues=queues,
        awt_s=mapping.awt_s,
        **{_FIELD.get(name, name): values for name, values in columns.items()},
    )


def _leave_out_twins(rows: Rows, place: tuple[IntArray, ...], figures: Figures) -> None:
    """A row that stands twice with all its figures is left out; other figures of the same interval are added."""
    figures_there = [np.nan_to_num(values, nan=-1.0) for values in figures.values()]
    twins = _again(rows.sieve.kept, [*place, *figures_there])
    rows.sieve.leave_out(twins, "stands twice, with the same interval, queue and figures")
    more = _again(rows.sieve.kept, place)
    rows.sieve.correct(more, "a second row of the same interval and queue, as in the night in autumn: added")


def _again(kept: BoolArray, parts: Sequence[IntArray | FloatArray]) -> BoolArray:
    """Kept rows of which an earlier kept one is the same in all parts."""
    key = pl.DataFrame({str(number): part[kept] for number, part in enumerate(parts)})
    again = np.zeros(len(kept), dtype=np.bool_)
    again[kept] = ~key.select(pl.struct(pl.all()).is_first_distinct()).to_series().to_numpy()
    return again


def _on_grid(
    shape: tuple[int, int, int], place: Place, values: FloatArray | None, kept: np.ndarray, is_mean: bool
) -> FloatArray:
    """Values of the kept rows in their places, added or averaged; NaN where there is no row."""
    if values is None:
        return np.broadcast_to(np.nan, shape)
    known = ~np.isnan(values[kept])
    at = tuple(part[known] for part in place)
    total, n = np.zeros(shape), np.zeros(shape, dtype=np.int32)
    np.add.at(total, at, values[kept][known])
    np.add.at(n, at, 1)
    return np.divide(total, n if is_mean else 1, out=np.full(shape, np.nan), where=n > 0)
