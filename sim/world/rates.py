"""How many contacts a type expects: its rate as a step function of the clock, before busyness, prevention and bot.

A day's steps lie between all moments at which anything changes: interval edges, opening and closing, the pieces
of a shape, the edges of events.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from scenarios import Scenario
from scenarios.calendar_days import Spans
from scenarios.demand import Arrivals
from scenarios.profiles import factor_of_weekday, of_weekday, value_per_interval
from sim.world.dated import Piece, factor_pieces, shaped_pieces
from sim.world.hours import DAY_S
from sim.world.months import months_at
from sim.world.outbound import is_outbound

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Steps:
    """A step function over one day: `rates_per_s[i]` holds from `edges_s[i]` to `edges_s[i + 1]` after midnight."""

    edges_s: FloatArray
    rates_per_s: FloatArray

    @property
    def cumulative(self) -> FloatArray:
        """Expected contacts from midnight to each edge."""
        return np.concatenate([[0.0], np.cumsum(self.rates_per_s * np.diff(self.edges_s))])

    def expected_until(self, at_s: FloatArray) -> FloatArray:
        """Expected contacts from midnight to each of these moments of the day."""
        return np.interp(at_s, self.edges_s, self.cumulative)


def daily_steps(scenario: Scenario, type_name: str, day: int) -> Steps:
    """The arrival rate of a type on a day, in contacts per second; weekday factors and events applied."""
    arrivals = scenario.contact_type[type_name].arrivals
    if is_outbound(type_name):
        pieces = _pieces(scenario, arrivals, day)
        return Steps(_edges(pieces), _rates(_edges(pieces), pieces))  # a plan of the center's own: no factor
    if arrivals.replayed_s is not None:
        return _replayed_steps(scenario, arrivals.replayed_s, day)
    pieces = _pieces(scenario, arrivals, day)
    factors = factor_pieces(scenario, type_name, day)
    shaped = shaped_pieces(scenario, type_name, day, partial(_expected_between, scenario, arrivals))
    edges = _edges([*pieces, *factors, *shaped], _edges_of_busy_intervals(scenario))
    usual = _rates(edges, pieces)
    own = np.full(len(usual), math.nan)
    for start, end, per_s in shaped:
        own[_inside(edges, start, end)] = per_s
    for start, end, factor in factors:
        usual[_inside(edges, start, end)] *= factor
        own[_inside(edges, start, end)] *= factor
    return Steps(edges, np.where(np.isnan(own), usual * _usual_factor(scenario, arrivals, day), own))


def _replayed_steps(scenario: Scenario, moments_s: Sequence[float], day: int) -> Steps:
    """How many arrivals of a file fall into each interval of a day: the profile by which returns choose a moment."""
    calendar = scenario.calendar
    edges = np.arange(calendar.n_intervals_per_day + 1, dtype=np.float64) * calendar.interval_s
    first, end = (bisect_left(moments_s, midnight) for midnight in (day * DAY_S, (day + 1) * DAY_S))
    counts = np.histogram(np.array(moments_s[first:end]) - day * DAY_S, edges)[0]
    return Steps(edges, counts / calendar.interval_s)


def _expected_between(scenario: Scenario, arrivals: Arrivals, from_s: float, until_s: float) -> float:
    """Contacts expected between two moments of the horizon, events aside."""
    expected = 0.0
    for day in range(math.floor(from_s / DAY_S), math.ceil(until_s / DAY_S)):
        pieces = _pieces(scenario, arrivals, day)
        edges = _edges(pieces)
        steps = Steps(edges, _rates(edges, pieces) * _usual_factor(scenario, arrivals, day))
        low, high = steps.expected_until(np.array([from_s, until_s]) - day * DAY_S)
        expected += float(high - low)
    return expected


def _usual_factor(scenario: Scenario, arrivals: Arrivals, day: int) -> float:
    """What multiplies a day's contacts in every ordinary week, and by how much the customers have grown till then."""
    usual = factor_of_weekday(arrivals.weekday, scenario.calendar.weekday(day)) * arrivals.factor
    return usual if scenario.customers is None else usual * scenario.customers.grown(months_at(day))


