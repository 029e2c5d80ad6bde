"""What no people can do without: the same demand with everybody knowing everything, and plenty of people elsewhere.

In one block of time at a time the pooled people are so many, and in all others as many as anybody could want; what is
then held of all promises together is more than any arrangement of as many people holds in that block. So with N[b] the
heads of all groups and s[b](n) what n of them hold there,

    Σ_b s[b](N[b]) ≥ 0  over each period,

is a relaxation of the plan; its least cost is a lower bound (Cezik and L'Ecuyer 2008). s is simulated, so the bound is
an estimate: its curves are raised by two standard errors, and to their concave hull, as tangents need them. A block is
one column where shifts are few. Where they are many it is some hours, so that people elsewhere help little, and heads
inside it are taken to follow the need, as is best where service is concave. Types that take much longer than others
are pooled apart; see `optimizer.together.pools`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyomo.environ as pyo

from optimizer.horizon import FloatArray, IntArray
from optimizer.people import Effort
from optimizer.requirement.first_guess import first_guess
from optimizer.solver import Solved
from optimizer.staffing import with_agents
from optimizer.together.frame import Frame, frame_of, pooled_agents
from optimizer.together.master import Master
from optimizer.together.pools import EVERYONE, pooled, pools_of, takers_of
from optimizer.together.promised import Masses, Promised
from optimizer.together.slopes import PHASES
from optimizer.together.trials import Trials

_LEVELS = 7  # numbers of people tried in each column
_CONTACTS_IN_A_ROW = 12
_ERRORS = 2.0  # standard errors by which the curves are raised
Point = tuple[float, float]


@dataclass(frozen=True)
class Curve:
    """What so many heads hold in a column, at most: the lines of a concave hull, (slope, height at 0)."""

    lines: tuple[tuple[float, float], ...]


Curves = dict[tuple[int, int], dict[int, Curve]]  # by period and block


def pooled_bound(frame: Frame, trials: Trials, effort: Effort, observations: int) -> float:
    """The least cost of any people that hold; 0 where some people are not planned, so that nothing can be pooled."""
    trials = trials.of_types()
    if set(frame.groups) != set(frame.scenario.agent_group) or not trials.promised.rows:
        return 0.0
    master = Master(frame, effort.solver)
    blocks = _blocks(frame, master.by_choice)
    pools = pools_of(frame.scenario, trials.promised)
    master.model.pool = pyo.Block(range(len(pools)))
    for k, types in enumerate(pools):
        curves = _curves(frame, blocks, trials, types, observations)
        _add_pool(master.model.pool[k], master, blocks, types, curves)
    found = master.solve(effort.gap, effort.time_limit_s)
    solved = found if isinstance(found, Solved) else found.solved
    return max(0.0, solved.lower_bound or 0.0)


def _add_pool(block: Any, master: Master, blocks: IntArray, types: Sequence[str], curves: Curves) -> None:
    """held[p, b] ≤ every line of the curve at the mean heads that know the types;  Σ_b held[p, b] ≥ 0"""
    frame, periods = master.frame, sorted(curves)
    takers = [frame.groups.index(group) for group in takers_of(frame.scenario, types)]
    block.held = pyo.Var([(p, b) for p in range(len(periods)) for b in curves[periods[p]]])
    block.limits = pyo.ConstraintList()
    for p, period in enumerate(periods):
        for b, curve in curves[period].items():
            columns = np.flatnonzero(blocks == b).tolist()
            heads = pyo.quicksum(master.groups.heads[g, c] for g in takers for c in columns)
            for slope, height in curve.lines:
                block.limits.add(block.held[p, b] <= slope / len(columns) * heads + height)
        block.limits.add(pyo.quicksum(block.held[p, b] for b in curves[period]) >= 0.0)


def _blocks(frame: Frame, by_choice: bool) -> IntArray:
    """The block of each column: as many neighboring columns of a day as hold a dozen contacts one after another.

    Single columns where shifts are few and every one of them counts, or where people are free head counts.
    """
    if by_choice or frame.scenario.plan.kind != "shifts":
        return np.arange(frame.n_columns)
    handles_s = [declared.talk_s.expected for declared in frame.scenario.contact_type.values()]
    length = max(1, round(_CONTACTS_IN_A_ROW * float(np.mean(handles_s)) / frame.week.interval_s))
    first_interval = np.array([frame.intervals_of(c)[0] for c in range(frame.n_columns)])
    day, in_day = np.divmod(first_interval, frame.week.n_intervals_per_day)
    named = day * frame.week.n_intervals_per_day + in_day // length
    return np.unique(named, return_inverse=True)[1].astype(np.int64)


def _curves(
    frame: Frame, blocks: IntArray, trials: Trials, types: Sequence[str], observations: int
) -> Curves:
    """Period → block → what its mean heads, who know these types, hold of all their promises over that period."""
    alone, elsewhere = pooled(frame.scenario, types)
    wide = frame_of(alone, [EVERYONE])
    needed = _needed(wide)
    plenty = needed + 3.0 + np.ceil(2.0 * np.sqrt(needed))
    steps = np.maximum(1.0, np.ceil(np.sqrt(needed) / 3.0))
    levels = [np.zeros(wide.n_columns)]
    levels += [np.maximum(0.0, needed + level * steps) for level in range(-_LEVELS + 2, 2)]
    tries = [(phase, heads) for phase in range(min(PHASES, blocks.max() + 1)) for heads in levels]
    is_single = len(np.unique(blocks)) == wide.n_columns
    scenarios = []
    for phase, heads in tries:
        low = blocks % PHASES == phase
        agents = pooled_agents(wide, np.where(low, heads, plenty).astype(np.int64), low, is_single)
        scenarios.append(with_agents(alone, {EVERYONE: agents, **elsewhere}))
    points: dict[tuple[int, int], dict[int, list[Point]]] = defaultdict(lambda: defaultdict(list))
    for (phase, heads), found in zip(tries, trials.masses(scenarios, observations), strict=True):
        for period, block, held in _held(wide, blocks, trials.promised, types, found):
            if block % PHASES == phase:
                points[period][block].append((float(heads[blocks == block].mean()), held))
    return {period: {b: _hull(found) for b, found in by_block.items()} for period, by_block in points.items()}


def _needed(wide: Frame) -> FloatArray:
    """Heads that one group of everybody needs by the formula, by column."""
    needed = np.zeros(wide.n_columns)
    is_open = wide.of_horizon >= 0
    required = first_guess(wide.scenario, EVERYONE).required.ravel()
    np.maximum.at(needed, wide.of_horizon[is_open], required[is_open].astype(float))
    shrinkage = wide.scenario.agent_group[EVERYONE].shrinkage
    share = shrinkage.available_share if wide.scenario.plan.kind == "shifts" else 1.0
    return np.asarray(np.ceil(needed / share))


def _held(
    frame: Frame, blocks: IntArray, promised: Promised, types: Sequence[str], found: Masses
) -> Iterator[tuple[tuple[int, int], int, float]]:
    """(period, block, sum over all promises of these types over that period), raised by its standard errors."""
    by_period: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in promised.rows:
        if promised.promises[row.promise].name in types:
            by_period[row.first, row.end].append(row.promise)
    block_of = np.append(blocks, -1)[frame.of_horizon]
    for (first, end), rows in by_period.items():
        every = found.mass[rows].sum(axis=0)[:, first:end]
        of_period: IntArray = block_of[first:end]
        there = np.unique(of_period[of_period >= 0]).tolist()
        for block in there:
            sums: FloatArray = every[:, of_period == block].sum(axis=1)
            # Errors of blocks are nearly independent: so raised, their sum is raised by that many errors of its own.
            error = float(sums.std(ddof=1)) / np.sqrt(len(sums)) / np.sqrt(len(there))
            yield (first, end), int(block), float(sums.mean()) + _ERRORS * error


def _hull(points: Sequence[Point]) -> Curve:
    """The concave hull of the points as lines, carried on at both ends; never falling, as more people never harm."""
    best: dict[float, float] = {}
    for n, held in points:
        best[n] = max(held, best.get(n, -np.inf))
    upper: list[Point] = []
    for point in sorted(best.items()):
        while len(upper) > 1 and _turns_up(upper[-2], upper[-1], point):
            upper.pop()
        upper.append(point)
    lines = []
    for (n, held), (m, more) in pairwise(upper):
        slope = max(0.0, (more - held) / (m - n))
        lines.append((slope, held - slope * n))
    return Curve(tuple(lines) or ((0.0, max(held for _, held in upper)),))


def _turns_up(a: Point, b: Point, c: Point) -> bool:
    return (b[1] - a[1]) * (c[0] - b[0]) <= (c[1] - b[1]) * (b[0] - a[0])
