"""Bots: what becomes of 100, and which types they meet."""

from collections.abc import Iterator
from math import fsum, isclose

from scenarios.faults import Finding
from scenarios.scenario import Scenario


def of_100_adds_up(scenario: Scenario) -> Iterator[Finding]:
    """Of 100 who enter, 100 come out."""
    for bot_name, bot in scenario.bot.items():
        for name, served in bot.contact_type.items():
            parts = served.of_100
            total = fsum((parts.solved, parts.wrongly_closed, parts.handed_over, parts.left))
            if not isclose(total, 100.0, abs_tol=1e-6):
                yield Finding(
                    ("bot", bot_name, "contact_type", name, "of_100"), f"adds up to {total:.10g}", "100"
                )


def a_type_has_one_bot(scenario: Scenario) -> Iterator[Finding]:
    """A contact type meets at most one bot."""
    first: dict[str, str] = {}
    for bot_name, bot in scenario.bot.items():
        for name in bot.contact_type:
            if name in first:
                path = ("bot", bot_name, "contact_type", name)
                yield Finding(
                    path, f"bot '{first[name]}' has this contact type already", "one bot for a contact type"
                )
            first.setdefault(name, bot_name)


def a_bot_serves_some_type(scenario: Scenario) -> Iterator[Finding]:
    """A bot without contact types would do nothing, silently."""
    for bot_name, bot in scenario.bot.items():
        if not bot.contact_type:
            yield Finding(
                ("bot", bot_name), "serves no contact type", f"a table [bot.{bot_name}.contact_type.NAME]"
            )
