"""What the chains read from a scenario, and what they do with the tuples that their states are made of."""

from __future__ import annotations

from typing import Any

from scenarios import Scenario

HOUR_S = 3600.0


def mean_s(law: Any) -> float:
    """Mean of an exponential law: of no other is the future free of the past."""
    if law.law != "exponential":
        raise ValueError(f"{law.law}: a Markov chain needs exponential laws")
    return law.mean


def routes(scenario: Scenario, contact_type: str) -> dict[str, int]:
    """Groups that may take the type, and their ranks."""
    declared = scenario.contact_type[contact_type].routed_to
    if declared is not None:
        return {route.group: route.rank for route in declared}
    groups = scenario.agent_group.items()
    return {name: 1 for name, group in groups if any(s.contact_type == contact_type for s in group.skills)}


def without(items: tuple[Any, ...], item: Any) -> tuple[Any, ...]:
    """The tuple less the first that equals the item."""
    return less(items, items.index(item))


def less(items: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    """The tuple without what is at a place."""
    return (*items[:place], *items[place + 1 :])


def with_one(items: tuple[Any, ...], item: Any) -> tuple[Any, ...]:
    """The sorted tuple with one more."""
    return tuple(sorted((*items, item)))
