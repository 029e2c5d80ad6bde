"""People present where no contact names anybody: while customers wait, everybody at work is busy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calibration.people.services import all_services, is_live, waiting_line
from calibration.people.steps import Steps, interval_edges, spans_as_steps
from calibration.records.contacts import Contacts

FloatArray = npt.NDArray[np.float64]

ENOUGH_WAITING_S = 60.0
"""In an interval with less time in which somebody waited, its busiest moment counts instead."""


def people_by_load(contacts: Contacts, wrap_up_s: float, interval_s: int) -> FloatArray:
    """By interval of the record: the mean number serving or writing up while somebody waited.

    Where nobody waited for a minute: the most that served at once, which is a lower bound.
    """
    edges = interval_edges(contacts.n_days, interval_s)
    serving = _serving(contacts, wrap_up_s)
    waiting = waiting_line(contacts, is_live(contacts))
    waited = Steps(waiting.at_s, (waiting.n > 0).astype(np.int64)).mean_by(edges)
    while_waiting = serving.mean_by(edges) - serving.while_zero(waiting).mean_by(edges)
    enough = waited * interval_s >= ENOUGH_WAITING_S
    return np.where(enough, while_waiting / np.where(enough, waited, 1.0), _most(serving, edges))


def _serving(contacts: Contacts, wrap_up_s: float) -> Steps:
    services = all_services(contacts)
    return spans_as_steps(services.began_s, services.ended_s + wrap_up_s)


def _most(serving: Steps, edges: FloatArray) -> FloatArray:
    """Highest count within each interval."""
    most = serving.at(edges[:-1]).astype(np.float64)
    place = np.searchsorted(edges, serving.at_s, side="right") - 1
    inside = (place >= 0) & (place < len(most))
    np.maximum.at(most, place[inside], serving.n[inside])
    return most
