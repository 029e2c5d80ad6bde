"""First contacts of each type by interval, as they come to the front: what is prevented, spared and closed out is off.

Live contacts that come while the center is closed reach nobody: a share leaves a ticket, which is deferred work, and of
those that a bot takes meanwhile only what it hands over. Those it closes wrongly at night are left to the simulation.
"""

from __future__ import annotations

import numpy as np

from optimizer.horizon import FloatArray, Horizon, horizon_of
from optimizer.requirement.bot_shares import BotShares, bot_shares
from scenarios import Scenario
from sim.world.outbound import is_outbound, notices_of
from sim.world.prevention import prevention_of
from sim.world.rates import daily_steps

Rates = dict[str, FloatArray]  # contacts per second by type; days by intervals


def first_contacts(scenario: Scenario) -> Rates:
    """Of a scenario that has notices among its types (`sim.world.outbound`)."""
    horizon = horizon_of(scenario.calendar)
    come, closed_out = {}, {}
    for name, declared in scenario.contact_type.items():
        rates, opened = _rates(scenario, horizon, name)
        come[name] = rates if declared.is_deferred else opened
        closed_out[name] = rates - come[name]
    _leave_tickets(scenario, come, closed_out)
    _spare(scenario, come)
    return come


def _rates(scenario: Scenario, horizon: Horizon, name: str) -> tuple[FloatArray, FloatArray]:
    """All that come, and those that come while it is open; prevention and growth are in."""
    edges = np.arange(horizon.n_intervals_per_day + 1, dtype=np.float64) * horizon.interval_s
    prevention = prevention_of(scenario.contact_type[name].prevention)
    every, opened = np.zeros(horizon.shape), np.zeros(horizon.shape)
    for day, spans in enumerate(horizon.open_spans_s):
        left = 1.0 if prevention is None else 1.0 - prevention.share_on(day)
        steps = daily_steps(scenario, name, day)
        every[day] = left * np.diff(steps.expected_until(edges))
        for opens, closes in spans:
            opened[day] += left * np.diff(steps.expected_until(np.clip(edges, opens, closes)))
    return every / horizon.interval_s, opened / horizon.interval_s


def _leave_tickets(scenario: Scenario, come: Rates, closed_out: Rates) -> None:
    """Of those that nothing takes after closing a share goes on as deferred work."""
    awake = {name for bot in scenario.bot.values() if bot.always_on for name in bot.contact_type}
    shares = bot_shares(scenario)
    for name, declared in scenario.contact_type.items():
        if declared.when_closed is not None:
            bot = shares[name] if name in awake else BotShares()
            share = (bot.asks + bot.hands_over) * declared.when_closed.ticket_share
            come[declared.when_closed.as_] = come[declared.when_closed.as_] + share * closed_out[name]


def _spare(scenario: Scenario, come: Rates) -> None:
    """Each notice that reaches a customer spares a share of a contact of its type."""
    names = list(scenario.contact_type)
    for name in filter(is_outbound, names):
        notices = notices_of(scenario, name)
        assert notices is not None
        about = names[notices.contact]
        spared = come[name] * notices.reach_share * notices.prevents_share
        come[about] = np.maximum(come[about] - spared, 0.0)
