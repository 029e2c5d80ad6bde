"""Plans with what is done on the day: shifts fixed before it is known how busy the day is, changes after.

The plan of shifts that stay as they are comes first. Then rounds: what days of each class require (a formula, moved
by one offset), shifts and actions by the two-stage model, and a simulation in which every day has the people of its
class. The cheapest that held is confirmed on fresh days. Where none is cheaper than the first plan, shifts stay as
they are: what may be done on the day never makes a plan dearer.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from optimizer.draws import SEARCH_DRAWS_FROM, Note, Simulate
from optimizer.horizon import FloatArray, IntArray
from optimizer.options import PlanOptions, with_replications
from optimizer.people import Effort, groups_to_plan
from optimizer.plan import Plan, plan
from optimizer.requirement.first_guess import FirstGuess, first_guess
from optimizer.requirement.margins import margins_of, of_kinds, targets_of_group
from optimizer.requirement.offsets import Offset, raised
from optimizer.solver import Status
from optimizer.staffing import with_people
from optimizer.standing import SO_FAR, Standing, gap_between
from optimizer.targets import checks_of, share_held
from optimizer.uncertain.day_classes import DayClasses, day_classes
from optimizer.uncertain.fresh_days import classes_of_days, cost_on_days, held_by_class, simulate_days
from optimizer.uncertain.people import DayActions, GroupOnTheDay, nothing_done, people_on_the_day, write_model
from scenarios import Scenario
from sim.measures.estimates import Estimate
from sim.measures.result import Result
from sim.replicate import Asked, run

Offsets = dict[str, list[Offset]]
# Offsets this close hardly differ: of 100 erlangs, by less than half a person.
_NARROW = 0.04
# An offset moves all classes, of which most hold already: it gains a third of the days that it gains service level.
_FLATTER = 3.0
_MOST_STEPS = 60  # of offsets, most of which bring no new requirement


@dataclass(frozen=True)
class DayPlan:
    """A plan with what is done on the day, beside the one without.

    plan: its shifts; its cost is the expected one, and `confirmed` are fresh days with the people of their class
    without: the plan of the same promise whose shifts stay as they are
    actions: by group; classes: how days are told apart; shifts_cost: of what is fixed before
    promised, on_fresh_days: share of days on target; held_by_class: of the fresh days of each class, NaN without one
    fresh_cost: of the horizon, on those fresh days
    """

    plan: Plan
    without: Plan
    actions: dict[str, DayActions]
    classes: DayClasses
    promised: float
    shifts_cost: float
    on_fresh_days: Estimate
    held_by_class: FloatArray
    fresh_cost: Estimate
    without_on_fresh_days: Estimate


@dataclass(frozen=True)
class _Trial:
    """What one round proposes, and by how much it held on the search's draws."""

    offsets: Offsets
    required: dict[str, tuple[IntArray, ...]]
    groups: dict[str, GroupOnTheDay]
    margins: dict[str, list[float]]

    @property
    def cost(self) -> float:
        return sum(one.cost for one in self.groups.values())

    @property
    def holds(self) -> bool:
        return all(margin >= 0.0 for margins in self.margins.values() for margin in margins)

    def next_offsets(self) -> Offsets:
        return {
            group: [o.after(_FLATTER * m) for o, m in zip(self.offsets[group], margins, strict=True)]
            for group, margins in self.margins.items()
        }


def plan_on_the_day(
    scenario: Scenario,
    options: PlanOptions | None = None,
    *,
    simulate: Simulate = run,
    note: Note | None = None,
    lp: Path | None = None,
) -> DayPlan:
    """Shifts, and what is done on days of each class; a scenario's [plan] must say what may be done (on_the_day).

    lp: a file for the two-stage models, as LP text; with several groups one file each, named after them
    An interrupt ends the search; the best so far is confirmed and marked as cut short.
    Raises NoPlan and UnreachableTarget as `optimizer.plan.plan` does.
    """
    began = time.perf_counter()
    options = with_replications(scenario, options or PlanOptions())
    without = plan(scenario, options, simulate=simulate, note=note)
    search = _Search(scenario, options, without, note or (lambda _: None))
    best = search.best()
    if lp is not None:
        search.write_models(best, lp)
    if best is None:
        return _as_without(without, search)
    return _as_day_plan(best, search, time.perf_counter() - began)


