"""The arrays of one replication: the center's record and its tables, with room that grows when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from sim.chance.draws import fold
from sim.chance.sample import Sample
from sim.compiled.contact_types import set_bots_of_day
from sim.compiled.day_rates import DayRates
from sim.compiled.lowering import Lowered
from sim.kernel import given, state, written
from sim.kernel.record import NOBODY, Records
from sim.kernel.state import Center
from sim.records.totals import AttemptSum, ServiceSum, Totals
from sim.records.wait_histogram import N_BINS, UPPER_S
from sim.world.traits import Factors

FIRST_ROOM = 256
LOG_BLOCK = 1 << 15
_SPARE_SLOTS = 4
_EVENTS_OF_A_SLOT = 8  # half of them on the heap at most, and as many to come with one event
_SPARE_EVENTS = 64
_SPARE_ROWS = 16  # that the kernel asks for on top of one for each contact
_BIN_EDGES: Records = UPPER_S.view(written.BIN_EDGE)
# Groups keep the same sums as types.
_SERVICE_COLUMNS = [int(AttemptSum[column.name]) for column in ServiceSum]


# Tables of the world that nothing changes.
_SHARED = ("skills", "paces", "routes", "experience", "laws", "nodes", "values", "spans", "peaks")


class LogBlock(NamedTuple):
    """Rows that are complete: attempts, needs, spells."""

    attempts: Records
    needs: Records
    spells: Records


class CenterArrays:
    """The center before anything has happened. The kernel works on it through `address`."""

    def __init__(self, lowered: Lowered, sample: Sample, n_intervals: int, logs: bool) -> None:
        self._tables: dict[str, Records] = {}
        self._centers = np.zeros(1, dtype=state.CENTER)
        self._c = self._centers[0]
        self._world = lowered.world
        self._bots_change = self._world.bots_change
        self._fill_numbers(lowered, sample)
        self._c.n_intervals, self._c.logs = n_intervals, logs
        self._c.interval_s = lowered.world.horizon_s / n_intervals
        self._set_tables(**_known_tables(lowered), **_empty_tables(self._c))
        self._set_pools(_chained(state.CONTACT, 0, FIRST_ROOM), _chained(state.NEED, 0, FIRST_ROOM))
        self._c.n_free_contacts = self._c.n_free_needs = FIRST_ROOM
        self._set_log(LOG_BLOCK if logs else 0)

    @property
    def address(self) -> int:
        """Where the center's record lies."""
        return int(self._centers.ctypes.data)

    def set_day(self, day: int, day_s: float, rates: DayRates, arriving: Records, agenda: Records) -> None:
        """A new day: its arrival rates, how they are in this replication, what is planned, what bots have learned."""
        c, types = self._c, self._tables["types"]
        if self._bots_change:
            set_bots_of_day(types, self._world, day)
        c.day, c.day_s, c.agenda_at, c.n_planned = day, day_s, 0, len(agenda)
        types["first_step"], types["n_steps"] = rates.first, rates.n_steps
        types["prevented_share"] = rates.prevented
        types["first_moment"], types["n_moments"] = rates.first_moment, rates.n_moments
        self._set_tables(steps=rates.steps, arrival_steps=arriving, moments=rates.moments, agenda=agenda)

    def set_factors(self, group: int, factors: Factors) -> None:
        """Who sits in the positions of a group from now on."""
        first = self._tables["groups"]["first_agent"][group]
        of_group = self._tables["agents"][first : first + len(factors.talk)]
        of_group["talk_factor"], of_group["resolution_factor"] = factors

    def totals(self) -> Totals:
        """The sums of what has been lived through."""
        c, tables = self._c, self._tables
        n_types, n_bots, n_groups = (int(n) for n in (c.n_types, c.n_bots, c.n_groups))
        sums = tables["attempt_sums"].view(np.float64).reshape(n_types + n_groups, c.n_intervals, -1)
        times_s = tables["time_sums"].view(np.float64).reshape(-1, c.n_intervals)
        ends = np.cumsum([n_types, n_bots, *(len(written.GROUP_TIMES) - 1) * [n_groups]])
        queue_s, session_s, *of_groups = np.split(times_s, ends)
        return Totals(
            attempts=sums[:n_types],
            services=sums[n_types:][:, :, _SERVICE_COLUMNS],
            needs=tables["need_sums"].view(np.float64).reshape(n_types, c.n_intervals, -1),
            queue_s=queue_s,
            session_s=session_s,
            **dict(zip(written.GROUP_TIMES, of_groups, strict=True)),
            waits=tables["waits"].view(np.int32).reshape(n_types, N_BINS),
            ages=tables["ages"].view(np.int32).reshape(n_types, N_BINS),
            n_attempts=int(c.n_begun),
        )

    def make_room(self) -> Iterator[LogBlock]:
        """Hand over the log so far, and double whatever pool is half full."""
        yield from self.flush()
        c, contacts, needs = self._c, self._tables["contacts"], self._tables["needs"]
        if 2 * c.n_free_contacts < len(contacts) + _SPARE_SLOTS:
            contacts = _doubled(contacts, c, "free_contact", "n_free_contacts")
        if 2 * c.n_free_needs < len(needs) + _SPARE_SLOTS:
            needs = _doubled(needs, c, "free_need", "n_free_needs")
        self._set_pools(contacts, needs)
        n_rows = len(contacts) + len(needs) + _SPARE_ROWS
        if c.logs and c.room_for_rows < n_rows:
            self._set_log(2 * n_rows)

    def flush(self) -> Iterator[LogBlock]:
        """The rows of the log that are complete."""
        c = self._c
        if c.n_attempt_rows or c.n_need_rows or c.n_spell_rows:
            yield LogBlock(
                self._tables["attempt_rows"][: c.n_attempt_rows].copy(),
                self._tables["need_rows"][: c.n_need_rows].copy(),
                self._tables["spell_rows"][: c.n_spell_rows].copy(),
            )
        c.n_attempt_rows = c.n_need_rows = c.n_spell_rows = 0

    def _fill_numbers(self, lowered: Lowered, sample: Sample) -> None:
        c, world = self._c, lowered.world
        c.now_s = c.starts_s = world.starts_s
        c.ends_s = world.horizon_s + world.run_out_s
        c.horizon_s = world.horizon_s
        c.n_lines = world.n_lines
        c.n_types, c.n_groups, c.n_bots = len(world.types), len(world.groups), len(world.bots)
        c.n_spans, c.n_peaks = len(lowered.spans), len(lowered.peaks)
        c.n_agents = sum(group.presence.n_positions for group in world.groups)
        c.most_chats, c.n_shelves = lowered.most_chats, lowered.most_chats + 1
        c.open = world.hours.is_open(world.starts_s)
        c.clears_at_close = world.clears_at_close
        c.counts_seats = world.counts_seats
        c.has_chats = any(not contact_type.queueing.takes_whole_agent for contact_type in world.types)
        callbacks = [contact_type.queueing.callback for contact_type in world.types]
        c.calls_later = any(callback is not None and not callback.keeps_place for callback in callbacks)
        c.seed_key, c.key, c.flip = fold(0, sample.seed), sample.key, sample.flip
        c.replication, c.stratified = sample.replication, sample.scheme == "stratified"
        c.has_experience = world.experience is not None
        c.delights = world.experience is not None and world.experience.delight.share > 0.0

    def _set_tables(self, **tables: Records) -> None:
        """Tables by name. They are kept here, as the kernel knows only their addresses."""
        for name, table in tables.items():
            self._tables[name] = table
            self._c[name] = table.ctypes.data

    def _set_pools(self, contacts: Records, needs: Records) -> None:
        c = self._c
        n_events = 2 * int(c.n_events) + _EVENTS_OF_A_SLOT * len(contacts) + int(c.most_chats) + _SPARE_EVENTS
        events = np.zeros(n_events, dtype=given.EVENT)
        events[: c.n_events] = self._tables.get("events", events)[: c.n_events]
        self._set_tables(contacts=contacts, needs=needs, events=events)
        c.n_contacts, c.n_needs, c.room_for_events = len(contacts), len(needs), n_events

    def _set_log(self, n_rows: int) -> None:
        self._c.room_for_rows = n_rows
        self._set_tables(
            attempt_rows=np.zeros(n_rows, dtype=written.ATTEMPT_ROW),
            need_rows=np.zeros(n_rows, dtype=written.NEED_ROW),
            spell_rows=np.zeros(n_rows, dtype=written.SPELL_ROW),
        )


