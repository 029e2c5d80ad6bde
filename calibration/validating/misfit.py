"""One number for how far the model is from history, and how large chance alone would make it.

misfit = mean over m of Σ |predicted − observed| ÷ Σ observed,  m: contacts abandoned, seconds waited, contacts answered
within the acceptable time; the sums run over contact types and hours of the day. 0.10: a tenth of what was counted
lies in other cells, or is too much or too little.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.validating.comparing import Sides
from calibration.validating.history import MEASURES
from calibration.validating.limits import limits

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Misfit:
    """Of the history; and of a right model's own replications: on average, and up to where nine in ten are lower."""

    value: float
    by_chance: float
    by_chance_at_most: float

    @property
    def is_chance(self) -> bool:
        """No larger than nine in ten right models would show."""
        return self.value <= self.by_chance_at_most


def misfit_of(sides: Sides) -> Misfit:
    """The history against the mean of the replications; each replication against the mean of the others."""
    seen, said = cells(sides)
    n = len(said)
    total = said.sum(axis=0)
    own = np.array([distance((total - one) / (n - 1), one) for one in said])
    high = limits(own[:, None])[1][0]
    return Misfit(distance(said.mean(axis=0), seen), float(own.mean()), float(high))


def cells(sides: Sides) -> tuple[FloatArray, FloatArray]:
    """Counts by type, hour of the day and measure: (observed), (replications, observed's shape)."""
    columns = list(MEASURES.values())
    seen = np.zeros((len(sides.types), 24, len(columns)))
    said = np.zeros((sides.predicted.replications, *seen.shape))
    for hour in range(24):
        where = sides.counted & (sides.hour == hour)
        seen[:, hour] = sides.observed[:, where][..., columns].sum(axis=1)
        said[:, :, hour] = sides.predicted.sums[:, :, where][..., columns].sum(axis=2)
    return seen, said


def distance(predicted: FloatArray, seen: FloatArray) -> float:
    """The misfit of two tables of cells; a measure of which nothing happened counts as it is."""
    apart = np.abs(predicted - seen).sum(axis=(0, 1))
    happened = np.maximum(seen.sum(axis=(0, 1)), 1.0)
    return float((apart / happened).mean())
