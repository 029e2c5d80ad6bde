"""The plan: people as a search leaves them, and the simulator's word on them.

Skills and shifts are searched together (`optimizer.together`), or the requirement first and shifts for it in turn
(`optimizer.in_turn`). What either finds is simulated once more on draws that no search has seen; only then it is
called a plan.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from optimizer.draws import SEARCH_DRAWS_FROM, Note, Simulate
from optimizer.horizon import FloatArray, IntArray
from optimizer.in_turn import Rounds
from optimizer.options import Found, Method, PlanOptions, method_of, with_replications
from optimizer.people import NoPlan, groups_to_plan
from optimizer.reach import require_attainable, require_reachable
from optimizer.targets import missed
from scenarios import Scenario
from sim.measures.result import Result
from sim.replicate import Asked, run

# Planned in turn before a search together: of no more groups than these, each solve within a gap or seconds.
_FEW_GROUPS, _ROUGH_GAP, _ROUGH_S = 8, 0.01, 3.0


@dataclass(frozen=True)
class Plan:
    """People for a scenario, with the proof of their cost and the simulation that confirmed them.

    cost: paid hours × cost_per_h, or what shifts cost by themselves, over the horizon. gap = (cost − lower_bound) ÷
    cost. Planned together, no people that hold the targets cost less than lower_bound (by simulation, as everybody
    knowing everything); planned in turn, no shifts that cover the same requirement do.
    spare: what the service above the targets is worth, by the search's own trials; plans are compared within it.
    weeks: people by the shifts of their week, where rest between shifts is asked for.
    is_cut_short: the search was interrupted, and this was the best so far; confirmed all the same.
    Arrays by interval of the horizon, midnight to midnight.
    """

    scenario: Scenario
    method: Method
    status: str
    cost: float
    lower_bound: float
    gap: float
    spare: float
    paid_h: float
    requirement: dict[str, IntArray]
    people: dict[str, FloatArray]
    shifts: tuple[dict[str, Any], ...]
    confirmed: Result
    holds: bool
    misses: tuple[str, ...]
    iterations: int
    seconds: float
    offsets: dict[str, tuple[float, ...]]
    is_cut_short: bool = False
    weeks: tuple[dict[str, Any], ...] = ()


def plan(
    scenario: Scenario,
    options: PlanOptions | None = None,
    *,
    simulate: Simulate = run,
    note: Note | None = None,
    lp: Path | None = None,
    executor: Executor | None = None,
    streams: Mapping[str, int] | None = None,
) -> Plan:
    """Plan the people of a scenario: of the groups left to the optimizer, or of all where none is.

    `simulate` runs a scenario as asked: the caller's way of workers, streams and kept blocks. Where skills and shifts
    are planned together, many short trials are run on `executor` beside, on customers numbered by `streams`. `note`
    hears what is being done. An interrupt ends the search; the best so far is confirmed and marked as cut short.

    `lp`: a file for the model as LP text: the joint model with its last cuts; planned in turn the shift models of the
    plan, with several groups one file each, named after them.
    Raises NoPlan with the reason in words where the rules allow no people, UnreachableTarget where no people suffice,
    ValueError where the method cannot plan for what is asked.
    """
    options, note = options or PlanOptions(), note or (lambda _: None)
    method = method_of(scenario, options.method)
    began = time.perf_counter()
    require_attainable(scenario)
    note("trying whether the targets can be reached")
    require_reachable(scenario, simulate, Asked(options.seed, first_replication=SEARCH_DRAWS_FROM))
    if method == "together":
        # The solver loads only where it is needed.
        from optimizer.together.search import search_together, usual_observations

        found = _in_turn_first(scenario, options, simulate, note)
        if found is None or not found.is_cut_short:
            beside = None if found is None else found.groups
            found = search_together(scenario, options, note, executor, streams, lp, beside)
        options = replace(options, replications=options.replications or usual_observations(scenario))
    else:
        options = with_replications(scenario, options)
        found = Rounds(scenario, options, simulate, note).found()
        if lp is not None:
            _write_models(scenario, found.required, lp)
    note(f"confirming on {options.replications} fresh replications")
    asked = Asked(options.seed, options.replications or 0, by_interval=True)
    return _as_plan(found, simulate(found.scenario, asked), time.perf_counter() - began)


def _in_turn_first(scenario: Scenario, options: PlanOptions, simulate: Simulate, note: Note) -> Found | None:
    """People planned in turn, roughly: what a search together has to beat; None where that is no quick work."""
    groups = groups_to_plan(scenario)
    if not 1 < len(groups) <= _FEW_GROUPS or scenario.plan.kind == "constant":
        return None
    rough = replace(
        with_replications(scenario, options),
        gap=max(options.gap, _ROUGH_GAP),
        time_limit_s=min(options.time_limit_s, _ROUGH_S),
    )
    try:
        return Rounds(scenario, rough, simulate, lambda text: note(f"in turn first: {text}")).found()
    except NoPlan:
        return None


def _write_models(scenario: Scenario, required: Mapping[str, IntArray], lp: Path) -> None:
    from optimizer.shifts.of_group import write_model  # the solver loads only where it is needed

    for group, people in required.items():
        own = lp if len(required) == 1 else lp.with_stem(f"{lp.stem}-{group}")
        write_model(scenario, group, people, own)


def _as_plan(found: Found, confirmed: Result, seconds: float) -> Plan:
    misses = missed(found.scenario, confirmed)
    cost = found.cost
    return Plan(
        scenario=found.scenario,
        method=found.method,
        status=found.status,
        cost=cost,
        lower_bound=found.lower_bound,
        gap=max(0.0, cost - found.lower_bound) / cost if cost > 0.0 else 0.0,
        spare=found.spare,
        paid_h=sum(group.paid_h for group in found.groups.values()),
        requirement={group: people.ravel() for group, people in found.required.items()},
        people={name: group.present.ravel() for name, group in found.groups.items()},
        shifts=tuple({"group": name, **row} for name, group in found.groups.items() for row in group.rows),
        weeks=tuple({"group": name, **row} for name, group in found.groups.items() for row in group.weeks),
        confirmed=confirmed,
        holds=not misses,
        misses=misses + tuple(text for group in found.groups.values() for text in group.uncovered),
        iterations=found.n_rounds,
        seconds=seconds,
        offsets=found.offsets,
        is_cut_short=found.is_cut_short,
    )
