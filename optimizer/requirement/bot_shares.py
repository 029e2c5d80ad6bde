"""What a bot makes of those who come to the front of a type: shares and mean talk, on a day of the horizon.

A bot that learns, and knowledge that decays, change both from day to day. Limits on sessions, outages and what a bot
does at peak are left to the simulation; a bot without sessions is none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from scenarios import Scenario
from scenarios.contact_types import ContactType
from scenarios.laws import Law
from sim.chance.laws import quantile_of
from sim.chance.normal import normal_cdf, normal_quantiles
from sim.world.bot import BotType, bot_models

_GRID = 4096  # midpoints of the uniform over which laws are averaged


@dataclass(frozen=True)
class BotShares:
    """Of those at the front; and talk factors of those handed over and contained, as factors on the talk law's mean."""

    asks: float = 1.0
    hands_over: float = 0.0
    wrong: float = 0.0
    leaves: float = 0.0
    talk_handed_over: float = 1.0
    talk_contained: float = 1.0


def bot_shares(scenario: Scenario, day: int = 0) -> dict[str, BotShares]:
    """Shares of those at the front on a day, by type; a type without a bot asks for a person at once."""
    names = list(scenario.contact_type)
    found = dict.fromkeys(names, BotShares())
    for bot in bot_models(scenario):
        if bot.max_sessions > 0:
            found |= {
                names[i]: _shares(part, scenario.contact_type[names[i]], day) for i, part in bot.types.items()
            }
    return found


def _shares(part: BotType, declared: ContactType, day: int) -> BotShares:
    stays = part.entry_share * (1.0 - part.leaves_share)
    closing = part.closes(day)
    contains_share = normal_cdf(-closing.contains_above)
    handed_over, contained = _talk_after_bot(part.selectivity, contains_share, declared.talk_s)
    return BotShares(
        asks=1.0 - part.entry_share,
        hands_over=stays * (1.0 - contains_share),
        wrong=stays * contains_share * closing.wrong_share,
        leaves=part.entry_share * part.leaves_share,
        talk_handed_over=handed_over * part.handover_talk_factor,
        talk_contained=contained,
    )


@lru_cache(maxsize=1024)
def _talk_after_bot(selectivity: float, contains_share: float, talk_s: Law) -> tuple[float, float]:
    """E[talk | handed over] and E[talk | contained], each ÷ E[talk], for any talk law.

    A contact with talk score z is contained with probability 1 − Φ((k + s z) / √(1 − s²)), k = Φ⁻¹(1 − c′).
    """
    s, c = selectivity, contains_share
    if s == 0.0 or c <= 0.0 or c >= 1.0:
        return 1.0, 1.0
    u = (np.arange(_GRID) + 0.5) / _GRID
    z, talk = normal_quantiles(u), quantile_of(talk_s).many(u)
    threshold = float(normal_quantiles(np.array([1.0 - c]))[0])
    spread = math.sqrt(max(1.0 - s * s, 1e-12))
    left = np.array([normal_cdf((threshold + s * score) / spread) for score in z])
    mean = float(talk.mean())
    handed_over = float((talk * left).mean()) / (float(left.mean()) * mean)
    contained = float((talk * (1.0 - left)).mean()) / (float((1.0 - left).mean()) * mean)
    return handed_over, contained
