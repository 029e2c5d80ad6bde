"""Spells of agents: logged in, or paused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Spells:
    """Spells in order of beginning; moments are seconds since midnight of `first_day`, the contacts' first day.

    agents: names; agent: position in them; paused: a pause, else time logged in
    began_s, ended_s: NaN where the log does not hold that end
    """

    first_day: date
    agents: tuple[str, ...]
    agent: IntArray
    paused: BoolArray
    began_s: FloatArray
    ended_s: FloatArray

    def __len__(self) -> int:
        return len(self.agent)

    def of(self, chosen: BoolArray) -> Spells:
        """Only the chosen ones; agents keep their numbers."""
        return Spells(
            first_day=self.first_day,
            agents=self.agents,
            agent=self.agent[chosen],
            paused=self.paused[chosen],
            began_s=self.began_s[chosen],
            ended_s=self.ended_s[chosen],
        )
