"""Who is present when: head counts over the day, or people on shifts with breaks, absence and time away.

An agent is a position in its group. Head counts fill positions from the bottom: position i is present while
i < count. On shifts each scheduled person has a position of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np
import numpy.typing as npt

from scenarios import Scenario
from scenarios.agent_groups import Shift
from scenarios.calendar_days import clock_s, weekdays_of
from sim.chance.sample import Sample
from sim.world.changes import Changes
from sim.world.day_rosters import ScheduledPerson
from sim.world.head_counts import HeadCounts, PerInterval
from sim.world.hours import DAY_S
from sim.world.shifts import Shifts
from sim.world.spells import time_in_intervals

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
HOUR_S = 3600.0
DAYS_AT_ONCE = 14  # whole weeks, which may share what is laid out; memory does not grow with the horizon


class Presence(Protocol):
    """When the positions of a group are due to be present."""

    @property
    def n_positions(self) -> int:
        """How many positions the group has."""

    @property
    def most_at_once(self) -> int:
        """How many of them are scheduled at the same time, at the most."""

    @property
    def is_random(self) -> bool:
        """Whether presence depends on draws; if not, a day's changes hold for every seed and replication."""

    def present_before(self, sample: Sample, at_s: float) -> IntArray:
        """Positions present just before a moment."""

    def changes(self, sample: Sample, day: int, until_day: int | None = None) -> Changes:
        """Comings and goings that belong to this day, in order of time; with `until_day`, day after day until it."""

    def paid_s(self, edges_s: FloatArray) -> FloatArray:
        """Paid seconds in each interval of the horizon."""

    def beyond_hours(self, edges_s: FloatArray, price_per_h: float) -> FloatArray:
        """What shifts with a cost of their own cost in each interval beyond their hours at this price; may be less."""


def present_s(presence: Presence, sample: Sample, edges_s: FloatArray) -> FloatArray:
    """Seconds at which positions are due to be present, between edges."""
    n_before = len(presence.present_before(sample, float(edges_s[0])))
    first_day, last_day = int(edges_s[0] // DAY_S), int(-(-edges_s[-1] // DAY_S))
    days = [
        presence.changes(sample, day, min(day + DAYS_AT_ONCE, last_day))
        for day in range(first_day - 1, last_day, DAYS_AT_ONCE)
    ]
    moments = np.concatenate([changes.at_s for changes in days])
    steps = np.concatenate([changes.steps for changes in days])
    later = moments >= edges_s[0]
    moments, steps = moments[later], steps[later]
    # Each change counts from its moment to the end of time: +1 for who comes, −1 for who goes.
    forever = np.full(len(moments), edges_s[-1])
    return n_before * np.diff(edges_s) + time_in_intervals(
        np.minimum(moments, forever), forever, edges_s, steps
    )


def presence_of(scenario: Scenario, group_name: str, group: int) -> Presence:
    """The presence of a group, from head counts or shifts."""
    declared = scenario.agent_group[group_name]
    agents, shrinkage = declared.agents, declared.shrinkage
    if agents.shifts is not None:
        people = tuple(person for shift in agents.shifts for person in _people_of(shift))
        away = 1.0 - (1.0 - shrinkage.planned) * shrinkage.adherence
        return Shifts(scenario.calendar, group, people, shrinkage.absent, away)
    return HeadCounts(
        calendar=scenario.calendar,
        constant=agents.present,
        per_interval=agents.present_per_interval,
        paid_per_present=1.0 / shrinkage.available_share,
        n_positions=_highest(agents.present, agents.present_per_interval),
    )


def _highest(present: int | None, per_interval: PerInterval | None) -> int:
    if present is not None:
        return present
    tables = per_interval.values() if isinstance(per_interval, Mapping) else [per_interval or ()]
    return max((n for table in tables for n in table), default=0)


def _people_of(shift: Shift) -> list[ScheduledPerson]:
    start_s = clock_s(shift.start)
    breaks = sorted((start_s + pause.after_h * HOUR_S, pause.min * 60.0) for pause in shift.breaks)
    person = ScheduledPerson(
        start_s=start_s,
        end_s=start_s + shift.hours * HOUR_S,
        weekdays=frozenset(weekdays_of(shift.days)),
        breaks_s=tuple((at_s, at_s + length_s) for at_s, length_s in breaks),
        cost=shift.cost,
    )
    return [person] * shift.people
