"""What reaches the agents: contacts left by the bot, and those who come back, to their fixed point.

All figures are means: shares of what enters each stage. The simulation corrects what they leave out. With f those
at the front, o those offered to agents, x first contacts, and matrices of shares (to, from):

    f = x + F_o o + F_f f,    o = (H + A + P_f + W) f + P_o o

H handed over by the bot, A asking for a person at once, P and F who comes back past the bot and to the front, W who was
wrongly closed and comes back past the bot. The system is linear, so it is solved and not iterated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from optimizer.horizon import FloatArray
from optimizer.requirement.bot_shares import BotShares, bot_shares
from optimizer.requirement.handling import resolution_rate
from scenarios import Scenario
from scenarios.contact_types import ContactType
from sim.world.outbound import is_outbound, notices_of

_NEVER_ALL = 1.0 - 1e-9  # who comes back without end would have no fixed point


@dataclass(frozen=True)
class Stages:
    """Contacts of each type by where they come from, and the talk of each in means of the type's talk law."""

    front: FloatArray
    from_bot: FloatArray  # handed over
    asked: FloatArray  # no bot, or past it at once
    returned: FloatArray  # past the bot: redials, transfers, and reconnects after people
    wrongly_closed: FloatArray  # past the bot, after it had closed them wrongly
    talk: FloatArray  # of all of these

    @property
    def offered(self) -> FloatArray:
        """All contacts offered to agents."""
        return self.from_bot + self.asked + self.returned + self.wrongly_closed


@dataclass
class _Shares:
    """Shares that come back (to, from), and the same times the talk factor with which they do."""

    n: int
    share: FloatArray = field(init=False)
    talk: FloatArray = field(init=False)

    def __post_init__(self) -> None:
        self.share, self.talk = np.zeros((self.n, self.n)), np.zeros((self.n, self.n))

    def add(self, to: int, of: int, share: float, talk_factor: float = 1.0) -> None:
        self.share[to, of] += _NEVER_ALL * share
        self.talk[to, of] += _NEVER_ALL * share * talk_factor


class _Returns:
    """Who comes back: of the offered and of those at the front, to the front and past the bot."""

    def __init__(self, scenario: Scenario, bots: Mapping[str, BotShares], gives_up: float, day: int) -> None:
        self.names = list(scenario.contact_type)
        self.scenario, self.bots = scenario, bots
        n = len(self.names)
        self.front_of_offered, self.past_of_offered = _Shares(n), _Shares(n)
        self.front_of_front, self.past_of_front, self.wrong_of_front = _Shares(n), _Shares(n), _Shares(n)
        skips_after_wrong = _skips_after_wrong_closing(scenario)
        for i, (name, declared) in enumerate(scenario.contact_type.items()):
            if is_outbound(name):
                self._called_back(i, name, declared)
                continue
            lost = 0.0 if declared.is_deferred or declared.patience_s is None else gives_up
            self._redial(i, name, declared, lost)
            served = self._transfer(i, declared, 1.0 - lost)
            self._reconnect(i, declared, served * (1.0 - resolution_rate(scenario, name, day)))
            self._wrong(i, name, declared, skips_after_wrong.get(name, False))

    def _called_back(self, i: int, name: str, declared: ContactType) -> None:
        """A notice has no outcome but this: of the customers it reaches a share calls."""
        notices, back = notices_of(self.scenario, name), declared.reconnect
        assert notices is not None
        assert back is not None
        self.front_of_offered.add(notices.contact, i, notices.reach_share * back.share)

    def _redial(self, i: int, name: str, declared: ContactType, lost: float) -> None:
        if declared.redial is not None:
            share, past = declared.redial.share, declared.redial.skip_bot
            (self.past_of_offered if past else self.front_of_offered).add(i, i, share * lost)
            (self.past_of_front if past else self.front_of_front).add(i, i, share * self.bots[name].leaves)

    def _transfer(self, i: int, declared: ContactType, served: float) -> float:
        """What is left after those who go on to another type."""
        on = declared.transfer
        if on is None:
            return served
        self.past_of_offered.add(self.names.index(on.to), i, served * on.share, on.talk_factor)
        return served * (1.0 - on.share)

    def _reconnect(self, i: int, declared: ContactType, unresolved: float) -> None:
        back = declared.reconnect
        if back is not None:
            to = self._comes_as(i, declared)
            route = self.past_of_offered if back.skip_bot else self.front_of_offered
            route.add(to, i, unresolved * back.share, back.talk_factor)

    def _wrong(self, i: int, name: str, declared: ContactType, past: bool) -> None:
        back, bot = declared.reconnect, self.bots[name]
        if back is not None:
            talk = back.talk_factor * (bot.talk_contained if past else 1.0)
            route = self.wrong_of_front if past else self.front_of_front
            route.add(self._comes_as(i, declared), i, bot.wrong * back.share, talk)

    def _comes_as(self, i: int, declared: ContactType) -> int:
        back = declared.reconnect
        return i if back is None or back.as_ is None else self.names.index(back.as_)


