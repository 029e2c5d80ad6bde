"""Contacts per second of every peer on every system: five runs each, taking turns, and a check that all agree."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.exact import Abandonment, Exact, abandonment
from bench.peers.measured import Measured, UnableError
from bench.progress import Progress
from bench.roster import PEERS, Peer
from bench.running import Runner, measured_of
from bench.systems import COMPARED, System

TOLERANCE_SE = 4.0  # standard errors; a right simulation is outside once in 16,000 checks


@dataclass(frozen=True)
class Row:
    """The runs of one peer on one system, or why there are none."""

    peer: str
    runs: tuple[Measured, ...]
    unable: str | None = None

    @property
    def contacts(self) -> int:
        """Of all runs."""
        return sum(run.contacts for run in self.runs)

    @property
    def abandonment_rate(self) -> float:
        """Of all runs."""
        return sum(sum(run.abandoned) for run in self.runs) / self.contacts

    @property
    def service_level(self) -> float:
        """Of all runs."""
        return sum(run.in_time for run in self.runs) / self.contacts

    def off_by_se(self, exact: Exact) -> list[float]:
        """Distances from the exact abandonment rates in standard errors: of all contacts, then of each type."""
        of_types = [
            sum(run.abandoned[t] for run in self.runs) / sum(run.offered[t] for run in self.runs)
            for t in range(len(exact.types))
        ]
        shares = zip((self.abandonment_rate, *of_types), (exact.total, *exact.types), strict=True)
        return [(share - known.rate) / known.standard_error(self.contacts) for share, known in shares]


@dataclass(frozen=True)
class Table:
    """One system."""

    system: str
    title: str
    exact: Exact
    rows: tuple[Row, ...]

    @property
    def wrong(self) -> list[str]:
        """Peers that did not simulate this system."""
        return [row.peer for row in self.rows if row.runs and not self.agrees(row)]

    def agrees(self, row: Row) -> bool:
        """Whether the abandonment rates lie within the tolerance."""
        return all(abs(off) <= TOLERANCE_SE for off in row.off_by_se(self.exact))

    def data(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @classmethod
    def of(cls, data: dict[str, Any]) -> Table:
        """From JSON."""
        rows = tuple(
            Row(row["peer"], tuple(map(measured_of, row["runs"])), row["unable"]) for row in data["rows"]
        )
        types = tuple(Abandonment(**each) for each in data["exact"]["types"])
        return cls(data["system"], data["title"], Exact(Abandonment(**data["exact"]["total"]), types), rows)


def measure(
    runner: Runner, progress: Progress, n_runs: int, size: float, names: Sequence[str] | None = None
) -> list[Table]:
    """Every system in turn; `size` is the share of each peer's usual contacts, `names` the peers (None: all)."""
    peers = [peer for peer in PEERS if names is None or peer.name in names]
    return [_table(make(), peers, runner, progress, n_runs, size) for make in COMPARED.values()]


def _table(
    system: System, peers: Iterable[Peer], runner: Runner, progress: Progress, n_runs: int, size: float
) -> Table:
    runs: dict[str, list[Measured]] = {peer.name: [] for peer in peers}
    unable: dict[str, str] = {}
    for seed in range(1, n_runs + 1):
        for peer in peers:
            if peer.name in unable:
                continue
            progress(f"{system.title}: {peer.title}, run {seed} of {n_runs}")
            try:
                runs[peer.name].append(runner.measured(peer, system, math.ceil(size * peer.contacts), seed))
            except UnableError as reason:
                unable[peer.name] = str(reason)
    rows = tuple(Row(name, tuple(found), unable.get(name)) for name, found in runs.items())
    return Table(system.name, system.title, abandonment(system), rows)
