"""Contacts per second of our engine on shipped scenarios: whole centers that no peer can state."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from bench.progress import Progress
from scenarios import load
from sim.chance.sample import Sample
from sim.engines import Engine, EngineName, engine_of
from sim.world.world import world_of

SCENARIOS = (
    "retail-people-only", "retail-blended", "retail-bot-first", "bank-1999", "email-backlog", "simple-msk",
)  # fmt: skip
REPLICATIONS = 20  # of one run


@dataclass(frozen=True)
class OwnRow:
    """Runs of one scenario: so many replications one after the other, one thread, the engine ready."""

    scenario: str
    label: str
    contacts: int  # attempts of one run, warm-up and run-out included
    seconds: tuple[float, ...]  # of each run

    @property
    def contacts_per_s(self) -> float:
        """By the median run."""
        return self.contacts / median(self.seconds)


def measure(engine: EngineName, progress: Progress, n_runs: int, size: float) -> Iterator[OwnRow]:
    """A row a scenario; `size` scales the number of replications."""
    replications = max(1, round(size * REPLICATIONS))
    for name in SCENARIOS:
        scenario = load(name)
        ready = engine_of(engine, world_of(scenario))
        ready.prepare()
        contacts, _ = _run(ready, 1)  # days and laws are lowered once
        seconds = []
        for n in range(n_runs):
            progress(f"scenarios: {name}, run {n + 1} of {n_runs}")
            contacts, took_s = _run(ready, replications)
            seconds.append(took_s)
        yield OwnRow(name, scenario.label, contacts, tuple(seconds))


def _run(engine: Engine, replications: int) -> tuple[int, float]:
    """Contacts and seconds."""
    began_s = time.perf_counter()
    contacts = sum(engine.totals(Sample(1, r), by_interval=False).n_attempts for r in range(replications))
    return contacts, time.perf_counter() - began_s
