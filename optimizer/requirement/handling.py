"""How long people of a group work on a contact, on average: skill, tools, knowledge, newcomers, fast and slow people.

Who is slow takes fewer contacts. With idle periods alike in mean (the longest idle is next) a person of factor f
takes contacts at a rate in proportion to 1 / (g + f), g = (1 − ρ) / ρ, so that over contacts

    E[f] = Σ f / (g + f) ÷ Σ 1 / (g + f)

which is the mean of people where they are mostly idle, and their harmonic mean where they are always busy.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.horizon import FloatArray
from scenarios import Scenario
from scenarios.agent_groups import AgentGroup, Assist
from sim.chance.normal import normal_quantiles
from sim.world.channels import lone_share
from sim.world.knowledge import knowledge_of
from sim.world.outbound import is_outbound
from sim.world.traits import Ramp, traits_of

_GRID = 64  # midpoints of the uniform, for speed and for days there
_LEAST_BUSY, _MOST_BUSY = 0.05, 0.99


class PeopleFactors(NamedTuple):
    """What people make of talk times and resolution rates, mean over the contacts they take."""

    talk: float
    resolution: float


def people_factors(scenario: Scenario, group: str, day: int, occupancy: float) -> PeopleFactors:
    """The people of a group on a day of the horizon, busy for this share of their time."""
    traits = traits_of(scenario, group, 0, 1)
    if traits is None:
        return PeopleFactors(1.0, 1.0)
    knowledge = knowledge_of(scenario)
    spread = traits.spread * (1.0 if knowledge is None else knowledge.spread_factor(day))
    score = normal_quantiles(_midpoints())
    speed = np.exp(spread * score - 0.5 * spread * spread)
    days_there, weights = _days_there(traits.ramp, traits.leavers_per_day, day)
    learning = None if traits.ramp is None else traits.ramp.factors(days_there)
    talk = np.outer(speed, np.ones(1) if learning is None else learning.talk)
    resolution = np.broadcast_to(1.0 if learning is None else learning.resolution, talk.shape)
    rho = min(max(occupancy, _LEAST_BUSY), _MOST_BUSY)
    taken = weights / ((1.0 - rho) / rho + talk)
    share = taken / taken.sum()
    as_known = 1.0 if knowledge is None else knowledge.talk_factor(day)
    return PeopleFactors(as_known * float((share * talk).sum()), float((share * resolution).sum()))


def handle_s(scenario: Scenario, group: str, name: str, talk_factor: float) -> float:
    """Mean talk and wrap-up in seconds of an agent who does nothing else; `talk_factor`: of these contacts and people.

    `scenario` has notices among its types (`sim.world.outbound`); those that reach nobody take no time.
    """
    declared, team = scenario.contact_type[name], scenario.agent_group[group]
    skill = next(s for s in team.skills if s.contact_type == name)
    assist = _assist(scenario, group)
    factor = talk_factor * skill.talk_factor * lone_share(team, declared)
    talk_s = declared.talk_s.expected * factor * (assist.talk_factor if assist else 1.0)
    wrap_up_s = 0.0 if declared.wrap_up_s is None else declared.wrap_up_s.expected
    worked_s = talk_s + wrap_up_s * (assist.wrap_up_factor if assist else 1.0)
    return worked_s * _reach_share(team) if is_outbound(name) else worked_s + _delight_s(scenario)


def resolution_rate(scenario: Scenario, type_name: str, day: int = 0) -> float:
    """Resolution of a type by people: the mean over the groups that can take it, assist and newcomers included."""
    declared = scenario.contact_type[type_name]
    rates = []
    for group_name, group in scenario.agent_group.items():
        assist = _assist(scenario, group_name)
        gain = 0.0 if assist is None else assist.resolution_gain
        for skill in group.skills:
            if skill.contact_type == type_name:
                own = declared.resolution_rate if skill.resolution_rate is None else skill.resolution_rate
                learned = people_factors(scenario, group_name, day, _MOST_BUSY).resolution
                rates.append(min(1.0, own + gain) * learned)
    return min(1.0, float(np.mean(rates))) if rates else declared.resolution_rate


def changes_by_day(scenario: Scenario) -> bool:
    """Whether what people and bots make of contacts differs from day to day."""
    knowledge = knowledge_of(scenario)
    learning = any(group.newcomers is not None for group in scenario.agent_group.values())
    ramps = any(bot.ramp_up is not None for bot in scenario.bot.values())
    return learning or ramps or (knowledge is not None and knowledge.changes_by_day)


def _midpoints() -> FloatArray:
    return (np.arange(_GRID) + 0.5) / _GRID


def _days_there(ramp: Ramp | None, leavers_per_day: float, day: int) -> tuple[FloatArray, FloatArray]:
    """For how many days people have been there on a day, and how many of them: those of the start, and who followed.

    Of the start e^{−λ d} are still there after d days. Who followed has been there for at most d days: exponential,
    cut at d. Where the ramp-up says no share, attrition has always been there: exponential on every day.
    """
    u = _midpoints()
    if ramp is None:
        return np.zeros(1), np.ones(1)
    if ramp.share is None:
        return -np.log1p(-u) / leavers_per_day, np.full(_GRID, 1.0 / _GRID)
    stay = float(np.exp(-leavers_per_day * day))
    days = [u * ramp.days + day, np.array([np.inf])]
    weights = [np.full(_GRID, stay * ramp.share / _GRID), np.array([stay * (1.0 - ramp.share)])]
    if stay < 1.0:
        days.append(-np.log1p(-u * (1.0 - stay)) / leavers_per_day)
        weights.append(np.full(_GRID, (1.0 - stay) / _GRID))
    return np.concatenate(days), np.concatenate(weights)


def _assist(scenario: Scenario, group: str) -> Assist | None:
    return scenario.assist if scenario.assist is not None and group in scenario.assist.groups else None


def _reach_share(group: AgentGroup) -> float:
    return 1.0 if group.proactive is None else group.proactive.reach_share


def _delight_s(scenario: Scenario) -> float:
    """What delight adds to the mean conversation."""
    delight = None if scenario.experience is None else scenario.experience.delight
    return 0.0 if delight is None else delight.share * delight.talk_s
