"""Studies as commands run them: every case on the same customers, until all differences are known well enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ccplan.progress import ProgressLine
from ccplan.running import simulated
from optimizer.standing import heard_by
from results.cases import Case, CaseRun
from results.store import KeptBlocks
from scenarios import Scenario, Study
from sim.measures.result import Result
from sim.paired import difference
from sim.replicate import MOST_REPLICATIONS, Asked, is_precise

FIRST_REPLICATIONS = 20
_GROWTH = 2


class StudyRunner:
    """Simulates the scenarios of one study alike: seed, engine, scheme, streams, workers, where blocks are kept."""

    def __init__(self, study: Study, alike: Asked, folder: Path, executor: Executor | None) -> None:
        self.study = study
        self.alike = alike
        self.folder = folder
        self.executor = executor
        self._kept: list[KeptBlocks] = []
        self._line: ProgressLine | None = None

    def simulate(self, scenario: Scenario, replications: int, by_interval: bool = False) -> Result:
        """One scenario; its blocks are kept until `discard_kept`."""
        return self.simulate_as_asked(
            scenario, replace(self.alike, replications=replications, by_interval=by_interval)
        )

    def simulate_as_asked(self, scenario: Scenario, asked: Asked) -> Result:
        """One scenario, as the optimizer asks for it."""
        result, kept = simulated(scenario, asked, self.folder, self.executor, self.study.streams, self._line)
        self._kept.append(kept)
        return result

    def run_cases(
        self, cases: Sequence[Case], replications: int | None, precision: float
    ) -> tuple[CaseRun, ...]:
        """Every case with so many replications; without a number, until all differences are precise.

        Replications double until the half-width of each service-level difference to the first case is small enough;
        those done before are kept and not run again.
        """
        wanted = FIRST_REPLICATIONS if replications is None else replications
        while True:
            runs = tuple(
                CaseRun(case, self.simulate(case.scenario, wanted, by_interval=True)) for case in cases
            )
            if replications is not None or wanted >= MOST_REPLICATIONS or _precise(runs, precision):
                return runs
            wanted = min(wanted * _GROWTH, MOST_REPLICATIONS)

    def discard_kept(self) -> None:
        """The run folder is written: what was kept for it is no longer needed."""
        for kept in self._kept:
            kept.discard()

    @contextmanager
    def line(self, what: str) -> Iterator[ProgressLine]:
        """The progress line of a search: it hears of every solve and every simulation while the block lasts."""
        self._line = ProgressLine(f"{self.study.name}: {what}")
        try:
            with heard_by(self._line.hear):
                yield self._line
        finally:
            self._line.close()
            self._line = None


def _precise(runs: Sequence[CaseRun], precision: float) -> bool:
    baseline = runs[0].result
    found = [difference(run.result, baseline, "service_level") for run in runs[1:]]
    return all(is_precise(each, baseline.observations, precision) for each in found)