def _edges(pieces: list[Piece], others: Iterable[float] = ()) -> FloatArray:
    """Every moment of a day at which something changes, midnights included."""
    return np.array(
        sorted({0.0, DAY_S, *others, *(edge for start, end, _ in pieces for edge in (start, end))})
    )


def _edges_of_busy_intervals(scenario: Scenario) -> list[float]:
    """The edges of a day's intervals, where each has a busyness of its own."""
    if scenario.busyness is None or scenario.busyness.interval_cv == 0.0:
        return []
    return [float(scenario.calendar.interval_s * i) for i in range(scenario.calendar.n_intervals_per_day)]


def _rates(edges: FloatArray, pieces: list[Piece]) -> FloatArray:
    rates = np.zeros(len(edges) - 1)
    for start, end, per_s in pieces:
        rates[_inside(edges, start, end)] += per_s
    return rates


def _inside(edges: FloatArray, start: float, end: float) -> npt.NDArray[np.bool_]:
    return (edges[:-1] >= start) & (edges[:-1] < end)


def expected_rates(scenario: Scenario, type_name: str, day: int) -> FloatArray:
    """Mean arrival rate in each interval of a day, contacts per second, before the bot and without busyness."""
    interval_s = scenario.calendar.interval_min * 60.0
    edges = np.arange(0.0, DAY_S + interval_s / 2, interval_s)
    return np.diff(daily_steps(scenario, type_name, day).expected_until(edges)) / interval_s


def _pieces(scenario: Scenario, arrivals: Arrivals, day: int) -> list[Piece]:
    """(start, end, contacts per second) as the scenario declares them for this day."""
    calendar = scenario.calendar
    if arrivals.per_h is not None:
        return [(0.0, DAY_S, arrivals.per_h / 3600.0)]
    if arrivals.per_interval is not None:
        interval_s = calendar.interval_min * 60.0
        counts = value_per_interval(arrivals.per_interval, calendar, day)
        return [(i * interval_s, (i + 1) * interval_s, n / interval_s) for i, n in enumerate(counts) if n > 0]
    shape = (1.0,) if arrivals.shape is None else tuple(of_weekday(arrivals.shape, calendar.weekday(day)))
    return _shaped(arrivals.per_day or 0.0, shape, calendar.open_spans_s(day))


def _shaped(per_day: float, shape: tuple[float, ...], spans: Spans) -> list[Piece]:
    """A day's contacts over its open hours, divided evenly into as many parts as the shape has weights."""
    open_s = sum(end - start for start, end in spans)
    if open_s == 0.0 or sum(shape) == 0.0:
        return []
    part_s = open_s / len(shape)
    pieces = []
    for part, weight in enumerate(shape):
        per_s = per_day * weight / sum(shape) / part_s
        pieces += [(start, end, per_s) for start, end in _cut(spans, part * part_s, (part + 1) * part_s)]
    return pieces


def _cut(spans: Spans, from_s: float, to_s: float) -> list[tuple[float, float]]:
    """The clock spans that hold the open time between from_s and to_s, counted in open seconds."""
    found, passed = [], 0.0
    for start, end in spans:
        low, high = max(from_s, passed), min(to_s, passed + end - start)
        if high > low:
            found.append((start + low - passed, start + high - passed))
        passed += end - start
    return found


def moment_within(steps: Steps, open_s: float, close_s: float, u: float) -> float:
    """The moment between open_s and close_s of a day at which a share u of its expected contacts has come.

    Where none is expected, the share u of the time.
    """
    low, high = steps.expected_until(np.array([open_s, close_s]))
    if high <= low:
        return open_s + u * (close_s - open_s)
    # Flat steps (rate zero) do no harm: a count strictly inside a rising step has one moment.
    moment = float(np.interp(low + u * (high - low), steps.cumulative, steps.edges_s))
    return min(max(moment, open_s), close_s)
