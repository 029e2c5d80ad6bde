"""What happened, as columns: one row an attempt, one row a need, one row a spell of overtime.

Nothing here is a judgment: measures read these facts and state their denominators (`sim.measures`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.contact import Contact, Need

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
CodeArray = npt.NDArray[np.int8]
BoolArray = npt.NDArray[np.bool_]


class Overtime(NamedTuple):
    """Work of an agent of `group` after time was up."""

    group: int
    start_s: float
    end_s: float


class Log(NamedTuple):
    """What an engine hands over at the end of a replication."""

    needs: Sequence[Need]
    contacts: Sequence[Contact]
    overtime: Sequence[Overtime]


@dataclass(frozen=True)
class Attempts:
    """One row an attempt, in order of arrival. Moments in seconds of the horizon, NaN where they never came."""

    need: IntArray  # row in `Needs`
    contact_type: IntArray
    attempt: IntArray
    origin: CodeArray  # Origin
    arrived_s: FloatArray
    bot: CodeArray  # BotOutcome
    left_bot_s: FloatArray
    queued_s: FloatArray
    answered_s: FloatArray
    talk_s: FloatArray
    wrap_up_s: FloatArray
    ended_s: FloatArray
    group: IntArray  # -1: no agent
    agent: IntArray
    outcome: CodeArray  # Outcome
    resolved: BoolArray


@dataclass(frozen=True)
class Needs:
    """One row a need, in order of first contact."""

    contact_type: IntArray  # of the first contact
    day: IntArray
    k: IntArray
    began_s: FloatArray
    resolved_s: FloatArray  # NaN: not met
    open: BoolArray  # a contact under way, or a return still to come, when the run ended


@dataclass(frozen=True)
class Records:
    """The facts of one replication."""

    attempts: Attempts
    needs: Needs
    overtime_group: IntArray
    overtime_start_s: FloatArray
    overtime_end_s: FloatArray


def records_of(log: Log) -> Records:
    """The columns of an engine's log."""
    groups, starts, ends = zip(*log.overtime, strict=True) if log.overtime else ((), (), ())
    attempts = _attempts(log.contacts)
    return Records(
        attempts=attempts,
        needs=_needs(log.needs, attempts),
        overtime_group=np.array(groups, dtype=np.int64),
        overtime_start_s=np.array(starts, dtype=np.float64),
        overtime_end_s=np.array(ends, dtype=np.float64),
    )


def _attempts(contacts: Sequence[Contact]) -> Attempts:
    return Attempts(
        need=np.array([c.need.index for c in contacts], dtype=np.int64),
        contact_type=np.array([c.type.index for c in contacts], dtype=np.int64),
        attempt=np.array([c.attempt for c in contacts], dtype=np.int64),
        origin=np.array([c.origin for c in contacts], dtype=np.int8),
        arrived_s=np.array([c.arrived_s for c in contacts], dtype=np.float64),
        bot=np.array([c.bot for c in contacts], dtype=np.int8),
        left_bot_s=np.array([c.left_bot_s for c in contacts], dtype=np.float64),
        queued_s=np.array([c.queued_s for c in contacts], dtype=np.float64),
        answered_s=np.array([c.answered_s for c in contacts], dtype=np.float64),
        talk_s=np.array([c.talk_s for c in contacts], dtype=np.float64),
        wrap_up_s=np.array([c.wrap_up_s for c in contacts], dtype=np.float64),
        ended_s=np.array([c.ended_s for c in contacts], dtype=np.float64),
        group=np.array([c.group for c in contacts], dtype=np.int64),
        agent=np.array([c.agent for c in contacts], dtype=np.int64),
        outcome=np.array([c.outcome for c in contacts], dtype=np.int8),
        resolved=np.array([c.resolved for c in contacts], dtype=np.bool_),
    )


def _needs(needs: Sequence[Need], attempts: Attempts) -> Needs:
    began_s = np.full(len(needs), np.inf)
    np.minimum.at(began_s, attempts.need, attempts.arrived_s)
    under_way = np.zeros(len(needs), dtype=np.bool_)
    under_way[attempts.need[np.isnan(attempts.ended_s)]] = True
    return Needs(
        contact_type=np.array([need.type_index for need in needs], dtype=np.int64),
        day=np.array([need.day for need in needs], dtype=np.int64),
        k=np.array([need.k for need in needs], dtype=np.int64),
        began_s=began_s,
        resolved_s=np.array([need.resolved_s for need in needs], dtype=np.float64),
        open=np.array([need.returns > 0 for need in needs], dtype=np.bool_) | under_way,
    )
