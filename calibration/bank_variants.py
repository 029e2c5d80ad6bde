"""The months put through the model in other ways, so that a difference from history finds its cause."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.bank_calls import HALF_HOURS, TYPES, Calls
from calibration.days import days_with_surges
from calibration.history import Month, month_scenario
from calibration.records.contacts import BoolArray
from calibration.service.hang_ups import LONGEST_S
from scenarios import Scenario

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Past:
    """What is known of the five months; people by day and half hour."""

    center: Scenario
    calls: Calls
    offered: IntArray
    present: FloatArray
    away: FloatArray
    by_calls: FloatArray
    """People present as the calls alone tell."""


@dataclass(frozen=True)
class Variant:
    """One way to put a month through the model."""

    name: str
    scenario_of: Callable[[Past, Month], Scenario]


def as_shipped(past: Past, month: Month) -> Scenario:
    """The laws of the shipped scenario, the month's arrivals and people."""
    return month_scenario(past.center, month, past.offered, past.present)


def own_talk(past: Past, month: Month) -> Scenario:
    """Talk times of that month: each type's law stretched to the month's mean."""
    return _stretched(as_shipped(past, month), past, month)


def without_away(past: Past, month: Month) -> Scenario:
    """People less those who let callers wait."""
    return _with_people(past, month, np.maximum(past.present - past.away, 0.0))


def people_from_calls(past: Past, month: Month) -> Scenario:
    """People as the calls alone tell: away when callers wait, there when nobody calls."""
    return _with_people(past, month, past.by_calls)


def talk_by_hour(past: Past, month: Month) -> Scenario:
    """Talk times of that month and of the part of the day: each type becomes three, each at its own hours."""
    return _by_part_of_day(own_talk(past, month), past)


def all_together(past: Past, month: Month) -> Scenario:
    """That month's and hour's talk, people as the calls tell, days of surges left out."""
    return _by_part_of_day(people_from_calls(past, calm(past.calls, month)), past)


def one_more(past: Past, month: Month) -> Scenario:
    """One person more whenever anybody is there."""
    return _with_people(past, month, past.present + (past.present > 0.0))


def one_less(past: Past, month: Month) -> Scenario:
    """One person less, but never the last."""
    return _with_people(
        past, month, np.where(past.present > 1.0, np.maximum(past.present - 1.0, 1.0), past.present)
    )


def smooth_arrivals(past: Past, month: Month) -> Scenario:
    """Expected arrivals averaged with the half hours before and after: 1/4, 1/2, 1/4 within a day.

    The counts hold the chance of the day already; drawing around them adds it a second time.
    """
    counted = past.offered[month.days] * month.open[:, :, None]
    smooth = np.zeros((len(past.offered), *counted.shape[1:]))
    smooth[month.days] = _smooth(counted.astype(np.float64), month.open)
    return _stretched(month_scenario(past.center, month, smooth, past.present), past, month)


def exponential_patience(past: Past, month: Month) -> Scenario:
    """One exponential for each type: time waited by all ÷ number who left."""

    def change(name: str, table: dict[str, Any]) -> None:
        queued = past.calls.queued & (past.calls.contact_type == name)
        mean = past.calls.waited_s[queued].sum() / past.calls.abandoned[queued].sum()
        table["patience_s"] = {"law": "exponential", "mean": float(mean)}

    return _changed(own_talk(past, month), change)


def no_wrap_up(past: Past, month: Month) -> Scenario:
    """Agents free at once after every call."""

    def change(_: str, table: dict[str, Any]) -> None:
        table.pop("wrap_up_s")

    return _changed(own_talk(past, month), change)


def without_surges(past: Past, month: Month) -> Scenario:
    """Days of surges left out."""
    return own_talk(past, calm(past.calls, month))


def calm(calls: Calls, month: Month) -> Month:
    """The month without its days of surges."""
    return replace(month, counted=month.counted & ~np.isin(month.days, days_with_surges(calls)))


