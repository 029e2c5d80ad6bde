"""The plan: requirement, shifts, and the simulator's word on them.

A formula gives the first guess (`optimizer.requirement`). Then rounds: shifts that cover it, a simulation of those very
shifts, and a requirement moved up where a target is missed and down where it is more than held. The cheapest
schedule that held is simulated once more on draws that the search has not seen; only then it is called a plan.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from optimizer.first_guess import first_guess
from optimizer.horizon import FloatArray, IntArray
from optimizer.margins import margins_of, targets_of_group
from optimizer.offsets import Offset, raised
from optimizer.solver import DEFAULT
from optimizer.staffing import Effort, GroupPlan, staff, with_people, worst_status
from optimizer.targets import checks_of
from scenarios import Scenario
from sim.replicate import Asked, run
from sim.result import Result

# The search draws customers from replications that no confirmation ever uses.
SEARCH_DRAWS_FROM = 1_000_000
Note = Callable[[str], None]
Simulate = Callable[[Scenario, Asked], Result]


@dataclass(frozen=True)
class PlanOptions:
    """How to search. `offsets` starts from another plan's corrections, such as the baseline's for its designs.

    gap: of each solve; time_limit_s: of each solve, of which a search makes up to `most_rounds`
    """

    seed: int = 1
    gap: float = 0.005
    time_limit_s: float = 60.0
    solver: str = DEFAULT
    search_replications: int = 20
    replications: int = 40
    most_rounds: int = 6
    offsets: Mapping[str, tuple[float, ...]] | None = None


@dataclass(frozen=True)
class Plan:
    """People for a scenario, with the proof of their cost and the simulation that confirmed them.

    cost = cost_per_h × paid hours over the horizon; lower_bound: no shifts that cover the same requirement cost less;
    gap = (cost − lower_bound) ÷ cost. Arrays by interval of the horizon, midnight to midnight.
    """

    scenario: Scenario
    status: str
    cost: float
    lower_bound: float
    gap: float
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


@dataclass(frozen=True)
class _Schedule:
    """What one round proposes."""

    offsets: dict[str, list[Offset]]
    required: dict[str, IntArray]
    shifts: dict[str, GroupPlan]
    scenario: Scenario

    @property
    def cost(self) -> float:
        return sum(plan.cost for plan in self.shifts.values())


def plan(
    scenario: Scenario,
    options: PlanOptions | None = None,
    *,
    simulate: Simulate = run,
    note: Note | None = None,
    lp: Path | None = None,
) -> Plan:
    """Plan the people of a scenario: of the groups left to the optimizer, or of all where none is.

    `simulate` runs a scenario as asked: the caller's way of workers, streams and kept blocks. `note` hears what is
    being done.

    `lp`: a file for the shift models of the plan, as LP text; with several groups one file each, named after them.
    Raises NoPlan with the reason in words where the rules allow no people, UnreachableTarget where no people suffice.
    """
    options = options or PlanOptions()
    search = _Search(scenario, options, simulate, note or (lambda _: None))
    began = time.perf_counter()
    best = search.best_schedule()
    if lp is not None:
        _write_models(scenario, best.required, lp)
    search.note(f"confirming on {options.replications} fresh replications")
    confirmed = search.simulate(best, options.replications, 0)
    return _as_plan(best, confirmed, search.n_rounds, time.perf_counter() - began)


class _Search:
    """Rounds of shifts and simulation."""

    def __init__(
        self,
        scenario: Scenario,
        options: PlanOptions,
        simulate: Simulate,
        note: Note,
    ) -> None:
        self.scenario = scenario
        self.options = options
        self.simulate_as_asked = simulate
        self.note = note
        self.n_rounds = 0
        self.effort = Effort(options.gap, options.time_limit_s, options.solver)
        self.guesses = {group: first_guess(scenario, group) for group in groups_to_plan(scenario)}
        self.targets = {group: targets_of_group(scenario, group) for group in self.guesses}

    def best_schedule(self) -> _Schedule:
        """The cheapest schedule that held its targets on the search's draws, or the one that missed least."""
        schedule = self.schedule(self._first_offsets())
        best, best_worst = schedule, -math.inf
        for _ in range(self.options.most_rounds):
            margins = self._margins(schedule)
            worst = min((float(np.min(m)) for m in margins.values() if len(m)), default=math.inf)
            if _is_better(worst, schedule.cost, best_worst, best.cost):
                best, best_worst = schedule, worst
            offsets = {
                group: [
                    o.after(float(m)) for o, m in zip(schedule.offsets[group], margins[group], strict=True)
                ]
                for group in margins
            }
            settled = all(offset.settled for group in offsets.values() for offset in group)
            following = self.schedule(offsets)
            if settled or _same(following.required, schedule.required):
                break
            schedule = following
        return best

    def schedule(self, offsets: dict[str, list[Offset]]) -> _Schedule:
        """Shifts that cover the first guess moved by these offsets."""
        required = {group: self._required(group, offsets[group]) for group in self.guesses}
        shifts: dict[str, GroupPlan] = {}
        for group, people in required.items():
            self.note(f"round {self.n_rounds + 1}: shifts of {group}")
            shifts[group] = staff(self.scenario, group, people, self.effort)
        return _Schedule(offsets, required, shifts, with_people(self.scenario, shifts))

    def simulate(self, schedule: _Schedule, replications: int, first: int) -> Result:
        """The schedule by interval, on replications from `first` on."""
        asked = Asked(self.options.seed, replications, by_interval=True, first_replication=first)
        return self.simulate_as_asked(schedule.scenario, asked)

    def _first_offsets(self) -> dict[str, list[Offset]]:
        known = self.options.offsets or {}
        offsets = {}
        for group, targets in self.targets.items():
            values = known.get(group, ())
            fits = len(values) == len(targets.periods)
            offsets[group] = (
                [Offset(value) for value in values] if fits else [Offset() for _ in targets.periods]
            )
        return offsets

    def _required(self, group: str, offsets: list[Offset]) -> IntArray:
        guess = self.guesses[group]
        period = self.targets[group].period_of_interval(guess.required.size)
        values = np.array([offset.value for offset in offsets] + [0.0])[
            period
        ]  # period −1: the last one, no offset
        return raised(guess.required.ravel(), guess.offered_load_erl.ravel(), values).reshape(
            guess.required.shape
        )

    def _margins(self, schedule: _Schedule) -> dict[str, FloatArray]:
        self.n_rounds += 1
        self.note(
            f"round {self.n_rounds}: simulating shifts of {schedule.cost:.0f} {self.scenario.money.currency}"
        )
        result = self.simulate(schedule, self.options.search_replications, SEARCH_DRAWS_FROM)
        return {
            group: margins_of(schedule.scenario, targets, result) for group, targets in self.targets.items()
        }


