"""The price of certainty: what plans cost against the share of days on which their targets hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from optimizer.draws import Note, Simulate
from optimizer.options import PlanOptions
from optimizer.plan import Plan, plan
from optimizer.targets import share_held
from optimizer.uncertain.on_the_day import DayPlan, plan_on_the_day
from scenarios import Scenario
from sim.measures.estimates import Estimate
from sim.replicate import run


@dataclass(frozen=True)
class Priced:
    """A plan for one promise: its cost (the expected one) and bound, and what fresh days say.

    cost_on_fresh_days: has an interval where something is done on the day; else shifts cost what they cost
    planned_for: the share for which it was planned; above its own where that plan turned out to be no dearer
    """

    cost: float
    lower_bound: float
    on_fresh_days: Estimate
    cost_on_fresh_days: Estimate
    holds: bool
    misses: tuple[str, ...]
    planned_for: float


@dataclass(frozen=True)
class Certainty:
    """One share of days, and the plans that promise it: without and, where anything may be done, with actions.

    is_cut_short: the search for it was interrupted; it has the best so far
    """

    promised: float
    without: Priced
    with_actions: Priced | None
    is_cut_short: bool = False


def price_of_certainty(
    scenario: Scenario,
    shares: Sequence[float],
    options: PlanOptions | None = None,
    *,
    simulate: Simulate = run,
    note: Note | None = None,
) -> tuple[Certainty, ...]:
    """Plans for each of these shares of days, in their order; an interrupt leaves those that are done.

    A plan for a larger share serves for a smaller one as well: where it is found cheaper, it stands for both. So
    cost never falls as certainty rises.
    """
    priced: list[Certainty] = []
    try:
        for share in sorted(set(shares)):
            here = _say(note, f"{100 * share:g} % of days: ")
            center = scenario.changed({"plan.target_probability": share})
            priced.append(_priced(center, share, options, simulate, here))
            if priced[-1].is_cut_short:
                break
    except KeyboardInterrupt:
        if not priced:
            raise
    return tuple(_cheapest_from(priced[i:]) for i in range(len(priced)))


def _say(note: Note | None, before: str) -> Note:
    return lambda text: None if note is None else note(before + text)


def _priced(
    center: Scenario, share: float, options: PlanOptions | None, simulate: Simulate, note: Note
) -> Certainty:
    if center.plan.on_the_day is None:
        alone = plan(center, options, simulate=simulate, note=note)
        return Certainty(share, _without(center, alone, share), None, alone.is_cut_short)
    days = plan_on_the_day(center, options, simulate=simulate, note=note)
    is_cut_short = days.plan.is_cut_short or days.without.is_cut_short
    return Certainty(share, _without(center, days.without, share), _with(days, share), is_cut_short)


def _without(center: Scenario, found: Plan, share: float) -> Priced:
    return Priced(
        cost=found.cost,
        lower_bound=found.lower_bound,
        on_fresh_days=share_held(center, found.confirmed),
        cost_on_fresh_days=Estimate(found.cost, 0.0),
        holds=found.holds,
        misses=found.misses,
        planned_for=share,
    )


def _with(days: DayPlan, share: float) -> Priced:
    return Priced(
        cost=days.plan.cost,
        lower_bound=days.plan.lower_bound,
        on_fresh_days=days.on_fresh_days,
        cost_on_fresh_days=days.fresh_cost,
        holds=days.plan.holds,
        misses=days.plan.misses,
        planned_for=share,
    )


def _cheapest_from(more_certain: Sequence[Certainty]) -> Certainty:
    """The first of rising shares, with the cheapest plans that hold of it and of all after it."""
    first = more_certain[0]
    without = [one.without for one in more_certain]
    actions = [one.with_actions for one in more_certain if one.with_actions is not None]
    # What is done on the day may also be nothing.
    best_without = _cheapest(without)
    return replace(
        first,
        without=best_without,
        with_actions=_cheapest([*actions, best_without]) if actions else None,
    )


def _cheapest(plans: Sequence[Priced]) -> Priced:
    held = [one for one in plans if one.holds]
    return min(held or plans[:1], key=lambda one: one.cost)
