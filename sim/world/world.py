"""The scenario made ready to run: names become positions, laws quantile functions, hours seconds.

Built once per run and shared by all replications; holds nothing that changes while the clock runs.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scenarios import Scenario
from scenarios.agent_groups import Skill
from scenarios.contact_types import ContactType
from scenarios.laws import Gamma
from sim.chance.by_time import scaled
from sim.chance.laws import Quantile, quantile_of
from sim.world.arrivals import DayFactor, IntervalFactors, Replay
from sim.world.bot import BotModel, BotType, bot_models
from sim.world.channels import ChatModel, QueueingModel, chat_of, lone_share, queueing_of
from sim.world.experience import Experience, experience_of
from sim.world.hours import DAY_S, Hours, hours_of
from sim.world.outbound import FIRST_STREAM, Notices, is_outbound, notices_of, with_outbound
from sim.world.peaks import Spans, peaks_of
from sim.world.people import Presence, presence_of
from sim.world.prevention import PreventionModel, prevention_of
from sim.world.traits import Traits, traits_of

HOUR_S = 3600.0
_MEAN_DELAYS_FOLLOWED = 5.0
_DAYS_BEYOND = 400  # a queue without patience may outlive the run-out; it is followed for so long at most


@dataclass(frozen=True)
class Comeback:
    """A customer who contacts again: how likely, after how long, as what, and whether past the bot."""

    share: float
    delay_s: Quantile
    as_type: int
    talk_factor: float
    skip_bot: bool


@dataclass(frozen=True)
class TransferModel:
    """A share of served contacts goes on to another type's queue."""

    share: float
    to_type: int
    talk_factor: float


@dataclass(frozen=True)
class TypeModel:
    """A contact type as the engine needs it. `ranks` holds the groups that may take it, in order of rank."""

    index: int
    stream: int
    name: str
    channel: str
    talk_s: Quantile
    wrap_up_s: Quantile | None
    patience_s: Quantile | None
    balk_share: float
    redial: Comeback | None
    reconnect: Comeback | None
    transfer: TransferModel | None
    ranks: tuple[tuple[int, ...], ...]
    bot: BotType | None
    day_factor: DayFactor | None
    interval_factors: IntervalFactors | None
    prevention: PreventionModel | None
    replay: Replay | None
    uses_line: bool
    queueing: QueueingModel
    notices: Notices | None  # not a customer's contact, but a group's proactive ones


@dataclass(frozen=True)
class SkillModel:
    """What a group makes of a type: factors on talk and wrap-up, chance to resolve, weight in the queue."""

    contact_type: int
    talk_factor: float
    wrap_up_factor: float
    resolution_rate: float
    weight: float
    free_above: int  # taken only while more people of the group are free; -1: always


@dataclass(frozen=True)
class GroupModel:
    """A group of agents: `skills` in the order in which a free agent looks."""

    index: int
    name: str
    skills: tuple[SkillModel, ...]
    policy: str
    presence: Presence
    traits: Traits | None  # None: everybody is like everybody else
    chat: ChatModel


@dataclass(frozen=True)
class World:
    """Everything that stays the same during a run. Times are seconds from the start of the counted horizon."""

    scenario: Scenario  # with proactive notices among its contact types (`sim.world.outbound`)
    types: tuple[TypeModel, ...]
    groups: tuple[GroupModel, ...]
    bots: tuple[BotModel, ...]
    hours: Hours
    n_lines: float
    clears_at_close: bool
    counts_seats: bool  # a contact starts only while all busy are fewer than those due
    starts_s: float
    horizon_s: float
    run_out_s: float
    interval_s: float
    last_day: int
    peaks_s: Spans
    experience: Experience | None

    @property
    def first_day(self) -> int:
        """The day in which the warm-up begins; 0 without one."""
        return math.floor(self.starts_s / DAY_S)

    @cached_property
    def noticed(self) -> frozenset[int]:
        """The contact types of which a proactive notice may prevent a contact."""
        return frozenset(kind.notices.contact for kind in self.types if kind.notices is not None)

    @property
    def bots_change(self) -> bool:
        """Whether what bots close differs from day to day: they learn, or knowledge decays."""
        parts = [part for bot in self.bots for part in bot.types.values()]
        return any(part.ramp_up or (part.knowledge and part.knowledge.changes_by_day) for part in parts)

    @property
    def n_intervals(self) -> int:
        """How many intervals the counted horizon has."""
        return round(self.horizon_s / self.interval_s)


