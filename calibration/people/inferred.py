"""People present, inferred from the contacts alone where nobody logged in or the log is lost.

Whoever serves or writes up is there; whoever is idle because nobody calls is taken to be there, up to a longest
idle time; whoever is idle while customers wait is not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.people.services import Pauses, Services, pauses_between
from calibration.people.steps import Steps, interval_edges, spans_as_steps

FloatArray = npt.NDArray[np.float64]

WRAP_UP_AT_MOST_S = 120.0
"""A longer pause while customers wait is no wrap-up: the person is away."""
IDLE_AT_MOST_S = 1200.0
"""A person without a contact for longer is taken to be gone, though nobody waited; in a quiet center later."""
LONGEST_IDLE_S = 3600.0
"""In no center is a person taken to be there who had no contact for longer."""
IDLE_MEANS = 6.0
"""So many times the mean idle time: of those who are there one in e⁶ = 400 waits longer for a contact."""
OTHER_IDLE = (0.5, 1.5)
"""The second estimates: a stricter and a more generous rule, as factors."""
CROWD = 3
"""With so many waiting, whoever is ready takes the next one."""
ENOUGH_PAUSES = 30
"""Fewer pauses before a crowd do not tell how long wrap-up takes."""


@dataclass(frozen=True)
class Presence:
    """Average people by interval of the record."""

    present: FloatArray
    away: FloatArray
    """Counted in a spell of work, but letting customers wait: not in `present`."""
    working: FloatArray
    """Serving or writing up while customers waited: a part of `present`."""

    @property
    def counted(self) -> FloatArray:
        """In a spell of work, as a staffing file counts."""
        return self.present + self.away


def wrap_up_pauses(pauses: Pauses, waiting: Steps) -> FloatArray:
    """Lengths of the pauses that began while three or more customers waited, up to two minutes.

    With a crowd waiting an idle person takes the next contact at once: the pause is work after the contact.
    """
    crowd = waiting.at(pauses.from_s) >= CROWD
    length_s = pauses.length_s[crowd]
    return length_s[length_s <= WRAP_UP_AT_MOST_S]


def usual_wrap_up_s(pauses: Pauses, waiting: Steps) -> float:
    """Mean pause before a crowd; 0 where too few were seen."""
    seen = wrap_up_pauses(pauses, waiting)
    return float(seen.mean()) if len(seen) >= ENOUGH_PAUSES else 0.0


def idle_at_most_s(services: Services) -> float:
    """After how long without a contact a person is taken to be gone: 20 minutes, in quiet centers up to an hour.

    Six times the mean idle time, which is told from the median of the pauses (÷ ln 2, as idle times are about
    exponential), since breaks are long but few.
    """
    in_minutes = np.ceil(IDLE_MEANS * mean_idle_s(services) / 60.0)
    return float(np.clip(60.0 * in_minutes, IDLE_AT_MOST_S, LONGEST_IDLE_S))


def mean_idle_s(services: Services) -> float:
    """Mean time to a person's next contact: the median pause ÷ ln 2; 0 where too few pauses were seen."""
    pauses = pauses_between(services, LONGEST_IDLE_S)
    return float(np.median(pauses.length_s)) / np.log(2.0) if len(pauses.agent) >= ENOUGH_PAUSES else 0.0


def presence(
    services: Services, waiting: Steps, wrap_up_s: float, n_days: int, interval_s: int, idle_s: float
) -> Presence:
    """Serving + writing up + idle while nobody waits = present; idle while customers wait = away.

    A pause up to two minutes with customers waiting from its beginning is all wrap-up: the model's law of wrap-up
    holds it. Of a longer one the usual wrap-up is work, and what follows counts as away as long as customers wait.
    """
    edges = interval_edges(n_days, interval_s)
    pauses = pauses_between(services, idle_s)
    brief = (waiting.at(pauses.from_s) > 0) & (pauses.length_s <= WRAP_UP_AT_MOST_S)
    ready_s = np.where(brief, pauses.to_s, np.minimum(pauses.from_s + wrap_up_s, pauses.to_s))
    busy = spans_as_steps(
        np.concatenate([services.began_s, pauses.from_s]), np.concatenate([services.ended_s, ready_s])
    )
    idle = spans_as_steps(ready_s, pauses.to_s)
    ready = idle.while_zero(waiting).mean_by(edges)
    at_work = busy.mean_by(edges)
    return Presence(
        present=at_work + ready + _at_the_ends(services, waiting, wrap_up_s, idle_s).mean_by(edges),
        away=idle.mean_by(edges) - ready,
        working=at_work - busy.while_zero(waiting).mean_by(edges),
    )


def _at_the_ends(services: Services, waiting: Steps, wrap_up_s: float, idle_s: float) -> Steps:
    """People ready before the first contact of a spell, and after its last.

    Contacts come to a person who is ready at about a steady rate: then the mean time from coming to the first
    contact, and from the last one to going, is the mean idle time. None where customers waited as the spell began:
    whoever comes then has a contact at once.
    """
    mean_s = mean_idle_s(services)
    first = np.ones(len(services.agent), dtype=np.bool_)
    first[1:] = (services.agent[1:] != services.agent[:-1]) | (
        services.began_s[1:] - services.ended_s[:-1] > idle_s
    )
    last = np.append(first[1:], True) if len(first) else first
    began_s, ended_s = services.began_s[first], services.ended_s[last] + wrap_up_s
    quiet = waiting.at(began_s - 1.0) == 0
    from_s = np.concatenate([np.maximum(began_s[quiet] - mean_s, 0.0), ended_s])
    return spans_as_steps(from_s, np.concatenate([began_s[quiet], ended_s + mean_s])).while_zero(waiting)
