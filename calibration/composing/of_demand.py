"""Statements of demand: opening hours, expected first contacts by class of days, busy days and intervals."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from calibration.composing.center import INTERVAL_S, Center
from calibration.composing.returns_told import returning_share
from calibration.composing.statements import Statement, rounded
from calibration.estimate import Estimate
from calibration.records.contacts import counts
from calibration.returning import returning, without_returns
from scenarios.calendar_days import WEEKDAYS

FloatArray = npt.NDArray[np.float64]

PLACES = 2
"""Decimals of expected contacts of an interval."""
SEEN = 2.0
"""A spread below so many of its standard errors is not stated."""


def demand_statements(center: Center, record: str) -> Iterator[tuple[str, Statement]]:
    """Hours, arrivals of each type, and busyness; `record` says where the figures come from."""
    yield "calendar.hours", _hours(center, record)
    yield from _busyness(center, record)
    first = first_contacts(center)
    for queue, name in enumerate(center.types.names):
        yield f"contact_type.{name}.arrivals.per_interval", _arrivals(center, queue, first, record)


def first_contacts(center: Center) -> FloatArray:
    """Mean first contacts by class, interval and queue: offered, less those that are expected to be returns.

    Returns of the same day are taken off where they are expected; those of later days as the offered are spread.
    """
    demand = center.demand
    back = returning(center.contacts, center.returns, INTERVAL_S)
    first = np.zeros_like(demand.mean)
    for k, one in enumerate(demand.classes):
        days = demand.days_of(k)
        is_open = _open(one.spans, demand.mean.shape[1])
        for queue in range(len(demand.queues)):
            offered = demand.mean[k, :, queue]
            again = back[days][:, :, queue].mean(axis=0) * is_open if len(days) else 0.0 * offered
            first[k, :, queue] = without_returns(offered, again + _later(center, back, queue) * offered)
    return first


def _later(center: Center, back: FloatArray, queue: int) -> float:
    """Expected returns on later days ÷ offered contacts of a queue."""
    contacts = center.contacts
    offered = int((contacts.offered & (contacts.queue == queue)).sum())
    whole = returning_share(contacts, center.returns, queue)
    return max(whole - float(back[:, :, queue].sum()) / max(offered, 1), 0.0)


def _open(spans: tuple[tuple[int, int], ...], n: int) -> FloatArray:
    is_open = np.zeros(n)
    for start, past in spans:
        is_open[start:past] = 1.0
    return is_open


def _hours(center: Center, record: str) -> Statement:
    """Every weekday needs hours; one that the record never saw is taken as closed."""
    demand = center.demand
    hours: dict[str, str | list[str]] = {
        name: spans[0] if len(spans) == 1 else list(spans) for name, spans in demand.hours().items()
    }
    unseen = [WEEKDAYS[day] for day in demand.unseen_weekdays]
    says = f"{record}: intervals in which somebody came on at least half of the days"
    if unseen:
        says += f"; assumed closed, as no such day is in the record: {', '.join(unseen)}"
    return Statement(hours | dict.fromkeys(unseen, "closed"), says, "A")


def _arrivals(center: Center, queue: int, first: FloatArray, record: str) -> Statement:
    demand = center.demand
    profile = {
        one.name: [round(float(value), PLACES) for value in first[k, :, queue]]
        for k, one in enumerate(demand.classes)
        if one.spans
    }
    days = np.array([len(one.weekdays) for one in demand.classes], dtype=np.float64)
    offered = float(demand.per_week[queue])
    fresh = float(days @ first[:, :, queue].sum(axis=1))
    says = f"{record}: {offered:.0f} contacts a week were offered, {fresh:.0f} of them first contacts"
    says += f", on the usual ones of {demand.n_days} days; means by class of weekdays"
    if _told(demand.trend_per_month):
        says += (
            f"; the level moved by {100 * demand.trend_per_month.value:+.1f} % a month, its mean is stated"
        )
    week = Estimate(offered, weekly_error(center, queue), int(demand.usual.sum()))
    return Statement(profile, says, "A", {"offered_per_week": week})


def weekly_error(center: Center, queue: int) -> float:
    """Standard error of the contacts of a usual week, from the spread of its days' totals: √Σ d² var / n."""
    demand = center.demand
    totals = counts(center.contacts, center.contacts.offered, INTERVAL_S)[:, :, queue].sum(axis=1)
    variance = 0.0
    for k, one in enumerate(demand.classes):
        own = totals[demand.days_of(k)]
        if len(own) > 1:
            variance += len(one.weekdays) ** 2 * float(own.var(ddof=1)) / len(own)
    return float(np.sqrt(variance))


def _busyness(center: Center, record: str) -> Iterator[tuple[str, Statement]]:
    busy = center.demand.busyness
    several = len(center.types.names) > 1
    n = int(center.demand.usual.sum())
    around = f"{record}: {n} usual days around their class's mean, chance of the counts taken off"
    if _told(busy.day_cv):
        yield "busyness.day_cv", _spread(busy.day_cv, f"{around}; all types together")
    for queue, name in enumerate(center.types.names if several else ()):
        own = busy.day_cv_by_queue[queue]
        value = own if _told(own) else Estimate(0.0, own.standard_error, own.n)
        if _told(busy.day_cv) or value.value:
            yield f"contact_type.{name}.day_cv", _spread(value, around)
    if several and _told(busy.correlation):
        of_pairs = f"{record}: {busy.correlation.note}"
        value = Estimate(
            min(max(busy.correlation.value, 0.0), 1.0), busy.correlation.standard_error, busy.correlation.n
        )
        yield (
            "busyness.correlation",
            Statement(rounded(value.value, 3), of_pairs, "A", {"correlation": value}),
        )
    if _told(busy.interval_cv):
        yield (
            "busyness.interval_cv",
            _spread(busy.interval_cv, f"{record}: {busy.interval_cv.note}", "interval_cv"),
        )


def _spread(found: Estimate, says: str, name: str = "day_cv") -> Statement:
    return Statement(rounded(found.value, 3), says, "A", {name: found})


def _told(found: Estimate) -> bool:
    """Whether it can be told from none."""
    return found.standard_error is not None and abs(found.value) > SEEN * found.standard_error
