"""What a plan must hold: each service target of each type, over each of its periods, checked on a simulation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np

from optimizer.figure_words import found_of, name_of, text_of
from optimizer.held_days import Sense, by_observation, held, share_estimate
from optimizer.horizon import BoolArray, FloatArray
from scenarios import Scenario
from scenarios.calendar_days import WEEKDAYS
from scenarios.contact_types import ServiceTarget
from sim.measures.estimates import Estimate, estimate
from sim.measures.result import Result

DAYS_PER_WEEK = 7
FINEST_FIRST = ("interval", "day", "week", "horizon")


@dataclass(frozen=True)
class Promise:
    """One figure that has to hold: at least, or at most, so much of a measure.

    name: of the contact type whose target asks for it; by scope "agent_group" of the group whose cap does
    """

    name: str
    measure: str
    sense: Sense
    wanted: float
    scope: Literal["contact_type", "agent_group"] = "contact_type"

    def __str__(self) -> str:
        """The promise in words."""
        return f"{name_of(self.measure)} {self.sense} {text_of(self.measure, self.wanted)}"


@dataclass(frozen=True)
class Period:
    """A stretch of intervals over which a promise has to hold; simulated once in each replication, on other `days`."""

    label: str
    intervals: range
    days: str = "days"  # what its repetitions are called


@dataclass(frozen=True)
class Check:
    """A promise over a period, and what the simulation says of it.

    found: the promised figure, a ratio of sums over days; with a `probability`, the share of days on which it held,
    wanted at least so large
    """

    promise: Promise
    period: Period
    found: Estimate
    probability: float | None = None

    @property
    def margin(self) -> float:
        """By how much the figure is on the right side; negative when missed, NaN where nobody came."""
        if self.found.value is None:
            return math.nan
        if self.probability is not None:
            return self.found.value - self.probability
        change = self.found.value - self.promise.wanted
        return change if self.promise.sense == "at least" else -change

    def clearly_missed(self, n_checks: int = 1) -> bool:
        """Missed by more than chance explains, when so many checks are made at once (Bonferroni, 95 % in all)."""
        wider = two_sided(0.05 / n_checks) / two_sided(0.05)
        return self.margin < -wider * (self.found.half_width or 0.0)

    def __str__(self) -> str:
        """The check as a sentence."""
        promise, found, period = self.promise, self.found, self.period
        where = f"{promise.name}, {period.label}"
        of_days = self.probability is not None
        measure = "held_rate" if of_days else promise.measure  # a share, whatever it is a share of
        value = "nobody came" if found.value is None else found_of(measure, found.value, found.half_width)
        if self.probability is not None:
            wanted = text_of(measure, self.probability)
            return f"{where}: {promise} on {value} of {period.days}, wanted {wanted}"
        return (
            f"{where}: {name_of(measure)} {value}, wanted {promise.sense} {text_of(measure, promise.wanted)}"
        )


def two_sided(false_alarms: float) -> float:
    """How many standard deviations are passed by chance with this probability, up or down."""
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


def targets_of(scenario: Scenario) -> dict[str, ServiceTarget]:
    """Contact type → its target, of those that have one."""
    types = scenario.contact_type.items()
    return {name: one.service_target for name, one in types if one.service_target is not None}


def periods_of(scenario: Scenario, over: str) -> list[Period]:
    """The periods of a horizon: each interval, day or week, or all of it; only those in which it is open."""
    calendar = scenario.calendar
    per_day, n_intervals = calendar.n_intervals_per_day, calendar.days * calendar.n_intervals_per_day
    length = {"interval": 1, "day": per_day, "week": DAYS_PER_WEEK * per_day, "horizon": n_intervals}[over]
    periods = (range(start, min(start + length, n_intervals)) for start in range(0, n_intervals, length))
    days = {"week": "weeks", "horizon": "days" if calendar.days == 1 else "horizons"}.get(over, "days")
    return [Period(_label(scenario, over, span), span, days) for span in periods if _is_open(scenario, span)]


def checks_of(scenario: Scenario, result: Result) -> Iterator[Check]:
    """Every promise of every type over each of its periods; `never_below` over each interval; caps of groups."""
    for promise, period in promised(scenario):
        yield check_of(scenario, promise, [promise.name], period, result)


def missed(scenario: Scenario, result: Result) -> tuple[str, ...]:
    """What is missed by more than chance explains, over all checks together."""
    checks = list(checks_of(scenario, result))
    return tuple(str(check) for check in checks if check.clearly_missed(len(checks)))


def promised(scenario: Scenario) -> Iterator[tuple[Promise, Period]]:
    """What has to hold, and when."""
    yield from _promised_of_types(scenario)
    for cap, over in caps_of(scenario):
        yield from ((cap, period) for period in periods_of(scenario, over))


def caps_of(scenario: Scenario) -> Iterator[tuple[Promise, str]]:
    """Caps on the occupancy of groups: each over the finest periods of the targets of types that the group knows."""
    for name, group in scenario.agent_group.items():
        if group.max_occupancy is not None:
            types = (scenario.contact_type[skill.contact_type] for skill in group.skills)
            asked = {
                declared.service_target.over for declared in types if declared.service_target is not None
            }
            over = next((unit for unit in FINEST_FIRST if unit in asked), "horizon")
            yield Promise(name, "live_occupancy", "at most", group.max_occupancy, "agent_group"), over


def _promised_of_types(scenario: Scenario) -> Iterator[tuple[Promise, Period]]:
    for name, target in targets_of(scenario).items():
        for period in periods_of(scenario, target.over):
            for promise in promises_of(name, target):
                yield promise, period
        if target.never_below is not None:
            floor = Promise(name, "service_level", "at least", target.never_below)
            for period in periods_of(scenario, "interval"):
                yield floor, period


def check_of(
    scenario: Scenario, promise: Promise, names: Sequence[str], period: Period, result: Result
) -> Check:
    """A promise over these types, or groups, together: in expectation, or on the planned share of days."""
    probability = scenario.plan.target_probability
    if probability is None:
        return Check(promise, period, estimate(*_sums(promise, names, period, result)))
    days = held_in(promise, names, period, result)
    found = share_estimate(by_observation(days, result.observations))
    return Check(promise, period, found, probability)


def held_in(promise: Promise, names: Sequence[str], period: Period, result: Result) -> BoolArray:
    """Whether the promise held in the period, in each replication; pairs and blocks are no days, so each by itself."""
    above, below = _sums(promise, names, period, result.each_by_itself)
    return held(above, below, promise.sense, promise.wanted)


def share_held(scenario: Scenario, result: Result) -> Estimate:
    """Of all that was promised, each figure on each of its days, the share that held.

    With one target over the day that is the share of days on target. Days of a horizon are not independent: an
    observation is a replication (pair, block), with all of its days.
    """
    kept = [held_in(promise, [promise.name], period, result) for promise, period in promised(scenario)]
    if not kept:
        return Estimate(None, None)
    return share_estimate(by_observation(np.array(kept).T, result.observations))


def first_group_of(scenario: Scenario, contact_type: str) -> list[str]:
    """The groups that take a type first: of smallest rank, or all with the skill."""
    routes = scenario.contact_type[contact_type].routed_to
    if routes is None:
        groups = scenario.agent_group.items()
        return [name for name, group in groups if any(s.contact_type == contact_type for s in group.skills)]
    best = min(route.rank for route in routes)
    return [route.group for route in routes if route.rank == best]


def _sums(
    promise: Promise, names: Sequence[str], period: Period, result: Result
) -> tuple[FloatArray, FloatArray]:
    """Numerators and denominators of a measure over several types or groups, one entry an observation."""
    series = [result.series(promise.measure, promise.scope, name, period.intervals) for name in names]
    above = np.sum([one.numerator for one in series], axis=0)
    below = np.sum([one.denominator for one in series if one.denominator is not None], axis=0)
    return above, below


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
