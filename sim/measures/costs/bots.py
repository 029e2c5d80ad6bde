"""What bots cost: the vendor's bill by its price list, and what keeping the bot up costs.

Prices by the month speak of the horizon's mean month: volumes are scaled to a month, priced, and charged for the
horizon's months. One-off prices are no running cost; they stay out of `cost_total` and stand on their own in reports.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from scenarios import Scenario
from scenarios.prices import Price
from sim.measures.costs.time import MINUTE_S, escalation, months_of, over_horizon, years_of
from sim.measures.stack import Stack
from sim.records.records import FloatArray
from sim.records.totals import AttemptSum


def cost_bot(s: Stack) -> FloatArray:
    """The vendor's bill, at least its minimum, at prices that rise by the year; and the upkeep. By bot.

    Tiers, included sessions and the minimum are applied in each replication; without them the mean of bills is the
    bill of means.
    """
    prices = [bot.price for bot in s.world.scenario.bot.values()]
    bends = any(price.tiers or price.included_sessions or price.minimum_per_month for price in prices)
    return s.of_each_replication(_cost_bot) if bends else _cost_bot(s)


def _cost_bot(s: Stack) -> FloatArray:
    scenario = s.world.scenario
    months, years = months_of(scenario), years_of(scenario)
    bill = np.maximum(_bill(s), _prices(scenario, lambda price: price.minimum_per_month) * months)
    risen = _prices(scenario, lambda price: escalation(price.escalator_per_year, years))
    upkeep = _prices(scenario, lambda price: price.upkeep_share_per_year * price.one_off)
    return bill * risen + upkeep * years


def _bill(s: Stack) -> FloatArray:
    """By the month, and by what the bot has done."""
    scenario = s.world.scenario
    return (
        _prices(scenario, lambda price: price.per_month) * months_of(scenario)
        + _for_sessions(s)
        + _prices(scenario, lambda price: price.per_contained) * over_horizon(s.of_bots(AttemptSum.CONTAINED))
        + _prices(scenario, lambda price: price.per_confirmed) * over_horizon(confirmed(s.of_bots))
        + _prices(scenario, lambda price: price.per_handover) * over_horizon(s.of_bots(AttemptSum.ESCALATED))
        + _prices(scenario, lambda price: price.per_minute) * over_horizon(s.on_clock("session_s")) / MINUTE_S
    )


def confirmed(of: Callable[[AttemptSum], FloatArray]) -> FloatArray:
    """Contained contacts whose customer did not contact again within the refund window of the bot."""
    return of(AttemptSum.CONTAINED) - of(AttemptSum.BACK_IN_WINDOW)


def _for_sessions(s: Stack) -> FloatArray:
    """By the price of each bot; a session is a conversation with it, and both words are found on price lists."""
    n, months = over_horizon(s.of_bots(AttemptSum.ENTERED_BOT)), months_of(s.world.scenario)
    charged = np.zeros(n.shape)
    for i, bot in enumerate(s.world.scenario.bot.values()):
        charged[:, i] = price_of_sessions(bot.price, n[:, i], months)
    return charged


def price_of_sessions(price: Price, n: FloatArray, months: float) -> FloatArray:
    """What n sessions in so many months cost: the included ones nothing, the others by the tier into which each falls.

    Σ over tiers of price × sessions in the tier; sessions count from the first of a mean month, included ones too.
    """
    included = price.included_sessions * months
    if not price.tiers:
        return (price.per_session + price.per_conversation) * np.maximum(n - included, 0.0)
    ends = [0.0, *(math.inf if tier.up_to is None else tier.up_to * months for tier in price.tiers)]
    charged = np.zeros(n.shape)
    for tier, (low, high) in zip(price.tiers, pairwise(ends), strict=True):
        start = max(low, included)
        charged += tier.per_session * np.clip(n - start, 0.0, max(high - start, 0.0))
    return charged


def _prices(scenario: Scenario, price_of: Callable[[Price], float]) -> FloatArray:
    """One price of each bot; bots × 1."""
    return np.array([price_of(bot.price) for bot in scenario.bot.values()]).reshape(-1, 1)
