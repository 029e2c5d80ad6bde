"""What is paid once, before the first contact. It is no running cost and stays out of `cost_total`."""

from __future__ import annotations

from scenarios import Scenario


def one_off_cost(scenario: Scenario) -> float:
    """Bots and prevention."""
    bots = sum(bot.price.one_off for bot in scenario.bot.values())
    preventions = (declared.prevention for declared in scenario.contact_type.values())
    return bots + sum(one.one_off for one in preventions if one is not None)
