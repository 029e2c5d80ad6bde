"""The law of talk times: agents who hang up within seconds, and real conversations, which are lognormal."""

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


def fit_talk(talk_s: FloatArray) -> Talk:
    """Shares, and the mean and cv of conversations as they stand in the record (so that the load is right)."""
    kept = talk_s[talk_s <= LONGEST_S]
    hang_ups, talks = kept[kept < HANG_UP_S], kept[kept >= HANG_UP_S]
    return Talk(
        hang_up_share=len(hang_ups) / len(kept),
        hang_up_mean_s=float(hang_ups.mean()) if len(hang_ups) else 0.0,
        mean_s=float(talks.mean()),
        cv=float(talks.std() / talks.mean()),
    )
