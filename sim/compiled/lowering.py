"""A world as arrays for the compiled engine: what stays the same during a run, made once and shared by replications.

Names have become positions before (`sim.world.world`); here positions become rows, laws rows of numbers, and None a -1.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from sim.compiled.agenda import DAYS_KEPT, Planned
from sim.compiled.contact_types import lowered_types
from sim.compiled.day_rates import DayRates, rates_of_day
from sim.compiled.experience import lowered_experience
from sim.compiled.laws import LoweredLaws
from sim.kernel import given, state
from sim.kernel.record import NOBODY, Records
from sim.world.world import GroupModel, World

_POLICIES = {
    "priority": given.PRIORITY,
    "longest_wait": given.LONGEST_WAIT,
    "weighted_wait": given.WEIGHTED_WAIT,
}


class Lowered:
    """The arrays of a world. Days are lowered when they are first needed, and kept."""

    def __init__(self, world: World) -> None:
        self.world = world
        laws = LoweredLaws()
        self.types = lowered_types(world, laws)
        self.laws, self.nodes, self.values = laws.arrays()
        self.groups = self._groups()
        self.bots = self._bots()
        self.skills = self._skills()
        self.most_chats = max((group.chat.limit for group in world.groups), default=1)
        self.paces = self._paces()
        self.routes = self._routes()
        self.experience = lowered_experience(world.experience)
        self.spans = np.zeros(len(world.hours.opens_s), dtype=given.SPAN)
        self.spans["opens_s"], self.spans["closes_s"] = world.hours.opens_s, world.hours.closes_s
        self.peaks = np.array(world.peaks_s, dtype=np.float64).reshape(-1).view(given.SPAN)
        self.agendas: dict[int, Planned] = {}  # of the days on which no draw decides who is present
        self._rates: dict[int, DayRates] = {}

    def agents(self) -> Records:
        """Everybody, group after group; absent, and with nothing in hand."""
        agents = np.zeros(sum(self._group_sizes), dtype=state.AGENT)
        agents["contact"] = agents["shelf"] = NOBODY
        agents["time_up_s"] = np.nan
        agents["talk_factor"] = agents["resolution_factor"] = 1.0
        agents["group"] = np.repeat(np.arange(len(self._group_sizes)), self._group_sizes)
        return agents

    def rates_of(self, day: int) -> DayRates:
        """The arrival rates of a day."""
        if day not in self._rates:
            rates = rates_of_day(self.world, day)
            if len(self._rates) >= DAYS_KEPT:
                return rates
            self._rates[day] = rates
        return self._rates[day]

    @cached_property
    def _group_sizes(self) -> list[int]:
        return [group.presence.n_positions for group in self.world.groups]

    def _groups(self) -> Records:
        groups = np.zeros(len(self.world.groups), dtype=given.GROUP)
        groups["first_agent"] = np.cumsum([0, *self._group_sizes])[:-1]
        groups["n_skills"] = [len(group.skills) for group in self.world.groups]
        groups["policy"] = [_POLICIES[group.policy] for group in self.world.groups]
        groups["chat_limit"] = [group.chat.limit for group in self.world.groups]
        groups["stacks"] = [group.chat.stacks for group in self.world.groups]
        groups["empties_for_calls"] = [group.chat.empties_for_calls for group in self.world.groups]
        groups["takes_deferred"] = [self._takes_deferred(group) for group in self.world.groups]
        groups["due_since_s"] = self.world.starts_s
        return groups

    def _takes_deferred(self, group: GroupModel) -> bool:
        return any(self.world.types[skill.contact_type].queueing.is_deferred for skill in group.skills)

    def _paces(self) -> Records:
        paces = np.zeros((len(self.world.groups), self.most_chats), dtype=given.PACE)
        for group in self.world.groups:
            paces["pace"][group.index, : group.chat.limit] = group.chat.paces
        return paces

    def _bots(self) -> Records:
        bots = np.zeros(len(self.world.bots), dtype=given.BOT)
        for row, bot in zip(bots, self.world.bots, strict=True):
            row.max_sessions, row.always_on, row.always_free = (
                bot.max_sessions,
                bot.always_on,
                bot.always_free,
            )
        return bots

    def _skills(self) -> Records:
        skills = np.zeros((len(self.world.groups), len(self.world.types)), dtype=given.SKILL)
        for group in self.world.groups:
            _fill_skills(skills[group.index], group)
        for contact_type in self.world.types:
            for group_index, after_s in contact_type.queueing.after_s.items():
                skills["after_s"][group_index, contact_type.index] = after_s
        return skills

    def _routes(self) -> Records:
        routes = np.zeros((len(self.world.types), len(self.world.groups)), dtype=given.ROUTE)
        for contact_type in self.world.types:
            ranked = [(group, rank) for rank, groups in enumerate(contact_type.ranks) for group in groups]
            for row, (group, rank) in zip(routes[contact_type.index], ranked, strict=False):
                row.group, row.rank = group, rank
        return routes


def _fill_skills(of_types: Records, group: GroupModel) -> None:
    for i, skill in enumerate(group.skills):
        of_types[i].looks_at = skill.contact_type
        row = of_types[skill.contact_type]
        row.talk_factor, row.wrap_up_factor = skill.talk_factor, skill.wrap_up_factor
        row.resolution_rate, row.weight = skill.resolution_rate, skill.weight
        row.free_above = skill.free_above
