"""Opening hours of the days that are replayed: the scenario's, widened to what the records show."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.records.contacts import DAY_S
from calibration.validating.history import History
from scenarios import Scenario
from scenarios.calendar_days import WEEKDAYS, Spans

BoolArray = npt.NDArray[np.bool_]

SOME_SHARE = 0.001
"""An interval with a smaller share of its weekday's answers does not show that the center was open."""


def hours_of(scenario: Scenario, history: History) -> dict[str, Any] | None:
    """By weekday: the scenario's hours, its first opening and last closing moved out to the first and last answers.

    None: always open, as the scenario.
    """
    if scenario.calendar.hours is None:
        return None
    interval_s = scenario.calendar.interval_s
    hours: dict[str, Any] = {}
    for weekday, name in enumerate(WEEKDAYS):
        spans = _widened(
            scenario.calendar.weekday_spans_s(weekday), _answered_span(history, weekday, interval_s)
        )
        hours[name] = [f"{_clock(start)}-{_clock(end)}" for start, end in spans] or "closed"
    return hours


def open_at(scenario: Scenario, history: History) -> BoolArray:
    """For each contact of the history: joined within these hours."""
    joined_s = history.contacts.joined_s
    if scenario.calendar.hours is None:
        return np.ones(len(joined_s), dtype=np.bool_)
    in_day_s, weekday = joined_s % DAY_S, (history.contacts.day + history.contacts.first_day.weekday()) % 7
    found = np.zeros(len(joined_s), dtype=np.bool_)
    for number in range(7):
        answered = _answered_span(history, number, scenario.calendar.interval_s)
        for start, end in _widened(scenario.calendar.weekday_spans_s(number), answered):
            found |= (weekday == number) & (in_day_s >= start) & (in_day_s < end)
    return found


def _answered_span(history: History, weekday: int, interval_s: int) -> tuple[int, int] | None:
    """First and last interval of the weekday in which contacts that were answered joined, as seconds of the day."""
    contacts = history.contacts
    chosen = contacts.answered & ((contacts.day + contacts.first_day.weekday()) % 7 == weekday)
    if not chosen.any():
        return None
    counts = np.bincount((contacts.joined_s[chosen] % DAY_S // interval_s).astype(np.int64))
    some = np.nonzero(counts >= SOME_SHARE * counts.sum())[0]
    return int(some[0]) * interval_s, (int(some[-1]) + 1) * interval_s


def _widened(spans: Spans, answered: tuple[int, int] | None) -> Spans:
    if answered is None or not spans:
        return spans if answered is None else (answered,)
    first, last = min(spans[0][0], answered[0]), max(spans[-1][1], answered[1])
    edges = [list(span) for span in spans]
    edges[0][0], edges[-1][1] = first, last
    return tuple((start, end) for start, end in edges)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
