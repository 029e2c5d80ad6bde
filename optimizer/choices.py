"""When shall targets hold: over every interval, day, week or the horizon, with a floor or without, and at what cost.

The same scenario is planned once for each choice, with the same seed, and confirmed on the same fresh customers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from optimizer.people import NoPlan
from optimizer.plan import Plan
from optimizer.targets import FINEST_FIRST, Period, Promise, missed, periods_of, promised, targets_of
from scenarios import Scenario
from scenarios.contact_types import ServiceTarget
from scenarios.quantities import frozen
from sim.theory import UnreachableTarget

FLOOR_OF_SHARE = 0.75  # 60 % where 80 % are promised: a floor where the scenario has none of its own
Key = frozenset[tuple[Promise, range]]
PlanOf = Callable[["Choice"], Plan]


@dataclass(frozen=True)
class Choice:
    """Targets over these periods, with the floor `never_below` or without.

    over: None for the targets as they stand in the file, where those are none of the others
    same_as: coarser units whose periods are the same in this horizon
    floors: contact type → service level of its worst interval
    targets: contact type → its target; what other scenarios of the same center take over
    """

    over: str | None
    floors: Mapping[str, float]
    targets: Mapping[str, ServiceTarget]
    scenario: Scenario
    same_as: tuple[str, ...] = ()
    is_own: bool = False

    @property
    def name(self) -> str:
        """A word for it, as files are named: "day", "day-with-floor", "as-in-the-file"."""
        if self.over is None:
            return "as-in-the-file"
        return f"{self.over}-with-floor" if self.floors else self.over

    def in_place(self, planned: Scenario) -> Scenario:
        """A planned scenario of the same center with the targets of this choice."""
        return _with_targets(planned, self.targets)


@dataclass(frozen=True)
class Weighed:
    """A choice and its plan; without one, why there is none.

    planned_for: the choice it was planned for; a harder one where that plan holds this too, and the own one costs more
    or misses
    searched: the plan for this choice itself, whichever stands
    """

    choice: Choice
    plan: Plan | None
    planned_for: str
    searched: Plan | None
    why_not: str = ""

    @property
    def holds(self) -> bool:
        """Whether there is a plan that holds on fresh customers."""
        return self.plan is not None and self.plan.holds


def choices_of(scenario: Scenario, units: Sequence[str] = FINEST_FIRST) -> tuple[Choice, ...]:
    """The choices of these units, and the scenario's own; hardest first, each once where several mean the same."""
    own = _key(scenario)
    found: dict[Key, Choice] = {}
    for choice in _all_of(scenario):
        key = _key(choice.scenario)
        first = found.setdefault(key, replace(choice, is_own=key == own))
        if choice.over != first.over:
            found[key] = replace(first, same_as=(*first.same_as, choice.over or ""))
    as_it_is = () if own in found else (Choice(None, {}, targets_of(scenario), scenario, is_own=True),)
    asked = (one for one in found.values() if one.is_own or {one.over, *one.same_as} & set(units))
    return (*as_it_is, *asked)


def weigh(choices: Sequence[Choice], plan_of: PlanOf) -> tuple[Weighed, ...]:
    """A plan for each choice, in their order; an interrupt leaves those that are done, of which its own comes first.

    Who keeps a harder choice keeps an easier one as well: where the harder one's plan costs less, it stands for both.
    """
    done: list[Weighed] = []
    try:
        for choice in sorted(choices, key=lambda one: not one.is_own):
            done.append(_weighed(choice, plan_of))
            if (found := done[-1].plan) is not None and found.is_cut_short:
                break
    except KeyboardInterrupt:
        if not done:
            raise
    return tuple(_cheapest(one, done) for one in sorted(done, key=lambda one: choices.index(one.choice)))


def is_harder(one: Choice, other: Choice) -> bool:
    """Whether people who keep the one keep the other for certain, in expectation.

    A figure over a period is a weighted mean of the figures over its parts, the weights being who comes; so a promise
    over all parts is one over the whole. A share of days is no such mean: there each period has to be the same.
    """
    ours = [*promised(one.scenario)]
    theirs = promised(other.scenario)
    if one.scenario.plan.target_probability is not None:
        return all(any(_is_same_or_stricter(mine, its) for mine in ours) for its in theirs)
    opened = {period.intervals.start for period in periods_of(one.scenario, "interval")}
    return all(opened & set(its[1].intervals) <= _covered(its, ours) for its in theirs)


