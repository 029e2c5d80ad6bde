"""Of the people counted as present, how many take customers while customers wait."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.estimate import Estimate

FloatArray = npt.NDArray[np.float64]

ENOUGH_DAYS = 5
ENOUGH_HOURS = 5.0
"""Hours of presence while customers waited, in an hour of the day; with less nothing is said of it."""


@dataclass(frozen=True)
class WorkingShare:
    """Serving or writing up ÷ counted as present, both as long as customers waited.

    Below 1: people counted as present were away from their work while they were needed. Nobody sees whether they
    were away as often when nobody waited: then the share says how far the count may be too high.
    """

    overall: Estimate
    by_hour: tuple[Estimate | None, ...]
    """By hour of the day; None where customers hardly ever waited."""


def working_share(working_s: FloatArray, counted_s: FloatArray, interval_s: int) -> WorkingShare:
    """From seconds of people by day and interval, both while customers waited."""
    per_day = working_s.shape[1]
    hour = np.arange(per_day) * interval_s // 3600
    by_hour = [
        ratio_by_day(working_s[:, hour == h].sum(axis=1), counted_s[:, hour == h].sum(axis=1))
        if counted_s[:, hour == h].sum() >= ENOUGH_HOURS * 3600.0
        else None
        for h in range(24)
    ]
    return WorkingShare(ratio_by_day(working_s.sum(axis=1), counted_s.sum(axis=1)), tuple(by_hour))


def ratio_by_day(part: FloatArray, whole: FloatArray) -> Estimate:
    """Σ part ÷ Σ whole = w, a day one observation: variance n / (n − 1) · Σ (part − w whole)² / (Σ whole)².

    The ratio estimator of survey sampling (Cochran 1977, Sampling Techniques, section 6.4).
    """
    seen = whole > 0.0
    part, whole, n = part[seen], whole[seen], int(seen.sum())
    if n == 0:
        return Estimate(1.0, None, 0, "customers never waited")
    ratio = float(part.sum() / whole.sum())
    if n < ENOUGH_DAYS:
        return Estimate(ratio, None, n, f"{n} days: too few for a standard error")
    variance = n / (n - 1) * float(((part - ratio * whole) ** 2).sum()) / float(whole.sum()) ** 2
    return Estimate(ratio, float(np.sqrt(variance)), n, "ratio of sums over days")
