"""The compiled engine's driver: it hands the kernel one day after the other, and makes room when asked for it.

The twin of `sim.center.Center`: the same world, seed and replication give the same log, row by row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from sim.agenda import Agenda
from sim.draws import fold
from sim.hours import DAY_S
from sim.kernel import state
from sim.kernel.machine_code import kernel
from sim.kernel.pause import Pause
from sim.kernel.state import NOBODY, Center, Records
from sim.lowering import Lowered
from sim.sample import Sample
from sim.totals import AttemptSum, ServiceSum, Totals
from sim.wait_histogram import N_BINS, UPPER_S

_FIRST_ROOM = 256
_SPARE_SLOTS = 4
_LOG_BLOCK = 1 << 15
_EVENTS_OF_A_CONTACT = 2  # the end of a session that an outage cut short, and patience
_EVENTS_OF_AN_AGENT = 2  # the end of the talk, and of the service
_BIN_EDGES: Records = UPPER_S.view(state.BIN_EDGE)
# Groups keep the same sums as types.
_SERVICE_COLUMNS = [int(AttemptSum[column.name]) for column in ServiceSum]


class LogBlock(NamedTuple):
    """Rows that are complete: attempts, needs, spells of overtime."""

    attempts: Records
    needs: Records
    overtime: Records


class CompiledCenter:
    """One replication of a world."""

    def __init__(
        self, lowered: Lowered, sample: Sample, by_interval: bool = False, logs: bool = False
    ) -> None:
        self.lowered = lowered
        self.world = lowered.world
        self.sample = sample
        self._agenda = Agenda(lowered.world, sample, lowered.agendas)
        self._tables: dict[str, Records] = {}
        self._centers = np.zeros(1, dtype=state.CENTER)
        self._c = self._centers[0]
        self._fill_center(self.world.n_intervals if by_interval else 1, logs)

    def run(self) -> Totals:
        """Live through warm-up, horizon and run-out, and on until every counted attempt has ended."""
        for _ in self.blocks():
            pass
        return self.totals()

    def blocks(self) -> Iterator[LogBlock]:
        """The same, giving the log block by block where it is kept."""
        with np.errstate(over="ignore"):  # words of 64 bits wrap when the kernel runs without its compiler
            live_through_day, end_run = kernel()
            day = self.world.first_day
            pause, address = Pause.DAY_IS_OVER, self._centers.ctypes.data
            while pause != Pause.RUN_IS_OVER:
                begins = pause == Pause.DAY_IS_OVER
                if begins:
                    self._lower_day(day)
                    day += 1
                pause = Pause(live_through_day(address, day * DAY_S, begins))
                if pause == Pause.NO_ROOM:
                    yield from self._make_room()
            yield from self._make_room()
            end_run(address)
            yield from self._flush()

    def totals(self) -> Totals:
        """The sums of what has been lived through."""
        c, tables = self._c, self._tables
        n_types, n_bots, n_groups = (int(n) for n in (c.n_types, c.n_bots, c.n_groups))
        sums = tables["attempt_sums"].view(np.float64).reshape(n_types + n_groups, c.n_intervals, -1)
        times_s = tables["time_sums"].view(np.float64).reshape(-1, c.n_intervals)
        ends = np.cumsum([n_types, n_bots, n_groups, n_groups])
        queue_s, session_s, work_s, due_s, overtime_s = np.split(times_s, ends)
        return Totals(
            attempts=sums[:n_types],
            services=sums[n_types:][:, :, _SERVICE_COLUMNS],
            needs=tables["need_sums"].view(np.float64).reshape(n_types, -1),
            queue_s=queue_s,
            session_s=session_s,
            work_s=work_s,
            due_s=due_s,
            overtime_s=overtime_s,
            waits=tables["waits"].view(np.int32).reshape(n_types, N_BINS),
            n_attempts=int(c.n_begun),
        )

    def _lower_day(self, day: int) -> None:
        """The day's rates, and what is planned for it."""
        if day >= self.world.last_day:
            raise RuntimeError(f"contacts of the horizon still wait after {day} days: the queue has no end")
        c, types, rates = self._c, self._tables["types"], self.lowered.rates_of(day)
        agenda = self._agenda.of_day(day)
        c.day, c.day_s, c.agenda_at, c.n_planned = day, day * DAY_S, 0, len(agenda)
        types["first_step"], types["n_steps"] = rates.first, rates.n_steps
        self._set_tables(steps=rates.steps, agenda=agenda)

    # --- Room ---------------------------------------------------------------------------------------------------

    def _fill_center(self, n_intervals: int, logs: bool) -> None:
        """The numbers of the center before anything happens, and its tables."""
        c, world = self._c, self.world
        c.now_s = c.starts_s = world.starts_s
        c.ends_s = world.horizon_s + world.run_out_s
        c.horizon_s = world.horizon_s
        c.interval_s = world.horizon_s / n_intervals
        c.n_intervals = n_intervals
        c.n_lines = world.n_lines
        c.n_types, c.n_groups, c.n_bots = len(world.types), len(world.groups), len(world.bots)
        c.n_spans = len(self.lowered.spans)
        c.open = world.hours.is_open(world.starts_s)
        c.clears_at_close = world.clears_at_close
        c.logs = logs
        c.seed_key, c.key, c.flip = fold(0, self.sample.seed), self.sample.key, self.sample.flip
        c.replication, c.stratified = self.sample.replication, self.sample.scheme == "stratified"
        self._set_tables(**self._known_tables(), **self._empty_tables(n_intervals))
        self._set_pools(_chained(state.CONTACT, 0, _FIRST_ROOM), _chained(state.NEED, 0, _FIRST_ROOM))
        c.n_free_contacts = c.n_free_needs = _FIRST_ROOM
        self._set_log(_LOG_BLOCK if logs else 0)

    def _known_tables(self) -> dict[str, Records]:
        """What the world has decided; those that change with the clock are copied."""
        lowered = self.lowered
        shared = {name: getattr(lowered, name) for name in ("skills", "routes", "laws", "nodes", "spans")}
        own = {name: getattr(lowered, name).copy() for name in ("types", "groups", "bots")}
        return {**shared, **own, "agents": lowered.agents(), "bin_edges": _BIN_EDGES}

    def _empty_tables(self, n_intervals: int) -> dict[str, Records]:
        n_types, n_bots, n_groups = (int(n) for n in (self._c.n_types, self._c.n_bots, self._c.n_groups))
        lines = np.zeros(n_types + n_bots, dtype=state.LINE)
        lines["first"] = lines["last"] = NOBODY
        return {
            "lines": lines,
            "attempt_sums": np.zeros((n_types + n_groups) * n_intervals, dtype=state.ATTEMPT_SUMS),
            "need_sums": np.zeros(n_types, dtype=state.NEED_SUMS),
            "time_sums": np.zeros((n_types + n_bots + 3 * n_groups) * n_intervals, dtype=state.TIME_SUM),
            "waits": np.zeros(n_types * N_BINS, dtype=state.WAITS),
        }

    def _set_tables(self, **tables: Records) -> None:
        """Tables by name. They are kept here, as the kernel knows only their addresses."""
        for name, table in tables.items():
            self._tables[name] = table
            self._c[name] = table.ctypes.data

    def _set_pools(self, contacts: Records, needs: Records) -> None:
        n_events = _EVENTS_OF_A_CONTACT * len(contacts) + _EVENTS_OF_AN_AGENT * len(self._tables["agents"])
        events = np.zeros(n_events + 1, dtype=state.EVENT)
        events[: self._c.n_events] = self._tables.get("events", events)[: self._c.n_events]
        self._set_tables(contacts=contacts, needs=needs, events=events)
        self._c.n_contacts, self._c.n_needs = len(contacts), len(needs)

    def _set_log(self, n_rows: int) -> None:
        self._c.room_for_rows = n_rows
        self._set_tables(
            attempt_rows=np.zeros(n_rows, dtype=state.ATTEMPT_ROW),
            need_rows=np.zeros(n_rows, dtype=state.NEED_ROW),
            overtime_rows=np.zeros(n_rows, dtype=state.OVERTIME_ROW),
        )

    def _make_room(self) -> Iterator[LogBlock]:
        """Hand over the log so far, and double whatever pool is half full."""
        yield from self._flush()
        c, contacts, needs = self._c, self._tables["contacts"], self._tables["needs"]
        if 2 * c.n_free_contacts < len(contacts) + _SPARE_SLOTS:
            contacts = _doubled(contacts, c, "free_contact", "n_free_contacts")
        if 2 * c.n_free_needs < len(needs) + _SPARE_SLOTS:
            needs = _doubled(needs, c, "free_need", "n_free_needs")
        self._set_pools(contacts, needs)
        if c.logs and c.room_for_rows < len(contacts) + len(needs):
            self._set_log(2 * (len(contacts) + len(needs)))

    def _flush(self) -> Iterator[LogBlock]:
        c = self._c
        if c.n_attempt_rows or c.n_need_rows or c.n_overtime_rows:
            yield LogBlock(
                self._tables["attempt_rows"][: c.n_attempt_rows].copy(),
                self._tables["need_rows"][: c.n_need_rows].copy(),
                self._tables["overtime_rows"][: c.n_overtime_rows].copy(),
            )
        c.n_attempt_rows = c.n_need_rows = c.n_overtime_rows = 0


def _chained(kind: np.dtype[Any], first: int, n: int) -> Records:
    """Free slots, each pointing to the next; `first` is the position of the first of them."""
    slots = np.zeros(n, dtype=kind)
    slots["next"] = np.arange(first + 1, first + n + 1)
    return slots


def _doubled(pool: Records, c: Center, free: str, n_free: str) -> Records:
    """Twice the slots. The new ones are free, and lead on to those that were."""
    n = len(pool)
    more = _chained(pool.dtype, n, n)
    more["next"][-1] = c[free]
    c[free] = n
    c[n_free] += n
    return np.concatenate([pool, more])
