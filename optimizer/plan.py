"""The plan: requirement, shifts, and the simulator's word on them.

A formula gives the first guess (`optimizer.requirement.first_guess`). Then rounds: shifts that cover it, a
simulation of those very shifts, and a requirement moved up where a target is missed and down where it is more than
held. The cheapest schedule that held is simulated once more on draws that the search has not seen; only then it is
called a plan.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from optimizer.horizon import FloatArray, IntArray
from optimizer.people import Effort, GroupPlan, groups_to_plan, worst_status
from optimizer.requirement.first_guess import first_guess
from optimizer.requirement.margins import margins_of, of_kinds, targets_of_group
from optimizer.requirement.offsets import GAIN_PER_OFFSET, Offset, raised
from optimizer.solver import DEFAULT
from optimizer.staffing import staff, with_people
from optimizer.targets import checks_of
from scenarios import Scenario
from sim.chance.sample import Scheme
from sim.measures.result import Result
from sim.replicate import Asked, run

# The search draws customers from replications that no confirmation ever uses.
SEARCH_DRAWS_FROM = 1_000_000
# Replications of a round and of the confirmation. Of 400 days a share of nine in ten is known to ± 3 points.
_SEARCHED, _CONFIRMED = 100, 40
_DAYS_SEARCHED, _DAYS_CONFIRMED = 200, 400
_TELLING_MARGINS = 0.01  # trials must differ by a point of service for a slope to be read from them
_LAST_ROUNDS = 2  # rounds in which nothing new is tried: every period as it last held
Note = Callable[[str], None]
Simulate = Callable[[Scenario, Asked], Result]


@dataclass(frozen=True)
class PlanOptions:
    """How to search. `offsets` starts from another plan's corrections, such as the baseline's for its designs.

    search_replications: of each round, in antithetic pairs, so an even number; None: the usual number
    replications: fresh ones that confirm the plan; None: the usual number
    gap, time_limit_s: of each solve, of which a search makes up to `most_rounds`
    """

    seed: int = 1
    gap: float = 0.005
    time_limit_s: float = 60.0
    solver: str = DEFAULT
    search_replications: int | None = None
    replications: int | None = None
    most_rounds: int = 8
    offsets: Mapping[str, tuple[float, ...]] | None = None


@dataclass(frozen=True)
class Plan:
    """People for a scenario, with the proof of their cost and the simulation that confirmed them.

    cost: paid hours × cost_per_h, or what shifts cost by themselves, over the horizon; no shifts that cover the same
    requirement cost less than lower_bound. gap = (cost − lower_bound) ÷ cost.
    spare: what the service above the targets is worth, by the search's own trials; plans are compared within it.
    Arrays by interval of the horizon, midnight to midnight.
    """

    scenario: Scenario
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


@dataclass(frozen=True)
class _Trial:
    """A schedule, and by how much each kind of period of each group held its targets on the search's draws."""

    schedule: _Schedule
    margins: dict[str, FloatArray]

    @property
    def worst(self) -> float:
        """The smallest margin; infinite without targets."""
        return min(
            (float(np.min(margins)) for margins in self.margins.values() if len(margins)), default=math.inf
        )

    @property
    def mean_margin(self) -> float:
        """The mean of the margins where anybody came."""
        found = [margins[np.isfinite(margins)] for margins in self.margins.values()]
        every = np.concatenate(found) if found else np.zeros(0)
        return float(every.mean()) if len(every) else 0.0

    @property
    def holds(self) -> bool:
        return self.worst >= 0.0

    def next_offsets(self) -> dict[str, list[Offset]]:
        return {
            group: [o.after(float(m)) for o, m in zip(self.schedule.offsets[group], margins, strict=True)]
            for group, margins in self.margins.items()
        }


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
    options = with_replications(scenario, options or PlanOptions())
    search = _Search(scenario, options, simulate, note or (lambda _: None))
    began = time.perf_counter()
    best, spare = search.best_schedule()
    if lp is not None:
        _write_models(scenario, best.required, lp)
    search.note(f"confirming on {options.replications} fresh replications")
    confirmed = search.simulate(best, options.replications or 0, 0, "independent")
    return _as_plan(best, spare, confirmed, search.n_rounds, time.perf_counter() - began)


