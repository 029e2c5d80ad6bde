"""What a plan must hold: each service target of each type, over each of its periods, checked on a simulation."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

from scenarios import Scenario
from scenarios.calendar_days import WEEKDAYS
from scenarios.contact_types import ServiceTarget
from sim.measures.estimates import Estimate
from sim.measures.result import Result

DAYS_PER_WEEK = 7


@dataclass(frozen=True)
class Promise:
    """One figure that a type's target asks for: at least, or at most, so much of a measure."""

    contact_type: str
    measure: str
    sense: Literal["at least", "at most"]
    wanted: float


@dataclass(frozen=True)
class Period:
    """A stretch of intervals over which a promise has to hold."""

    label: str
    intervals: range


@dataclass(frozen=True)
class Check:
    """A promise over a period, and what the simulation says of it."""

    promise: Promise
    period: Period
    found: Estimate

    @property
    def margin(self) -> float:
        """By how much the figure is on the right side; negative when missed, NaN where nobody came."""
        if self.found.value is None:
            return math.nan
        change = self.found.value - self.promise.wanted
        return change if self.promise.sense == "at least" else -change

    def clearly_missed(self, n_checks: int = 1) -> bool:
        """Missed by more than chance explains, when so many checks are made at once (Bonferroni, 95 % in all)."""
        wider = _two_sided(0.05 / n_checks) / _two_sided(0.05)
        return self.margin < -wider * (self.found.half_width or 0.0)

    def __str__(self) -> str:
        """The check as a sentence."""
        promise, found = self.promise, self.found
        value = "nobody came" if found.value is None else f"{found.value:.3g}"
        spread = "" if found.half_width is None else f" ± {found.half_width:.2g}"
        wanted = f"{promise.sense} {promise.wanted:.3g}"
        return (
            f"{promise.contact_type}, {self.period.label}: {promise.measure} {value}{spread}, wanted {wanted}"
        )


def _two_sided(false_alarms: float) -> float:
    return NormalDist().inv_cdf(1.0 - false_alarms / 2.0)


def promises_of(name: str, target: ServiceTarget) -> list[Promise]:
    """The figures that one type's target asks for."""
    asked = (
        ("service_level", "at least", target.share),
        ("abandonment_rate", "at most", target.max_abandonment_rate),
        ("mean_wait_s", "at most", target.max_mean_wait_s),
        ("answer_rate", "at least", target.min_answer_rate),
        ("delay_rate", "at most", target.max_delay_rate),
    )
    return [
        Promise(name, measure, "at least" if sense == "at least" else "at most", float(wanted))
        for measure, sense, wanted in asked
        if wanted is not None
    ]


def periods_of(scenario: Scenario, over: str) -> list[Period]:
    """The periods of a horizon: each interval, day or week, or all of it; only those in which it is open."""
    calendar = scenario.calendar
    per_day, n_intervals = calendar.n_intervals_per_day, calendar.days * calendar.n_intervals_per_day
    length = {"interval": 1, "day": per_day, "week": DAYS_PER_WEEK * per_day, "horizon": n_intervals}[over]
    periods = (range(start, min(start + length, n_intervals)) for start in range(0, n_intervals, length))
    return [Period(_label(scenario, over, span), span) for span in periods if _is_open(scenario, span)]


def checks_of(scenario: Scenario, result: Result) -> Iterator[Check]:
    """Every promise of every type over each of its periods; `never_below` over each interval."""
    for name, declared in scenario.contact_type.items():
        target = declared.service_target
        if target is None:
            continue
        for period in periods_of(scenario, target.over):
            for promise in promises_of(name, target):
                yield _check(promise, period, result)
        if target.never_below is not None:
            floor = Promise(name, "service_level", "at least", target.never_below)
            for period in periods_of(scenario, "interval"):
                yield _check(floor, period, result)


def first_group_of(scenario: Scenario, contact_type: str) -> list[str]:
    """The groups that take a type first: of smallest rank, or all with the skill."""
    routes = scenario.contact_type[contact_type].routed_to
    if routes is None:
        groups = scenario.agent_group.items()
        return [name for name, group in groups if any(s.contact_type == contact_type for s in group.skills)]
    best = min(route.rank for route in routes)
    return [route.group for route in routes if route.rank == best]


def _check(promise: Promise, period: Period, result: Result) -> Check:
    found = result.estimate(promise.measure, "contact_type", promise.contact_type, period.intervals)
    return Check(promise, period, found)


def _label(scenario: Scenario, over: str, span: range) -> str:
    calendar = scenario.calendar
    day, interval = divmod(span.start, calendar.n_intervals_per_day)
    weekday = WEEKDAYS[calendar.weekday(day)]
    minutes = interval * calendar.interval_min
    return {
        "interval": f"{weekday} (day {day + 1}) {minutes // 60:02d}:{minutes % 60:02d}",
        "day": f"{weekday} (day {day + 1})",
        "week": f"week {day // DAYS_PER_WEEK + 1}",
        "horizon": "the whole horizon",
    }[over]


def _is_open(scenario: Scenario, span: range) -> bool:
    calendar = scenario.calendar
    interval_s = calendar.interval_min * 60
    for index in span:
        day, interval = divmod(index, calendar.n_intervals_per_day)
        start, end = interval * interval_s, (interval + 1) * interval_s
        if any(opens < end and closes > start for opens, closes in calendar.open_spans_s(day)):
            return True
    return False
