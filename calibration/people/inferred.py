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
"""A person without a contact for longer is taken to be gone, though nobody waited."""
OTHER_IDLE_S = (600.0, 1800.0)
"""The second estimates: a stricter and a more generous rule."""
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
        present=at_work + ready,
        away=idle.mean_by(edges) - ready,
        working=at_work - busy.while_zero(waiting).mean_by(edges),
    )
