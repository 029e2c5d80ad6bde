"""How many people were at work, and what they did between two calls.

No log-in record exists. The staffing file takes a person as present from the first service of a spell to the
last, idle time up to ten minutes included. The calls say more: when callers wait and a present person takes
ten minutes to the next one, that person was away.
"""

import csv
import gzip
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from calibration.bank_calls import DAY_S, FIRST_DAY, HALF_HOUR_S, HALF_HOURS, Calls, WordArray
from calibration.days import N_DAYS
from calibration.service.hang_ups import LONGEST_S

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

SPELL_GAP_S = 600.0
"""The staffing file ends a spell of work when a person has no call for ten minutes."""
WRAP_UP_AT_MOST_S = 120.0
"""A longer pause while callers wait is no wrap-up: the person is away."""
IDLE_AT_MOST_S = 1200.0
"""A person without a call for longer is taken to be gone, though nobody waited. Tried on the bank's own months
(calibration.bank_history): with 10, 20 and 30 minutes the model's abandonment is 19, 17 and 16 %, the bank's 17 %."""
CROWD = 3
"""With so many regular callers waiting, whoever is ready takes the next one."""
EVERYBODY_TAKES = ("PS", "PE")


@dataclass(frozen=True)
class Pauses:
    """From the end of a service to the same person's next one."""

    from_s: FloatArray
    """Seconds since the first midnight of 1999."""
    to_s: FloatArray
    n_waiting: IntArray
    """Regular callers waiting as the service ended."""

    @property
    def length_s(self) -> FloatArray:
        """Length of each pause."""
        return self.to_s - self.from_s


@dataclass(frozen=True)
class Queue:
    """The regular callers' queue as a step function of time."""

    at_s: FloatArray
    n: IntArray
    """Waiting from each moment on."""

    def waiting(self, t_s: FloatArray) -> IntArray:
        """How many wait at these moments."""
        return np.concatenate([[0], self.n])[np.searchsorted(self.at_s, t_s, side="right")]

    def waiting_time_s(self, from_s: FloatArray, to_s: FloatArray) -> FloatArray:
        """Between two moments, for how long somebody waited."""
        if len(self.at_s) == 0:
            return np.zeros(len(from_s))
        lasted = np.concatenate([[0.0], np.cumsum((self.n[:-1] > 0) * np.diff(self.at_s))])
        return np.interp(to_s, self.at_s, lasted) - np.interp(from_s, self.at_s, lasted)


