"""What is known at midnight to happen on a day: openings and closings, people who come and go, outages of bots."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.chance.sample import Sample
from sim.codes import Turn
from sim.kernel import state
from sim.kernel.state import Records
from sim.world.hours import DAY_S
from sim.world.world import World

FloatArray = npt.NDArray[np.float64]

DAYS_KEPT = 100  # of a run of years, only the first: memory does not grow with the horizon
_NOTHING: Records = np.empty(0, dtype=state.PLANNED)


class Planned(NamedTuple):
    """A day's agenda in order of time and turn, and what its shifts leave for the days after it."""

    of_day: Records
    later: Records


class Agenda:
    """The agendas of a replication, day after day. Where no draw decides, days are laid out once and kept in `kept`."""

    def __init__(self, world: World, sample: Sample, kept: dict[int, Planned]) -> None:
        self._world = world
        self._sample = sample
        self._is_random = any(group.presence.is_random for group in world.groups)
        self._kept = kept
        sizes = [group.presence.n_positions for group in world.groups]
        self._first_agents = np.cumsum([0, *sizes])
        self._later: Records | None = None

    def of_day(self, day: int) -> Records:
        """The agenda of a day; to be asked for in order of days, from the first on."""
        planned = self._kept.get(day) or self._lay_out(day)
        if not self._is_random and len(self._kept) < DAYS_KEPT:
            self._kept[day] = planned
        self._later = planned.later
        return planned.of_day

    def _lay_out(self, day: int) -> Planned:
        later = self._before_the_run() if self._later is None else self._later
        planned = np.concatenate([later, self._doors_of(day), self._changes_of(day)])
        today = planned["at_s"] < (day + 1) * DAY_S
        agenda = planned[today]
        return Planned(agenda[np.lexsort((agenda["index"], agenda["turn"], agenda["at_s"]))], planned[~today])

    def _before_the_run(self) -> Records:
        """Who is present when the run starts comes before all else; shifts of the day before may reach into it."""
        starts_s = self._world.starts_s
        planned = [self._outages(), self._changes_of(self._world.first_day - 1)]
        for group in self._world.groups:
            present = group.presence.present_before(self._sample, starts_s)
            agents = self._first_agents[group.index] + np.array(present, dtype=np.int64)
            planned.append(_planned(np.full(len(agents), starts_s), Turn.NEW_DAY, agents))
        return np.concatenate(planned)

    def _changes_of(self, day: int) -> Records:
        """Comings and goings of the shifts of a day, as far as they are not over when the run starts."""
        found = [_NOTHING]
        for group in self._world.groups:
            changes = group.presence.changes(self._sample, day)
            agents = self._first_agents[group.index] + changes.position
            found.append(_planned(changes.at_s, np.where(changes.comes, Turn.COMING, Turn.GOING), agents))
        of_all = np.concatenate(found)
        return of_all[of_all["at_s"] >= self._world.starts_s]

    def _doors_of(self, day: int) -> Records:
        """Closings have index 0, openings 1."""
        from_s, until_s = max(day * DAY_S, self._world.starts_s), (day + 1) * DAY_S
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
    planned = np.empty(len(at_s), dtype=state.PLANNED)
    planned["at_s"], planned["turn"], planned["index"] = at_s, turn, index
    return planned
