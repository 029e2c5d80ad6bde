"""Months on the clock of the horizon: of 365.25 / 12 days each, from its first midnight on."""

from __future__ import annotations

DAYS_PER_MONTH = 365.25 / 12.0


def months_at(day: float) -> float:
    """Months from the start of the horizon to a day's midnight; negative before it."""
    return day / DAYS_PER_MONTH