def read_present(folder: Path) -> FloatArray:
    """Average people present by day and half hour, as the staffing file estimates them: shape (days, 48)."""
    present = np.zeros((N_DAYS, HALF_HOURS))
    with gzip.open(folder / "staffing_30min.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            start = datetime.fromisoformat(row["interval_start"])
            day = (start.date() - FIRST_DAY).days
            if 0 <= day < N_DAYS:
                present[day, start.hour * 2 + start.minute // 30] = float(row["agents_present"])
    return present


def regular_queue(calls: Calls) -> Queue:
    """Who waits among the callers that everybody may take."""
    waits = calls.queued & np.isin(calls.contact_type, EVERYBODY_TAKES)
    joined = calls.clock_s[waits]
    at_s = np.concatenate([joined, joined + calls.waited_s[waits]])
    step = np.repeat([1, -1], len(joined))
    order = np.lexsort((step, at_s))
    return Queue(at_s[order], np.cumsum(step[order]))


def pauses(calls: Calls, queue: Queue, at_most_s: float = SPELL_GAP_S) -> Pauses:
    """Pauses up to this length of all people whose name the record has; longer ones end a spell of work."""
    agent, began, ended = _services(calls)
    gap = began[1:] - ended[:-1]
    within_spell = (agent[1:] == agent[:-1]) & (gap >= 0.0) & (gap <= at_most_s)
    from_s, to_s = ended[:-1][within_spell], began[1:][within_spell]
    return Pauses(from_s, to_s, queue.waiting(from_s))


def _services(calls: Calls) -> tuple[WordArray, FloatArray, FloatArray]:
    """Who served, from when to when (seconds since the first midnight of 1999), by person and time."""
    served = np.nonzero(calls.answered & (calls.agent != ""))[0]
    began = (calls.day * float(DAY_S) + calls.served_s)[served]
    order = np.lexsort((began, calls.agent[served]))
    return calls.agent[served][order], began[order], calls.ended_s[served][order]


def wrap_up(found: Pauses) -> tuple[float, float]:
    """Mean and cv of the pause while callers wait: writing up, and taking the next call; seconds."""
    length = found.length_s[(found.n_waiting >= CROWD) & (found.length_s <= WRAP_UP_AT_MOST_S)]
    return float(length.mean()), float(length.std() / length.mean())


def away(found: Pauses, queue: Queue, wrap_up_s: float) -> FloatArray:
    """People counted as present who let callers wait, on average by day and half hour: shape (days, 48).

    Time between two services beyond the usual wrap-up, as far as a regular caller waited during it; it counts
    for the half hour in which the pause began.
    """
    from_s = np.minimum(found.from_s + wrap_up_s, found.to_s)
    lost_s = queue.waiting_time_s(from_s, found.to_s)
    slot = np.clip((found.from_s // HALF_HOUR_S).astype(np.int64), 0, N_DAYS * HALF_HOURS - 1)
    table = np.bincount(slot, weights=lost_s, minlength=N_DAYS * HALF_HOURS)
    return np.asarray(table.reshape(N_DAYS, HALF_HOURS) / HALF_HOUR_S)


def people_by_calls(calls: Calls, queue: Queue, wrap_up_s: float) -> FloatArray:
    """Another estimate of the people present, from the calls alone: shape (days, 48).

    Time in service, the usual wrap-up after it, and idle time as long as nobody waited, up to 20 minutes. Whoever
    lets callers wait is away; whoever is idle because nobody calls is there.
    """
    _, began, ended = _services(calls)
    whole = ended - began <= LONGEST_S
    found = pauses(calls, queue, IDLE_AT_MOST_S)
    ready_s = np.minimum(found.from_s + wrap_up_s, found.to_s)
    busy_s = _by_half_hour(began[whole], ended[whole]) + _by_half_hour(found.from_s, ready_s)
    idle_s = _by_half_hour(ready_s, found.to_s, queue)
    return np.asarray((busy_s + idle_s).reshape(N_DAYS, HALF_HOURS) / HALF_HOUR_S)


def _by_half_hour(from_s: FloatArray, to_s: FloatArray, queue: Queue | None = None) -> FloatArray:
    """Seconds of these spans in each half hour of the record; with a queue only those in which nobody waited."""
    total_s = np.zeros(N_DAYS * HALF_HOURS)
    first = (from_s // HALF_HOUR_S).astype(np.int64)
    for step in range(int(LONGEST_S // HALF_HOUR_S) + 1):
        edge = (first + step) * HALF_HOUR_S
        start, end = np.maximum(from_s, edge), np.minimum(to_s, edge + HALF_HOUR_S)
        inside = (end > start) & (first + step < len(total_s))
        start, end = start[inside], end[inside]
        length = end - start if queue is None else end - start - queue.waiting_time_s(start, end)
        total_s += np.bincount((first + step)[inside], weights=length, minlength=len(total_s))
    return total_s


def whole_heads(present: FloatArray) -> IntArray:
    """Whole people by half hour; what rounding leaves is carried on, so that the day's hours stay.

    nᵢ = round(pᵢ + cᵢ),  cᵢ₊₁ = pᵢ + cᵢ − nᵢ, from the first half hour with anybody. At least one person from
    0.5 on: what that adds is not taken off again beyond half a person.
    """
    heads = np.zeros(len(present), dtype=np.int64)
    carried = 0.0
    for i, people in enumerate(present):
        wanted = people + carried
        heads[i] = max(int(np.floor(wanted + 0.5)), int(people >= 0.5)) if people > 0.0 else 0
        carried = max(wanted - heads[i], -0.5) if people > 0.0 else 0.0
    return heads
