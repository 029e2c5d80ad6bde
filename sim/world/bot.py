"""The bot: who enters, how a session ends, and whom it leaves to the agents.

A selective bot takes the easy contacts. With Z the normal score of the talk-time draw, Y = −s Z + √(1 − s²) ε,
the customer leaves the bot first (share b); of the rest the bot contains those with Φ(Y) > 1 − c′,
c′ = c / (1 − b); wrongly closed is a share of the contained.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scenarios import Scenario
from scenarios.bots import AtPeak, Bot, BotContactType, OfHundred, RampUp
from sim.chance.laws import Quantile, quantile_of
from sim.chance.normal import normal_quantile, normal_quantiles
from sim.codes import BotOutcome
from sim.world.knowledge import KnowledgeModel, knowledge_of
from sim.world.months import months_at

HOUR_S = 3600.0
FloatArray = npt.NDArray[np.float64]
Int8Array = npt.NDArray[np.int8]


class Outcomes(NamedTuple):
    """How sessions end that find a queue of usual length, and how if it is long: the same draws, other thresholds."""

    usually: Int8Array
    at_peak: Int8Array


class Closing(NamedTuple):
    """The score of ease above which the bot contains, and the share of the contained that it closes wrongly."""

    contains_above: float
    wrong_share: float


@dataclass(frozen=True)
class PeakShares:
    """What the bot contains of a type, and wrongly, while more than `waiting_above` contacts of it wait."""

    waiting_above: int
    contains_share: float
    wrong_share: float


@dataclass(frozen=True)
class BotType:
    """What the bot does with one contact type. Shares are of those that enter."""

    bot: int
    entry_share: float
    leaves_share: float
    contains_share: float  # of those who do not leave
    wrong_share: float  # of the contained
    knowledge: KnowledgeModel | None
    at_peak: PeakShares | None
    ramp_up: RampUp | None
    selectivity: float
    session_s: Quantile
    handover_talk_factor: float
    handover_patience_factor: float
    wrongly_closed_skip_bot: bool
    refund_window_s: float

    def closes(self, day: int) -> Closing:
        """When the bot contains, and how often wrongly, on a day of the horizon."""
        return self._closing(self.contains_share, self.wrong_share, day)

    def closes_at_peak(self, day: int) -> Closing:
        """The same while the queue is long."""
        if self.at_peak is None:
            return Closing(_score_exceeded_by(0.0), 0.0)
        return self._closing(self.at_peak.contains_share, self.at_peak.wrong_share, day)

    def _closing(self, contains_share: float, wrong_share: float, day: int) -> Closing:
        """Knowledge moves what is solved, and what is wrongly closed stays; a bot that learns closes a part of both."""
        if self.knowledge is not None:
            wrong = contains_share * wrong_share
            solved = (contains_share - wrong) * self.knowledge.solved_factor(day)
            contains_share = min(wrong + solved, 1.0)
            wrong_share = wrong / contains_share if contains_share > 0.0 else 0.0
        grown = 1.0 if self.ramp_up is None else grown_share(self.ramp_up, day)
        return Closing(_score_exceeded_by(contains_share * grown), wrong_share)

    @cached_property
    def noise_weight(self) -> float:
        """What of the ease has nothing to do with the talk: √(1 − s²)."""
        return math.sqrt(1.0 - self.selectivity * self.selectivity)

    def outcomes(
        self, u_leaves: FloatArray, u_talk: FloatArray, u_noise: FloatArray, u_wrong: FloatArray, day: int
    ) -> Outcomes:
        """How sessions of a day end, for columns of draws; and how they would end if the queue were long."""
        ease = self.noise_weight * normal_quantiles(u_noise)
        if self.selectivity > 0.0:
            ease = ease - self.selectivity * normal_quantiles(u_talk)

        def ends(closing: Closing) -> Int8Array:
            closed = np.where(u_wrong < closing.wrong_share, BotOutcome.WRONGLY_CLOSED, BotOutcome.SOLVED)
            ends = np.where(ease > closing.contains_above, closed, BotOutcome.ESCALATED)
            return np.where(u_leaves < self.leaves_share, BotOutcome.LEFT, ends).astype(np.int8)

        usually = ends(self.closes(day))
        if self.at_peak is None:
            return Outcomes(usually, usually)
        return Outcomes(usually, ends(self.closes_at_peak(day)))


def grown_share(ramp_up: RampUp, day: int) -> float:
    """What the bot closes on a day, of all that it will: a straight line from the first day of the horizon."""
    passed = min(max(months_at(day) / ramp_up.months, 0.0), 1.0)
    return ramp_up.start_share + (1.0 - ramp_up.start_share) * passed


def _score_exceeded_by(share: float) -> float:
    """The score that a normal variable exceeds with probability `share`."""
    if share <= 0.0:
        return math.inf
    return -math.inf if share >= 1.0 else normal_quantile(1.0 - share)


@dataclass(frozen=True)
class BotModel:
    """One bot: its hours, its limit on parallel sessions, its outages (seconds of the horizon)."""

    index: int
    name: str
    always_on: bool
    max_sessions: float
    outages_s: tuple[tuple[float, float], ...]
    types: Mapping[int, BotType]

    @property
    def always_free(self) -> bool:
        """No limit and no outage: one session never matters to another."""
        return self.max_sessions == math.inf and not self.outages_s


def bot_models(scenario: Scenario) -> tuple[BotModel, ...]:
    """The bots of a scenario, in its order."""
    return tuple(_bot(scenario, i, name, bot) for i, (name, bot) in enumerate(scenario.bot.items()))


def _bot(scenario: Scenario, index: int, name: str, bot: Bot) -> BotModel:
    names = list(scenario.contact_type)
    seconds_of, knowledge = scenario.calendar.seconds_of, knowledge_of(scenario)
    return BotModel(
        index=index,
        name=name,
        always_on=bot.always_on,
        max_sessions=math.inf if bot.max_sessions is None else bot.max_sessions,
        outages_s=tuple((seconds_of(outage.from_), seconds_of(outage.to)) for outage in bot.outage),
        types={
            names.index(key): _bot_type(index, bot, part, knowledge) for key, part in bot.contact_type.items()
        },
    )


def _bot_type(index: int, bot: Bot, part: BotContactType, knowledge: KnowledgeModel | None) -> BotType:
    of_100, peak = part.stands_at, part.at_peak
    contains_share, wrong_share = _closing_shares(of_100, of_100.left)
    return BotType(
        bot=index,
        entry_share=part.entry_share,
        leaves_share=of_100.left / 100.0,
        contains_share=contains_share,
        wrong_share=wrong_share,
        knowledge=knowledge,
        at_peak=None if peak is None else PeakShares(peak.waiting_above, *_closing_shares(peak, of_100.left)),
        ramp_up=bot.ramp_up,
        selectivity=bot.selectivity,
        session_s=quantile_of(part.session_s),
        handover_talk_factor=part.handover.talk_factor,
        handover_patience_factor=part.handover.patience_factor,
        wrongly_closed_skip_bot=part.wrongly_closed_skip_bot,
        refund_window_s=bot.price.refund_window_h * HOUR_S,
    )


def _closing_shares(closes: OfHundred | AtPeak, left: float) -> tuple[float, float]:
    """Contained, of those who do not leave; and wrongly closed, of the contained."""
    contained, stays = closes.solved + closes.wrongly_closed, 100.0 - left
    return (
        contained / stays if stays > 0.0 else 0.0,
        closes.wrongly_closed / contained if contained > 0.0 else 0.0,
    )
