"""Deferred work is not waited for with the line open: it needs its people on average over the time it is due in."""

from __future__ import annotations

import math

import numpy as np

from optimizer.horizon import FloatArray, Horizon


def spread_over_due_time(rates: FloatArray, due_h: float | None, horizon: Horizon) -> FloatArray:
    """Each interval's work, done evenly over the open time until it is due; contacts per open second.

    rates: contacts per second, one entry an interval of the horizon. Without a due time over all open time. Where it is
    never open until then, in the next open interval; what comes after the last one of a horizon that ends is left over.
    """
    is_open = horizon.open_share().ravel()
    if not is_open.any():
        return np.zeros(len(rates))
    if due_h is None:
        return np.where(is_open > 0.0, rates.sum() / is_open.sum(), 0.0)
    n_due = max(1, math.ceil(due_h * 3600.0 / horizon.interval_s))
    done = np.zeros(len(rates))
    for first in np.flatnonzero(rates):
        window = _window(int(first), n_due, is_open, horizon.repeats)
        open_there = is_open[window]
        if open_there.any():
            done[window] += np.where(open_there > 0.0, rates[first] / open_there.sum(), 0.0)
    return done


def _window(
    first: int, n_due: int, is_open: FloatArray, repeats: bool
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The intervals until the work is due, from its own on; longer where none of them is open."""
    n = len(is_open)
    ahead = (first + np.arange(n)) % n if repeats else np.arange(first, n)
    if is_open[ahead[:n_due]].any():
        return ahead[:n_due]
    opens = np.flatnonzero(is_open[ahead] > 0.0)
    return ahead[: opens[0] + 1] if len(opens) else ahead[:n_due]
