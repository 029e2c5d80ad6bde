"""What each person did, one service after another, and the pauses between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.people.steps import Steps, spans_as_steps
from calibration.records.contacts import Contacts

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

LONGEST_SERVICE_S = 7200.0
"""A service longer than two hours is a record that was not closed."""
LIVE_WAIT_S = 3600.0
"""A queue whose contacts usually wait longer than an hour is not one in which somebody stands and waits."""


@dataclass(frozen=True)
class Services:
    """Services of named people, by person and time; moments in seconds since the first midnight.

    Wrap-up the record tells belongs to the service. Somebody with several contacts at once (chats) is in service
    from the first's beginning to the last's end.
    """

    agent: IntArray
    began_s: FloatArray
    ended_s: FloatArray

    def of(self, chosen: BoolArray | IntArray) -> Services:
        """Only the chosen ones."""
        return Services(self.agent[chosen], self.began_s[chosen], self.ended_s[chosen])


@dataclass(frozen=True)
class Pauses:
    """From the end of a service to the same person's next one."""

    agent: IntArray
    from_s: FloatArray
    to_s: FloatArray

    @property
    def length_s(self) -> FloatArray:
        """Length of each pause."""
        return self.to_s - self.from_s


def services_of(contacts: Contacts) -> Services:
    """Services of known people, overlapping ones of a person joined to one."""
    services = all_services(contacts)
    return joined(services.of(services.agent >= 0))


def services_of_nobody(contacts: Contacts) -> Services:
    """Services of which the record does not tell the person."""
    services = all_services(contacts)
    return services.of(services.agent < 0)


def all_services(contacts: Contacts) -> Services:
    """Services whose length is known, one for each contact."""
    length_s = np.nan_to_num(contacts.talk_s) + np.nan_to_num(contacts.wrap_up_s)
    kept = contacts.answered & ~np.isnan(contacts.talk_s) & (length_s <= LONGEST_SERVICE_S)
    began_s = contacts.answered_s[kept]
    return Services(contacts.agent[kept], began_s, began_s + length_s[kept])


def joined(services: Services) -> Services:
    """In order of person and time; one service where a person's next begins before the last has ended."""
    if len(services.agent) == 0:
        return services
    services = services.of(np.lexsort((services.began_s, services.agent)))
    apart_s = 2.0 * (
        services.ended_s.max() + 1.0
    )  # so that one person's moments all lie before the next one's
    shift_s = services.agent * apart_s
    latest_s = np.maximum.accumulate(services.ended_s + shift_s)
    begins = np.ones(len(services.agent), dtype=np.bool_)
    begins[1:] = (services.began_s + shift_s)[1:] >= latest_s[:-1]
    first = np.nonzero(begins)[0]
    last = np.append(first[1:], len(begins)) - 1
    return Services(services.agent[first], services.began_s[first], (latest_s - shift_s)[last])


def pauses_between(services: Services, at_most_s: float) -> Pauses:
    """Pauses up to this length; longer ones end a spell of work."""
    agent, from_s, to_s = services.agent[1:], services.ended_s[:-1], services.began_s[1:]
    within_spell = (agent == services.agent[:-1]) & (to_s - from_s <= at_most_s)
    return Pauses(agent[within_spell], from_s[within_spell], to_s[within_spell])


def waiting_line(contacts: Contacts, queues: BoolArray) -> Steps:
    """How many wait in these queues (a truth value for each), queues of deferred work left out."""
    live = queues & is_live(contacts)
    waits = contacts.offered & live[contacts.queue] & (contacts.waited_s > 0.0)
    joined_s = contacts.joined_s[waits]
    return spans_as_steps(joined_s, joined_s + contacts.waited_s[waits])


def is_live(contacts: Contacts) -> BoolArray:
    """For each queue: its contacts usually wait less than an hour, so that somebody stands and waits."""
    live = np.ones(len(contacts.queues), dtype=np.bool_)
    for queue in range(len(contacts.queues)):
        waited_s = contacts.waited_s[(contacts.queue == queue) & contacts.answered]
        live[queue] = len(waited_s) == 0 or bool(np.median(waited_s) <= LIVE_WAIT_S)
    return live