def with_replications(scenario: Scenario, options: PlanOptions) -> PlanOptions:
    """The options with numbers of replications: more where the share of days counts, of which each gives but one."""
    of_days = scenario.plan.target_probability is not None
    searched, fresh = (_DAYS_SEARCHED, _DAYS_CONFIRMED) if of_days else (_SEARCHED, _CONFIRMED)
    return replace(
        options,
        search_replications=options.search_replications or searched,
        replications=options.replications or fresh,
    )


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
        self.kinds = {
            group: targets.kinds(self.guesses[group].offered_load_erl.ravel())
            for group, targets in self.targets.items()
        }

    def best_schedule(self) -> tuple[_Schedule, float]:
        """The cheapest schedule that held its targets on the search's draws, or the one that missed least; spare."""
        offsets = self._first_offsets()
        trials: list[_Trial] = []
        for remaining in reversed(range(self.options.most_rounds)):
            trial = self._try(offsets)
            trials.append(trial)
            offsets = trial.next_offsets()
            settled = all(offset.settled for group in offsets.values() for offset in group)
            if trial.holds and (settled or remaining == 0):
                break
            if settled or remaining < _LAST_ROUNDS:
                # Each period as it last held: schedules differ a little with their neighbors, so it is tried again.
                offsets = {group: [offset.safe() for offset in known] for group, known in offsets.items()}
            if any(_same(self._all_required(offsets), trial.schedule.required) for trial in trials[-1:]):
                break
        held = [trial for trial in trials if trial.holds]
        cheapest = min(held, key=lambda trial: trial.schedule.cost) if held else None
        best = cheapest or max(trials, key=lambda trial: trial.worst)
        return best.schedule, max(0.0, best.mean_margin) * self._cost_of_service(trials)

    def _cost_of_service(self, trials: list[_Trial]) -> float:
        """Money for one more share of contacts served in time: from the trials, or by the square-root formula."""
        margins = np.array([trial.mean_margin for trial in trials])
        costs = np.array([trial.schedule.cost for trial in trials])
        if float(np.ptp(margins)) > _TELLING_MARGINS:
            return max(0.0, float(np.polyfit(margins, costs, 1)[0]))
        per_offset = 0.0
        for group, guess in self.guesses.items():
            declared = self.scenario.agent_group[group]
            people_h = (
                float(np.sqrt(guess.offered_load_erl).sum()) * self.scenario.calendar.interval_min / 60.0
            )
            per_offset += people_h / declared.shrinkage.available_share * declared.cost_per_h
        return per_offset / GAIN_PER_OFFSET

    def _try(self, offsets: dict[str, list[Offset]]) -> _Trial:
        schedule = self.schedule(offsets)
        return _Trial(schedule, self._margins(schedule))

    def schedule(self, offsets: dict[str, list[Offset]]) -> _Schedule:
        """Shifts that cover the first guess moved by these offsets."""
        required = self._all_required(offsets)
        shifts: dict[str, GroupPlan] = {}
        for group, people in required.items():
            self.note(f"round {self.n_rounds + 1}: shifts of {group}")
            shifts[group] = staff(self.scenario, group, people, self.effort)
        return _Schedule(offsets, required, shifts, with_people(self.scenario, shifts))

    def simulate(self, schedule: _Schedule, replications: int, first: int, scheme: Scheme) -> Result:
        """The schedule by interval, on replications from `first` on."""
        asked = Asked(
            self.options.seed, replications, by_interval=True, first_replication=first, scheme=scheme
        )
        return self.simulate_as_asked(schedule.scenario, asked)

    def _first_offsets(self) -> dict[str, list[Offset]]:
        known = self.options.offsets or {}
        offsets = {}
        for group, kinds in self.kinds.items():
            n_kinds = len(np.unique(kinds))
            values = known.get(group, ())
            fits = len(values) == n_kinds
            offsets[group] = (
                [Offset(value) for value in values] if fits else [Offset() for _ in range(n_kinds)]
            )
        return offsets

    def _all_required(self, offsets: dict[str, list[Offset]]) -> dict[str, IntArray]:
        return {group: self._required(group, offsets[group]) for group in self.guesses}

    def _required(self, group: str, offsets: list[Offset]) -> IntArray:
        guess = self.guesses[group]
        kind = self.targets[group].kind_of_interval(self.kinds[group], guess.required.size)
        values = np.array([offset.value for offset in offsets] + [0.0])[
            kind
        ]  # kind −1: the last one, no offset
        people = raised(guess.required.ravel(), guess.offered_load_erl.ravel(), values)
        return people.reshape(guess.required.shape)

    def _margins(self, schedule: _Schedule) -> dict[str, FloatArray]:
        self.n_rounds += 1
        self.note(
            f"round {self.n_rounds}: simulating shifts of {schedule.cost:.0f} {self.scenario.money.currency}"
        )
        n = self.options.search_replications or 0
        result = self.simulate(schedule, n, SEARCH_DRAWS_FROM, "antithetic")
        return {
            group: of_kinds(margins_of(schedule.scenario, targets, result), self.kinds[group])
            for group, targets in self.targets.items()
        }


def _write_models(scenario: Scenario, required: Mapping[str, IntArray], lp: Path) -> None:
    from optimizer.shifts.of_group import write_model  # the solver loads only where it is needed

    for group, people in required.items():
        own = lp if len(required) == 1 else lp.with_stem(f"{lp.stem}-{group}")
        write_model(scenario, group, people, own)


def _same(a: Mapping[str, IntArray], b: Mapping[str, IntArray]) -> bool:
    return all(np.array_equal(a[group], b[group]) for group in a)


def _as_plan(best: _Schedule, spare: float, confirmed: Result, n_rounds: int, seconds: float) -> Plan:
    checks = list(checks_of(best.scenario, confirmed))
    misses = tuple(str(check) for check in checks if check.clearly_missed(len(checks)))
    cost, bound = best.cost, sum(plan.lower_bound for plan in best.shifts.values())
    return Plan(
        scenario=best.scenario,
        status=worst_status(list(best.shifts.values())).value,
        cost=cost,
        lower_bound=bound,
        gap=(cost - bound) / cost if cost > 0.0 else 0.0,
        spare=spare,
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
