"""Back after an event, less those who would be back anyway: the excess and its standard error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Seen:
    """Seconds to the next contact after events of known customers; infinite where none came."""

    until_s: FloatArray
    customer: IntArray

    def __len__(self) -> int:
        return len(self.until_s)

    def back_by(self, t_s: FloatArray) -> FloatArray:
        """Share back by each time."""
        return np.asarray(np.searchsorted(np.sort(self.until_s), t_s, side="right") / max(len(self), 1))

    def counts(self, edges_s: FloatArray) -> FloatArray:
        """Back between each edge and the next (the first from 0 on, which is an edge); last, those not back."""
        back = np.round(self.back_by(edges_s) * len(self))
        return np.append(np.diff(np.concatenate([[0.0], back[1:]])), len(self) - back[-1])


def excess(after: Seen, anyway: Seen, times_s: FloatArray) -> FloatArray:
    """(F(t) − G(t)) / (1 − G(t)),  F, G: share back by t after the event, and after an ordinary moment."""
    back, baseline = after.back_by(times_s), anyway.back_by(times_s)
    return np.asarray((back - baseline) / (1.0 - baseline))


def excess_error(after: Seen, anyway: Seen, by_s: float) -> float:
    """Standard error of the excess by one time; what one customer does counts as one observation.

    Each event moves the excess by ψ = (fᵢ − F) / (1 − G) / n, each ordinary moment by −(1 − F) (gᵢ − G) / (1 − G)² / m;
    summed by customer, squared and added (clustered delta method; Liang and Zeger 1986, Biometrika 73).
    """
    f, g = after.until_s <= by_s, anyway.until_s <= by_s
    back, baseline = float(f.mean()), float(g.mean())
    moved = (f - back) / (1.0 - baseline) / len(f)
    moved_anyway = -(1.0 - back) * (g - baseline) / (1.0 - baseline) ** 2 / len(g)
    _, place = np.unique(np.concatenate([after.customer, anyway.customer]), return_inverse=True)
    by_customer = np.bincount(place, weights=np.concatenate([moved, moved_anyway]))
    return float(np.sqrt((by_customer**2).sum()))
