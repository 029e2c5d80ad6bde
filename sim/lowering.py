"""A world as arrays for the compiled engine: what stays the same during a run, made once and shared by replications.

Names have become positions before (`sim.world`); here positions become rows, laws rows of numbers, and None a -1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sim.bot import BotType
from sim.facts import awt_of_types
from sim.kernel import state
from sim.kernel.state import NOBODY, Records
from sim.lowered_laws import LoweredLaws
from sim.people import Presence
from sim.rates import daily_steps
from sim.world import GroupModel, TypeModel, World

_POLICIES = {
    "priority": state.PRIORITY,
    "longest_wait": state.LONGEST_WAIT,
    "weighted_wait": state.WEIGHTED_WAIT,
}


@dataclass(frozen=True)
class DayRates:
    """A day's arrival rates for all types: edges and expected contacts until then, and where each type begins."""

    steps: Records
    first: npt.NDArray[np.int64]
    n_steps: npt.NDArray[np.int64]


class Lowered:
    """The arrays of a world. Days are lowered when they are first needed, and kept."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._laws = LoweredLaws()
        self.types = self._types()
        self.laws, self.nodes = self._laws.arrays()
        self.groups = self._groups()
        self.bots = self._bots()
        self.skills = self._skills()
        self.routes = self._routes()
        self.spans = np.zeros(len(world.hours.opens_s), dtype=state.SPAN)
        self.spans["opens_s"], self.spans["closes_s"] = world.hours.opens_s, world.hours.closes_s
        self._rates: dict[int, DayRates] = {}

    @cached_property
    def first_agents(self) -> npt.NDArray[np.int64]:
        """The first agent of each group, and how many there are in all."""
        sizes = [group.presence.n_positions for group in self.world.groups]
        return np.concatenate([[0], np.cumsum(np.array(sizes, dtype=np.int64))])

    def agents(self) -> Records:
        """Everybody, absent and idle."""
        agents = np.zeros(int(self.first_agents[-1]), dtype=state.AGENT)
        agents["contact"] = NOBODY
        agents["time_up_s"] = np.nan
        for i, presence in enumerate(self._presences):
            agents["group"][self.first_agents[i] : self.first_agents[i] + presence.n_positions] = i
        return agents

    def rates_of(self, day: int) -> DayRates:
        """The arrival rates of a day."""
        if day not in self._rates:
            scenario, names = self.world.scenario, [contact_type.name for contact_type in self.world.types]
            of_types = [daily_steps(scenario, name, day) for name in names]
            lengths = np.array([len(steps.edges_s) for steps in of_types], dtype=np.int64)
            steps = np.zeros(lengths.sum(), dtype=state.STEP)
            steps["edge_s"] = np.concatenate([steps.edges_s for steps in of_types])
            steps["expected"] = np.concatenate([steps.cumulative for steps in of_types])
            self._rates[day] = DayRates(steps, np.cumsum(lengths) - lengths, lengths - 1)
        return self._rates[day]

    @property
    def _presences(self) -> list[Presence]:
        return [group.presence for group in self.world.groups]

    def _types(self) -> Records:
        types = np.zeros(len(self.world.types), dtype=state.TYPE)
        short = [declared.short_abandon_s for declared in self.world.scenario.contact_type.values()]
        types["short_abandon_s"] = short
        types["awt_s"] = awt_of_types(self.world)
        for row, contact_type in zip(types, self.world.types, strict=True):
            self._fill_type(row, contact_type)
        return types

    def _fill_type(self, row: np.record, contact_type: TypeModel) -> None:
        row.talk = self._laws.position_of(contact_type.talk_s)
        row.wrap_up = self._laws.position_of(contact_type.wrap_up_s)
        row.patience = self._laws.position_of(contact_type.patience_s)
        row.balk_share = contact_type.balk_share
        row.uses_line = contact_type.uses_line
        row.n_routes = sum(len(rank) for rank in contact_type.ranks)
        self._fill_comebacks(row, contact_type)
        row.bot = NOBODY if contact_type.bot is None else contact_type.bot.bot
        if contact_type.bot is not None:
            self._fill_bot(row, contact_type.bot)

    def _fill_comebacks(self, row: np.record, contact_type: TypeModel) -> None:
        redial, reconnect, transfer = contact_type.redial, contact_type.reconnect, contact_type.transfer
        if redial is not None:
            row.redial_share, row.redial_skips_bot = redial.share, redial.skip_bot
            row.redial_delay = self._laws.position_of(redial.delay_s)
        if reconnect is not None:
            row.reconnect_share, row.reconnect_skips_bot = reconnect.share, reconnect.skip_bot
            row.reconnect_delay = self._laws.position_of(reconnect.delay_s)
            row.reconnect_as, row.reconnect_talk_factor = reconnect.as_type, reconnect.talk_factor
        if transfer is not None:
            row.transfer_share, row.transfer_to = transfer.share, transfer.to_type
            row.transfer_talk_factor = transfer.talk_factor

    def _fill_bot(self, row: np.record, bot: BotType) -> None:
        row.session = self._laws.position_of(bot.session_s)
        row.entry_share, row.leaves_share, row.wrong_share = (
            bot.entry_share,
            bot.leaves_share,
            bot.wrong_share,
        )
        row.contains_above, row.selectivity, row.noise_weight = (
            bot.contains_above,
            bot.selectivity,
            bot.noise_weight,
        )
        row.handover_talk_factor = bot.handover_talk_factor
        row.handover_patience_factor = bot.handover_patience_factor
        row.wrongly_closed_skips_bot = bot.wrongly_closed_skip_bot

    def _groups(self) -> Records:
        groups = np.zeros(len(self.world.groups), dtype=state.GROUP)
        groups["first_agent"] = self.first_agents[:-1]
        groups["n_skills"] = [len(group.skills) for group in self.world.groups]
        groups["policy"] = [_POLICIES[group.policy] for group in self.world.groups]
        groups["first_idle"] = groups["last_idle"] = NOBODY
        groups["due_since_s"] = self.world.starts_s
        return groups

    def _bots(self) -> Records:
        bots = np.zeros(len(self.world.bots), dtype=state.BOT)
        for row, bot in zip(bots, self.world.bots, strict=True):
            row.max_sessions, row.always_on, row.always_free = (
                bot.max_sessions,
                bot.always_on,
                bot.always_free,
            )
        return bots

    def _skills(self) -> Records:
        skills = np.zeros((len(self.world.groups), len(self.world.types)), dtype=state.SKILL)
        for group in self.world.groups:
            _fill_skills(skills[group.index], group)
        return skills

    def _routes(self) -> Records:
        routes = np.zeros((len(self.world.types), len(self.world.groups)), dtype=state.ROUTE)
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
