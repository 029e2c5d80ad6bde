"""The two engines behind one face: a world and a sample in, the totals of a replication out.

Each loads what it needs when it is first used: SimPy for the one, numba for the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

from sim.records import Records
from sim.sample import Sample
from sim.totals import Totals
from sim.world import World

if TYPE_CHECKING:
    from sim.lowering import Lowered

EngineName = Literal["compiled", "simpy"]


class Engine(Protocol):
    """Lives through replications of one world."""

    def prepare(self) -> None:
        """Whatever takes its time before the first replication."""

    def totals(self, sample: Sample, by_interval: bool) -> Totals:
        """The sums of a replication."""

    def records(self, sample: Sample) -> Records:
        """The facts of a replication, a row for each attempt and need."""


@dataclass(frozen=True)
class SimpyEngine:
    """The readable engine: it writes down what happens, and the sums are taken of the rows."""

    world: World

    def prepare(self) -> None:
        """Nothing."""

    def totals(self, sample: Sample, by_interval: bool) -> Totals:
        """The sums of a replication."""
        from sim.tally import totals_of

        return totals_of(self.world, self.records(sample), sample, by_interval)

    def records(self, sample: Sample) -> Records:
        """The facts of a replication."""
        from sim.center import Center
        from sim.records import records_of

        return records_of(Center(self.world, sample).run())


@dataclass(frozen=True)
class CompiledEngine:
    """The fast engine: sums are taken as the clock runs, rows are kept on request only."""

    world: World

    @cached_property
    def _lowered(self) -> Lowered:
        from sim.lowering import Lowered

        return Lowered(self.world)

    def prepare(self) -> None:
        """Load the machine code, or compile it."""
        from sim.kernel.machine_code import kernel

        kernel()

    def totals(self, sample: Sample, by_interval: bool) -> Totals:
        """The sums of a replication."""
        from sim.compiled import CompiledCenter

        return CompiledCenter(self._lowered, sample, by_interval).run()

    def records(self, sample: Sample) -> Records:
        """The facts of a replication."""
        from sim.compiled import CompiledCenter
        from sim.compiled_log import records_of_blocks

        return records_of_blocks(CompiledCenter(self._lowered, sample, logs=True).blocks())


_ENGINES: dict[EngineName, type[CompiledEngine | SimpyEngine]] = {
    "compiled": CompiledEngine,
    "simpy": SimpyEngine,
}


def engine_of(name: EngineName, world: World) -> Engine:
    """The engine of this name, for a world."""
    return _ENGINES[name](world)
