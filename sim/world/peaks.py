"""Peaks: the stretches of time in which an event brings more contacts, and outsourcers charge more."""

from __future__ import annotations

from scenarios import Scenario

Spans = tuple[tuple[float, float], ...]


def peaks_of(scenario: Scenario) -> Spans:
    """[from, to) of the events with a factor above 1, in seconds of the horizon, joined where they meet.

    None where no price asks for them.
    """
    prices = [group.outsourced for group in scenario.agent_group.values()]
    if not any(price is not None and price.peak_factor != 1.0 for price in prices):
        return ()
    seconds_of = scenario.calendar.seconds_of
    spans = sorted((seconds_of(one.from_), seconds_of(one.to)) for one in scenario.event if one.factor > 1.0)
    joined: list[tuple[float, float]] = []
    for starts_s, ends_s in spans:
        if joined and starts_s <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends_s))
        else:
            joined.append((starts_s, ends_s))
    return tuple(joined)


def within_horizon(spans: Spans, horizon_s: float) -> Spans:
    """What of them lies in the counted horizon."""
    cut = ((max(starts_s, 0.0), min(ends_s, horizon_s)) for starts_s, ends_s in spans)
    return tuple((starts_s, ends_s) for starts_s, ends_s in cut if ends_s > starts_s)
