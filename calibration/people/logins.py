"""People present from log-in, log-out and pause events, as Asterisk's queue_log has them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from calibration.people.services import Services, joined
from calibration.people.steps import interval_edges, spans_as_steps

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

LONGEST_SHIFT_S = 14 * 3600.0
"""A log-in without a log-out for longer is one whose end was lost; it then ends with the person's last service."""


class LoginEvent(IntEnum):
    """What a person did."""

    LOGIN = 0
    LOGOUT = 1
    PAUSE = 2
    UNPAUSE = 3


@dataclass(frozen=True)
class Logins:
    """Events as columns; moments in seconds since midnight of the record's first day, agents as in the contacts."""

    at_s: FloatArray
    agent: IntArray
    event: IntArray


def logged_in(
    logins: Logins, services: Services, n_days: int, interval_s: int
) -> tuple[FloatArray, FloatArray]:
    """Average people ready or serving by interval of the record, and those paused.

    Whoever pauses with a contact in hand is present until it ends.
    """
    ready, paused = _spans(logins, services)
    edges = interval_edges(n_days, interval_s)
    both = joined(
        Services(
            np.concatenate([ready.agent, services.agent]),
            np.concatenate([ready.began_s, services.began_s]),
            np.concatenate([ready.ended_s, services.ended_s]),
        )
    )
    present = spans_as_steps(both.began_s, both.ended_s).mean_by(edges)
    return present, spans_as_steps(paused.began_s, paused.ended_s).mean_by(edges)


def _spans(logins: Logins, services: Services) -> tuple[Services, Services]:
    """Spans in which people were ready, and in which they were paused."""
    ready: list[tuple[int, float, float]] = []
    paused: list[tuple[int, float, float]] = []
    for agent in np.unique(logins.agent).tolist():
        own = logins.agent == agent
        order = np.argsort(logins.at_s[own], kind="stable")
        served_s = services.ended_s[services.agent == agent]
        spans = _of_one(logins.at_s[own][order], logins.event[own][order], served_s)
        ready += [(agent, *span) for span in spans[0]]
        paused += [(agent, *span) for span in spans[1]]
    return _columns(ready), _columns(paused)


def _of_one(
    at_s: FloatArray, event: IntArray, ended_s: FloatArray
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """One person's spans of being ready and of being paused, from events in order of time.

    The first event opens what it must have followed: an UNPAUSE without a log-in before it is one. What is open
    for longer than a shift ends with the last service in it.
    """
    spans: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
    since_s: float | None = None
    is_paused = False
    for moment, kind in zip(at_s.tolist(), event.tolist(), strict=True):
        if since_s is not None:
            end_s = moment if moment - since_s <= LONGEST_SHIFT_S else _last_service(ended_s, since_s)
            spans[is_paused].append((since_s, end_s))
        since_s = None if kind == LoginEvent.LOGOUT else moment
        is_paused = kind == LoginEvent.PAUSE
    if since_s is not None:
        spans[is_paused].append((since_s, _last_service(ended_s, since_s)))
    return spans[False], spans[True]


def _last_service(ended_s: FloatArray, since_s: float) -> float:
    within = ended_s[(ended_s >= since_s) & (ended_s <= since_s + LONGEST_SHIFT_S)]
    return float(within.max()) if len(within) else since_s


def _columns(spans: list[tuple[int, float, float]]) -> Services:
    table = np.array(spans, dtype=np.float64).reshape(-1, 3)
    return Services(table[:, 0].astype(np.int64), table[:, 1], table[:, 2])
