"""A day's arrivals for all types: what is expected, the same in every replication, and how busy intervals turn out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.chance.sample import Sample
from sim.kernel import given
from sim.kernel.record import NOBODY, Records
from sim.world.hours import DAY_S
from sim.world.rates import Steps, daily_steps
from sim.world.world import World


@dataclass(frozen=True)
class DayRates:
    """A day's arrival rates: edges and expected contacts until then, and where each type begins."""

    of_types: tuple[Steps, ...]
    steps: Records
    first: npt.NDArray[np.int64]
    n_steps: npt.NDArray[np.int64]
    prevented: npt.NDArray[np.float64]  # the share of each type's needs
    moments: Records  # replayed arrivals, and where each type's begin
    first_moment: npt.NDArray[np.int64]
    n_moments: npt.NDArray[np.int64]


def rates_of_day(world: World, day: int) -> DayRates:
    """What holds on a day, whatever is drawn."""
    of_types = tuple(daily_steps(world.scenario, contact_type.name, day) for contact_type in world.types)
    lengths = np.array([len(steps.edges_s) for steps in of_types], dtype=np.int64)
    preventions = [contact_type.prevention for contact_type in world.types]
    replays = [contact_type.replay for contact_type in world.types]
    moments = [np.empty(0) if one is None else day * DAY_S + one.of_day(day) for one in replays]
    n_moments = np.array([len(of_type) for of_type in moments], dtype=np.int64)
    return DayRates(
        of_types=of_types,
        steps=_rows(of_types),
        first=np.cumsum(lengths) - lengths,
        n_steps=lengths - 1,
        prevented=np.array([0.0 if one is None else one.share_on(day) for one in preventions]),
        moments=np.concatenate(moments).view(given.MOMENT),
        first_moment=np.where([one is None for one in replays], NOBODY, np.cumsum(n_moments) - n_moments),
        n_moments=n_moments,
    )


def busy_steps(world: World, rates: DayRates, sample: Sample, day: int) -> Records:
    """The steps by which contacts arrive in a replication; those expected, where no interval has its own busyness."""
    busy = [of for of in world.types if of.interval_factors is not None]
    if not busy:
        return rates.steps
    intervals = busy[
        0
    ].interval_factors  # one law for all types, so that all of a day's factors are drawn at once
    assert intervals is not None
    factors = intervals.of_day(sample, [of.stream for of in busy], day)
    of_types = list(rates.of_types)
    for of, its_factors in zip(busy, factors, strict=True):
        of_types[of.index] = intervals.applied(of_types[of.index], its_factors)
    return _rows(of_types)


def _rows(of_types: Sequence[Steps]) -> Records:
    """Steps of all types, one after the other."""
    rows = np.zeros(sum(len(steps.edges_s) for steps in of_types), dtype=given.STEP)
    rows["edge_s"] = np.concatenate([steps.edges_s for steps in of_types])
    rows["expected"] = np.concatenate([steps.cumulative for steps in of_types])
    return rows
