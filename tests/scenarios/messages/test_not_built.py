"""Each line of the table of what is not built yet is a fault of its own, unlike a key that nobody knows."""

import tomllib
from typing import Any

import pytest

from scenarios import FaultyInput, from_data
from scenarios.not_built import KEYS

SMALL = """
name = "small"
[calendar]
start = 2026-11-09
[busyness]
day_cv = 0.1
[[event]]
name = "sale"
from = 2026-11-09T00:00:00
to = 2026-11-10T00:00:00
factor = 2
[contact_type.call]
channel = "voice"
arrivals = { per_h = 600 }
talk_s = { law = "exponential", mean = 300 }
reconnect = { share = 0.1, delay_h = { law = "exponential", mean = 24 } }
routed_to = [{ group = "team" }]
[agent_group.team]
skills = ["call"]
agents = { present = 52 }
[bot.menu]
price = { per_month = 100 }
[bot.menu.contact_type.call]
entry_share = 0.5
[assist]
groups = ["team"]
[plan]
kind = "shifts"
"""
NAMES = {"contact_type": "call", "agent_group": "team", "bot": "menu", "event": 0, "routed_to": 0}


def small_with(pattern: str, value: Any) -> tuple[dict[str, Any], str]:
    """The small scenario with something at the pattern, and the key as the fault will name it."""
    pattern = pattern.replace("**.*_s", "contact_type.*.talk_s").replace(
        "**.*_h", "contact_type.*.reconnect.delay_h"
    )
    pattern = pattern.replace("**.law", "contact_type.*.talk_s.law")
    data = tomllib.loads(SMALL)
    table: Any = data
    around = ""
    *steps, last = pattern.split(".")
    for step in steps:
        around = str(NAMES[around]) if step == "*" else step
        table = table[int(around) if isinstance(table, list) else around]
    table[last] = value
    named = pattern.replace("event.*", 'event["sale"]').replace("routed_to.*", 'routed_to["team"]')
    for kind in ("contact_type", "agent_group", "bot"):
        named = named.replace(f"{kind}.*", f"{kind}.{NAMES[kind]}")
    return data, named


def faults_of(data: dict[str, Any]) -> list[str]:
    with pytest.raises(FaultyInput) as raised:
        from_data(data, "small.toml")
    return [str(fault) for fault in raised.value.faults]


def test_small_scenario_is_sound() -> None:
    assert from_data(tomllib.loads(SMALL)).name == "small"


@pytest.mark.parametrize("pattern", KEYS)
def test_key_that_is_not_built(pattern: str) -> None:
    data, key = small_with(pattern, {"any": "thing"})
    assert faults_of(data) == [f"small.toml: {key}: {KEYS[pattern]} not built yet"]