def _known_tables(lowered: Lowered) -> dict[str, Records]:
    """What the world has decided; those that change with the clock are copied."""
    shared = {name: getattr(lowered, name) for name in _SHARED}
    own = {name: getattr(lowered, name).copy() for name in ("types", "groups", "bots")}
    return {**shared, **own, "agents": lowered.agents(), "bin_edges": _BIN_EDGES}


def _empty_tables(c: Center) -> dict[str, Records]:
    """Lines with nobody in them, and sums of nothing."""
    n_types, n_bots, n_groups, n_intervals = (
        int(n) for n in (c.n_types, c.n_bots, c.n_groups, c.n_intervals)
    )
    return {
        "lines": _nobody_in(state.N_PLACES * n_types + n_bots + int(c.n_agents)),
        "shelves": _nobody_in(n_groups * int(c.n_shelves)),
        "attempt_sums": np.zeros((n_types + n_groups) * n_intervals, dtype=written.ATTEMPT_SUMS),
        "need_sums": np.zeros(n_types * n_intervals, dtype=written.NEED_SUMS),
        "time_sums": np.zeros(_n_times(n_types, n_bots, n_groups) * n_intervals, dtype=written.TIME_SUM),
        "waits": np.zeros(n_types * N_BINS, dtype=written.WAITS),
        "ages": np.zeros(n_types * N_BINS, dtype=written.WAITS),
    }


def _n_times(n_types: int, n_bots: int, n_groups: int) -> int:
    return n_types + n_bots + len(written.GROUP_TIMES) * n_groups


def _nobody_in(n: int) -> Records:
    lines = np.zeros(n, dtype=state.LINE)
    lines["first"] = lines["last"] = NOBODY
    return lines


def _chained(kind: np.dtype[Any], first: int, n: int) -> Records:
    """Free slots, each pointing to the next; `first` is the position of the first of them."""
    slots = np.zeros(n, dtype=kind)
    slots["next"] = np.arange(first + 1, first + n + 1)
    return slots


def _doubled(pool: Records, c: Center, free: str, n_free: str) -> Records:
    """Twice the slots. The new ones are free, and lead on to those that were."""
    n = len(pool)
    more = np.zeros(2 * n, dtype=pool.dtype)  # joining two arrays of records compares their fields one by one
    more[:n] = pool
    more["next"][n:] = np.arange(n + 1, 2 * n + 1)
    more["next"][-1] = c[free]
    c[free] = n
    c[n_free] += n
    return more
