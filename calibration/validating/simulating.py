"""Replications of a replayed history, each reduced at once to the sums that are held against what happened."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from calibration.validating.history import Sum
from scenarios import Scenario
from sim.chance.sample import Sample
from sim.engines import CompiledEngine, Engine
from sim.records.totals import AttemptSum, Totals
from sim.workers import in_order
from sim.world.world import world_of

FloatArray = npt.NDArray[np.float64]
Progress = Callable[[int, int | None], None]

_OF_TOTALS = {
    Sum.OFFERED: AttemptSum.OFFERED,
    Sum.ABANDONED: AttemptSum.ABANDONED,
    Sum.WAIT_S: AttemptSum.WAIT_S,
    Sum.WITHIN_AWT: AttemptSum.ANSWERED_WITHIN_AWT,
}


@dataclass(frozen=True)
class Predicted:
    """What the model says, by replication: sums by type, interval and column; work and presence by interval."""

    sums: FloatArray
    work_s: FloatArray
    present_s: FloatArray

    @property
    def replications(self) -> int:
        """How many were run."""
        return len(self.sums)


class _Work(NamedTuple):
    engine: Engine
    sample: Sample
    per_interval: int


def predicted(
    scenario: Scenario,
    replications: int,
    seed: int,
    interval_s: int,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Predicted:
    """Run a replayed history; its finer steps are added up to intervals of this length."""
    engine = CompiledEngine(world_of(scenario))
    engine.prepare()
    per_interval = interval_s // scenario.calendar.interval_s
    work = [_Work(engine, Sample(seed, i, "independent"), per_interval) for i in range(replications)]
    rows = []
    for done, (_, row) in enumerate(in_order(executor, _reduced, work), start=1):
        rows.append(row)
        if progress is not None:
            progress(done, replications)
    sums, work_s, present_s = (np.stack(column) for column in zip(*rows, strict=True))
    return Predicted(sums, work_s, present_s)


def _reduced(work: _Work) -> tuple[FloatArray, FloatArray, FloatArray]:
    totals: Totals = work.engine.totals(work.sample, by_interval=True)
    columns = [_OF_TOTALS[column] for column in Sum]
    sums = totals.attempts[:, :, columns]
    n = work.per_interval
    return (
        sums.reshape(len(sums), -1, n, len(Sum)).sum(axis=2),
        totals.work_s.sum(axis=0).reshape(-1, n).sum(axis=1),
        totals.due_s.sum(axis=0).reshape(-1, n).sum(axis=1),
    )