def stages_of(
    scenario: Scenario, fresh: Mapping[str, float], abandonment_rate: float, day: int = 0
) -> Stages:
    """The fixed point, when so many first contacts come of each type and this share of the offered gives up."""
    bots = bot_shares(scenario, day)
    returns = _Returns(scenario, bots, abandonment_rate, day)
    first = np.array([fresh[name] for name in scenario.contact_type])
    front, offered = _fixed_point(returns, first)
    asks, hands_over, handed_talk = (
        np.array([getattr(bot, key) for bot in bots.values()])
        for key in ("asks", "hands_over", "talk_handed_over")
    )
    past_o, past_f, wrong = returns.past_of_offered, returns.past_of_front, returns.wrong_of_front
    front_talk = first + returns.front_of_offered.talk @ offered + returns.front_of_front.talk @ front
    return Stages(
        front=front,
        from_bot=hands_over * front,
        asked=asks * front,
        returned=past_o.share @ offered + past_f.share @ front,
        wrongly_closed=wrong.share @ front,
        talk=(hands_over * handed_talk + asks) * front_talk
        + past_o.talk @ offered
        + past_f.talk @ front
        + wrong.talk @ front,
    )


def offered_per_first(scenario: Scenario, abandonment_rate: float, day: int = 0) -> FloatArray:
    """Contacts offered of each type (row) for one first contact of each (column), on a day."""
    returns = _Returns(scenario, bot_shares(scenario, day), abandonment_rate, day)
    return _fixed_point(returns, np.eye(len(scenario.contact_type)))[1]


def mean_talk_factor(scenario: Scenario, stages: Stages) -> FloatArray:
    """Mean talk of the contacts offered to agents ÷ mean of the talk law, by type: bot, hand-over and returns."""
    ones = np.ones(len(scenario.contact_type))
    return np.divide(stages.talk, stages.offered, out=ones, where=stages.offered > 0.0)


def _fixed_point(returns: _Returns, first: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Those at the front and those offered; of one vector of first contacts, or of each column."""
    one = np.eye(len(first))
    bots = returns.bots.values()
    directly = np.diag([bot.asks + bot.hands_over for bot in bots])
    reaching = directly + returns.past_of_front.share + returns.wrong_of_front.share
    offered_of_front = np.linalg.solve(one - returns.past_of_offered.share, reaching)
    again = returns.front_of_front.share + returns.front_of_offered.share @ offered_of_front
    front = np.asarray(np.linalg.solve(one - again, first), dtype=np.float64)
    return front, np.asarray(offered_of_front @ front, dtype=np.float64)


def _skips_after_wrong_closing(scenario: Scenario) -> dict[str, bool]:
    return {
        name: part.wrongly_closed_skip_bot
        for bot in scenario.bot.values()
        for name, part in bot.contact_type.items()
    }
