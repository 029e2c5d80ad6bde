"""How planning together grows with the center: variables, cost, bound, gap and seconds, from 2 types to 20."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import pyomo.environ as pyo

from bench.large_center import large_center, shifts
from bench.progress import Progress
from bench.together import judged
from optimizer.options import PlanOptions
from optimizer.people import groups_to_plan
from optimizer.plan import plan
from optimizer.solver import DEFAULT
from optimizer.together.frame import frame_of
from optimizer.together.master import Master
from scenarios import Scenario

SIZES = (2, 5, 10, 20)
N_FRESH_DAYS = 200  # a large center has as many contacts in fewer days


@dataclass(frozen=True)
class SizeRow:
    """One center: its size, the joint model without cuts, and the plan. Fresh days judge it as in `bench.together`."""

    n_types: int
    n_groups: int
    n_intervals: int
    n_shifts: int  # a group may work
    n_variables: int
    n_whole: int  # variables that have to be whole
    cost: float
    lower_bound: float
    gap: float
    status: str
    holds: bool  # by the plan's own confirmation
    missed: int
    promised: int
    worst: float
    rounds: int
    seconds: float


def measure(
    progress: Progress, sizes: Sequence[int], search_s: float, executor: Executor | None
) -> Iterator[SizeRow]:
    """A row for each number of types."""
    for n_types in sizes:
        progress(f"sizes: {n_types} types")
        yield _row(large_center(n_types), search_s, executor)


def _row(center: Scenario, search_s: float, executor: Executor | None) -> SizeRow:
    frame = frame_of(center, groups_to_plan(center))
    master = Master(frame, DEFAULT)
    began = time.perf_counter()
    found = plan(center, PlanOptions(method="together", search_limit_s=search_s), executor=executor)
    seconds = time.perf_counter() - began
    checks = judged(found.scenario, N_FRESH_DAYS)
    return SizeRow(
        n_types=len(center.contact_type),
        n_groups=len(center.agent_group),
        n_intervals=frame.n_columns,
        n_shifts=len(shifts()),
        n_variables=sum(1 for _ in master.model.component_data_objects(pyo.Var)),
        n_whole=len(master.whole),
        cost=found.cost,
        lower_bound=found.lower_bound,
        gap=found.gap,
        status=found.status,
        holds=found.holds,
        missed=sum(check.clearly_missed(len(checks)) for check in checks),
        promised=len(checks),
        worst=min(check.margin for check in checks),
        rounds=found.iterations,
        seconds=seconds,
    )
