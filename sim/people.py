"""Who is present when: head counts over the day, or people on shifts with breaks, absence and time away.

An agent is a position in its group. Head counts fill positions from the bottom: position i is present while
i < count. On shifts each scheduled person has a position of their own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from scenarios import Scenario
from scenarios.agent_groups import Shift
from scenarios.calendar_days import Calendar, clock_s, weekdays_of
from scenarios.profiles import value_per_interval
from sim.draws import Owner, Purpose, key_of, uniform
from sim.hours import DAY_S
from sim.spells import time_in_intervals

FloatArray = npt.NDArray[np.float64]
PerInterval = tuple[int, ...] | Mapping[str, tuple[int, ...]]
HOUR_S = 3600.0
_AWAY_EVERY_S = HOUR_S


class Change(NamedTuple):
    """A position comes or goes at a moment of the horizon."""

    at_s: float
    position: int
    comes: bool


class Presence(Protocol):
    """When the positions of a group are due to be present."""

    @property
    def n_positions(self) -> int:
        """How many positions the group has."""

    @property
    def most_at_once(self) -> int:
        """How many of them are scheduled at the same time, at the most."""

    def present_before(self, seed: int, replication: int, at_s: float) -> list[int]:
        """Positions present just before a moment."""

    def changes(self, seed: int, replication: int, day: int) -> list[Change]:
        """Comings and goings that belong to this day, in order of time."""

    def paid_s(self, edges_s: FloatArray) -> FloatArray:
        """Paid seconds in each interval of the horizon."""


@dataclass(frozen=True)
class HeadCounts:
    """People at work by the clock. `pieces[day]` holds (start, end, count) after that day's midnight."""

    calendar: Calendar
    constant: int | None
    per_interval: PerInterval | None
    paid_per_present: float
    n_positions: int

    @property
    def most_at_once(self) -> int:
        """The highest count."""
        return self.n_positions

    def pieces(self, day: int) -> list[tuple[float, float, int]]:
        """(start, end, count) in seconds after midnight; a constant count is there in the open hours."""
        if self.constant is not None:
            return [(start, end, self.constant) for start, end in self.calendar.open_spans_s(day)]
        interval_s = self.calendar.interval_min * 60.0
        counts = map(int, value_per_interval(self.per_interval or (), self.calendar, day))
        return [(i * interval_s, (i + 1) * interval_s, n) for i, n in enumerate(counts) if n > 0]

    def present_before(self, seed: int, replication: int, at_s: float) -> list[int]:  # noqa: ARG002
        """The positions of the count in force just before a moment."""
        day = math.ceil(at_s / DAY_S) - 1
        in_day_s = at_s - day * DAY_S
        return [i for start, end, n in self.pieces(day) if start < in_day_s <= end for i in range(n)]

    def changes(self, seed: int, replication: int, day: int) -> list[Change]:  # noqa: ARG002
        """The positions that the steps of the head count bring and take away."""
        before = self.pieces(day - 1)
        count = before[-1][2] if before and before[-1][1] == DAY_S else 0
        moment = day * DAY_S
        found: list[Change] = []
        for start, end, n in self.pieces(day):
            if day * DAY_S + start > moment:
                found += _steps(moment, count, 0)
                count = 0
            found += _steps(day * DAY_S + start, count, n)
            count, moment = n, day * DAY_S + end
        if moment < (day + 1) * DAY_S:
            found += _steps(moment, count, 0)
        return found

    def paid_s(self, edges_s: FloatArray) -> FloatArray:
        """Present ÷ ((1 − planned)(1 − absent) · adherence): those present must be paid for, and those away."""
        spells = []
        for day in range(int(edges_s[0] // DAY_S), int(-(-edges_s[-1] // DAY_S))):
            spells += [(day * DAY_S + start, day * DAY_S + end, n) for start, end, n in self.pieces(day)]
        if not spells:
            return np.zeros(len(edges_s) - 1)
        starts, ends, counts = (np.array(column, dtype=float) for column in zip(*spells, strict=True))
        return self.paid_per_present * time_in_intervals(starts, ends, edges_s, counts)


def _steps(at_s: float, before: int, after: int) -> list[Change]:
    if after > before:
        return [Change(at_s, position, True) for position in range(before, after)]
    return [Change(at_s, position, False) for position in range(after, before)]


@dataclass(frozen=True)
class ScheduledPerson:
    """A person's place in the schedule: shift start and end after midnight, weekdays, breaks (start, end)."""

    start_s: float
    end_s: float
    weekdays: frozenset[int]
    breaks_s: tuple[tuple[float, float], ...]

    def spans_s(self) -> list[tuple[float, float]]:
        """The shift without its breaks, in seconds after midnight."""
        edges = [self.start_s, *(moment for pause in self.breaks_s for moment in pause), self.end_s]
        return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]


@dataclass(frozen=True)
class Shifts:
    """People on shifts. Each is absent all day with `absent`; the rest of shrinkage is time away, spread evenly."""

    calendar: Calendar
    group: int
    people: tuple[ScheduledPerson, ...]
    absent: float
    away_share: float

    @property
    def n_positions(self) -> int:
        """One position a scheduled person."""
        return len(self.people)

    @property
    def most_at_once(self) -> int:
        """The fullest moment of a week's schedule, nobody absent."""
        steps = []
        for day in range(-1, 7):
            for _, person in self.at_work(day):
                steps += [(day * DAY_S + person.start_s, 1), (day * DAY_S + person.end_s, -1)]
        return max(accumulate(step for _, step in sorted(steps)), default=0)

    def at_work(self, day: int) -> list[tuple[int, ScheduledPerson]]:
        """Positions and people whose shift begins on this day.

        Nobody comes where the center stays closed all day, but for shifts that run into open hours after midnight.
        """
        weekday, opens_today = self.calendar.weekday(day), bool(self.calendar.open_spans_s(day))
        tomorrow = self.calendar.open_spans_s(day + 1)
        opens_s = DAY_S + tomorrow[0][0] if tomorrow else math.inf
        return [
            (position, person)
            for position, person in enumerate(self.people)
            if weekday in person.weekdays and (opens_today or person.end_s > opens_s)
        ]

    def present_before(self, seed: int, replication: int, at_s: float) -> list[int]:
        """Whoever has come, and not yet gone, in the shifts that began on that day or the day before."""
        day, present = math.ceil(at_s / DAY_S) - 1, set[int]()
        for change in [*self.changes(seed, replication, day - 1), *self.changes(seed, replication, day)]:
            if change.at_s < at_s:
                present.add(change.position) if change.comes else present.discard(change.position)
        return sorted(present)

    def changes(self, seed: int, replication: int, day: int) -> list[Change]:
        """Comings and goings of the shifts that begin on this day."""
        found: list[Change] = []
        for position, person in self.at_work(day):
            key = key_of(seed, replication, Owner.PERSON, self.group, position, day)
            if uniform(key, Purpose.ABSENT) >= self.absent:
                found += self._comings_and_goings(person, position, key, day)
        return sorted(found, key=lambda change: (change.at_s, not change.comes, change.position))

    def _comings_and_goings(self, person: ScheduledPerson, position: int, key: int, day: int) -> list[Change]:
        found = []
        for start, end in self._present_spans(person, key):
            found.append(Change(day * DAY_S + start, position, True))
            found.append(Change(day * DAY_S + end, position, False))
        return found

    def _present_spans(self, person: ScheduledPerson, key: int) -> list[tuple[float, float]]:
        """The shift without breaks and, once in every hour of it at a moment of the person's own, time away."""
        spans = []
        index = 0
        for start, end in person.spans_s():
            here_s = start
            for from_s in np.arange(start, end, _AWAY_EVERY_S):
                length_s = min(_AWAY_EVERY_S, end - from_s)
                away_s = self.away_share * length_s
                leaves_s = from_s + uniform(key, Purpose.AWAY, index) * (length_s - away_s)
                index += 1
                if away_s > 0.0:
                    spans.append((here_s, float(leaves_s)))
                    here_s = float(leaves_s + away_s)
            spans.append((here_s, end))
        return [(start, end) for start, end in spans if end > start]

    def paid_s(self, edges_s: FloatArray) -> FloatArray:
        """Scheduled seconds, breaks and absence included."""
        first_day, last_day = int(edges_s[0] // DAY_S) - 1, int(-(-edges_s[-1] // DAY_S))
        spells = [
            (day * DAY_S + person.start_s, day * DAY_S + person.end_s)
            for day in range(first_day, last_day)
            for _, person in self.at_work(day)
        ]
        starts = np.array([start for start, _ in spells])
        ends = np.array([end for _, end in spells])
        return time_in_intervals(starts, ends, edges_s)


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
    )
    return [person] * shift.people
