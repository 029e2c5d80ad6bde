"""Contacts as columns: one row a contact that asked for a person, the form in which all calibration reads history."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import IntEnum

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

DAY_S = 86_400


class Outcome(IntEnum):
    """How a contact ended."""

    ANSWERED = 0
    ABANDONED = 1  # hung up while it waited
    LEFT_EARLY = 2  # hung up in the menu or bot, before it was offered to anybody
    SENT_AWAY = 3  # timed out of the queue, flowed to another, voicemail, closed: its patience is known only from below


@dataclass(frozen=True)
class Contacts:
    """Contacts in order of joining. Times are seconds, moments seconds since midnight of `first_day` (local clock).

    queues: names of queues or contact types; queue: position in them
    joined_s: moment at which it reached the agents' queue, or was answered at once
    waited_s: from joining to the answer or the end of waiting; 0 for those answered at once
    talk_s, wrap_up_s, menu_s: NaN where unknown, or where there was none
    agents: names of agents; agent: position in them, −1 unknown. customer: a number for each, −1 unknown
    """

    first_day: date
    queues: tuple[str, ...]
    queue: IntArray
    joined_s: FloatArray
    outcome: IntArray
    waited_s: FloatArray
    talk_s: FloatArray
    wrap_up_s: FloatArray
    menu_s: FloatArray
    agents: tuple[str, ...]
    agent: IntArray
    customer: IntArray

    def __len__(self) -> int:
        return len(self.joined_s)

    @property
    def answered(self) -> BoolArray:
        """Answered by a person."""
        return self.outcome == Outcome.ANSWERED

    @property
    def abandoned(self) -> BoolArray:
        """Hung up while waiting for a person."""
        return self.outcome == Outcome.ABANDONED

    @property
    def offered(self) -> BoolArray:
        """Reached the agents' queue."""
        return self.outcome != Outcome.LEFT_EARLY

    @property
    def day(self) -> IntArray:
        """Days since `first_day` on which it joined."""
        return (self.joined_s // DAY_S).astype(np.int64)

    @property
    def n_days(self) -> int:
        """Days from the first to the last, both counted."""
        return int(self.day.max(initial=-1)) + 1

    @property
    def weekday(self) -> IntArray:
        """Weekday of each day of the record, Monday = 0."""
        return (np.arange(self.n_days) + self.first_day.weekday()) % 7

    @property
    def answered_s(self) -> FloatArray:
        """Moment of the answer; NaN where there was none."""
        return np.where(self.answered, self.joined_s + self.waited_s, np.nan)

    @property
    def ended_s(self) -> FloatArray:
        """Moment at which the customer was gone: after talk, or after waiting."""
        talk_s = np.where(self.answered, np.nan_to_num(self.talk_s), 0.0)
        return self.joined_s + self.waited_s + talk_s

    def of(self, chosen: BoolArray) -> Contacts:
        """Only the chosen ones; days, queues and agents keep their numbers."""
        alike = ("first_day", "queues", "agents")
        columns = {
            field.name: getattr(self, field.name)[chosen] for field in fields(self) if field.name not in alike
        }
        return Contacts(first_day=self.first_day, queues=self.queues, agents=self.agents, **columns)


def counts(contacts: Contacts, chosen: BoolArray, interval_s: int) -> IntArray:
    """Chosen contacts by day, interval of the day in which they joined, and queue."""
    found = np.zeros((contacts.n_days, DAY_S // interval_s, len(contacts.queues)), dtype=np.int64)
    interval = (contacts.joined_s % DAY_S // interval_s).astype(np.int64)
    np.add.at(found, (contacts.day[chosen], interval[chosen], contacts.queue[chosen]), 1)
    return found
