"""What is known at midnight to happen on a day: openings and closings, people who come and go, outages of bots."""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.chance.sample import Sample
from sim.codes import Turn
from sim.kernel import given
from sim.kernel.record import Records
from sim.world.hours import DAY_S
from sim.world.people import DAYS_AT_ONCE
from sim.world.world import World

FloatArray = npt.NDArray[np.float64]

DAYS_KEPT = 100  # of a run of years, only the first: memory does not grow with the horizon
_NOTHING: Records = np.empty(0, dtype=given.PLANNED)


class Planned(NamedTuple):
    """Agendas of days that follow each other, in order of time and turn, and what their shifts leave for later."""

    of_days: tuple[Records, ...]
    later: Records


class Agenda:
    """The agendas of a replication, day after day, laid out by the fortnight.

    Where no draw decides, they are laid out once and kept in `kept`.
    """

    def __init__(self, world: World, sample: Sample, kept: dict[int, Planned]) -> None:
        self._world = world
        self._sample = sample
        self._is_random = any(group.presence.is_random for group in world.groups)
        self._kept = kept
        sizes = [group.presence.n_positions for group in world.groups]
        self._first_agents = np.cumsum([0, *sizes])
        self._planned: Planned | None = None
        self._planned_from = 0

    def of_day(self, day: int) -> Records:
        """The agenda of a day; to be asked for in order of days, from the first on."""
        planned = self._planned
        if planned is None or day - self._planned_from == len(planned.of_days):
            planned = self._kept.get(day) or self._lay_out(day, planned)
            if not self._is_random and day - self._world.first_day < DAYS_KEPT:
                self._kept[day] = planned
            self._planned, self._planned_from = planned, day
        return planned.of_days[day - self._planned_from]

    def _lay_out(self, day: int, before: Planned | None) -> Planned:
        """The days from this one on: a fortnight, but not beyond the run-out while that has not been lived through."""
        run_s = self._world.horizon_s + self._world.run_out_s
        until = min(day + DAYS_AT_ONCE, max(day + 1, math.ceil(run_s / DAY_S)))
        later = self._before_the_run() if before is None else before.later
        planned = np.concatenate([later, self._doors_of(day, until), self._changes_of(day, until)])
        planned = planned[np.lexsort((planned["index"], planned["turn"], planned["at_s"]))]
        midnights = np.searchsorted(planned["at_s"], DAY_S * np.arange(day + 1, until + 1))
        *of_days, later = np.split(planned, midnights)
        return Planned(tuple(of_days), later)

    def _before_the_run(self) -> Records:
        """Who is present when the run starts comes before all else; shifts of the day before may reach into it."""
        starts_s = self._world.starts_s
        planned = [self._outages(), self._changes_of(self._world.first_day - 1, self._world.first_day)]
        for group in self._world.groups:
            present = group.presence.present_before(self._sample, starts_s)
            agents = self._first_agents[group.index] + np.array(present, dtype=np.int64)
            planned.append(_planned(np.full(len(agents), starts_s), Turn.NEW_DAY, agents))
        return np.concatenate(planned)

    def _changes_of(self, day: int, until: int) -> Records:
        """Comings and goings of the shifts of these days, as far as they are not over when the run starts."""
        found = [_NOTHING]
        for group in self._world.groups:
            changes = group.presence.changes(self._sample, day, until)
            agents = self._first_agents[group.index] + changes.position
            found.append(_planned(changes.at_s, np.where(changes.comes, Turn.COMING, Turn.GOING), agents))
        of_all = np.concatenate(found)
        return of_all[of_all["at_s"] >= self._world.starts_s]

    def _doors_of(self, day: int, until: int) -> Records:
        """Closings have index 0, openings 1."""
        from_s, until_s = max(day * DAY_S, self._world.starts_s), until * DAY_S
        hours = self._world.hours
        doors = [
            (at_s, opens)
            for opens, moments in enumerate((hours.closes_s, hours.opens_s))
            for at_s in moments[bisect_left(moments, from_s) : bisect_left(moments, until_s)]
        ]
        at_s, opens_or_closes = np.array(doors).reshape(-1, 2).T
        return _planned(at_s, Turn.OPENING, opens_or_closes)

    def _outages(self) -> Records:
        """All outages; those of before the run begin with it. The index is twice the bot, and one more at the end."""
        moments = [
            (max(at_s, self._world.starts_s), 2 * bot.index + is_end)
            for bot in self._world.bots
            for outage_s in bot.outages_s
            for is_end, at_s in enumerate(outage_s)
        ]
        at_s, index = np.array(moments).reshape(-1, 2).T
        return _planned(at_s, Turn.OUTAGE, index)


def _planned(at_s: FloatArray, turn: Any, index: Any) -> Records:
    planned = np.empty(len(at_s), dtype=given.PLANNED)
    planned["at_s"], planned["turn"], planned["index"] = at_s, turn, index
    return planned
