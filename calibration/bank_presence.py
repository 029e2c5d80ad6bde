"""How many people were at work at the bank, by its staffing file and by the calls alone.

No log-in record exists. The staffing file takes a person as present from the first service of a spell to the
last, idle time up to ten minutes included. The calls say more: when callers wait and a present person takes
ten minutes to the next one, that person was away.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from calibration.bank_calls import FIRST_DAY, HALF_HOUR_S, HALF_HOURS, TYPES, Calls
from calibration.days import N_DAYS
from calibration.people.inferred import IDLE_AT_MOST_S, presence, wrap_up_pauses
from calibration.people.services import pauses_between, services_of, waiting_line
from calibration.people.staffing import read_staffing

FloatArray = npt.NDArray[np.float64]

SPELL_GAP_S = 600.0
"""The staffing file ends a spell of work when a person has no call for ten minutes."""
EVERYBODY_TAKES = ("PS", "PE")


@dataclass(frozen=True)
class Presence:
    """People by day and half hour, shape (days, 48); wrap-up as the pause before a crowd, seconds."""

    wrap_up_mean_s: float
    wrap_up_cv: float
    away: FloatArray
    """Counted by the staffing file's rule, but letting callers wait that everybody takes."""
    by_calls: FloatArray
    """In service, writing up, or idle while no such caller waited, for up to 20 minutes.

    Tried on the bank's own months (calibration.bank_history): with 10, 20 and 30 minutes the model's abandonment is
    19, 17 and 16 %, the bank's 17 %.
    """


def read_present(folder: Path) -> FloatArray:
    """Average people present by day and half hour, as the staffing file estimates them: shape (days, 48)."""
    staffing = read_staffing(folder / "staffing_30min.csv.gz")
    return np.asarray(staffing.table(FIRST_DAY, N_DAYS, HALF_HOUR_S)[0])


def people_by_calls(calls: Calls) -> Presence:
    """What the calls tell of the people."""
    contacts = calls.contacts
    services = services_of(contacts)
    waiting = waiting_line(contacts, np.isin(TYPES, EVERYBODY_TAKES))
    pause_s = wrap_up_pauses(pauses_between(services, SPELL_GAP_S), waiting)
    wrap_up_s = float(pause_s.mean()) if len(pause_s) else 0.0
    strict, generous = (
        presence(services, waiting, wrap_up_s, N_DAYS, HALF_HOUR_S, idle_s)
        for idle_s in (SPELL_GAP_S, IDLE_AT_MOST_S)
    )
    return Presence(
        wrap_up_mean_s=wrap_up_s,
        wrap_up_cv=float(pause_s.std() / wrap_up_s) if wrap_up_s > 0.0 else 0.0,
        away=strict.away.reshape(N_DAYS, HALF_HOURS),
        by_calls=generous.present.reshape(N_DAYS, HALF_HOURS),
    )
