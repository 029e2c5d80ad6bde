"""What steadier draws buy: the variance of an average over replications, independent ÷ antithetic or stratified.

A scheme's variance per replication is that of its observations (pairs, blocks) times the replications in one: what it
would be of independent replications of the same total work. Each scheme has a seed of its own. Coverage: the
replications are cut into runs of `RUNS`, and a run's 95 % interval holds the mean of all of them, or not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.progress import Progress
from bench.systems import erlang_a
from scenarios import Scenario, load
from sim.chance.sample import GROUP_SIZE, Scheme
from sim.engines import EngineName
from sim.measures.estimates import Estimate, estimate
from sim.measures.result import Result, Series
from sim.replicate import Asked, run

FloatArray = npt.NDArray[np.float64]

MEASURES = {"service_level": "service level", "abandonment_rate": "abandonment rate"}
SEEDS: dict[Scheme, int] = {"independent": 1, "antithetic": 2, "stratified": 3}
REPLICATIONS = 4000
RUNS = (20, 100)  # the first: as many as `ccplan simulate` runs unless told otherwise
RESAMPLES = 4000
Z_95 = 1.959964


@dataclass(frozen=True)
class Runs:
    """The intervals of runs of so many replications: `n_held` of `n` hold the truth, `half_width` is their mean."""

    replications: int
    n: int
    n_held: int
    half_width: float

    @property
    def coverage(self) -> tuple[float, float, float]:
        """The share of intervals that hold the truth, and its own 95 % interval (Wilson 1927)."""
        share = self.n_held / self.n
        middle = (share + Z_95**2 / (2 * self.n)) / (1 + Z_95**2 / self.n)
        variance = share * (1 - share) / self.n + Z_95**2 / (4 * self.n**2)
        half = Z_95 * math.sqrt(variance) / (1 + Z_95**2 / self.n)
        return share, middle - half, middle + half


@dataclass(frozen=True)
class SchemeRow:
    """One measure of one system under one scheme. `ratio`: variance of independent replications ÷ of the scheme's."""

    system: str
    measure: str
    scheme: Scheme
    replications: int
    value: float
    ratio: float
    low: float
    high: float
    runs: tuple[Runs, ...]

    @staticmethod
    def of(data: Mapping[str, Any]) -> SchemeRow:
        """From JSON."""
        return SchemeRow(**{**data, "runs": tuple(Runs(**each) for each in data["runs"])})


def measure(
    engine: EngineName, progress: Progress, replications: int, executor: Executor | None
) -> list[SchemeRow]:
    """One day that is never busier than another, and a week whose days are."""
    systems = {
        "M/M/52+M, one day": erlang_a().scenario(days=1),
        "bank-1999, a week": load("bank-1999"),
    }
    return [
        row
        for title, scenario in systems.items()
        for row in compare(scenario, title, engine, progress, replications, executor)
    ]


def compare(
    scenario: Scenario,
    title: str,
    engine: EngineName,
    progress: Progress,
    replications: int,
    executor: Executor | None,
) -> Iterator[SchemeRow]:
    """Every measure under every scheme; `replications` of each, a multiple of the longest run."""
    results: dict[Scheme, Result] = {}
    for scheme, seed in SEEDS.items():
        progress(f"schemes: {title}, {scheme}")
        asked = Asked(seed=seed, replications=replications, engine=engine, scheme=scheme)
        results[scheme] = run(scenario, asked, executor=executor)
    for name in MEASURES:
        series = {scheme: result.series(name) for scheme, result in results.items()}
        truth = _mean_of_all(series)
        for scheme, found in series.items():
            yield _row(title, name, scheme, found, series["independent"], truth, replications)


def _row(
    title: str, name: str, scheme: Scheme, found: Series, plain: Series, truth: float, replications: int
) -> SchemeRow:
    size = GROUP_SIZE[scheme]
    value, influences = found.influences
    ours, theirs = influences * math.sqrt(size), plain.influences[1]
    low, high = (1.0, 1.0) if scheme == "independent" else ratio_interval(theirs, ours)
    return SchemeRow(
        system=title,
        measure=name,
        scheme=scheme,
        replications=replications,
        value=value,
        ratio=variance_ratio(theirs, ours),
        low=low,
        high=high,
        runs=tuple(_runs(n, list(intervals_of_runs(found, n // size)), truth) for n in RUNS),
    )


def _runs(replications: int, found: Sequence[Estimate], truth: float) -> Runs:
    half_widths = [one.half_width or 0.0 for one in found]
    return Runs(
        replications, len(found), sum(holds(one, truth) for one in found), float(np.mean(half_widths))
    )


def variance_ratio(plain: FloatArray, ours: FloatArray) -> float:
    """Var(independent) ÷ Var(scheme), per replication: so many times fewer replications for the same variance."""
    return float(np.var(plain, ddof=1) / np.var(ours, ddof=1))


def ratio_interval(plain: FloatArray, ours: FloatArray) -> tuple[float, float]:
    """A 95 % interval of the ratio: percentiles of a bootstrap over observations (Efron and Tibshirani 1993)."""
    rng = np.random.default_rng(1)
    variances = [_resampled_variances(each, rng) for each in (plain, ours)]
    low, high = np.quantile(variances[0] / variances[1], (0.025, 0.975))
    return float(low), float(high)


def _resampled_variances(each: FloatArray, rng: np.random.Generator) -> FloatArray:
    n = len(each)
    return np.array([np.var(each[rng.integers(n, size=n)], ddof=1) for _ in range(RESAMPLES)])


def intervals_of_runs(series: Series, n_observations: int) -> Iterator[Estimate]:
    """The estimates of runs of so many observations, one after the other."""
    above, below = series.numerator, series.denominator
    for first in range(0, len(above) - n_observations + 1, n_observations):
        of_run = slice(first, first + n_observations)
        yield estimate(above[of_run], None if below is None else below[of_run])


def holds(found: Estimate, truth: float) -> bool:
    """Whether the interval holds the truth."""
    if found.value is None or found.half_width is None:
        return False
    return abs(found.value - truth) <= found.half_width


def _mean_of_all(series: dict[Scheme, Series]) -> float:
    """The ratio of sums over all schemes' replications: as they are equally many, all weigh the same."""
    above = sum(float(each.numerator.mean()) for each in series.values())
    below = sum(
        1.0 if each.denominator is None else float(each.denominator.mean()) for each in series.values()
    )
    return above / below
