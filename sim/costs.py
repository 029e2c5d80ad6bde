"""What a replication costs: people by the paid hour, bots by their price list, assist by the seat.

Prices per month are charged for the horizon's part of a month of 365.25 / 12 days. One-off prices are no running
cost; they stay out of `cost_total` and stand on their own in reports.
"""

from __future__ import annotations

import numpy as np

from scenarios import Scenario
from scenarios.bots import Price
from sim.cells import Cells, Key
from sim.records import FloatArray
from sim.world import World

DAYS_PER_MONTH = 365.25 / 12.0
DAYS_PER_YEAR = 365.25
HOUR_S = 3600.0


def months_of(scenario: Scenario) -> float:
    """The counted horizon in months."""
    return scenario.calendar.days / DAYS_PER_MONTH


def costs_of(world: World, cells: dict[Key, Cells]) -> dict[Key, Cells]:
    """Money of one replication over the horizon, with the denominators of the unit costs."""
    labor = _labor(world, cells)
    bots = _bots(world, cells)
    assist = _assist(world)
    total = np.array([[labor.sum() + bots.sum() + assist]])
    n_contacts = sum(
        cells[origin, "contact_type"].numerator.sum() for origin in ("fresh", "redials", "reconnects")
    )
    n_met = cells["needs_met", "contact_type"].numerator.sum()
    return {
        ("cost_labor", "agent_group"): Cells(labor),
        ("cost_bot", "bot"): Cells(bots),
        ("cost_assist", "total"): Cells(np.array([[assist]])),
        ("cost_total", "total"): Cells(total),
        ("cost_per_contact", "total"): Cells(total, np.array([[float(n_contacts)]])),
        ("cost_per_resolved_need", "total"): Cells(total, np.array([[float(n_met)]])),
    }


def one_off_cost(scenario: Scenario) -> float:
    """What the bots cost once, before the first contact."""
    return sum(bot.price.one_off for bot in scenario.bot.values())


def _labor(world: World, cells: dict[Key, Cells]) -> FloatArray:
    """cost_per_h × paid hours; overtime is reported in hours and not paid extra."""
    per_h = np.array([[declared.cost_per_h] for declared in world.scenario.agent_group.values()])
    return cells["paid_h", "agent_group"].numerator.sum(axis=1, keepdims=True) * per_h


def _bots(world: World, cells: dict[Key, Cells]) -> FloatArray:
    def counted(measure: str) -> FloatArray:
        return cells[measure, "bot"].numerator.sum(axis=1)

    prices = [bot.price for bot in world.scenario.bot.values()]
    minutes = counted("mean_bot_sessions") / 60.0  # session seconds, before division by time
    sessions, contained, escalated = counted("entered_bot"), counted("contained"), counted("escalated")
    by_use = [
        _price_of_use(price, sessions[i], contained[i], escalated[i], minutes[i])
        for i, price in enumerate(prices)
    ]
    months = months_of(world.scenario)
    return np.array(
        [[price.per_month * months + use] for price, use in zip(prices, by_use, strict=True)]
    ).reshape(-1, 1)


def _price_of_use(price: Price, sessions: float, contained: float, escalated: float, minutes: float) -> float:
    """A session is a conversation with the bot; both words are found on price lists."""
    return (
        (price.per_session + price.per_conversation) * sessions
        + price.per_contained * contained
        + price.per_handover * escalated
        + price.per_minute * minutes
    )


def _assist(world: World) -> float:
    """Seats × price per seat and month; a seat for everybody at work in the group's fullest hour."""
    assist = world.scenario.assist
    if assist is None or assist.per_seat_month == 0.0:
        return 0.0
    seats = sum(group.presence.most_at_once for group in world.groups if group.name in assist.groups)
    return assist.per_seat_month * seats * months_of(world.scenario)
