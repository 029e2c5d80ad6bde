"""People on shifts with breaks, absence and time away. Each scheduled person has a position of their own.

What no draw decides (who is at work on a day, shifts without breaks, cut into hours) is laid out once as columns,
`sim.world.day_rosters`; a replication then takes a few operations on them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from scenarios.calendar_days import Calendar
from sim.chance.draws import Owner, Purpose, fold_in_pairs, fold_many
from sim.chance.sample import Sample
from sim.world.changes import Changes, changes_of_spells
from sim.world.day_rosters import Roster, ScheduledPerson, roster_of, roster_of_days
from sim.world.hours import DAY_S
from sim.world.spells import time_in_intervals

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
HOUR_S = 3600.0


@dataclass(frozen=True)
class Shifts:
    """People on shifts. Each is absent all day with `absent`; the rest of shrinkage is time away, spread evenly."""

    calendar: Calendar
    group: int
    people: tuple[ScheduledPerson, ...]
    absent: float
    away_share: float

    def __getstate__(self) -> dict[str, Any]:
        """The fields alone; the rosters kept are laid out again where they are needed."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

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

    @property
    def is_random(self) -> bool:
        """Whether a draw decides about anybody's presence."""
        return self.absent > 0.0 or self.away_share > 0.0

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

    def present_before(self, sample: Sample, at_s: float) -> IntArray:
        """Whoever has come, and not yet gone, in the shifts that began on that day or the day before."""
        day = math.ceil(at_s / DAY_S) - 1
        times_there = np.zeros(self.n_positions)
        for changes in (self.changes(sample, day - 1), self.changes(sample, day)):
            early = changes.at_s < at_s
            np.add.at(times_there, changes.position[early], changes.steps[early])
        return np.flatnonzero(times_there > 0.0)

    def changes(self, sample: Sample, day: int, until_day: int | None = None) -> Changes:
        """Comings and goings of the shifts that begin on this day, or on the days from it until another."""
        roster = self._roster_of_days(day, day + 1 if until_day is None else until_day)
        keys_of_people = fold_many(sample.key_of(Owner.PERSON, self.group), roster.positions)
        keys = fold_in_pairs(keys_of_people, day + roster.day)
        starts_s, ends_s = roster.spans_s(sample, keys)
        there = ends_s > starts_s
        if self.absent > 0.0:
            there &= (sample.uniforms(keys, Purpose.ABSENT) >= self.absent)[roster.row_of_span]
        row = roster.row_of_span[there]
        days = day + roster.day[row]
        days_s = days * DAY_S
        return changes_of_spells(
            roster.positions[row], days, days_s + starts_s[there], days_s + ends_s[there]
        )

    def paid_s(self, edges_s: FloatArray) -> FloatArray:
        """Scheduled seconds, breaks and absence included."""
        return self._scheduled_s(edges_s, np.ones(self.n_positions))

    def beyond_hours(self, edges_s: FloatArray, price_per_h: float) -> FloatArray:
        """Σ over people's shifts of (cost − hours · price), each spread evenly over the shift."""
        beyond_per_h = [
            0.0
            if person.cost is None
            else person.cost * HOUR_S / (person.end_s - person.start_s) - price_per_h
            for person in self.people
        ]
        return self._scheduled_s(edges_s, np.array(beyond_per_h)) / HOUR_S

    def _scheduled_s(self, edges_s: FloatArray, weights: FloatArray) -> FloatArray:
        """Scheduled seconds in each interval, each person's counted by a weight."""
        first_day, last_day = int(edges_s[0] // DAY_S) - 1, int(-(-edges_s[-1] // DAY_S))
        starts, ends, counted = [np.empty(0)], [np.empty(0)], [np.empty(0)]
        for day in range(first_day, last_day):
            positions = self._roster(day).positions
            shifts_s = self._shifts_s[positions]
            counted.append(weights[positions])
            starts.append(day * DAY_S + shifts_s[:, 0])
            ends.append(day * DAY_S + shifts_s[:, 1])
        return time_in_intervals(
            np.concatenate(starts), np.concatenate(ends), edges_s, np.concatenate(counted)
        )

    # --- Laid out once --------------------------------------------------------------------------------------------

    @cached_property
    def _shifts_s(self) -> FloatArray:
        """Shift start and end after midnight; people × 2."""
        return np.array([(person.start_s, person.end_s) for person in self.people]).reshape(-1, 2)

    @cached_property
    def _of_day(self) -> dict[int, Roster]:
        return {}

    @cached_property
    def _of_positions(self) -> dict[tuple[int, ...], Roster]:
        return {}

    @cached_property
    def _of_days(self) -> dict[tuple[int, ...], Roster]:
        return {}

    def _roster_of_days(self, day: int, until_day: int) -> Roster:
        """The roster of several days; where the same days follow each other, weeks share one."""
        days = [self._roster(each) for each in range(day, until_day)]
        if len(days) == 1:
            return days[0]
        which = tuple(map(id, days))
        if which not in self._of_days:
            self._of_days[which] = roster_of_days(days)
        return self._of_days[which]

    def _roster(self, day: int) -> Roster:
        """The roster of a day; days on which the same people are at work share one."""
        if day not in self._of_day:
            at_work = self.at_work(day)
            positions = tuple(position for position, _ in at_work)
            if positions not in self._of_positions:
                self._of_positions[positions] = roster_of(at_work, self.away_share)
            self._of_day[day] = self._of_positions[positions]
        return self._of_day[day]
