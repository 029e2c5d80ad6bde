"""One replication's sums: numerators and denominators of every measure, by name and interval.

Only sums leave a replication, never ratios: values over replications are ratios of sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim import measures
from sim.cells import Cells, Key, Scope
from sim.costs import costs_of
from sim.facts import Facts, facts_of
from sim.hours import DAY_S
from sim.measures import Column
from sim.people import Presence
from sim.records import BoolArray, FloatArray, IntArray, Records
from sim.spells import time_in_intervals
from sim.wait_histogram import wait_counts
from sim.world import World

HOUR_S = 3600.0


@dataclass(frozen=True)
class Sums:
    """Everything that one replication contributes. `n_attempts` counts all that were simulated."""

    cells: dict[Key, Cells]
    waits: npt.NDArray[np.int32]  # contact types × bins of `sim.wait_histogram`
    n_attempts: int


@dataclass(frozen=True)
class _Grid:
    """Names × intervals, and how rows of facts fall into them."""

    n_names: int
    n_intervals: int

    def add_up(self, name: IntArray, interval: IntArray, weights: npt.NDArray[np.generic]) -> FloatArray:
        """Weights summed by name and interval; rows with a negative name are nobody's."""
        mine = name >= 0
        cell = name[mine] * self.n_intervals + interval[mine]
        size = self.n_names * self.n_intervals
        sums = np.bincount(cell, weights=weights[mine].astype(np.float64), minlength=size)
        return sums.astype(np.float64).reshape(self.n_names, self.n_intervals)


def tally(world: World, records: Records, seed: int, replication: int, by_interval: bool) -> Sums:
    """The sums of one replication; by interval of the horizon, or over all of it."""
    facts = facts_of(world, records)
    cells = (
        _attempt_cells(facts, by_interval)
        | _need_cells(facts)
        | _clock_cells(facts, seed, replication, by_interval)
    )
    a = facts.attempts
    joined = a.counted & a.offered
    return Sums(
        cells=cells | costs_of(world, cells),
        waits=wait_counts(a.wait_s[joined], records.attempts.contact_type[joined], len(world.types)),
        n_attempts=len(records.attempts.need),
    )


def edges_of(world: World, by_interval: bool) -> FloatArray:
    """The edges between which sums are kept: of every interval, or of the horizon."""
    if not by_interval:
        return np.array([0.0, world.horizon_s])
    return np.arange(world.n_intervals + 1, dtype=np.float64) * world.interval_s


def _attempt_cells(facts: Facts, by_interval: bool) -> dict[Key, Cells]:
    """Counts and shares over attempts, by type; some also by the group that answered and the bot that was met."""
    a, world = facts.attempts, facts.world
    n_intervals = world.n_intervals if by_interval else 1
    interval = a.interval if by_interval else np.zeros(len(a.counted), dtype=np.int64)
    bot_of_type = np.array([-1 if t.bot is None else t.bot.bot for t in world.types], dtype=np.int64)
    names: dict[Scope, tuple[IntArray, int]] = {
        "contact_type": (a.rows.contact_type, len(world.types)),
        "agent_group": (a.rows.group, len(world.groups)),
        "bot": (bot_of_type[a.rows.contact_type], len(world.bots)),
    }
    only = {"agent_group": measures.OF_GROUPS, "bot": measures.OF_BOTS}
    columns: dict[str, tuple[Column, Column | None]] = {
        name: (f(a), None) for name, f in measures.COUNTS.items()
    }
    columns |= {name: share(a) for name, share in measures.SHARES.items()}
    cells: dict[Key, Cells] = {}
    for scope, (name_of_row, n_names) in names.items():
        grid = _Grid(n_names, n_intervals)
        for measure in only.get(scope, columns):
            above, below = columns[measure]
            cells[measure, scope] = Cells(
                grid.add_up(name_of_row, interval, _counted(above, a.counted)),
                None if below is None else grid.add_up(name_of_row, interval, _counted(below, a.counted)),
            )
    return cells


def _counted(weights: Column, counted: BoolArray) -> Column:
    """Weights of the counted rows; the others may be NaN, and weigh nothing."""
    return np.where(counted, weights, 0)


def _need_cells(facts: Facts) -> dict[Key, Cells]:
    """Counts and shares over needs, by the type of the first contact; not by interval."""
    n = facts.needs
    grid = _Grid(len(facts.world.types), 1)
    interval = np.zeros(len(n.counted), dtype=np.int64)
    name = n.needs.contact_type
    cells: dict[Key, Cells] = {}
    for measure, count in measures.NEED_COUNTS.items():
        cells[measure, "contact_type"] = Cells(grid.add_up(name, interval, _counted(count(n), n.counted)))
    for measure, share in measures.NEED_SHARES.items():
        above, below = share(n)
        cells[measure, "contact_type"] = Cells(
            grid.add_up(name, interval, _counted(above, n.counted)),
            grid.add_up(name, interval, _counted(below, n.counted)),
        )
    return cells


