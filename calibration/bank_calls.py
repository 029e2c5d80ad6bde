"""Reads the bank's call-by-call record of 1999: one row per call that asked for a person.

What the reader survives: PHANTOM rows (left out), answered rows without an agent (kept: the call was served),
negative menu times from clocks that disagree (set to 0), calls of the tiny type AA (left out), missing days,
times past 24:00.
"""

import csv
import lzma
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from calibration.records.contacts import Contacts, Outcome

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
WordArray = npt.NDArray[np.str_]

TYPES = ("PS", "PE", "IN", "NE", "NW", "TT")
FIRST_DAY = date(1999, 1, 1)
HALF_HOUR_S = 1800
HALF_HOURS = 48
DAY_S = 86_400
NONE = "-1"
"""How the record says that there was no queue, or no service."""


@dataclass(frozen=True)
class Calls:
    """The calls as columns, in the order of the record; times are seconds, dates are days since 1 January 1999."""

    day: IntArray
    contact_type: WordArray
    customer: WordArray
    """"" where the bank did not know who called."""
    agent: WordArray
    menu_s: FloatArray
    joined_s: FloatArray
    """Seconds after midnight at which the voice menu ended: the call joins the queue, is answered, or is gone."""
    queued: BoolArray
    waited_s: FloatArray
    """0 for those answered without queueing."""
    answered: BoolArray
    served_s: FloatArray
    """Seconds after midnight at which service began; NaN without service."""
    talk_s: FloatArray

    @property
    def offered(self) -> BoolArray:
        """Answered, or joined the queue; who hung up before that was still in the voice menu."""
        return self.answered | self.queued

    @property
    def abandoned(self) -> BoolArray:
        """Joined the queue and hung up."""
        return self.queued & ~self.answered

    @property
    def half_hour(self) -> IntArray:
        """Half hour of the day in which the call joined: 0 is midnight to 0:30; 48 and above is past midnight."""
        return (self.joined_s // HALF_HOUR_S).astype(np.int64)

    @property
    def clock_s(self) -> FloatArray:
        """When the call joined, in seconds since the first midnight of 1999."""
        return self.day * float(DAY_S) + self.joined_s

    @property
    def ended_s(self) -> FloatArray:
        """When the call was over, in seconds since the first midnight of 1999."""
        talked_until = self.day * float(DAY_S) + self.served_s + self.talk_s
        return np.where(self.answered, talked_until, self.clock_s + self.waited_s)

    @property
    def month(self) -> IntArray:
        """Month of the year, January = 1."""
        return month_of(self.day)

    def of(self, chosen: BoolArray | IntArray) -> "Calls":
        """Only the chosen calls."""
        return Calls(**{name: getattr(self, name)[chosen] for name in self.__dataclass_fields__})


def in_order(calls: Calls) -> Calls:
    """The calls in order of joining."""
    return calls.of(np.argsort(calls.clock_s, kind="stable"))


def contacts_of(calls: Calls) -> Contacts:
    """The calls as contacts, in order of joining; customers and agents the record does not know are −1."""
    calls = in_order(calls)
    agents, agent = _numbered(calls.agent)
    unqueued = np.where(calls.queued, Outcome.ABANDONED, Outcome.LEFT_EARLY)
    return Contacts(
        first_day=FIRST_DAY,
        queues=TYPES,
        queue=np.array([TYPES.index(name) for name in calls.contact_type.tolist()], dtype=np.int64),
        joined_s=calls.clock_s,
        outcome=np.where(calls.answered, Outcome.ANSWERED, unqueued),
        waited_s=calls.waited_s,
        talk_s=np.where(calls.answered, calls.talk_s, np.nan),
        wrap_up_s=np.full(len(calls.day), np.nan),
        menu_s=calls.menu_s,
        agents=agents,
        agent=agent,
        customer=_numbered(calls.customer)[1],
    )


def _numbered(names: WordArray) -> tuple[tuple[str, ...], IntArray]:
    """Distinct names, and each one's position in them; −1 for none."""
    distinct, place = np.unique(names, return_inverse=True)
    known = distinct != ""
    number = np.where(known, np.cumsum(known) - 1, -1)
    return tuple(distinct[known].tolist()), number[place]


def month_of(day: IntArray) -> IntArray:
    """Month of the year of days since 1 January 1999; January = 1."""
    dates = np.datetime64(FIRST_DAY) + day.astype("timedelta64[D]")
    return dates.astype("datetime64[M]").astype(np.int64) % 12 + 1


def read_calls(folder: Path) -> Calls:
    """All months of the record in the folder (calls_*.csv.xz), in the order of their names."""
    files = sorted(folder.glob("calls_*.csv.xz"))
    if not files:
        raise FileNotFoundError(f"{folder}: no calls_*.csv.xz here")
    rows = [row for file in files for row in _rows(file)]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return _as_calls(columns)


def _rows(file: Path) -> list[dict[str, str]]:
    with lzma.open(file, "rt", encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["outcome"] != "PHANTOM" and row["type"] in TYPES]


def _as_calls(columns: dict[str, list[str]]) -> Calls:
    queued = np.array([start != NONE for start in columns["q_start"]])
    answered = np.array([outcome == "AGENT" for outcome in columns["outcome"]])
    menu_s = _numbers(columns["vru_exit"]) - _numbers(columns["vru_entry"])
    return Calls(
        day=_days(columns["date"]),
        contact_type=np.array(columns["type"]),
        customer=np.array(columns["customer"]),
        agent=np.array(columns["agent"]),
        menu_s=np.maximum(menu_s, 0.0),
        joined_s=_numbers(columns["vru_exit"]),
        queued=queued,
        waited_s=np.where(queued, _numbers(columns["q_time"]), 0.0),
        answered=answered,
        served_s=np.where(answered, _numbers(columns["ser_start"]), np.nan),
        talk_s=np.where(answered, _numbers(columns["ser_time"]), 0.0),
    )


def _numbers(column: list[str]) -> FloatArray:
    return np.array(column, dtype=np.float64)


def _days(column: list[str]) -> IntArray:
    """Days since 1 January 1999 of ISO dates."""
    return (np.array(column, dtype="datetime64[D]") - np.datetime64(FIRST_DAY)).astype(np.int64)
