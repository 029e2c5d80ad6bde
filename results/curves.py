"""Service by the time of day, all days of the horizon together."""

from __future__ import annotations

from results.study import DayCurve
from sim.measures.estimates import Estimate, FloatArray, estimate
from sim.measures.result import Result


def day_curve(result: Result) -> DayCurve | None:
    """Service level by interval of the day; None for a run that kept no intervals, or has no target."""
    if not result.by_interval:
        return None
    within, offered = by_clock(result, "service_level")
    starts = [i for i in range(offered.shape[1]) if offered[:, i].sum() > 0.0]
    if not starts:
        return None
    calendar = result.scenario.calendar
    return DayCurve(
        starts_min=tuple(i * calendar.interval_min for i in starts),
        offered=tuple(float(offered[:, i].mean()) / calendar.days for i in starts),
        service_level=tuple(estimate(within[:, i], offered[:, i]) for i in starts),
    )


def by_clock(result: Result, measure: str) -> tuple[FloatArray, FloatArray]:
    """Numerators and denominators, observations × intervals of the day, summed over the days."""
    n_per_day = result.scenario.calendar.n_intervals_per_day
    above, below = by_interval(result, measure, result.names("contact_type"))
    shape = (result.observations, -1, n_per_day)
    return above.reshape(shape).sum(axis=1), below.reshape(shape).sum(axis=1)


def by_interval(result: Result, measure: str, types: list[str]) -> tuple[FloatArray, FloatArray]:
    """Numerators and denominators of these contact types together, observations × intervals of the horizon."""
    above, below = result.sums_of(measure, "contact_type")
    if below is None:
        raise ValueError(f"{measure} is no ratio")
    rows = [i for i, name in enumerate(result.names("contact_type")) if name in types]
    return above[:, rows].sum(axis=1), below[:, rows].sum(axis=1)


def service_by_interval(result: Result, types: list[str]) -> tuple[FloatArray, list[Estimate]]:
    """Offered contacts, mean per replication, and service level of these types in each interval of the horizon."""
    within, offered = by_interval(result, "service_level", types)
    levels = [estimate(within[:, i], offered[:, i]) for i in range(offered.shape[1])]
    return offered.mean(axis=0), levels
