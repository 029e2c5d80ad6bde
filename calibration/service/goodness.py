"""How well a law keeps to the record: the greatest distance of the two, and quantile against quantile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.service.likelihood import Fitted
from calibration.service.observed import Cells
from calibration.service.survival import Survival, kaplan_meier

FloatArray = npt.NDArray[np.float64]
ENOUGH, ENOUGH_SHARE = 10, 0.01
"""Where fewer than ten, or fewer than one in a hundred, were seen to get, the record's own share says little."""
QQ_SHARES = np.arange(0.01, 0.995, 0.01)


@dataclass(frozen=True)
class Goodness:
    """The law beside the record.

    distance: largest difference of share still going on, law and record (Kolmogorov-Smirnov; no test is made of it:
    with many thousand times every law is refused, and what counts is how far it is off)
    shares, seen_s, law_s: quantiles of the record (as far as it reaches) and of the law, for a picture
    """

    distance: float
    shares: FloatArray
    seen_s: FloatArray
    law_s: FloatArray


def goodness(fitted: Fitted, cells: Cells) -> Goodness:
    """Distance and quantiles, censoring taken into account by Kaplan-Meier's estimate."""
    seen = survival_of(cells)
    n = float(seen.n_waiting[0])
    known = seen.n_waiting >= max(min(ENOUGH, n), ENOUGH_SHARE * n)
    times, shares = seen.times_s[known], seen.shares[known]
    distance = float(np.abs(fitted.survival(times) - shares).max())
    reached = QQ_SHARES[(1.0 - shares[-1] >= QQ_SHARES) & (1.0 - shares[0] <= QQ_SHARES)]
    seen_s = np.interp(reached, 1.0 - shares, times)
    return Goodness(distance, reached, seen_s, fitted.quantiles(reached))


def survival_of(cells: Cells) -> Survival:
    """Kaplan-Meier on cells: an ended time counts at its cell's upper edge, by which it has ended for sure."""
    ended = cells.ended
    return kaplan_meier(np.where(ended, cells.high, np.maximum(cells.low, 0.0)), ended, cells.n)
