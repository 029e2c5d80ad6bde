"""Requirements a little below what a schedule has: one person fewer on one of its shifts.

Shifts come in lumps, and so does what they serve: between a requirement that misses and one that holds, offsets may
find nothing. Where the target is a share of days, a lump is several points of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from optimizer.horizon import BoolArray, FloatArray, Horizon, IntArray
from optimizer.people import GroupPlan
from scenarios.calendar_days import DAY_S, clock_s, weekdays_of

_ROUNDING = 1e-9


def one_shift_fewer(plan: GroupPlan, horizon: Horizon, available_share: float) -> Iterator[IntArray]:
    """People present (days × intervals) with one person fewer on each kind of shift in turn, the longest first."""
    rows = sorted(plan.rows, key=lambda row: -float(row["hours"]))
    for at_work in dict.fromkeys(times_of(row, horizon).tobytes() for row in rows):
        mask = np.frombuffer(at_work, dtype=bool).reshape(horizon.shape)
        yield fewer(plan.present, mask, available_share)


def fewer(present: FloatArray, at_work: BoolArray, available_share: float) -> IntArray:
    """Whole people present when one person scheduled at these times is not there."""
    left = present - available_share * at_work
    return np.floor(np.maximum(left, 0.0) + _ROUNDING).astype(np.int64)


def times_of(row: Mapping[str, Any], horizon: Horizon) -> BoolArray:
    """The intervals in which a shift's people may be at work, breaks or not; days × intervals."""
    times = np.zeros(horizon.shape[0] * horizon.shape[1], dtype=bool)
    days = weekdays_of(str(row["days"]))
    start_s = clock_s(str(row["start"]))
    first = start_s // horizon.interval_s
    end = math.ceil((start_s + float(row["hours"]) * 3600.0) / horizon.interval_s - _ROUNDING)
    for day, weekday in enumerate(horizon.weekdays):
        if weekday in days:
            at = day * (DAY_S // horizon.interval_s) + np.arange(first, end)
            times[at % len(times) if horizon.repeats else at[at < len(times)]] = True
    return times.reshape(horizon.shape)
