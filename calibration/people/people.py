"""What is known of the people: heads by day and interval, their groups, how they differ, and how sure all this is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from calibration.estimate import Estimate
from calibration.people.heads import whole_heads_by_group
from calibration.people.working import WorkingShare

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


class Known(StrEnum):
    """How the people present are known."""

    STAFFING = "staffing file"
    LOGINS = "log-in events"
    INFERRED = "inferred from the records"


@dataclass(frozen=True)
class Group:
    """People who serve the same queues."""

    name: str
    queues: tuple[int, ...]
    """Positions in the names of queues."""
    n_agents: int
    """People who ever served in it."""
    share: float
    """Of all services."""


@dataclass(frozen=True)
class People:
    """People present by group, day and interval of the day."""

    known: Known
    interval_s: int
    groups: tuple[Group, ...]
    present: FloatArray
    """Average people ready, serving or writing up: shape (groups, days, intervals of a day)."""
    away: FloatArray
    """Counted in a spell of work but letting customers wait, not in `present`: shape (days, intervals)."""
    others: dict[str, FloatArray]
    """Other estimates of all people present, by what they assume: shape (days, intervals) each."""
    group_of: IntArray
    """For each agent of the record: its group; −1 for those who served nobody."""
    wrap_up_s: float
    """Usual pause after a contact while a crowd waits, beyond the wrap-up the record tells."""
    working_share: WorkingShare
    """Of those counted as present, who takes customers while they wait."""
    talk_spread: Estimate
    notes: tuple[str, ...]

    @property
    def total(self) -> FloatArray:
        """All people present: shape (days, intervals)."""
        return np.asarray(self.present.sum(axis=0))

    @property
    def hours(self) -> float:
        """Hours of presence in the record."""
        return float(self.present.sum() * self.interval_s / 3600.0)

    @property
    def hours_by_others(self) -> dict[str, float]:
        """Hours of presence by the other estimates: how much the way of counting matters."""
        return {name: float(table.sum() * self.interval_s / 3600.0) for name, table in self.others.items()}

    def heads(self, corrected_by: FloatArray | float = 1.0) -> IntArray:
        """Whole people: shape (groups, days, intervals), rounding carried on within a day.

        corrected_by: factors on the people present, one for all or by interval of the day.
        """
        present = self.present * corrected_by
        days = [whole_heads_by_group(present[:, day]) for day in range(present.shape[1])]
        return np.stack(days, axis=1) if days else np.zeros(present.shape, dtype=np.int64)
