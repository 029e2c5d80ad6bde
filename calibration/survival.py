"""Kaplan-Meier: how long people would have waited, when most of them were answered before their patience ended.

The mean wait of those who left says little: the impatient leave, the patient are answered. Whoever was
answered tells us only that patience was longer than the wait.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Survival:
    """Share still patient just after each time; a step function that starts at 1."""

    times_s: FloatArray
    """Distinct waits, rising."""
    shares: FloatArray

    def at(self, t_s: float) -> float:
        """Share whose patience is longer than t_s."""
        i = int(np.searchsorted(self.times_s, t_s, side="right")) - 1
        return 1.0 if i < 0 else float(self.shares[i])

    @property
    def median_s(self) -> float:
        """First time by which half are gone; infinite where the record never gets that far."""
        gone = np.nonzero(self.shares <= 0.5)[0]
        return float(self.times_s[gone[0]]) if len(gone) else float("inf")


def kaplan_meier(waited_s: FloatArray, left: BoolArray) -> Survival:
    """Survival of patience from waits that ended in leaving or were cut short by an answer.

    S(t) = Π over times s ≤ t of (1 − d(s) / n(s)),  d(s) who left at s, n(s) who had waited at least s;
    an answer at the moment of leaving counts as later. Kaplan and Meier (1958).
    """
    times, place = np.unique(waited_s, return_inverse=True)
    n_left = np.bincount(place, weights=left, minlength=len(times))
    n_ended = np.bincount(place, minlength=len(times))
    n_waiting = np.cumsum(n_ended[::-1])[::-1]
    return Survival(times, np.asarray(np.cumprod(1.0 - n_left / n_waiting), dtype=np.float64))
