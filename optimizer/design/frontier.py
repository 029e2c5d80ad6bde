"""The frontier of cost against what customers get: designs than which none is both cheaper and better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.design.weighed import Weighed, cost_difference
from scenarios import Scenario
from scenarios.guardrails import usual_sense
from sim.measures.estimates import Estimate
from sim.measures.result import Result
from sim.paired import difference


@dataclass(frozen=True)
class FrontierPoint:
    """A design that holds its targets, where it stands, and whether another one is cheaper and no worse.

    more_cost, change: paired differences to the next cheaper point of the frontier; None for the cheapest
    """

    weighed: Weighed
    cost: Estimate
    found: Estimate
    on_frontier: bool
    more_cost: Estimate | None = None
    change: Estimate | None = None


def usual_measure(scenario: Scenario) -> str:
    """Effort where the scenario tells it, else needs met."""
    return "effort" if scenario.experience is not None else "need_resolution_rate"


def frontier_of(planned: Sequence[Weighed], measure: str) -> tuple[FrontierPoint, ...]:
    """Every design that holds its service targets, by cost; guardrails aside, for they are the limits one may move."""
    held = sorted(
        (one for one in planned if one.plan.holds),
        key=lambda one: (one.cost.value or 0.0, _worse(one.result.value(measure), measure)),
    )
    points: list[FrontierPoint] = []
    best: Weighed | None = None
    for one in held:
        found = one.result.estimate(measure)
        better = best is None or _worse(best.result.value(measure), measure) > _worse(found.value, measure)
        if better and best is not None:
            more = cost_difference(one.candidate, one.result, best.candidate, best.result)
            change = difference(one.result, best.result, measure)
            points.append(FrontierPoint(one, one.cost, found, True, more, change))
        else:
            points.append(FrontierPoint(one, one.cost, found, better))
        best = one if better else best
    return tuple(points)


def may_be_on_frontier(bound: float, ample: Result, planned: Sequence[Weighed], measure: str) -> bool:
    """Whether a design not yet planned may be cheaper or better than every planned one: by its bounds on both.

    With people enough for everybody customers get the best that the design can give.
    """
    best = _worse(ample.value(measure), measure)
    return not any(
        one.plan.holds
        and (one.cost.value or 0.0) <= bound
        and _worse(one.result.value(measure), measure) <= best
        for one in planned
    )


def _worse(value: float | None, measure: str) -> float:
    """The figure turned so that less is better."""
    if value is None:
        return float("inf")
    return -value if usual_sense(measure) == "at least" else value
