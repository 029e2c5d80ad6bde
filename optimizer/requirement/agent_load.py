"""What reaches the agents: contacts left by the bot, and those who come back, to their fixed point.

All figures are means: shares of what enters each stage. The simulation corrects what they leave out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optimizer.horizon import FloatArray
from scenarios import Scenario
from scenarios.contact_types import ContactType
from sim.chance.laws import quantile_of
from sim.chance.normal import normal_cdf, normal_quantiles
from sim.world.bot import BotType, bot_models

_GRID = 4096  # midpoints of the uniform over which laws are averaged
_ROUNDS = 200
_SETTLED = 1e-12


@dataclass(frozen=True)
class Stages:
    """Per first contact of each type: attempts at the front, and contacts offered to agents by where they come from."""

    front: FloatArray
    from_bot: FloatArray  # handed over
    asked: FloatArray  # no bot, or past it at once
    returned: FloatArray  # past the bot: redials and reconnects after people
    wrongly_closed: FloatArray  # past the bot, after it had closed them wrongly

    @property
    def offered(self) -> FloatArray:
        """All contacts offered to agents."""
        return self.from_bot + self.asked + self.returned + self.wrongly_closed


@dataclass(frozen=True)
class BotShares:
    """What a bot makes of those who come to the front of a type; talk factors of those handed over and contained."""

    asks: float = 1.0
    hands_over: float = 0.0
    wrong: float = 0.0
    leaves: float = 0.0
    talk_handed_over: float = 1.0
    talk_contained: float = 1.0


def bot_shares(scenario: Scenario) -> dict[str, BotShares]:
    """Shares of those at the front, by type; a type without a bot asks for a person at once."""
    names = list(scenario.contact_type)
    found = dict.fromkeys(names, BotShares())
    for bot in bot_models(scenario):
        if bot.max_sessions > 0:
            found |= {
                names[i]: _shares(part, scenario.contact_type[names[i]]) for i, part in bot.types.items()
            }
    return found


def stages_of(scenario: Scenario, fresh: Mapping[str, float], abandonment_rate: float) -> Stages:
    """The fixed point, when so many first contacts come of each type and this share of the offered gives up."""
    names = list(scenario.contact_type)
    bots = bot_shares(scenario)
    first = np.array([fresh[name] for name in names])
    stages = _pass_bot(bots, names, first, np.zeros(len(names)), np.zeros(len(names)))
    for _ in range(_ROUNDS):
        to_front, past_bot, wrongly = _returns(scenario, names, bots, stages, abandonment_rate)
        following = _pass_bot(bots, names, first + to_front, past_bot, wrongly)
        change = float(np.max(np.abs(following.offered - stages.offered), initial=0.0))
        stages = following
        if change <= _SETTLED * max(1.0, float(first.sum())):
            break
    return stages


def mean_talk_factor(scenario: Scenario, stages: Stages) -> FloatArray:
    """Mean talk of the contacts offered to agents ÷ mean of the talk law, by type: bot and hand-over."""
    bots = bot_shares(scenario).values()
    handed_over = np.array([bot.talk_handed_over for bot in bots])
    contained = np.array([bot.talk_contained for bot in bots])
    talk = stages.from_bot * handed_over + stages.asked + stages.returned + stages.wrongly_closed * contained
    return np.divide(talk, stages.offered, out=np.ones_like(talk), where=stages.offered > 0.0)


def _pass_bot(
    bots: Mapping[str, BotShares],
    names: list[str],
    front: FloatArray,
    past_bot: FloatArray,
    wrongly: FloatArray,
) -> Stages:
    asks = np.array([bots[name].asks for name in names])
    hands_over = np.array([bots[name].hands_over for name in names])
    return Stages(front, front * hands_over, front * asks, past_bot, wrongly)


def _returns(
    scenario: Scenario,
    names: list[str],
    bots: Mapping[str, BotShares],
    stages: Stages,
    abandonment_rate: float,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Who comes back: to the front, past the bot, and past the bot after a wrong closing."""
    to_front, past_bot, wrongly = (np.zeros(len(names)) for _ in range(3))
    skips_after_wrong = _skips_after_wrong_closing(scenario)
    for i, (name, declared) in enumerate(scenario.contact_type.items()):
        offered = stages.offered[i]
        served = offered * (1.0 - abandonment_rate)
        redials = (offered - served + stages.front[i] * bots[name].leaves) * _redial_share(declared)
        (past_bot if declared.redial is not None and declared.redial.skip_bot else to_front)[i] += redials
        if declared.transfer is not None:
            past_bot[names.index(declared.transfer.to)] += served * declared.transfer.share
            served *= 1.0 - declared.transfer.share
        back = declared.reconnect
        if back is not None:
            comes_as = i if back.as_ is None else names.index(back.as_)
            unresolved = served * (1.0 - resolution_rate(scenario, name)) * back.share
            (past_bot if back.skip_bot else to_front)[comes_as] += unresolved
            wrong = stages.front[i] * bots[name].wrong * back.share
            (wrongly if skips_after_wrong.get(name, False) else to_front)[comes_as] += wrong
    return to_front, past_bot, wrongly


