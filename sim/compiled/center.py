"""The compiled engine's driver: it hands the kernel one day after the other, and makes room when asked for it.

The twin of `sim.center.center`: the same world, seed and replication give the same log, row by row.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.chance.sample import Sample
from sim.compiled.agenda import Agenda
from sim.compiled.arrays import CenterArrays, LogBlock
from sim.compiled.day_rates import busy_steps
from sim.compiled.lowering import Lowered
from sim.kernel.machine_code import kernel
from sim.kernel.pause import Pause
from sim.records.totals import Totals
from sim.world.hours import DAY_S


class CompiledCenter:
    """One replication of a world."""

    def __init__(
        self, lowered: Lowered, sample: Sample, by_interval: bool = False, logs: bool = False
    ) -> None:
        self._lowered = lowered
        self._sample = sample
        self._agenda = Agenda(lowered.world, sample, lowered.agendas)
        self._arrays = CenterArrays(lowered, sample, lowered.world.n_intervals if by_interval else 1, logs)

    def run(self) -> Totals:
        """Live through warm-up, horizon and run-out, and on until every counted attempt has ended."""
        for _ in self.blocks():
            pass
        return self.totals()

    def blocks(self) -> Iterator[LogBlock]:
        """The same, giving the log block by block where it is kept."""
        live_through_day, end_run = kernel()
        arrays = self._arrays
        day, pause = self._lowered.world.first_day, Pause.DAY_IS_OVER
        with np.errstate(over="ignore"):  # words of 64 bits wrap when the kernel runs without its compiler
            while pause != Pause.RUN_IS_OVER:
                begins = pause == Pause.DAY_IS_OVER
                if begins:
                    self._lower_day(day)
                    day += 1
                pause = Pause(live_through_day(arrays.address, day * DAY_S, begins))
                if pause == Pause.NO_ROOM:
                    yield from arrays.make_room()
            yield from arrays.make_room()
            end_run(arrays.address)
            yield from arrays.flush()

    def totals(self) -> Totals:
        """The sums of what has been lived through."""
        return self._arrays.totals()

    def _lower_day(self, day: int) -> None:
        """The day's rates, and what is planned for it."""
        if day >= self._lowered.world.last_day:
            raise RuntimeError(f"contacts of the horizon still wait after {day} days: the queue has no end")
        rates = self._lowered.rates_of(day)
        arriving = busy_steps(self._lowered.world, rates, self._sample, day)
        self._arrays.set_day(day, day * DAY_S, rates, arriving, self._agenda.of_day(day))
        world = self._lowered.world
        for group in world.groups:
            if group.traits is not None and (group.traits.change_by_day or day == world.first_day):
                self._arrays.set_factors(group.index, group.traits.factors(self._sample, day))
