"""What common draws buy: the variance of the difference in service level between two designs, independent ÷ paired.

Both designs differ from their baseline by one agent. Paired: the same seed, so the same customers, patience and talk.
Independent: the design meets customers of its own.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.progress import Progress
from bench.systems import System, erlang_a, n_design
from sim.engines import EngineName
from sim.measures.estimates import half_width_of
from sim.paired import difference
from sim.replicate import Asked, run

FloatArray = npt.NDArray[np.float64]
MEASURE = "service_level"
REPLICATIONS = 200
SEED, OTHER_SEED = 1, 2
RESAMPLES = 4000


@dataclass(frozen=True)
class Pairing:
    """One comparison: the difference, and its influences, one a replication; paired and independent."""

    title: str
    change: float
    independent_change: float
    paired: tuple[float, ...]
    independent: tuple[float, ...]
    paired_half_width: float
    independent_half_width: float

    @property
    def variance_ratio(self) -> float:
        """Var(independent) ÷ Var(paired): so many times fewer replications for the same interval."""
        return float(np.var(self.independent, ddof=1) / np.var(self.paired, ddof=1))

    @property
    def interval(self) -> tuple[float, float]:
        """A 95 % interval of the ratio: percentiles of a bootstrap over replications (Efron and Tibshirani 1993)."""
        chosen = np.random.default_rng(SEED).integers(len(self.paired), size=(RESAMPLES, len(self.paired)))
        above = np.var(np.array(self.independent)[chosen], axis=1, ddof=1)
        below = np.var(np.array(self.paired)[chosen], axis=1, ddof=1)
        low, high = np.quantile(above / below, (0.025, 0.975))
        return float(low), float(high)


def measure(
    engine: EngineName, progress: Progress, replications: int, executor: Executor | None
) -> list[Pairing]:
    """One agent more for M/M/52+M, and for those of the N-design who take both types."""
    return [
        compare(system, title, engine, progress, replications, executor)
        for system, title in (
            (erlang_a(), "M/M/52+M: 53 agents against 52"),
            (n_design(), "N-design: one more agent who takes both"),
        )
    ]


def compare(
    system: System,
    title: str,
    engine: EngineName,
    progress: Progress,
    replications: int = REPLICATIONS,
    executor: Executor | None = None,
) -> Pairing:
    """Days of the system as it is and with one agent more, on the same customers and on others."""
    progress(f"pairing: {title}")
    same, other = (Asked(seed=seed, replications=replications, engine=engine) for seed in (SEED, OTHER_SEED))
    baseline = run(system.scenario(days=1), same, executor=executor)
    design = run(system.scenario(days=1, extra=1), same, executor=executor)
    elsewhere = run(system.scenario(days=1, extra=1), other, executor=executor)
    ours, theirs, others = (each.series(MEASURE).influences for each in (design, baseline, elsewhere))
    paired, independent = ours[1] - theirs[1], others[1] - theirs[1]
    change = difference(design, baseline, MEASURE)
    return Pairing(
        title,
        _known(change.value),
        others[0] - theirs[0],
        tuple(paired.tolist()),
        tuple(independent.tolist()),
        _known(change.half_width),
        _known(half_width_of(independent)),
    )


def _known(value: float | None) -> float:
    """A figure that these runs always have."""
    if value is None:
        raise ValueError("the service level has no value: too few contacts or replications")
    return value
