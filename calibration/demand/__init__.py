"""What came in: how many contacts, when, and how much days and intervals differ.

Takes contacts, or counts by day, interval and queue. Gives classes of weekdays, opening hours, days set apart with
their reason, mean profiles, and busyness beyond chance, each figure with its standard error.
"""

from calibration.demand.busyness import Busyness
from calibration.demand.fitting import fit_counts, fit_demand, fit_intervals
from calibration.demand.found import DayClass, Demand, OddDay, WeekdayTest

__all__ = [
    "Busyness",
    "DayClass",
    "Demand",
    "OddDay",
    "WeekdayTest",
    "fit_counts",
    "fit_demand",
    "fit_intervals",
]