def _is_same_or_stricter(mine: tuple[Promise, Period], its: tuple[Promise, Period]) -> bool:
    return mine[1].intervals == its[1].intervals and _is_as_strict(mine[0], its[0])


def _covered(its: tuple[Promise, Period], ours: Sequence[tuple[Promise, Period]]) -> set[int]:
    """The intervals of a period in whose parts as much is promised."""
    wanted, whole = its[0], its[1].intervals
    parts = (
        period.intervals
        for promise, period in ours
        if whole.start <= period.intervals.start and period.intervals.stop <= whole.stop
        if _is_as_strict(promise, wanted)
    )
    return {interval for part in parts for interval in part}


def _is_as_strict(one: Promise, other: Promise) -> bool:
    if replace(one, wanted=other.wanted) != other:
        return False
    return one.wanted >= other.wanted if one.sense == "at least" else one.wanted <= other.wanted


def _weighed(choice: Choice, plan_of: PlanOf) -> Weighed:
    try:
        found = plan_of(choice)
    except (NoPlan, UnreachableTarget) as reason:
        return Weighed(choice, None, choice.name, None, str(reason))
    return Weighed(choice, found, choice.name, found)


def _cheapest(one: Weighed, others: Sequence[Weighed]) -> Weighed:
    """With the cheapest plan that holds: its own, or one for a harder choice that keeps this one too."""
    best = one
    for other in others:
        if _stands_for(other, one) and (not best.holds or _cost(other) < _cost(best)):
            best = other
    if best is one or best.plan is None:
        return one
    return replace(one, plan=_taken_over(best.plan, one), planned_for=best.choice.name)


def _stands_for(other: Weighed, one: Weighed) -> bool:
    """Whether the other's plan is confirmed for this choice as well."""
    if other is one or other.plan is None or not other.holds or not is_harder(other.choice, one.choice):
        return False
    return not missed(one.choice.scenario, other.plan.confirmed)


def _cost(one: Weighed) -> float:
    return float("inf") if one.plan is None else one.plan.cost


def _taken_over(plan: Plan, one: Weighed) -> Plan:
    """A harder choice's plan for this one: of both bounds the lower is one here too, and nothing else is proven."""
    bound = plan.lower_bound if one.plan is None else min(plan.lower_bound, one.plan.lower_bound)
    gap = (plan.cost - bound) / plan.cost if plan.cost > 0.0 else 0.0
    scenario = one.choice.in_place(plan.scenario)
    return replace(plan, scenario=scenario, lower_bound=bound, gap=gap, status="best_found")


def _all_of(scenario: Scenario) -> Iterator[Choice]:
    """Every unit from the finest, each with a floor and without; a floor that asks for nothing more is none."""
    floors = _floors(scenario)
    for over in FINEST_FIRST:
        without, with_floor = (_choice(scenario, over, some) for some in ({}, floors))
        if _key(with_floor.scenario) != _key(without.scenario):
            yield with_floor
        yield without


def _choice(scenario: Scenario, over: str, floors: Mapping[str, float]) -> Choice:
    targets = {
        name: target.model_copy(update={"over": over, "never_below": floors.get(name)})
        for name, target in targets_of(scenario).items()
    }
    return Choice(over, floors, targets, _with_targets(scenario, targets))


def _floors(scenario: Scenario) -> dict[str, float]:
    """Of each type that promises a share: its own floor, or so much of the share."""
    return {
        name: round(FLOOR_OF_SHARE * target.share, 4) if target.never_below is None else target.never_below
        for name, target in targets_of(scenario).items()
        if target.share is not None
    }


def _with_targets(scenario: Scenario, targets: Mapping[str, ServiceTarget]) -> Scenario:
    types = {
        name: one.model_copy(update={"service_target": targets[name]}) if name in targets else one
        for name, one in scenario.contact_type.items()
    }
    return scenario.model_copy(update={"contact_type": frozen(types)})


def _key(scenario: Scenario) -> Key:
    """What has to hold and when; a floor says nothing where the share is promised for every interval."""
    found = {(promise, period.intervals) for promise, period in promised(scenario)}
    implied = {
        (promise, span)
        for promise, span in found
        if any(
            span == other and promise != strict and _is_as_strict(strict, promise) for strict, other in found
        )
    }
    return frozenset(found - implied)
