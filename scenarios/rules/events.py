"""Dated events: their own shapes."""

from collections.abc import Iterator
from itertools import combinations

from scenarios.demand import Event
from scenarios.faults import Finding
from scenarios.scenario import Scenario


def event_shape_has_weight(scenario: Scenario) -> Iterator[Finding]:
    """Some part of an event's shape is above 0; an event without contacts has factor 0."""
    for n, event in enumerate(scenario.event):
        if event.shape is not None and not sum(event.shape):
            yield Finding(("event", n, "shape"), "has no weight above 0", "weights such as [5, 3, 1, 1]")


def one_shape_at_a_time(scenario: Scenario) -> Iterator[Finding]:
    """A type's contacts have one profile at any time, so events with shapes of their own do not overlap."""
    shaped = [(n, event) for n, event in enumerate(scenario.event) if event.shape is not None]
    for (_, first), (n, second) in combinations(shaped, 2):
        if _overlap(first, second) and _types(scenario, first) & _types(scenario, second):
            found = f"overlaps event '{first.name}', which has a shape too"
            yield Finding(("event", n, "shape"), found, "one shape at a time")


def _overlap(first: Event, second: Event) -> bool:
    return first.from_ < second.to and second.from_ < first.to


def _types(scenario: Scenario, event: Event) -> set[str]:
    return set(scenario.contact_type if event.contact_types is None else event.contact_types)