def _write_models(scenario: Scenario, required: Mapping[str, IntArray], lp: Path) -> None:
    from optimizer.shifts_of_group import write_model  # the solver loads only where it is needed

    for group, people in required.items():
        own = lp if len(required) == 1 else lp.with_stem(f"{lp.stem}-{group}")
        write_model(scenario, group, people, own)


def groups_to_plan(scenario: Scenario) -> list[str]:
    """The groups whose people are left to the optimizer; all groups where none is."""
    left = [name for name, group in scenario.agent_group.items() if group.agents.plan]
    return left or list(scenario.agent_group)


def _is_better(worst: float, cost: float, best_worst: float, best_cost: float) -> bool:
    """Held before missed; of those that hold the cheaper, of those that miss the nearer."""
    if (worst >= 0.0) != (best_worst >= 0.0):
        return worst >= 0.0
    return cost < best_cost if worst >= 0.0 else worst > best_worst


def _same(a: Mapping[str, IntArray], b: Mapping[str, IntArray]) -> bool:
    return all(np.array_equal(a[group], b[group]) for group in a)


def _as_plan(best: _Schedule, confirmed: Result, n_rounds: int, seconds: float) -> Plan:
    checks = list(checks_of(best.scenario, confirmed))
    misses = tuple(str(check) for check in checks if check.clearly_missed(len(checks)))
    cost, bound = best.cost, sum(plan.lower_bound for plan in best.shifts.values())
    return Plan(
        scenario=best.scenario,
        status=worst_status(list(best.shifts.values())).value,
        cost=cost,
        lower_bound=bound,
        gap=(cost - bound) / cost if cost > 0.0 else 0.0,
        paid_h=sum(plan.paid_h for plan in best.shifts.values()),
        requirement={group: people.ravel() for group, people in best.required.items()},
        people={group: plan.present.ravel() for group, plan in best.shifts.items()},
        shifts=tuple({"group": group, **row} for group, plan in best.shifts.items() for row in plan.rows),
        confirmed=confirmed,
        holds=not misses,
        misses=misses + tuple(text for plan in best.shifts.values() for text in plan.uncovered),
        iterations=n_rounds,
        seconds=seconds,
        offsets={group: tuple(offset.value for offset in offsets) for group, offsets in best.offsets.items()},
    )
