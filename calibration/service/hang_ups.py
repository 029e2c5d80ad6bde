"""Talk told apart at a stated length: agents who hang up within seconds below it, conversations above.

The plain reading, when a center knows its threshold; calibration.service.talk asks the likelihood instead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

HANG_UP_S = 10.0
"""A service shorter than this is an agent who hung up (Brown et al. 2005, section 4.3)."""
LONGEST_S = 7200.0
"""A service longer than two hours is a record that was not closed."""


@dataclass(frozen=True)
class Talk:
    """A share of hang-ups, exponential with their mean, and lognormal conversations."""

    hang_up_share: float
    hang_up_mean_s: float
    mean_s: float
    """Of conversations."""
    cv: float

    @property
    def expected_s(self) -> float:
        """Mean of all services, hang-ups included."""
        return self.hang_up_share * self.hang_up_mean_s + (1.0 - self.hang_up_share) * self.mean_s


def told_apart(talk_s: FloatArray, hang_up_s: float = HANG_UP_S) -> Talk:
    """Shares, and the mean and cv of conversations as they stand in the record (so that the load is right)."""
    kept = talk_s[talk_s <= LONGEST_S]
    hang_ups, talks = kept[kept < hang_up_s], kept[kept >= hang_up_s]
    return Talk(
        hang_up_share=len(hang_ups) / len(kept),
        hang_up_mean_s=float(hang_ups.mean()) if len(hang_ups) else 0.0,
        mean_s=float(talks.mean()),
        cv=float(talks.std() / talks.mean()),
    )
