"""Everything that is fitted of a center, before it becomes a scenario."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from calibration.composing.contact_types import ContactTypes, contact_types
from calibration.composing.returns_told import told_only
from calibration.demand import Demand, fit_demand
from calibration.people import People, fit_people
from calibration.people.inferred import ENOUGH_PAUSES, IDLE_AT_MOST_S, wrap_up_pauses
from calibration.people.logins import Logins
from calibration.people.services import pauses_between, services_of, waiting_line
from calibration.people.staffing import Staffing
from calibration.records.contacts import Contacts, Outcome
from calibration.returning import ReturnsFit, fit_returns
from calibration.service import (
    ByTime,
    PatienceFit,
    TalkFit,
    TimesFit,
    TooFewError,
    fit_patience,
    fit_talk,
    fit_wrap_up,
    fit_wrap_up_from_pauses,
    talk_by_time,
)
from scenarios import Fault, FaultyInput

INTERVAL_S = 1800
Note = Callable[[str], None]
"""Is told what is being fitted."""


@dataclass(frozen=True)
class Service:
    """What is fitted of one contact type.

    by_time: talk by the time of day, where it differs; wrap_up None: nothing tells it; recorded: it is in the record,
    else read from the pauses of all types; patience None: nobody left, it is only longer than the waits
    """

    talk: TalkFit
    by_time: ByTime
    wrap_up: TimesFit | None
    recorded: bool
    patience: PatienceFit | None


@dataclass(frozen=True)
class Center:
    """All fits of a record. Positions of queues are those of `types.names`."""

    types: ContactTypes
    demand: Demand
    service: tuple[Service, ...]
    returns: ReturnsFit
    """What can be told surely enough to be stated."""
    people: People

    @property
    def contacts(self) -> Contacts:
        """The contacts that all rests on, queues left out taken away."""
        return self.types.contacts


def fit_center(
    contacts: Contacts,
    staffing: Staffing | None = None,
    logins: Logins | None = None,
    note: Note = lambda _: None,
) -> Center:
    """Every fit, one after the other; `note` hears what is being done.

    Raises FaultyInput where a scenario cannot be made of these contacts at all.
    """
    _require_contacts(contacts)
    types = contact_types(contacts)
    kept = types.contacts
    note("arrivals")
    demand = fit_demand(kept, INTERVAL_S)
    _require_hours(demand)
    pauses = _pauses(kept)
    service = []
    for queue, label in enumerate(types.labels):
        note(f"talk and patience of {label}")
        service.append(_service(kept, queue, label, pauses))
    note("customers who come again")
    returns = told_only(fit_returns(kept), types.labels)
    note("people present")
    people = fit_people(kept, staffing, INTERVAL_S, logins)
    return Center(types, demand, tuple(service), returns, people)


def _require_contacts(contacts: Contacts) -> None:
    if not contacts.answered.any():
        found = f"{len(contacts)} contacts, none of them answered"
        raise FaultyInput([Fault("records", "", found, "answered contacts, from which talk can be told")])


def _require_hours(demand: Demand) -> None:
    if not any(one.spans for one in demand.classes):
        found = f"{demand.n_days} days, with hardly ever a contact in the same half hour of the day"
        raise FaultyInput([Fault("records", "", found, "enough contacts to see opening hours by")])


def _service(contacts: Contacts, queue: int, label: str, pauses: TimesFit | None) -> Service:
    own = contacts.of(contacts.offered & (contacts.queue == queue))
    try:
        talk = fit_talk(own.talk_s[own.answered])
    except TooFewError as error:
        raise FaultyInput([Fault("records", label, str(error))]) from error
    by_time = talk_by_time(own.talk_s[own.answered], own.joined_s[own.answered], talk)
    recorded = bool(np.isfinite(own.wrap_up_s[own.answered]).any())
    return Service(talk, by_time, _wrap_up(own) if recorded else pauses, recorded, _patience(own))


def _wrap_up(own: Contacts) -> TimesFit | None:
    """The law of wrap-up times that the record tells; None where they are all 0."""
    try:
        return fit_wrap_up(own.wrap_up_s[own.answered])
    except TooFewError:
        return None


def _pauses(contacts: Contacts) -> TimesFit | None:
    """The law of the pause to a person's next contact while several wait: wrap-up, where the record tells none."""
    everybody = waiting_line(contacts, np.ones(len(contacts.queues), dtype=np.bool_))
    seen = wrap_up_pauses(pauses_between(services_of(contacts), IDLE_AT_MOST_S), everybody)
    if len(seen) < ENOUGH_PAUSES:
        return None
    try:
        return fit_wrap_up_from_pauses(seen)
    except TooFewError:
        return None


def _patience(own: Contacts) -> PatienceFit | None:
    try:
        return fit_patience(own.waited_s, own.abandoned, own.outcome == Outcome.SENT_AWAY)
    except TooFewError:
        return None
