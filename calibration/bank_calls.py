"""The bank's calls of 1999 as its own figures count them: contacts by the shipped mapping, its types in order.

What the reader survives, and what it leaves out and counts, is told in `calibration.records`.
"""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from calibration.records.contacts import DAY_S, BoolArray, Contacts, FloatArray, IntArray

WordArray = npt.NDArray[np.str_]

TYPES = ("PS", "PE", "IN", "NE", "NW", "TT")
FIRST_DAY = date(1999, 1, 1)
HALF_HOUR_S = 1800
HALF_HOURS = 48


@dataclass(frozen=True)
class Calls:
    """Contacts whose queues are `TYPES`, in order of joining; days are counted from 1 January 1999."""

    contacts: Contacts
    answered_s: FloatArray
    """When the agent took the call, by the agents' own clock; NaN without service."""

    @property
    def day(self) -> IntArray:
        """Days since 1 January 1999."""
        return self.contacts.day

    @property
    def contact_type(self) -> WordArray:
        """Names of the types."""
        return np.array(TYPES)[self.contacts.queue]

    @property
    def agent(self) -> WordArray:
        """Who served; "" where nobody did, or nobody knows."""
        return np.array([*self.contacts.agents, ""])[self.contacts.agent]

    @property
    def menu_s(self) -> FloatArray:
        """Seconds in the voice menu."""
        return self.contacts.menu_s

    @property
    def joined_s(self) -> FloatArray:
        """Seconds after midnight at which the voice menu ended: the call joins the queue, is answered, or is gone."""
        return self.contacts.joined_s % DAY_S

    @property
    def half_hour(self) -> IntArray:
        """Half hour of the day in which the call joined: 0 is midnight to 0:30."""
        return (self.joined_s // HALF_HOUR_S).astype(np.int64)

    @property
    def clock_s(self) -> FloatArray:
        """When the call joined, in seconds since the first midnight of 1999."""
        return self.contacts.joined_s

    @property
    def ended_s(self) -> FloatArray:
        """When the call was over, in seconds since the first midnight of 1999."""
        return np.where(self.answered, self.answered_s + self.talk_s, self.clock_s + self.waited_s)

    @property
    def waited_s(self) -> FloatArray:
        """0 for those answered without queueing."""
        return self.contacts.waited_s

    @property
    def talk_s(self) -> FloatArray:
        """0 without service."""
        return np.nan_to_num(self.contacts.talk_s)

    @property
    def answered(self) -> BoolArray:
        """Served by an agent."""
        return self.contacts.answered

    @property
    def queued(self) -> BoolArray:
        """Waited, or hung up where others wait."""
        return self.abandoned | (self.contacts.waited_s > 0.0)

    @property
    def offered(self) -> BoolArray:
        """Answered, or joined the queue; who hung up before that was still in the voice menu."""
        return self.contacts.offered

    @property
    def abandoned(self) -> BoolArray:
        """Joined the queue and hung up."""
        return self.contacts.abandoned

    @property
    def month(self) -> IntArray:
        """Month of the year, January = 1."""
        return month_of(self.day)

    def of(self, chosen: BoolArray) -> "Calls":
        """Only the chosen calls."""
        return Calls(self.contacts.of(chosen), self.answered_s[chosen])


def month_of(day: IntArray) -> IntArray:
    """Month of the year of days since 1 January 1999; January = 1."""
    dates = np.datetime64(FIRST_DAY) + day.astype("timedelta64[D]")
    return dates.astype("datetime64[M]").astype(np.int64) % 12 + 1


def read_calls(folder: Path) -> Calls:
    """All months of the record in the folder (calls_*.csv.xz)."""
    from calibration.records.reading import read

    files = sorted(folder.glob("calls_*.csv.xz"))
    if not files:
        raise FileNotFoundError(f"{folder}: no calls_*.csv.xz here")
    reading = read(files, "bank-1999")
    if reading.contacts is None or reading.answered_s is None:
        raise TypeError("the bank's mapping is one of calls, with moments of the answer")
    return _of_the_bank(reading.contacts, reading.answered_s)


def _of_the_bank(contacts: Contacts, answered_s: FloatArray) -> Calls:
    """Days from 1 January on, and types in the bank's order, those without a call among them."""
    later_s = float((contacts.first_day - FIRST_DAY).days * DAY_S)
    place = np.array([TYPES.index(name) for name in contacts.queues], dtype=np.int64)
    counted = replace(
        contacts,
        first_day=FIRST_DAY,
        joined_s=contacts.joined_s + later_s,
        queues=TYPES,
        queue=place[contacts.queue],
    )
    return Calls(counted, answered_s + later_s)
