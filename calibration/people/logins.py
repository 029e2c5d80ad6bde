"""People present where the log tells when they logged in and paused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from calibration.people.services import Services
from calibration.people.steps import interval_edges, spans_as_steps
from calibration.records.spells import Spells

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

LONGEST_SHIFT_S = 14 * 3600.0
"""A longer log-in is one whose end was lost; it then ends with the person's last service."""
Logins: TypeAlias = Spells


def logged_in(
    logins: Logins, services: Services, agents: Sequence[str], n_days: int, interval_s: int
) -> FloatArray:
    """Average people ready or serving by interval of the record.

    Present = logged in and not paused, or serving: whoever pauses with a contact in hand is there until it ends.
    agents: names that the services' numbers stand for
    """
    began_s, ended_s = _ready(logins, _numbers(logins, agents), services)
    return spans_as_steps(began_s, ended_s).mean_by(interval_edges(n_days, interval_s))


def _numbers(logins: Logins, agents: Sequence[str]) -> IntArray:
    """Each spell's agent by the services' numbers; who never served comes after them."""
    number = {name: i for i, name in enumerate(agents)}
    of_name = np.array([number.setdefault(name, len(number)) for name in logins.agents], dtype=np.int64)
    return of_name[logins.agent] if len(logins) else np.zeros(0, dtype=np.int64)


def _ready(logins: Logins, agent: IntArray, services: Services) -> tuple[FloatArray, FloatArray]:
    """Spans in which somebody was ready or serving.

    All people stand on one axis of time, one after the other, so that one comparison serves all.
    """
    began_s, ended_s = _whole(logins, agent, services)
    latest_s = max([0.0, *ended_s.tolist(), *services.ended_s.tolist()])
    apart_s = 2.0 * (latest_s + 1.0)
    paused = logins.paused
    at_work = spans_as_steps(
        (began_s + agent * apart_s)[~paused], (ended_s + agent * apart_s)[~paused]
    ).while_zero(spans_as_steps((began_s + agent * apart_s)[paused], (ended_s + agent * apart_s)[paused]))
    serving = spans_as_steps(
        services.began_s + services.agent * apart_s, services.ended_s + services.agent * apart_s
    )
    at_s = np.union1d(at_work.at_s, serving.at_s)
    there = (at_work.at(at_s) > 0) | (serving.at(at_s) > 0)
    change = np.diff(np.concatenate([[0], there.astype(np.int64), [0]]))
    starts, ends = at_s[np.nonzero(change == 1)[0]], at_s[np.nonzero(change == -1)[0]]
    shift_s = np.floor(starts / apart_s) * apart_s
    return starts - shift_s, ends - shift_s


def _whole(logins: Logins, agent: IntArray, services: Services) -> tuple[FloatArray, FloatArray]:
    """Beginnings and ends, those that were lost put where the person's services end or begin.

    A pause of which an end is lost takes no time.
    """
    began_s, ended_s = logins.began_s.copy(), logins.ended_s.copy()
    lost = np.isnan(began_s) | np.isnan(ended_s) | (ended_s - began_s > LONGEST_SHIFT_S)
    for i in np.nonzero(lost)[0]:
        own = services.of(services.agent == agent[i])
        if np.isnan(began_s[i]):
            began_s[i] = _first_service(own, ended_s[i])
        else:
            ended_s[i] = _last_service(own, began_s[i])
        if logins.paused[i]:
            ended_s[i] = began_s[i]
    return began_s, ended_s


def _last_service(own: Services, began_s: float) -> float:
    within = own.ended_s[(own.ended_s >= began_s) & (own.ended_s <= began_s + LONGEST_SHIFT_S)]
    return float(within.max(initial=began_s))


def _first_service(own: Services, ended_s: float) -> float:
    within = own.began_s[(own.began_s <= ended_s) & (own.began_s >= ended_s - LONGEST_SHIFT_S)]
    return float(within.min(initial=ended_s))
