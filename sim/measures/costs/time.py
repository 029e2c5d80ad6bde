"""The horizon in months and years: prices per month are charged for the horizon's part of 365.25 / 12 days."""

from __future__ import annotations

import math

from scenarios import Scenario
from sim.records.records import FloatArray
from sim.world.months import DAYS_PER_MONTH

DAYS_PER_YEAR = 365.25
DAYS_PER_WEEK = 7.0
HOUR_S = 3600.0
MINUTE_S = 60.0


def months_of(scenario: Scenario) -> float:
    """The counted horizon in months."""
    return scenario.calendar.days / DAYS_PER_MONTH


def years_of(scenario: Scenario) -> float:
    """The counted horizon in years."""
    return scenario.calendar.days / DAYS_PER_YEAR


def escalation(rise_per_year: float, years: float) -> float:
    """How much higher prices are over a horizon that rise with every year from its start, on the average of its time.

    (1/T) ∫₀ᵀ (1 + e)^⌊t⌋ dt:  1 within the first year; what is bought is taken to be spread evenly over the horizon.
    """
    if years <= 1.0:
        return 1.0
    whole = math.floor(years)
    steps = [(1.0 + rise_per_year) ** year for year in range(whole + 1)]
    return (sum(steps[:whole]) + (years - whole) * steps[whole]) / years


def over_horizon(sums: FloatArray) -> FloatArray:
    """All intervals together."""
    return sums.sum(axis=2, keepdims=True)
