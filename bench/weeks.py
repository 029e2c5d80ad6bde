"""Shifts for a week of quarter hours: how large the models are, and how soon the answer is proven."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pyomo.environ as pyo

from bench.progress import Progress
from optimizer.people import Effort
from optimizer.requirement.first_guess import first_guess
from optimizer.shifts.found import found_for
from optimizer.shifts.kinds import ShiftKind, Windows
from optimizer.shifts.model import build
from optimizer.shifts.of_group import problem_of
from optimizer.shifts.problem import ShiftProblem
from optimizer.shifts.rest import weeks_of
from optimizer.solver import DEFAULT
from scenarios import Scenario, load

SCENARIO, GROUP = "quarter-hours", "team"
EFFORT = Effort(gap=0.005, time_limit_s=300.0, solver=DEFAULT)
_OVERLAPPING = [
    {"min": 15, "window_h": [1, 3]},
    {"min": 45, "window_h": [2.5, 5]},
    {"min": 15, "window_h": [4, 6.5]},
]
VARIANTS = {
    "shifts counted day by day": {"plan.days_per_week": None, "plan.consecutive_days_off": False},
    "people's weeks, two days off in a row": {},
    "the same, 11 h of rest": {"plan.min_rest_h": 11},
    "the same weeks, a third of the demand": {"contact_type.call.arrivals.factor": 1 / 3},
    "the same weeks, three times the demand": {"contact_type.call.arrivals.factor": 3.0},
    "the same weeks, windows that overlap": {"plan.breaks": _OVERLAPPING},
}


@dataclass(frozen=True)
class WeekRow:
    """One problem: variables of both models, and what was found in how many seconds of CPU time, one thread."""

    variant: str
    most_needed: int
    patterns: int  # shifts with their breaks, of the week
    explicit: int  # variables, one for each pattern, and people's weeks
    implicit: int
    seconds: tuple[float, ...]  # of each run, building included
    paid_h: float
    lower_bound_h: float
    gap: float
    status: str


def measure(progress: Progress, n_runs: int, size: float) -> Iterator[WeekRow]:
    """A row a variant; `size` below 1 measures only the first."""
    center = load(SCENARIO)
    for variant, changes in VARIANTS.items() if size >= 1.0 else list(VARIANTS.items())[:1]:
        progress(f"weeks: {variant}")
        yield _row(variant, center.changed(changes), progress, n_runs)


def _row(variant: str, center: Scenario, progress: Progress, n_runs: int) -> WeekRow:
    problem = problem_of(center, GROUP, first_guess(center, GROUP).required)
    model = build(problem)
    seconds = []
    for n in range(n_runs):
        progress(f"weeks: {variant}, run {n + 1} of {n_runs}")
        began = time.process_time()
        solved, _ = found_for(problem, EFFORT)
        seconds.append(time.process_time() - began)
    n_weeks = len(weeks_of(problem)) + problem.slots.horizon.n_days if problem.rules.days_per_week else 0
    n_missing = len(model.missing)
    patterns = n_patterns(problem)
    return WeekRow(
        variant=variant,
        most_needed=int(problem.needed.max()),
        patterns=patterns,
        explicit=patterns + n_weeks + n_missing,
        implicit=sum(1 for _ in model.component_data_objects(pyo.Var)),
        seconds=tuple(seconds),
        paid_h=solved.objective if solved.objective is not None else math.nan,
        lower_bound_h=solved.lower_bound if solved.lower_bound is not None else math.nan,
        gap=solved.gap if solved.gap is not None else math.inf,
        status=solved.status.value,
    )


def n_patterns(problem: ShiftProblem) -> int:
    """Shifts with every choice of breaks, in order, over all days."""
    ways: dict[Windows, int] = {}
    return sum(ways.setdefault(kind.windows, _ways_to_break(kind)) for kind in problem.kinds)


def _ways_to_break(kind: ShiftKind) -> int:
    """Choices of a start for each break in its window, each after the end of the one before."""
    ended = {0: 1}  # slot in which the last break so far was over → ways
    for window in kind.windows:
        following: dict[int, int] = {}
        for start in range(window.first, window.last + 1):
            ways = sum(n for end, n in ended.items() if end <= start)
            following[start + window.n_slots] = ways
        ended = following
    return sum(ended.values())
