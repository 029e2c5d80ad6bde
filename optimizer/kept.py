"""What customers got of each promise: over the whole horizon, and in the interval that is worst for it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from optimizer.targets import Check, Promise, check_of, periods_of, promises_of, targets_of
from scenarios import Scenario
from sim.measures.estimates import Estimate
from sim.measures.result import Result


@dataclass(frozen=True)
class Kept:
    """One promise of one type as simulated, in expectation: a ratio of sums over days.

    worst_interval: of all intervals in which somebody came, that with the least on the right side; picked on the same
    days, so it looks a little worse than it is
    """

    contact_type: str
    measure: str
    sense: str
    wanted: float
    over_horizon: Estimate
    worst_interval: Estimate
    worst_at: str


def kept(scenario: Scenario, result: Result) -> list[Kept]:
    """Every promise of every type, whatever it has to hold over; the result has intervals."""
    in_mean = scenario.model_copy(
        update={"plan": scenario.plan.model_copy(update={"target_probability": None})}
    )
    return [
        _kept(in_mean, promise, result)
        for name, target in targets_of(scenario).items()
        for promise in promises_of(name, target)
    ]


def _kept(scenario: Scenario, promise: Promise, result: Result) -> Kept:
    def checks(over: str) -> list[Check]:
        periods = periods_of(scenario, over)
        return [check_of(scenario, promise, [promise.name], period, result) for period in periods]

    (whole,) = checks("horizon")
    worst = min(checks("interval"), key=_margin)
    return Kept(
        contact_type=promise.name,
        measure=promise.measure,
        sense=promise.sense,
        wanted=promise.wanted,
        over_horizon=whole.found,
        worst_interval=worst.found,
        worst_at=worst.period.label,
    )


def _margin(check: Check) -> float:
    """Of intervals in which nobody came nothing is known."""
    return math.inf if math.isnan(check.margin) else check.margin
