"""What happened, as the model counts: contacts as the scenario's types, and their sums by type and interval.

Offered are contacts that reached the agents' queue, counted in the interval of joining; the wait of those answered
at once is 0, and that of those who left counts as long as they waited. Contacts that left before are on neither side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from calibration.records.contacts import DAY_S, Contacts
from scenarios import Fault, FaultyInput, Scenario
from scenarios.faults import nearest, one_of

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

USUAL_AWT_S = 20.0
"""Where a type has no acceptable waiting time of its own."""
OTHERS = "others"
"""A calibrated scenario pools rare queues under this name."""


class Sum(IntEnum):
    """Columns of the sums on both sides."""

    OFFERED = 0
    ABANDONED = 1
    WAIT_S = 2
    WITHIN_AWT = 3


MEASURES = {
    "service_level": Sum.WITHIN_AWT,
    "abandonment_rate": Sum.ABANDONED,
    "mean_wait_s": Sum.WAIT_S,
}
"""Measures that are a column divided by offered."""


@dataclass(frozen=True)
class History:
    """Offered contacts of the scenario's types; `queue` is the type's position.

    left_out: contacts that no type of the scenario can stand for, by reason
    """

    contacts: Contacts
    left_out: dict[str, int]

    @property
    def types(self) -> tuple[str, ...]:
        """Names of the scenario's contact types."""
        return self.contacts.queues

    @property
    def n_days(self) -> int:
        """Days of the record, from its first to its last."""
        return self.contacts.n_days

    def only(self, kept: BoolArray, reason: str) -> History:
        """Without some contacts, and why."""
        n = int((~kept).sum())
        return self if n == 0 else History(self.contacts.of(kept), self.left_out | {reason: n})


def history_of(contacts: Contacts, scenario: Scenario, file: str = "records") -> History:
    """Offered contacts, their queues as the scenario's types; queues of no type are left out and counted.

    Raises FaultyInput where no queue is a type of the scenario.
    """
    offered = contacts.of(contacts.offered)
    types = tuple(scenario.contact_type)
    place = np.array([_type_of(queue, scenario) for queue in contacts.queues], dtype=np.int64)
    if len(types) == 1 and len(contacts.queues) == 1:
        place[:] = 0
    if not (place >= 0).any():
        raise FaultyInput(_no_types(contacts, scenario, file))
    known = place[offered.queue] >= 0 if len(offered) else np.zeros(0, dtype=np.bool_)
    left_out = {
        f"queue '{name}' is no contact type of {scenario.name}": int((offered.queue == i).sum())
        for i, name in enumerate(contacts.queues)
        if place[i] < 0 and (offered.queue == i).any()
    }
    kept = offered.of(known)
    if len(kept) == 0:
        raise FaultyInput([Fault(file, "", "holds no contact that reached a queue", "some to replay")])
    return History(replace(kept, queues=types, queue=place[kept.queue]), left_out)


def _type_of(queue: str, scenario: Scenario) -> int:
    """The type of this key or label; the pooled type of rare queues; -1: none."""
    names = list(scenario.contact_type)
    for i, (name, declared) in enumerate(scenario.contact_type.items()):
        if queue in (name, declared.label) or key_of(queue) == key_of(name):
            return i
    return names.index(OTHERS) if OTHERS in names else -1


def key_of(name: str) -> str:
    """Lower case, words joined by underscores: how a queue's name stands in a scenario."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _no_types(contacts: Contacts, scenario: Scenario, file: str) -> list[Fault]:
    types = list(scenario.contact_type)
    expected = f"a contact type of {scenario.name}: {one_of(types)}"
    return [Fault(file, "queue", f"got '{name}'", expected, nearest(name, types)) for name in contacts.queues]


def awt_of(scenario: Scenario) -> FloatArray:
    """Acceptable waiting time of each type, in seconds."""
    targets = [declared.service_target for declared in scenario.contact_type.values()]
    return np.array(
        [USUAL_AWT_S if one is None or one.awt_s is None else float(one.awt_s) for one in targets]
    )


def sums_of(history: History, awt_s: FloatArray, interval_s: int) -> FloatArray:
    """What happened: shape (types, intervals of the record, columns)."""
    contacts = history.contacts
    n_intervals = history.n_days * (DAY_S // interval_s)
    cell = (contacts.joined_s // interval_s).astype(np.int64) + contacts.queue * n_intervals
    within = contacts.answered & (contacts.waited_s <= awt_s[contacts.queue])
    columns = (np.ones(len(contacts)), contacts.abandoned, contacts.waited_s, within)
    n_cells = len(history.types) * n_intervals
    table = np.column_stack([np.bincount(cell, weights=column, minlength=n_cells) for column in columns])
    return np.asarray(table.reshape(len(history.types), n_intervals, len(Sum)))
