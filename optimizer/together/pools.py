"""Types that may be pooled for a bound: of which something is promised, those together that take about as long.

Where long contacts keep short ones waiting, people apart do better than people who take both: then a pool bounds
nothing. And people need not take at all what nothing is promised of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from optimizer.reach import plenty_of_them
from optimizer.together.promised import Promised
from optimizer.together.regrouped import regrouped
from scenarios import Scenario

EVERYONE, OTHERS = "everyone", "others"
_ALIKE = 2.0  # times as long


def pools_of(scenario: Scenario, promised: Promised) -> list[list[str]]:
    """The types of which something is promised, by handling time: in one pool up to `_ALIKE` times as long."""
    promises = {promise.name for promise in promised.promises}
    asked = [name for name in known_types(scenario) if name in promises]
    pools: list[list[str]] = []
    for name in sorted(asked, key=lambda name: _handling_s(scenario, name)):
        if pools and _handling_s(scenario, name) <= _ALIKE * _handling_s(scenario, pools[-1][0]):
            pools[-1].append(name)
        else:
            pools.append([name])
    return [[name for name in asked if name in pool] for pool in pools]


def takers_of(scenario: Scenario, types: Sequence[str]) -> list[str]:
    """The groups that know any of these types."""
    return [
        name
        for name, group in scenario.agent_group.items()
        if any(skill.contact_type in types for skill in group.skills)
    ]


def pooled(scenario: Scenario, types: Sequence[str]) -> tuple[Scenario, dict[str, Any]]:
    """The scenario with one group for these types; and people in plenty, who take all other contacts."""
    others = [name for name in known_types(scenario) if name not in types]
    if not others:
        return regrouped(scenario, {EVERYONE: types}), {}
    plenty = {OTHERS: {"present": plenty_of_them(scenario)}}
    return regrouped(scenario, {EVERYONE: types, OTHERS: others}), plenty


def known_types(scenario: Scenario) -> list[str]:
    """The types that any group knows."""
    return [name for name in scenario.contact_type if takers_of(scenario, [name])]


def _handling_s(scenario: Scenario, name: str) -> float:
    declared = scenario.contact_type[name]
    return declared.talk_s.expected + (declared.wrap_up_s.expected if declared.wrap_up_s else 0.0)
