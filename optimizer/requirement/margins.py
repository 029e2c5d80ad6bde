"""How well a simulated schedule holds the targets of each group, period by period: what moves the requirement."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.horizon import BoolArray, FloatArray, IntArray
from optimizer.targets import (
    FINEST_FIRST,
    Check,
    Period,
    Promise,
    check_of,
    checks_of,
    first_group_of,
    periods_of,
    promises_of,
)
from scenarios import Scenario
from sim.measures.result import Result

# A wait over its limit by all of the limit moves people like a service level missed by this share.
_WAIT_AS_SHARE = 0.3


@dataclass(frozen=True)
class GroupTargets:
    """The types that a group takes first, and the periods over which their targets hold (the finest asked for)."""

    group: str
    contact_types: tuple[str, ...]
    periods: tuple[Period, ...]
    over: str

    def kinds(self, offered_load_erl: FloatArray) -> IntArray:
        """Periods of the same offered load, interval by interval, are of one kind: the number of each period's kind.

        Days of the same load are corrected alike, on the customers of all of them. Intervals each stand alone: what
        shifts leave there differs from one to the next.
        """
        if self.over == "interval":
            return np.arange(len(self.periods), dtype=np.int64)
        known: dict[tuple[float, ...], int] = {}
        loads = [
            tuple(np.round(offered_load_erl[p.intervals.start : p.intervals.stop], 2)) for p in self.periods
        ]
        return np.array([known.setdefault(load, len(known)) for load in loads], dtype=np.int64)

    def kind_of_interval(self, kinds: IntArray, n_intervals: int) -> IntArray:
        """The kind of the period that holds each interval; −1 where none does."""
        index = np.full(n_intervals, -1, dtype=np.int64)
        for kind, period in zip(kinds, self.periods, strict=True):
            index[period.intervals.start : period.intervals.stop] = kind
        return index


@dataclass(frozen=True)
class Margins:
    """The smallest margin in each period, as a share of contacts, and whether chance does not explain it as a miss."""

    margin: FloatArray
    is_missed: BoolArray


def of_kinds(found: Margins, kinds: IntArray) -> FloatArray:
    """The mean margin of each kind's periods; infinite where nobody came in any.

    Days of one kind are held together, as each alone is known but roughly. One that is clearly missed counts alone:
    rules of the shifts may have left it the fewest people of its kind.
    """
    return np.array([_of_kind(found, kinds == k) for k in np.unique(kinds)])


def _of_kind(found: Margins, of_it: BoolArray) -> float:
    if (missed := of_it & found.is_missed).any():
        return float(found.margin[missed].min())
    finite = of_it & np.isfinite(found.margin)
    return float(found.margin[finite].mean()) if finite.any() else math.inf


def targets_of_group(scenario: Scenario, group: str) -> GroupTargets:
    """The targets that a group's people have to hold."""
    mine = tuple(
        name
        for name, declared in scenario.contact_type.items()
        if declared.service_target is not None and group in first_group_of(scenario, name)
    )
    asked = {_over(scenario, name) for name in mine}
    over = next((unit for unit in FINEST_FIRST if unit in asked), "horizon")
    return GroupTargets(group, mine, tuple(periods_of(scenario, over)), over)


def margins_of(scenario: Scenario, targets: GroupTargets, result: Result) -> Margins:
    """The smallest margin in each period: of the group's types pooled where they promise alike.

    Pooling takes the chance out of types that call seldom; a type that is clearly worse off than promised counts
    on its own. A cap on the group's occupancy counts as it is. Infinite where nobody came.
    """
    found = list(checks_of(scenario, result))
    every = [check for check in found if check.promise.name in targets.contact_types and _of_type(check)]
    checks = [check for check in every if check.clearly_missed(len(every))]
    checks += [check for check in found if check.promise.name == targets.group and not _of_type(check)]
    for over in FINEST_FIRST:
        names = [name for name in targets.contact_types if _over(scenario, name) == over]
        for period in periods_of(scenario, over) if names else ():
            checks += pooled_checks(scenario, names, period, result)
    margins = np.full(len(targets.periods), math.inf)
    is_missed = np.zeros(len(targets.periods), dtype=np.bool_)
    for check in checks:
        for i, period in enumerate(targets.periods):
            if _overlap(period.intervals, check.period.intervals) and not math.isnan(check.margin):
                margins[i] = min(margins[i], as_share(check))
                is_missed[i] |= check.clearly_missed(len(found))
    return Margins(margins, is_missed)


def _of_type(check: Check) -> bool:
    return check.promise.scope == "contact_type"


def pooled_checks(scenario: Scenario, names: Sequence[str], period: Period, result: Result) -> list[Check]:
    """Each figure that several types promise alike, over all of them together."""
    promised: dict[tuple[str, str, float, float], list[Promise]] = {}
    for name in names:
        target = scenario.contact_type[name].service_target
        assert target is not None
        for promise in promises_of(name, target):
            key = (promise.measure, promise.sense, promise.wanted, float(target.awt_s or 0.0))
            promised.setdefault(key, []).append(promise)
    return [
        check_of(scenario, alike[0], [p.name for p in alike], period, result) for alike in promised.values()
    ]


def _over(scenario: Scenario, name: str) -> str:
    target = scenario.contact_type[name].service_target
    assert target is not None
    return target.over


def as_share(check: Check) -> float:
    """The margin as a share of contacts: a wait over its limit by all of it moves people like so much of service."""
    if check.probability is not None or check.promise.measure != "mean_wait_s":
        return check.margin
    return _WAIT_AS_SHARE * check.margin / max(check.promise.wanted, 1.0)


def _overlap(a: range, b: range) -> bool:
    return a.start < b.stop and b.start < a.stop
