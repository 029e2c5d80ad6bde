"""Our engine alone: cost per contact against the number of agents, memory against contacts, two workers against one."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from bench.peers.measured import Measured
from bench.progress import Progress
from bench.running import module

OURS = "bench.peers.ours"
SIZES = (50, 500, 5_000, 20_000)
CONTACTS_OF_SIZES = 8_640_000  # about a day of 20,000 agents, the shortest horizon there is
MEMORY_CONTACTS = (4_000_000, 40_000_000, 100_000_000)
WORKERS_CONTACTS = 40_000_000
WORKERS_REPLICATIONS = 20


@dataclass(frozen=True)
class SizePoint:
    """CPU nanoseconds per contact of a center with so many agents: the median of the runs, and the extremes."""

    n_agents: int
    contacts: int
    median_ns: float
    least_ns: float
    most_ns: float


@dataclass(frozen=True)
class MemoryPoint:
    """The most memory beyond the imports, and the time, for so many contacts in one process."""

    contacts: int
    beyond_imports_mb: float
    before_mb: float
    cpu_s: float


@dataclass(frozen=True)
class WorkersRow:
    """Contacts per second of wall time, the pool's start and end included: the median of the runs, the extremes."""

    n_workers: int
    contacts: int
    replications: int
    median_per_s: float
    least_per_s: float
    most_per_s: float


def sizes(engine: str, progress: Progress, n_runs: int, size: float) -> list[SizePoint]:
    """Centers of `SIZES`, taking turns."""
    runs: dict[int, list[Measured]] = {n: [] for n in SIZES if size == 1.0 or n <= 500}
    for seed in range(1, n_runs + 1):
        for n, found in runs.items():
            progress(f"{n} agents, run {seed} of {n_runs}")
            found.append(module(OURS, f"agents-{n}", round(size * CONTACTS_OF_SIZES), seed, engine))
    return [_size_point(n, found) for n, found in runs.items()]


def memory(engine: str, progress: Progress, size: float) -> list[MemoryPoint]:
    """One run of M/M/52+M for each number of contacts, one replication long."""
    points = []
    for contacts in MEMORY_CONTACTS:
        progress(f"memory: {size * contacts:,.0f} contacts")
        run = module(OURS, "erlang-a", round(size * contacts), 1, engine)
        points.append(MemoryPoint(run.contacts, run.peak_mb - run.before_mb, run.before_mb, run.cpu_s))
    return points


def workers(engine: str, progress: Progress, n_runs: int, size: float) -> list[WorkersRow]:
    """The same replications of M/M/52+M with one worker and with two, taking turns."""
    runs: dict[int, list[Measured]] = {1: [], 2: []}
    contacts = round(size * WORKERS_CONTACTS)
    for seed in range(1, n_runs + 1):
        for n, found in runs.items():
            progress(f"workers: {n}, run {seed} of {n_runs}")
            found.append(module(OURS, "erlang-a", contacts, seed, engine, WORKERS_REPLICATIONS, n))
    return [_workers_row(n, found) for n, found in runs.items()]


def _size_point(n_agents: int, runs: list[Measured]) -> SizePoint:
    cost_ns = [run.cpu_s / run.contacts * 1e9 for run in runs]
    return SizePoint(n_agents, runs[0].contacts, median(cost_ns), min(cost_ns), max(cost_ns))


def _workers_row(n_workers: int, runs: list[Measured]) -> WorkersRow:
    per_s = [run.contacts / run.wall_s for run in runs]
    return WorkersRow(
        n_workers, runs[0].contacts, WORKERS_REPLICATIONS, median(per_s), min(per_s), max(per_s)
    )
