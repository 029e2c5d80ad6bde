"""What happened, as columns: one row an attempt, one row a need, one row a spell of overtime.

Nothing here is a judgment: measures read these facts and state their denominators (`sim.measures.measures`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
CodeArray = npt.NDArray[np.int8]
BoolArray = npt.NDArray[np.bool_]


class Overtime(NamedTuple):
    """Work of an agent of `group` after time was up."""

    group: int
    start_s: float
    end_s: float


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


Table = TypeVar("Table", Attempts, Needs)


@dataclass(frozen=True)
class Records:
    """The facts of one replication."""

    attempts: Attempts
    needs: Needs
    overtime_group: IntArray
    overtime_start_s: FloatArray
    overtime_end_s: FloatArray
