"""Dated events on the clock of one day: stretches with a factor, and stretches with a profile of their own.

An event with a `shape` brings in all its time `factor` times what its time would normally bring, divided over that
time by the shape. Its echo is the same stretch, whole days later, with another factor and no shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scenarios import Scenario
from scenarios.calendar_days import Calendar
from scenarios.demand import Event
from sim.world.hours import DAY_S

Piece = tuple[float, float, float]
ExpectedBetween = Callable[
    [float, float], float
]  # contacts normally expected between two moments of the horizon


def factor_pieces(scenario: Scenario, type_name: str, day: int) -> list[Piece]:
    """(start, end, factor) of the events and echoes that touch this day, in seconds after its midnight."""
    pieces = []
    for start_s, end_s, factor in _stretches(scenario, type_name):
        start, end = start_s - day * DAY_S, end_s - day * DAY_S
        if max(start, 0.0) < min(end, DAY_S):
            pieces.append((max(start, 0.0), min(end, DAY_S), factor))
    return pieces


def shaped_pieces(
    scenario: Scenario, type_name: str, day: int, expected_between: ExpectedBetween
) -> list[Piece]:
    """(start, end, contacts per second) of the events with a shape of their own that touch this day.

    Part i of n, of length T / n, brings factor · N · wᵢ / Σ w contacts, where N are those expected in the
    event's time T without any event.
    """
    pieces: list[Piece] = []
    for event in scenario.event:
        if event.shape is None or not _concerns(event.contact_types, type_name):
            continue
        start_s, end_s = _span_s(scenario.calendar, event)
        if start_s >= (day + 1) * DAY_S or end_s <= day * DAY_S:
            continue
        part_s = (end_s - start_s) / len(event.shape)
        whole = event.factor * expected_between(start_s, end_s) / sum(event.shape)
        for i, weight in enumerate(event.shape):
            start, end = (start_s + n * part_s - day * DAY_S for n in (i, i + 1))
            if max(start, 0.0) < min(end, DAY_S):
                pieces.append((max(start, 0.0), min(end, DAY_S), whole * weight / part_s))
    return pieces


def _stretches(scenario: Scenario, type_name: str) -> Iterator[Piece]:
    """Start, end and factor of all that multiplies a type's arrivals, in seconds of the horizon."""
    for event in scenario.event:
        start_s, end_s = _span_s(scenario.calendar, event)
        if event.shape is None and _concerns(event.contact_types, type_name):
            yield start_s, end_s, event.factor
        echo = event.echo
        if echo is None:
            continue
        echoed = event.contact_types if echo.contact_types is None else echo.contact_types
        if _concerns(echoed, type_name):
            later_s = echo.after_days * DAY_S
            yield start_s + later_s, end_s + later_s, echo.factor


def _concerns(contact_types: tuple[str, ...] | None, type_name: str) -> bool:
    return contact_types is None or type_name in contact_types


def _span_s(calendar: Calendar, event: Event) -> tuple[float, float]:
    return calendar.seconds_of(event.from_), calendar.seconds_of(event.to)