def world_of(scenario: Scenario, streams: Mapping[str, int] | None = None) -> World:
    """The world of a scenario. `streams` gives a baseline's position of each type, so that designs share needs."""
    scenario = with_outbound(scenario)
    calendar = scenario.calendar
    followed_s = _followed_s(scenario)
    warm_up_s = followed_s if calendar.warm_up_h is None else calendar.warm_up_h * HOUR_S
    run_out_s = followed_s if calendar.run_out_h is None else calendar.run_out_h * HOUR_S
    first_day = math.floor(-warm_up_s / DAY_S)
    last_day = math.ceil(calendar.days + run_out_s / DAY_S) + _DAYS_BEYOND
    bots = bot_models(scenario)
    return World(
        scenario=scenario,
        types=_types(scenario, bots, streams or {}),
        groups=_groups(scenario),
        bots=bots,
        hours=hours_of(calendar, first_day, last_day),
        n_lines=math.inf if scenario.lines is None else scenario.lines.n,
        clears_at_close=calendar.at_close == "clear",
        counts_seats=calendar.on_time_up == "seat",
        starts_s=-warm_up_s,
        horizon_s=calendar.days * DAY_S,
        run_out_s=run_out_s,
        interval_s=calendar.interval_min * 60.0,
        last_day=last_day,
        peaks_s=peaks_of(scenario),
        experience=experience_of(scenario),
    )


def _followed_s(scenario: Scenario) -> float:
    """Whole days worth five mean return delays; 0 where nobody comes back."""
    delays = [0.0]
    for contact_type in scenario.contact_type.values():
        if contact_type.redial is not None and contact_type.redial.share > 0.0:
            delays.append(contact_type.redial.delay_s.expected)
        if contact_type.reconnect is not None and contact_type.reconnect.share > 0.0:
            delays.append(contact_type.reconnect.delay_h.expected * HOUR_S)
    return math.ceil(_MEAN_DELAYS_FOLLOWED * max(delays) / DAY_S) * DAY_S


def _types(
    scenario: Scenario, bots: tuple[BotModel, ...], streams: Mapping[str, int]
) -> tuple[TypeModel, ...]:
    names = list(scenario.contact_type)
    positions = dict(streams)
    for name in names:
        positions.setdefault(name, _stream_of_notices(scenario, name) or len(positions))
    return tuple(_type(scenario, names, i, positions[name], bots) for i, name in enumerate(names))


def _stream_of_notices(scenario: Scenario, name: str) -> int | None:
    """Notices are numbered by group, apart from customers' needs."""
    notices = notices_of(scenario, name)
    return None if notices is None else FIRST_STREAM + notices.group


def _type(
    scenario: Scenario, names: list[str], index: int, stream: int, bots: tuple[BotModel, ...]
) -> TypeModel:
    declared = scenario.contact_type[names[index]]
    patience = declared.patience_s
    return TypeModel(
        index=index,
        stream=stream,
        name=names[index],
        channel=declared.channel,
        talk_s=quantile_of(declared.talk_s),
        wrap_up_s=None if declared.wrap_up_s is None else quantile_of(declared.wrap_up_s),
        patience_s=None if patience is None else quantile_of(patience),
        balk_share=0.0 if patience is None else patience.balk_share,
        redial=_redial(declared, index),
        reconnect=_reconnect(declared, names, index),
        transfer=_transfer(declared, names),
        ranks=_ranks(scenario, names[index]),
        bot=next((bot.types[index] for bot in bots if index in bot.types), None),
        day_factor=_day_factor(scenario, declared),
        interval_factors=None if is_outbound(names[index]) else _interval_factors(scenario, declared),
        prevention=prevention_of(declared.prevention),
        replay=_replay(declared),
        uses_line=scenario.lines is not None and declared.channel == "voice",
        queueing=queueing_of(scenario, names[index]),
        notices=notices_of(scenario, names[index]),
    )


def _redial(declared: ContactType, index: int) -> Comeback | None:
    redial = declared.redial
    if redial is None or redial.share == 0.0:
        return None
    return Comeback(redial.share, quantile_of(redial.delay_s), index, 1.0, redial.skip_bot)


def _reconnect(declared: ContactType, names: list[str], index: int) -> Comeback | None:
    back = declared.reconnect
    if back is None or back.share == 0.0:
        return None
    delay_s = scaled(quantile_of(back.delay_h), HOUR_S)
    as_type = index if back.as_ is None else names.index(back.as_)
    return Comeback(back.share, delay_s, as_type, back.talk_factor, back.skip_bot)


