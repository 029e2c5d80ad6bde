"""What happened, as columns: one row an attempt, one row a need, one row a spell of overtime.

Nothing here is a judgment: measures read these facts and state their denominators (`sim.measures.measures`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from sim.codes import SpellKind

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
CodeArray = npt.NDArray[np.int8]
BoolArray = npt.NDArray[np.bool_]


class Spell(NamedTuple):
    """A spell of time that no contact's own row tells: of the group or contact type at this position."""

    kind: SpellKind
    whose: int
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
    calls_back: BoolArray  # a callback was accepted


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
class Spells:
    """One row a spell of time that no attempt's row tells, in any order."""

    kind: CodeArray  # SpellKind
    whose: IntArray  # an agent group, or a contact type where something waits again
    start_s: FloatArray
    end_s: FloatArray


@dataclass(frozen=True)
class Records:
    """The facts of one replication."""

    attempts: Attempts
    needs: Needs
    spells: Spells