def _clock_cells(facts: Facts, seed: int, replication: int, by_interval: bool) -> dict[Key, Cells]:
    """What happens on the clock, whatever is counted: queues, sessions, work, presence, paid hours."""
    world = facts.world
    edges_s = edges_of(world, by_interval)
    time_s = np.diff(edges_s)[None, :]
    queues = _queue_time_s(facts, edges_s)
    sessions = _session_time_s(facts, edges_s)
    work = _work_s(facts, edges_s)
    overtime = _overtime_s(facts.records, len(world.groups), edges_s)
    presences = [group.presence for group in world.groups]
    due = np.array([present_s(presence, seed, replication, edges_s) for presence in presences])
    paid = np.array([presence.paid_s(edges_s) for presence in presences])
    present = due + overtime
    return {
        ("mean_queue_length", "contact_type"): Cells(queues, _repeated(time_s, queues)),
        ("mean_bot_sessions", "bot"): Cells(sessions, _repeated(time_s, sessions)),
        ("occupancy", "agent_group"): Cells(work, present),
        ("live_occupancy", "agent_group"): Cells(work, present),
        ("utilization", "agent_group"): Cells(work, paid + overtime),
        ("work_h", "agent_group"): Cells(work / HOUR_S),
        ("present_h", "agent_group"): Cells(present / HOUR_S),
        ("overtime_h", "agent_group"): Cells(overtime / HOUR_S),
        ("paid_h", "agent_group"): Cells(paid / HOUR_S),
    }


def _repeated(row: npt.NDArray[Any], like: FloatArray) -> FloatArray:
    return np.broadcast_to(row, like.shape).astype(np.float64)


def _queue_time_s(facts: Facts, edges_s: FloatArray) -> FloatArray:
    rows = facts.records.attempts
    until_s = np.where(np.isnan(rows.answered_s), rows.ended_s, rows.answered_s)
    waits = facts.attempts.offered & (until_s > rows.queued_s)
    return _by_name(rows.queued_s, until_s, waits, rows.contact_type, len(facts.world.types), edges_s)


def _session_time_s(facts: Facts, edges_s: FloatArray) -> FloatArray:
    rows, world = facts.records.attempts, facts.world
    bot_of_type = np.array([-1 if t.bot is None else t.bot.bot for t in world.types], dtype=np.int64)
    bot = bot_of_type[rows.contact_type]
    return _by_name(
        rows.arrived_s, rows.left_bot_s, facts.attempts.entered_bot, bot, len(world.bots), edges_s
    )


def _work_s(facts: Facts, edges_s: FloatArray) -> FloatArray:
    rows = facts.records.attempts
    until_s = rows.answered_s + rows.talk_s + rows.wrap_up_s
    return _by_name(
        rows.answered_s, until_s, facts.attempts.answered, rows.group, len(facts.world.groups), edges_s
    )


def _overtime_s(records: Records, n_groups: int, edges_s: FloatArray) -> FloatArray:
    start_s, end_s, group = records.overtime_start_s, records.overtime_end_s, records.overtime_group
    return _by_name(start_s, end_s, group >= 0, group, n_groups, edges_s)


def _by_name(
    starts_s: FloatArray,
    ends_s: FloatArray,
    among: npt.NDArray[np.bool_],
    name: IntArray,
    n_names: int,
    edges_s: FloatArray,
) -> FloatArray:
    """Seconds between edges that spells of each name cover; names × intervals."""
    mine = [among & (name == i) for i in range(n_names)]
    found = [time_in_intervals(starts_s[rows], ends_s[rows], edges_s) for rows in mine]
    return np.array(found).reshape(n_names, len(edges_s) - 1)


def present_s(presence: Presence, seed: int, replication: int, edges_s: FloatArray) -> FloatArray:
    """Seconds at which positions are due to be present, between edges."""
    n_before = len(presence.present_before(seed, replication, float(edges_s[0])))
    first_day, last_day = int(edges_s[0] // DAY_S), int(-(-edges_s[-1] // DAY_S))
    changes = [c for day in range(first_day - 1, last_day) for c in presence.changes(seed, replication, day)]
    moments = np.array([c.at_s for c in changes if c.at_s >= edges_s[0]])
    steps = np.array([1.0 if c.comes else -1.0 for c in changes if c.at_s >= edges_s[0]])
    # Each change counts from its moment to the end of time: +1 for who comes, −1 for who goes.
    forever = np.full(len(moments), edges_s[-1])
    return n_before * np.diff(edges_s) + time_in_intervals(
        np.minimum(moments, forever), forever, edges_s, steps
    )