def _transfer(declared: ContactType, names: list[str]) -> TransferModel | None:
    transfer = declared.transfer
    if transfer is None or transfer.share == 0.0:
        return None
    return TransferModel(transfer.share, names.index(transfer.to), transfer.talk_factor)


def _day_factor(scenario: Scenario, declared: ContactType) -> DayFactor | None:
    busyness = scenario.busyness
    common_cv = 0.0 if busyness is None else busyness.day_cv
    day_cv = common_cv if declared.day_cv is None else declared.day_cv
    if day_cv == 0.0 or declared.arrivals.replay:
        return None
    return DayFactor(
        quantile_of(Gamma(mean=1.0, cv=day_cv)), 0.0 if busyness is None else busyness.correlation
    )


def _interval_factors(scenario: Scenario, declared: ContactType) -> IntervalFactors | None:
    if scenario.busyness is None or scenario.busyness.interval_cv == 0.0 or declared.arrivals.replay:
        return None
    quantile = quantile_of(Gamma(mean=1.0, cv=scenario.busyness.interval_cv))
    return IntervalFactors(quantile, float(scenario.calendar.interval_s))


def _replay(declared: ContactType) -> Replay | None:
    moments_s = declared.arrivals.replayed_s
    return None if moments_s is None else Replay(np.array(moments_s))


def _ranks(scenario: Scenario, type_name: str) -> tuple[tuple[int, ...], ...]:
    """The groups that may take a type: `routed_to` by rank, or every group with the skill at rank 1."""
    groups = list(scenario.agent_group)
    routes = scenario.contact_type[type_name].routed_to
    if routes is None:
        ranked = [(1, i) for i, name in enumerate(groups) if _skill(scenario, name, type_name) is not None]
    else:
        ranked = sorted((route.rank, groups.index(route.group)) for route in routes)
    ranks = sorted({rank for rank, _ in ranked})
    return tuple(tuple(i for r, i in ranked if r == rank) for rank in ranks)


def _skill(scenario: Scenario, group: str, type_name: str) -> Skill | None:
    return next(
        (skill for skill in scenario.agent_group[group].skills if skill.contact_type == type_name), None
    )


def _groups(scenario: Scenario) -> tuple[GroupModel, ...]:
    takers = {name: {i for rank in _ranks(scenario, name) for i in rank} for name in scenario.contact_type}
    return tuple(
        _group(scenario, index, name, {n for n, groups in takers.items() if index in groups})
        for index, name in enumerate(scenario.agent_group)
    )


def _group(scenario: Scenario, index: int, name: str, usable: Collection[str]) -> GroupModel:
    """A group; of its skills those that the types' routing lets it use: live types first, then by priority."""
    declared = scenario.agent_group[name]
    skills = [
        _skill_model(scenario, name, skill)
        for skill in sorted(declared.skills, key=lambda skill: _turn(scenario, skill))
        if skill.contact_type in usable
    ]
    presence = presence_of(scenario, name, index)
    traits = traits_of(scenario, name, index, presence.n_positions)
    return GroupModel(
        index, name, tuple(skills), declared.policy, presence, traits, chat_of(scenario, declared)
    )


def _turn(scenario: Scenario, skill: Skill) -> tuple[bool, int]:
    """Deferred work comes after everything live; a smaller priority first; else as listed."""
    declared = scenario.contact_type[skill.contact_type]
    return declared.is_deferred, declared.priority


def _skill_model(scenario: Scenario, group: str, skill: Skill) -> SkillModel:
    """Factors of skill and assist multiplied; the group's own resolution before the type's."""
    declared = scenario.contact_type[skill.contact_type]
    assist = scenario.assist if scenario.assist is not None and group in scenario.assist.groups else None
    rate = declared.resolution_rate if skill.resolution_rate is None else skill.resolution_rate
    here = scenario.agent_group[group]
    talk_factor = skill.talk_factor * lone_share(here, declared)
    return SkillModel(
        contact_type=list(scenario.contact_type).index(skill.contact_type),
        talk_factor=talk_factor * (1.0 if assist is None else assist.talk_factor),
        wrap_up_factor=1.0 if assist is None else assist.wrap_up_factor,
        resolution_rate=min(1.0, rate + (0.0 if assist is None else assist.resolution_gain)),
        weight=skill.weight,
        free_above=(here.takes_only_if_free_above or {}).get(skill.contact_type, -1),
    )
