"""The two engines behind one face: a world and a sample in, the totals of a replication out.

Each loads what it needs when it is first used: SimPy for the one, numba for the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

from sim.chance.sample import Sample
from sim.records.records import Records
from sim.records.totals import Totals
from sim.world.world import World

if TYPE_CHECKING:
    from sim.center.own_routing import Routing
    from sim.compiled.arrays import LogBlock
    from sim.compiled.lowering import Lowered

EngineName = Literal["compiled", "simpy"]


class LoggedRun(Protocol):
    """One replication, lived through while its log is read."""

    def blocks(self) -> Iterator[LogBlock]:
        """The log in blocks; an attempt's row comes when the attempt is over."""

    def totals(self) -> Totals:
        """The sums, once all blocks have been read."""


class Engine(Protocol):
    """Lives through replications of one world."""

    def prepare(self) -> None:
        """Whatever takes its time before the first replication."""

    def totals(self, sample: Sample, by_interval: bool) -> Totals:
        """The sums of a replication."""

    def records(self, sample: Sample) -> Records:
        """The facts of a replication, a row for each attempt and need."""

    def logged(self, sample: Sample, by_interval: bool) -> LoggedRun:
        """A replication that gives both its log and its sums."""


@dataclass(frozen=True)
class SimpyEngine:
    """The readable engine: it writes down what happens, and the sums are taken of the rows."""

    world: World
    routing: Routing | None = None  # a planner's own; None: the model's

    def prepare(self) -> None:
        """Nothing."""

    def totals(self, sample: Sample, by_interval: bool) -> Totals:
        """The sums of a replication."""
        return self.logged(sample, by_interval).totals()

    def records(self, sample: Sample) -> Records:
        """The facts of a replication."""
        from sim.center.center import live
        from sim.center.log import records_of

        return records_of(live(self.world, sample, self.routing))

    def logged(self, sample: Sample, by_interval: bool) -> LoggedRun:
        """A replication; all of its log is one block."""
        return _RecordedRun(self.world, self.records(sample), sample, by_interval)


@dataclass(frozen=True)
class _RecordedRun:
    """A replication of the readable engine, which has been lived through."""

    world: World
    records: Records
    sample: Sample
    by_interval: bool

    def blocks(self) -> Iterator[LogBlock]:
        """The whole log."""
        from sim.compiled.log import block_of_records

        yield block_of_records(self.records)

    def totals(self) -> Totals:
        """The sums of the records."""
        from sim.records.tally import totals_of

        return totals_of(self.world, self.records, self.sample, self.by_interval)


@dataclass(frozen=True)
class CompiledEngine:
    """The fast engine: sums are taken as the clock runs, rows are kept on request only."""

    world: World

    @cached_property
    def _lowered(self) -> Lowered:
        from sim.compiled.lowering import Lowered

        return Lowered(self.world)

    def prepare(self) -> None:
        """Load the machine code, or compile it."""
        from sim.kernel.machine_code import kernel

        kernel()

    def totals(self, sample: Sample, by_interval: bool) -> Totals:
        """The sums of a replication."""
        from sim.compiled.center import CompiledCenter

        return CompiledCenter(self._lowered, sample, by_interval).run()

    def logged(self, sample: Sample, by_interval: bool) -> LoggedRun:
        """A replication; memory does not grow with its log."""
        from sim.compiled.center import CompiledCenter

        return CompiledCenter(self._lowered, sample, by_interval, logs=True)

    def records(self, sample: Sample) -> Records:
        """The facts of a replication."""
        from sim.compiled.center import CompiledCenter
        from sim.compiled.log import records_of_blocks

        return records_of_blocks(CompiledCenter(self._lowered, sample, logs=True).blocks())


def engine_of(name: EngineName, world: World, routing: Routing | None = None) -> Engine:
    """The engine of this name, for a world; a planner's own routing needs the readable one."""
    require_readable(name, routing)
    return SimpyEngine(world, routing) if name == "simpy" else CompiledEngine(world)


def require_readable(name: EngineName, routing: Routing | None) -> None:
    """Refuse routing in Python for the engine that cannot call it."""
    if routing is not None and name != "simpy":
        raise ValueError(f'routing: got engine="{name}", expected engine="simpy", which can call Python')