class _Search:
    """Rounds of shifts, actions and simulated days."""

    def __init__(self, scenario: Scenario, options: PlanOptions, without: Plan, note: Note) -> None:
        induced = without.confirmed.induced  # demand as it follows the waits of the first plan
        self.scenario = scenario if induced is None else induced.applied(scenario)
        self.options = options
        self.without = without
        self.note = note
        self.n_rounds = 0
        self.tried: dict[bytes, _Trial] = {}
        self.is_cut_short = without.is_cut_short
        self.effort = Effort(options.gap, options.time_limit_s, options.solver)
        self.classes = day_classes(scenario)
        self.groups = groups_to_plan(scenario)
        self.guesses = {group: self._guesses(group) for group in self.groups}
        self.targets = {group: targets_of_group(scenario, group) for group in self.groups}
        self.kinds = {
            group: targets.kinds(self.guesses[group][-1].offered_load_erl.ravel())
            for group, targets in self.targets.items()
        }
        self.searched = Asked(
            options.seed,
            options.search_replications or 0,
            by_interval=True,
            first_replication=SEARCH_DRAWS_FROM,
            scheme="antithetic",
        )
        self.fresh = Asked(options.seed, options.replications or 0, by_interval=True)
        self.class_of = classes_of_days(self.scenario, self.classes, self.searched)

    def best(self) -> _Trial | None:
        """The cheapest that held; None where the first plan is as cheap.

        Small offsets may leave the requirement as it was: then what is known of it moves the offset on.
        """
        try:
            if not self.is_cut_short:
                self._search()
        except KeyboardInterrupt:
            self.is_cut_short = True
        return self._cheapest()

    def _cheapest(self) -> _Trial | None:
        held = [trial for trial in self.tried.values() if trial.holds and trial.cost < self.without.cost]
        return min(held, key=lambda trial: trial.cost) if held else None

    def _so_far(self) -> str:
        """The cheapest that held, or else the first plan; with what is proven of its own requirement."""
        found = self._cheapest()
        bound = self.without.lower_bound
        if found is not None:
            bound = sum(one.lower_bound for one in found.groups.values())
        cost = self.without.cost if found is None else found.cost
        return f"{SO_FAR}{Standing(cost, bound, None, self.scenario.money.currency)}"

    def _search(self) -> None:
        """Fill `tried`, by the people that days of each class require."""
        offsets, tried = self._first_offsets(), self.tried
        for _ in range(_MOST_STEPS):
            required = self._required(offsets)
            key = b"".join(people.tobytes() for by_class in required.values() for people in by_class)
            if key not in tried:
                if len(tried) == self.options.most_rounds:
                    return
                tried[key] = self._try(offsets, required)
            trial = replace(tried[key], offsets=offsets)
            offsets = trial.next_offsets()
            if all(offset.settled for group in offsets.values() for offset in group):
                if trial.holds:
                    return
                offsets = {group: [offset.safe() for offset in known] for group, known in offsets.items()}

    def _first_offsets(self) -> Offsets:
        return {group: [Offset(narrow=_NARROW) for _ in np.unique(k)] for group, k in self.kinds.items()}

    def write_models(self, best: _Trial | None, lp: Path) -> None:
        """The models of the best trial, or of the first guess."""
        required = self._required(self._first_offsets()) if best is None else best.required
        for group, by_class in required.items():
            own = lp if len(required) == 1 else lp.with_stem(f"{lp.stem}-{group}")
            write_model(self.scenario, group, by_class, own)

    def _guesses(self, group: str) -> list[FirstGuess]:
        """What days of each class require, by the formula: at the factor for which the class is staffed."""
        return [first_guess(self.scenario, group, busy=float(level)) for level in self.classes.levels]

    def _try(self, offsets: Offsets, required: dict[str, tuple[IntArray, ...]]) -> _Trial:
        self.n_rounds += 1
        groups = {}
        for group, by_class in required.items():
            self.note(
                f"round {self.n_rounds}: shifts of {group}, and what is done on the day{self._so_far()}"
            )
            groups[group] = people_on_the_day(self.scenario, group, by_class, self.effort)
        self.note(f"round {self.n_rounds}: simulating days of {self.classes.n} classes{self._so_far()}")
        result = self.simulate(groups, self.class_of, self.searched)
        return _Trial(offsets, required, groups, self._margins(result))

    def _required(self, offsets: Offsets) -> dict[str, tuple[IntArray, ...]]:
        return {group: tuple(self._of_classes(group, offsets[group])) for group in self.groups}

    def _of_classes(self, group: str, offsets: list[Offset]) -> list[IntArray]:
        """Each class's first guess moved by the offsets."""
        found = []
        for guess in self.guesses[group]:
            kind = self.targets[group].kind_of_interval(self.kinds[group], guess.required.size)
            values = np.array([offset.value for offset in offsets] + [0.0])[kind]
            people = raised(guess.required.ravel(), guess.offered_load_erl.ravel(), values)
            found.append(people.reshape(guess.required.shape))
        return found

    def _margins(self, result: Result) -> dict[str, list[float]]:
        return {
            group: of_kinds(margins_of(self.scenario, targets, result), self.kinds[group]).tolist()
            for group, targets in self.targets.items()
        }

    def simulate(self, groups: Mapping[str, GroupOnTheDay], class_of: IntArray, asked: Asked) -> Result:
        """Days with the people of their class; other groups' people are the scenario's."""
        center = with_people(self.scenario, {name: one.shifts for name, one in groups.items()})
        return simulate_days(center, {name: one.actions for name, one in groups.items()}, class_of, asked)