def resolution_rate(scenario: Scenario, type_name: str) -> float:
    """Resolution of a type by people: the mean over the groups that can take it, assist included."""
    declared = scenario.contact_type[type_name]
    rates = []
    for group_name, group in scenario.agent_group.items():
        gain = (
            scenario.assist.resolution_gain
            if scenario.assist and group_name in scenario.assist.groups
            else 0.0
        )
        for skill in group.skills:
            if skill.contact_type == type_name:
                own = declared.resolution_rate if skill.resolution_rate is None else skill.resolution_rate
                rates.append(min(1.0, own + gain))
    return float(np.mean(rates)) if rates else declared.resolution_rate


def _redial_share(declared: ContactType) -> float:
    return 0.0 if declared.redial is None else declared.redial.share


def _skips_after_wrong_closing(scenario: Scenario) -> dict[str, bool]:
    return {
        name: part.wrongly_closed_skip_bot
        for bot in scenario.bot.values()
        for name, part in bot.contact_type.items()
    }


def _shares(part: BotType, declared: ContactType) -> BotShares:
    stays = part.entry_share * (1.0 - part.leaves_share)
    handed_over, contained = _talk_after_bot(part, declared)
    return BotShares(
        asks=1.0 - part.entry_share,
        hands_over=stays * (1.0 - part.contains_share),
        wrong=stays * part.contains_share * part.wrong_share,
        leaves=part.entry_share * part.leaves_share,
        talk_handed_over=handed_over * part.handover_talk_factor,
        talk_contained=contained,
    )


def _talk_after_bot(part: BotType, declared: ContactType) -> tuple[float, float]:
    """E[talk | handed over] and E[talk | contained], each ÷ E[talk], for any talk law.

    A contact with talk score z is contained with probability 1 − Φ((k + s z) / √(1 − s²)), k = Φ⁻¹(1 − c′).
    """
    s, c = part.selectivity, part.contains_share
    if s == 0.0 or c <= 0.0 or c >= 1.0:
        return 1.0, 1.0
    u = (np.arange(_GRID) + 0.5) / _GRID
    z, talk = normal_quantiles(u), quantile_of(declared.talk_s).many(u)
    threshold = float(normal_quantiles(np.array([1.0 - c]))[0])
    spread = math.sqrt(max(1.0 - s * s, 1e-12))
    left = np.array([normal_cdf((threshold + s * score) / spread) for score in z])
    mean = float(talk.mean())
    handed_over = float((talk * left).mean()) / (float(left.mean()) * mean)
    contained = float((talk * (1.0 - left)).mean()) / (float((1.0 - left).mean()) * mean)
    return handed_over, contained
