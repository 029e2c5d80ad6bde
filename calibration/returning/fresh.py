"""First contacts: offered, less those that are expected to be returns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calibration.records.contacts import DAY_S, Contacts, counts
from calibration.returning.fit import HANG_UP_S, Returns, ReturnsFit

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


def returning(contacts: Contacts, fit: ReturnsFit, interval_s: int) -> FloatArray:
    """Expected redials, and reconnects after being cut off, by day, interval and queue.

    Each contact that failed at t returns with its share and delay law H: between two edges a < b with
    share · (H(b − t) − H(a − t)). Whoever would come back while the queue is closed calls in its other open hours
    of that day: what falls where nobody was offered is spread over the day as the offered are.
    """
    expected = np.zeros((contacts.n_days, DAY_S // interval_s, len(contacts.queues)))
    cut = contacts.answered & (np.nan_to_num(contacts.talk_s, nan=np.inf) < HANG_UP_S)
    for queue in range(len(contacts.queues)):
        redial = fit.redial[queue]
        if redial is None:
            continue
        in_queue = contacts.queue == queue
        _add(expected[:, :, queue], contacts.ended_s[contacts.abandoned & in_queue], redial, interval_s)
        if fit.cut_off is not None:
            _add(expected[:, :, queue], contacts.ended_s[cut & in_queue], fit.cut_off, interval_s)
    return _in_open_hours(expected, counts(contacts, contacts.offered, interval_s))


def _add(table: FloatArray, failed_s: FloatArray, returns: Returns, interval_s: int) -> None:
    """Adds the expected returns of these failures to a table of days and intervals, in place."""
    per_day = table.shape[1]
    start = np.floor(failed_s / interval_s).astype(np.int64)
    before = np.zeros(len(failed_s))
    for lag in range(per_day):
        by_end = returns.delay.cdf((start + lag + 1) * interval_s - failed_s)
        day, interval = np.divmod(start + lag, per_day)
        same_day = (day == start // per_day) & (day < len(table))
        share = min(returns.share.value, 1.0)
        np.add.at(table, (day[same_day], interval[same_day]), share * (by_end - before)[same_day])
        before = by_end


def _in_open_hours(expected: FloatArray, offered: IntArray) -> FloatArray:
    """What falls where nobody was offered, spread over that day and queue as the offered are."""
    is_open = offered > 0
    outside = np.where(is_open, 0.0, expected).sum(axis=1, keepdims=True)
    total = np.maximum(offered.sum(axis=1, keepdims=True), 1)
    return np.where(is_open, expected, 0.0) + outside * offered / total


def without_returns(offered: FloatArray, back: FloatArray) -> FloatArray:
    """First contacts of a mean profile: never below 0 in any interval, and their sum what the sums say."""
    first = np.maximum(offered - back, 0.0)
    wanted = max(float(offered.sum() - back.sum()), 0.0)
    return np.asarray(first * (wanted / first.sum())) if first.sum() > 0.0 else first