SHIPPED = Variant("as shipped", as_shipped)
OWN_TALK = Variant("that month's talk times", own_talk)
WITHOUT_SURGES = Variant("… and days of surges left out", without_surges)
BY_HOUR = Variant("… and those of the part of the day", talk_by_hour)
LESS_AWAY = Variant("… and people less those who let callers wait", without_away)
BY_CALLS = Variant("… and people as the calls tell", people_from_calls)
TOGETHER = Variant("all three: part of the day, people as the calls tell, no surges", all_together)
ONE_MORE = Variant("… and one person more", one_more)
ONE_LESS = Variant("… and one person less", one_less)
SMOOTH = Variant("… and arrivals averaged over three half hours", smooth_arrivals)
EXPONENTIAL = Variant("… and exponential patience", exponential_patience)
NO_WRAP_UP = Variant("… and no wrap-up", no_wrap_up)
CAUSES = (
    OWN_TALK,
    WITHOUT_SURGES,
    BY_HOUR,
    BY_CALLS,
    TOGETHER,
    LESS_AWAY,
    ONE_MORE,
    ONE_LESS,
    SMOOTH,
    EXPONENTIAL,
    NO_WRAP_UP,
)
ON_CALM_DAYS = (WITHOUT_SURGES, TOGETHER)


def _with_people(past: Past, month: Month, people: FloatArray) -> Scenario:
    return _stretched(month_scenario(past.center, month, past.offered, people), past, month)


def _stretched(scenario: Scenario, past: Past, month: Month) -> Scenario:
    in_month = past.calls.month == month.number

    def change(name: str, table: dict[str, Any]) -> None:
        served = past.calls.answered & (past.calls.contact_type == name) & (past.calls.talk_s <= LONGEST_S)
        factor = _mean_talk(past.calls, served & in_month) / _mean_talk(past.calls, served)
        for part in table["talk_s"]["of"]:
            part["law"]["mean"] *= factor

    return _changed(scenario, change)


PARTS_OF_DAY = {"early": (0, 18), "day": (18, 32), "late": (32, HALF_HOURS)}
"""Half hours of the day: talk is shorter before 9:00 and after 16:00."""


def part_factors(calls: Calls, name: str) -> dict[str, float]:
    """Mean talk of a type in each part of the day ÷ its mean over the day, all months."""
    served = calls.answered & (calls.contact_type == name) & (calls.talk_s <= LONGEST_S)
    whole = _mean_talk(calls, served)
    return {
        part: _mean_talk(calls, served & (calls.half_hour >= first) & (calls.half_hour < end)) / whole
        for part, (first, end) in PARTS_OF_DAY.items()
    }


def _by_part_of_day(scenario: Scenario, past: Past) -> Scenario:
    """A law that varies by the time of day is not built yet: three types with the same callers stand for it."""
    data = scenario.as_dict()
    split: dict[str, Any] = {}
    for name in TYPES:
        for part, factor in part_factors(past.calls, name).items():
            split[f"{name.lower()}_{part}"] = _at_hours(data["contact_type"][name.lower()], part, factor)
    data["contact_type"] = split
    data["agent_group"]["team"]["skills"] = list(split)
    return Scenario.model_validate(data)


def _at_hours(table: dict[str, Any], part: str, factor: float) -> dict[str, Any]:
    """The type with arrivals only in that part of the day, and talk times stretched."""
    first, end = PARTS_OF_DAY[part]
    arrivals = np.array(table["arrivals"]["per_interval"]).reshape(-1, HALF_HOURS)
    inside = np.zeros_like(arrivals)
    inside[:, first:end] = arrivals[:, first:end]
    changed = deepcopy(table) | {"arrivals": {"per_interval": inside.ravel().tolist()}}
    for law in changed["talk_s"]["of"]:
        law["law"]["mean"] *= factor
    return changed


def _mean_talk(calls: Calls, served: BoolArray) -> float:
    return float(calls.talk_s[served].mean())


def _changed(scenario: Scenario, change: Callable[[str, dict[str, Any]], None]) -> Scenario:
    """Each contact type's table changed in place in a copy of the scenario."""
    data = scenario.as_dict()
    for name in TYPES:
        change(name, data["contact_type"][name.lower()])
    return Scenario.model_validate(data)


def _smooth(counted: FloatArray, is_open: BoolArray) -> FloatArray:
    """Weighted by the open neighbors; the day's total stays."""
    smooth = np.zeros_like(counted)
    for day, row in enumerate(counted):
        span = np.nonzero(is_open[day])[0]
        if len(span) == 0:
            continue
        padded = np.pad(row[span], ((1, 1), (0, 0)), mode="edge")
        mean = (padded[:-2] + 2.0 * padded[1:-1] + padded[2:]) / 4.0
        total = np.maximum(mean.sum(axis=0), 1e-12)
        smooth[day, span] = mean * (row[span].sum(axis=0) / total)
    return smooth
