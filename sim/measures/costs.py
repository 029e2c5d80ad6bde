"""What a replication costs: people by the paid hour, bots by their price list, assist by the seat.

Prices per month are charged for the horizon's part of a month of 365.25 / 12 days. One-off prices are no running
cost; they stay out of `cost_total` and stand on their own in reports. All arrays here are replications × names × 1:
money is told for the whole horizon.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scenarios import Scenario
from scenarios.bots import Price
from sim.measures.stack import Stack
from sim.records.records import FloatArray
from sim.records.totals import AttemptSum, NeedSum

DAYS_PER_MONTH = 365.25 / 12.0
DAYS_PER_YEAR = 365.25
HOUR_S = 3600.0
MINUTE_S = 60.0
# A transfer is the same contact; a redial or a reconnect is another one.
_CONTACTS = (AttemptSum.FRESH, AttemptSum.REDIALS, AttemptSum.RECONNECTS)


def months_of(scenario: Scenario) -> float:
    """The counted horizon in months."""
    return scenario.calendar.days / DAYS_PER_MONTH


def one_off_cost(scenario: Scenario) -> float:
    """What the bots cost once, before the first contact."""
    return sum(bot.price.one_off for bot in scenario.bot.values())


def cost_labor(s: Stack) -> FloatArray:
    """cost_per_h × paid hours, by agent group; overtime is reported in hours and not paid extra."""
    per_h = np.array([group.cost_per_h for group in s.world.scenario.agent_group.values()])
    return _horizon(s.paid_s) / HOUR_S * per_h[:, None]


def cost_bot(s: Stack) -> FloatArray:
    """The price list, by bot. A session is a conversation with the bot; both words are found on price lists."""
    scenario = s.world.scenario
    per_session = _prices(scenario, lambda price: price.per_session + price.per_conversation)
    return (
        _prices(scenario, lambda price: price.per_month) * months_of(scenario)
        + per_session * _horizon(s.of_bots(AttemptSum.ENTERED_BOT))
        + _prices(scenario, lambda price: price.per_contained) * _horizon(s.of_bots(AttemptSum.CONTAINED))
        + _prices(scenario, lambda price: price.per_handover) * _horizon(s.of_bots(AttemptSum.ESCALATED))
        + _prices(scenario, lambda price: price.per_minute) * _horizon(s.on_clock("session_s")) / MINUTE_S
    )


def _prices(scenario: Scenario, price_of: Callable[[Price], float]) -> FloatArray:
    """One price of each bot; bots × 1."""
    return np.array([price_of(bot.price) for bot in scenario.bot.values()]).reshape(-1, 1)


def cost_assist(s: Stack) -> FloatArray:
    """Seats × price per seat and month; a seat for everybody at work in the group's fullest hour."""
    scenario, assist = s.world.scenario, s.world.scenario.assist
    cost = 0.0
    if assist is not None and assist.per_seat_month > 0.0:
        seats = sum(group.presence.most_at_once for group in s.world.groups if group.name in assist.groups)
        cost = assist.per_seat_month * seats * months_of(scenario)
    return np.full((s.n_observations, 1, 1), cost)


def cost_total(s: Stack) -> FloatArray:
    """Labor, bots and assist."""
    labor, bots = (cost.sum(axis=1, keepdims=True) for cost in (cost_labor(s), cost_bot(s)))
    return labor + bots + cost_assist(s)


def cost_per_contact(s: Stack) -> tuple[FloatArray, FloatArray]:
    """Total cost ÷ contacts: fresh, redials and reconnects, of all types."""
    contacts = np.sum([_horizon(s.of_types(kind)) for kind in _CONTACTS], axis=0)
    return cost_total(s), contacts.sum(axis=1, keepdims=True)


def cost_per_resolved_need(s: Stack) -> tuple[FloatArray, FloatArray]:
    """Total cost ÷ needs met, of all types."""
    return cost_total(s), s.of_needs(NeedSum.MET).sum(axis=1, keepdims=True)


def _horizon(sums: FloatArray) -> FloatArray:
    """All intervals together."""
    return sums.sum(axis=2, keepdims=True)
