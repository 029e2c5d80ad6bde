"""Small planning problems in words of hours: what the tests of the optimizer share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from optimizer.horizon import Horizon, IntArray
from optimizer.shifts.day_search import search_by_days
from optimizer.shifts.offers import BreakRule, Starts
from optimizer.shifts.problem import ShiftProblem, shift_problem
from optimizer.shifts.rules import ShiftRules
from optimizer.shifts.search import search
from optimizer.shifts.week_model import Counts
from optimizer.solver import Solved, Solver

HOUR_S = 3600
Span = tuple[float, float]


def hours(*lengths_h: float) -> tuple[int, ...]:
    """Shift lengths in seconds."""
    return tuple(round(length_h * HOUR_S) for length_h in lengths_h)


def pause(minutes: float, from_h: float, to_h: float) -> BreakRule:
    """A break of so many minutes that starts between two hours of the shift."""
    return BreakRule(round(minutes * 60), round(from_h * HOUR_S), round(to_h * HOUR_S))


def starts(from_h: float, to_h: float, every_h: float) -> Starts:
    """Possible starts in hours after midnight."""
    return Starts(round(from_h * HOUR_S), round(to_h * HOUR_S), round(every_h * HOUR_S))


def days(*open_h: Span | None, interval_h: float = 1.0) -> Horizon:
    """One open span a day, in hours; None: closed. Day 0 is a Monday."""
    spans = tuple(
        () if span is None else ((round(span[0] * HOUR_S), round(span[1] * HOUR_S)),) for span in open_h
    )
    return Horizon(round(interval_h * HOUR_S), spans, tuple(day % 7 for day in range(len(spans))))


def people(horizon: Horizon, *by_day: Sequence[int]) -> IntArray:
    """A requirement, from opening on, one list a day; days that are left out are like the last."""
    required = np.zeros(horizon.shape, dtype=np.int64)
    for day, spans in enumerate(horizon.open_spans_s):
        if spans:
            first = spans[0][0] // horizon.interval_s
            wanted = by_day[min(day, len(by_day) - 1)]
            required[day, first : first + len(wanted)] = wanted
    return required


def problem(horizon: Horizon, required: IntArray, rules: ShiftRules, share: float = 1.0) -> ShiftProblem:
    """The problem of a group whose scheduled people are present for this share of their time."""
    return shift_problem(required, horizon, rules, share)


def solved(problem: ShiftProblem, gap: float = 0.0) -> tuple[Solved, Counts | None]:
    """Its best shifts, by the search that fits."""
    if problem.days_touch:
        return search(problem, Solver(), gap, 30.0)
    return search_by_days(problem, "highs", gap, 30.0)


def least_hours(horizon: Horizon, required: IntArray, rules: ShiftRules, share: float = 1.0) -> float | None:
    """Paid hours of the best shifts, the price of missing people included; None where there are none."""
    return solved(problem(horizon, required, rules, share))[0].objective
