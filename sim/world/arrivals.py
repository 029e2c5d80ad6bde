"""When contacts arrive: a Poisson process per stream and day, by inversion of that day's cumulative rate.

The k-th contact of a stream and day has its own unit-rate exponential gap, whatever the rate is: a busier day
brings the same customers sooner and more of them, and a changed day moves no other day.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.chance.draws import Owner, Purpose, Uint64Array, fold_many
from sim.chance.laws import Quantile
from sim.chance.normal import normal_cdf, normal_quantile
from sim.chance.sample import Sample
from sim.world.hours import DAY_S
from sim.world.rates import Steps

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

# Φ rounds to 1 beyond a score of 8.2; the largest number below 1 stands for all of those.
SMALLEST_SHARE, LARGEST_SHARE = 2.0**-54, 1.0 - 2.0**-53
_MOST_INTERVALS = 1440  # of a day


@dataclass(frozen=True)
class Needs:
    """The needs that one stream brings on one day, in order of arrival: moments of that day, ordinals and keys."""

    arrived_s: FloatArray
    k: npt.NDArray[np.int64]
    keys: Uint64Array

    def since(self, at_s: float) -> Needs:
        """Those that come at this moment of the day or later."""
        first = int(np.searchsorted(self.arrived_s, at_s))
        return Needs(self.arrived_s[first:], self.k[first:], self.keys[first:])

    def among(self, chosen: BoolArray) -> Needs:
        """Some of them."""
        return Needs(self.arrived_s[chosen], self.k[chosen], self.keys[chosen])


@dataclass(frozen=True)
class DayFactor:
    """How busy a type's days are: a gamma factor of mean 1, its normal score shared in part with other types."""

    quantile: Quantile
    correlation: float

    def at(self, sample: Sample, stream: int, day: int) -> float:
        """Gamma⁻¹(Φ(Z)),  Z = √ρ Z₀ + √(1 − ρ) ε,  Z₀ common to all streams of the day."""
        common = normal_quantile(sample.busyness(day, Purpose.BUSYNESS_COMMON))
        own = normal_quantile(sample.busyness(day, Purpose.BUSYNESS_OWN, stream))
        score = math.sqrt(self.correlation) * common + math.sqrt(1.0 - self.correlation) * own
        return self.quantile.one(min(max(normal_cdf(score), SMALLEST_SHARE), LARGEST_SHARE))


@dataclass(frozen=True)
class IntervalFactors:
    """How busy intervals are: gamma factors of mean 1, independent between intervals and types, and of the days'."""

    quantile: Quantile
    interval_s: float

    def of_day(self, sample: Sample, streams: Sequence[int], day: int) -> FloatArray:
        """The factors of a day: streams × intervals."""
        n = round(DAY_S / self.interval_s)
        index = (np.array(streams)[:, None] * _MOST_INTERVALS + np.arange(n)).ravel()
        keys = np.full(len(index), sample.key_of(Owner.DAY, day), dtype=np.uint64)
        return self.quantile.many(sample.uniforms_at(keys, Purpose.BUSYNESS_INTERVAL, index)).reshape(-1, n)

    def applied(self, steps: Steps, factors: FloatArray) -> Steps:
        """A day's rates times the factor of the interval in which each step lies."""
        interval = (steps.edges_s[:-1] // self.interval_s).astype(np.int64)
        return Steps(steps.edges_s, steps.rates_per_s * factors[interval])


@dataclass(frozen=True)
class Replay:
    """Arrivals of a file, in order, in seconds of the horizon: the same in every replication."""

    moments_s: FloatArray

    def of_day(self, day: int) -> FloatArray:
        """Those of a day, in seconds after its midnight."""
        first, end = np.searchsorted(self.moments_s, [day * DAY_S, (day + 1) * DAY_S])
        return self.moments_s[first:end] - day * DAY_S

    def needs_of_day(self, sample: Sample, stream: int, day: int) -> Needs:
        """The needs whose contacts they are: the k-th of the day has the draws of any k-th need."""
        arrived_s = self.of_day(day)
        k = np.arange(len(arrived_s), dtype=np.int64)
        return Needs(arrived_s, k, fold_many(sample.key_of(Owner.NEED, stream, day), k))


def needs_of_day(steps: Steps, factor: float, sample: Sample, stream: int, day: int) -> Needs:
    """The needs of one stream on one day: unit exponential gaps summed, then set back on the clock."""
    total = float(steps.cumulative[-1]) * factor
    key = sample.key_of(Owner.NEED, stream, day)
    n_drawn = 0 if total == 0.0 else int(total + 6.0 * math.sqrt(total) + 10.0)
    while True:
        keys = fold_many(key, np.arange(n_drawn, dtype=np.int64))
        counts = np.cumsum(-np.log(1.0 - sample.uniforms(keys, Purpose.ARRIVAL_GAP)))
        if total == 0.0 or counts[-1] >= total:
            break
        n_drawn *= 2
    n = int(np.searchsorted(counts, total))
    return Needs(np.interp(counts[:n], steps.cumulative * factor, steps.edges_s), np.arange(n), keys[:n])
