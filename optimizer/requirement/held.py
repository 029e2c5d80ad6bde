"""What a simulation says of each target in each of its periods, for the people of a group: the checks that decide.

Types that promise alike are pooled, which takes the chance out of types that call seldom; a type that is clearly worse
off than promised counts on its own. A cap on occupancy holds in every interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.horizon import FloatArray
from optimizer.requirement.margins import as_share, targets_of_group
from optimizer.targets import Check, Period, Promise, check_of, checks_of, periods_of, promises_of
from scenarios import Scenario
from scenarios.contact_types import ServiceTarget
from sim.measures.estimates import Estimate, estimates
from sim.measures.result import Result
from sim.measures.scopes import Scope


@dataclass(frozen=True)
class GroupCheck:
    """A check, and the group whose people are to hold it."""

    group: str
    check: Check

    @property
    def missed(self) -> bool:
        """By the point estimate; a period in which nobody came misses nothing."""
        return self.check.margin < 0.0

    @property
    def short(self) -> float:
        """By how much, as a share of contacts; negative: held."""
        return -as_share(self.check)

    @property
    def beyond_noise(self) -> bool:
        """Whether the margin, held or missed, is larger than its half-width (95 %)."""
        return abs(self.check.margin) > (self.check.found.half_width or 0.0)


def group_checks(scenario: Scenario, groups: Sequence[str], result: Result) -> list[GroupCheck]:
    """Every check that the people of these groups are to hold."""
    each = [check for check in checks_of(scenario, result) if check.promise.scope == "contact_type"]
    clearly = [check for check in each if check.clearly_missed(len(each))]
    found = []
    for group in groups:
        types = targets_of_group(scenario, group).contact_types
        mine = [*_pooled(scenario, types, result), *_occupancy(scenario, group, result)]
        alone = {check.promise.name for check in mine if check.promise.scope == "contact_type"}
        mine += [check for check in clearly if check.promise.name in set(types) - alone]
        found += [GroupCheck(group, check) for check in mine]
    return found


def _pooled(scenario: Scenario, types: Sequence[str], result: Result) -> Iterator[Check]:
    """Each figure that types promise alike over the same periods, over all of them together."""
    alike: dict[tuple[str, float, float, str], list[Promise]] = {}
    for name in types:
        target = scenario.contact_type[name].service_target
        assert target is not None
        for promise, over in _promises(name, target):
            key = (promise.measure, promise.wanted, float(target.awt_s or 0.0), over)
            alike.setdefault(key, []).append(promise)
    for (measure, _, _, over), promises in alike.items():
        names = [promise.name for promise in promises]
        pooled = Promise(", ".join(names), measure, promises[0].sense, promises[0].wanted)
        periods = periods_of(scenario, over)
        if scenario.plan.target_probability is not None:
            yield from (check_of(scenario, pooled, names, period, result) for period in periods)
            continue
        found = figures(result, measure, "contact_type", names, periods)
        yield from (Check(pooled, period, one) for period, one in zip(periods, found, strict=True))


def spare_by_interval(scenario: Scenario, group: str, result: Result) -> FloatArray:
    """The smallest margin of each promise in each interval by itself, whatever period it holds over; in expectation."""
    calendar = scenario.calendar
    every = [Period("", range(i, i + 1)) for i in range(calendar.days * calendar.n_intervals_per_day)]
    spare = np.full(len(every), np.inf)
    for name in targets_of_group(scenario, group).contact_types:
        target = scenario.contact_type[name].service_target
        assert target is not None
        for promise, _ in _promises(name, target):
            found = figures(result, promise.measure, "contact_type", [name], every)
            checks = [Check(promise, period, one) for period, one in zip(every, found, strict=True)]
            spare = np.fmin(spare, [as_share(check) for check in checks])
    return spare


def _promises(name: str, target: ServiceTarget) -> Iterator[tuple[Promise, str]]:
    yield from ((promise, target.over) for promise in promises_of(name, target))
    if target.never_below is not None:
        yield Promise(name, "service_level", "at least", target.never_below), "interval"


def _occupancy(scenario: Scenario, group: str, result: Result) -> Iterator[Check]:
    cap = scenario.agent_group[group].max_occupancy
    if cap is not None:
        periods = periods_of(scenario, "interval")
        found = figures(result, "live_occupancy", "agent_group", [group], periods)
        promise = Promise(group, "live_occupancy", "at most", cap, "agent_group")
        yield from (Check(promise, period, one) for period, one in zip(periods, found, strict=True))


def figures(
    result: Result, measure: str, scope: Scope, names: Sequence[str], periods: Sequence[Period]
) -> list[Estimate]:
    """One figure of these names together in each of the periods: ratios of sums, with their intervals."""
    rows = [result.names(scope).index(name) for name in names]
    above, below = result.sums_of(measure, scope)
    return estimates(
        _in_periods(above[:, rows], periods), None if below is None else _in_periods(below[:, rows], periods)
    )


def _in_periods(sums: FloatArray, periods: Sequence[Period]) -> FloatArray:
    """Observations × names × intervals as observations × periods."""
    before = np.cumsum(sums.sum(axis=1), axis=1)
    before = np.concatenate([np.zeros((len(before), 1)), before], axis=1)
    stops, starts = ([getattr(p.intervals, edge) for p in periods] for edge in ("stop", "start"))
    return np.asarray(before[:, stops] - before[:, starts])