def _as_day_plan(best: _Trial, search: _Search, seconds: float) -> DayPlan:
    search.note(f"confirming on {search.fresh.replications} fresh replications")
    class_of = classes_of_days(search.scenario, search.classes, search.fresh)
    confirmed = search.simulate(best.groups, class_of, search.fresh)
    scenario = with_people(search.scenario, {name: one.shifts for name, one in best.groups.items()})
    checks = list(checks_of(scenario, confirmed))
    misses = tuple(str(check) for check in checks if check.clearly_missed(len(checks)))
    bound = sum(one.lower_bound for one in best.groups.values())
    shifts = {name: one.shifts for name, one in best.groups.items()}
    actions = {name: one.actions for name, one in best.groups.items()}
    found = replace(
        search.without,
        scenario=scenario,
        status=max((one.status for one in best.groups.values()), key=list(Status).index).value,
        cost=best.cost,
        lower_bound=bound,
        gap=gap_between(best.cost, bound),
        spare=0.0,
        paid_h=sum(one.paid_h for one in shifts.values()),
        requirement={
            name: by_class[search.classes.n // 2].ravel() for name, by_class in best.required.items()
        },
        people={name: one.present.ravel() for name, one in shifts.items()},
        shifts=tuple({"group": name, **row} for name, one in shifts.items() for row in one.rows),
        confirmed=confirmed,
        holds=not misses,
        misses=misses + tuple(text for one in best.groups.values() for text in one.uncovered),
        iterations=search.without.iterations + search.n_rounds,
        seconds=seconds,
        is_cut_short=search.is_cut_short,
    )
    return _day_plan(found, search, actions, sum(one.cost for one in shifts.values()))


def _as_without(without: Plan, search: _Search) -> DayPlan:
    """The first plan, as nothing that may be done on the day makes it cheaper."""
    days = search.scenario.calendar.days
    actions = {
        name: nothing_done(people.reshape(days, -1), search.classes.n)
        for name, people in without.people.items()
    }
    found = replace(without, is_cut_short=search.is_cut_short)
    return _day_plan(found, search, actions, without.cost)


def _day_plan(found: Plan, search: _Search, actions: dict[str, DayActions], shifts_cost: float) -> DayPlan:
    class_of = classes_of_days(search.scenario, search.classes, search.fresh)
    return DayPlan(
        plan=found,
        without=search.without,
        actions=actions,
        classes=search.classes,
        promised=search.scenario.plan.target_probability or 0.0,
        shifts_cost=shifts_cost,
        on_fresh_days=share_held(search.scenario, found.confirmed),
        held_by_class=held_by_class(search.scenario, found.confirmed, class_of, search.classes.n),
        fresh_cost=cost_on_days(shifts_cost, actions, class_of),
        without_on_fresh_days=share_held(search.scenario, search.without.confirmed),
    )
