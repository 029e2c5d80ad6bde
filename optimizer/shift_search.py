"""The search for shifts: the whole week relaxed, then day by day, then ever larger parts of the week at once.

The relaxation is tight and quick, and so is a single day; only whole weeks of integers are slow, and mostly
because solvers look for a first solution and for cuts. So: (1) the week with fractional shifts but whole
people's weeks gives a bound and the number of shifts a day; (2) each day is made integer, the others standing
still; (3) while the gap is too large, two neighboring days are freed together, and at last the whole week.
Every part only ever improves the plan, and the bound is proven for the whole week.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pyomo.environ as pyo

from optimizer.shift_problem import BreakKey, ShiftKey, ShiftProblem
from optimizer.shift_rules import HOUR_S
from optimizer.solver import Solved, Solver, Status, gap_between, status_of

_PART_OF_GAP = 20  # a part of the week is solved so much more exactly than the week must be
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Counts:
    """A solution: people by shift, break starts by team, heads missing by slot, people by pattern of work days."""

    people: dict[ShiftKey, int]
    break_starts: dict[BreakKey, int]
    missing: dict[int, int]
    people_on: dict[int, int]


@dataclass
class Search:
    """A search under way: what is proven, and the best plan so far."""

    problem: ShiftProblem
    model: Any
    solver: Solver
    gap: float
    until: float
    objective: float = math.inf
    lower_bound: float = 0.0
    best: list[float] = field(default_factory=list)
    last: Status = Status.ERROR

    @property
    def n_days(self) -> int:
        """Days of the horizon."""
        return self.problem.slots.horizon.n_days

    @property
    def is_over(self) -> bool:
        """The gap is closed as far as asked for, or the time is up."""
        closed = self.objective < math.inf and gap_between(self.objective, self.lower_bound) <= self.gap
        return closed or time.perf_counter() >= self.until

    def solve(self, gap: float, parts_left: int) -> Solved:
        """Solve the model as it stands, with its share of the time that is left."""
        left = max(0.01, self.until - time.perf_counter())
        solved = self.solver.solve(self.model, gap, left / parts_left)
        self.last = solved.status
        return solved

    def prove(self, lower_bound: float | None) -> None:
        """A bound for the whole week; the paid hours of whole shifts come in steps, so it is rounded up to one."""
        if lower_bound is not None:
            step = step_h(self.problem)
            rounded = math.ceil((lower_bound - _ROUNDING * max(1.0, lower_bound)) / step) * step if step else 0.0
            self.lower_bound = max(self.lower_bound, lower_bound, rounded)


def search(
    problem: ShiftProblem, model: Any, solver: Solver, gap: float, time_limit_s: float
) -> tuple[Solved, Counts | None]:
    """Least paid hours for a problem and its model; the counts where there is a plan."""
    began = time.perf_counter()
    here = Search(problem, model, solver, gap, began + time_limit_s)
    if _relax(here):
        _whole_days(here)
        _larger_parts(here)
    seconds = time.perf_counter() - began
    if not here.best:
        status = Status.TIME_LIMIT_WITHOUT_PLAN if here.last.has_plan else here.last
        return Solved(status, None, here.lower_bound, seconds, solver.name), None
    _restore(here)
    bound = min(here.lower_bound, here.objective)
    status = status_of(here.objective, bound, gap)
    return Solved(status, here.objective, bound, seconds, solver.name), _counts(here)


def step_h(problem: ShiftProblem) -> float:
    """Hours that the objective of every plan is a multiple of: of all shift lengths, and of the price of a miss."""
    lengths = [kind.n_slots * problem.slots.slot_s for kind in problem.kinds]
    if problem.rules.may_miss:
        price_s = problem.missing_price_h * HOUR_S
        lengths.append(int(price_s) if price_s.is_integer() else 0)
    return math.gcd(*lengths) / HOUR_S if all(lengths) else 0.0


def days_are_separate(problem: ShiftProblem) -> bool:
    """Whether no shift passes midnight and nobody's week ties the days together."""
    ends = [(kind.start % problem.slots.n_per_day) + kind.n_slots for kind in problem.kinds]
    return problem.rules.days_per_week is None and all(end <= problem.slots.n_per_day for end in ends)


def _relax(here: Search) -> bool:
    """Fractional shifts and breaks, whole people's weeks: a bound, and each day's number of shifts. False: no plan."""
    whole = [*here.model.people.values(), *here.model.break_starts.values()]
    for variable in whole:
        variable.domain = pyo.NonNegativeReals
    solved = here.solve(here.gap / _PART_OF_GAP, 1)
    here.prove(solved.lower_bound)
    for variable in whole:
        variable.domain = pyo.NonNegativeIntegers
    return solved.status.has_plan


def _whole_days(here: Search) -> None:
    """One day after another becomes integer while the others stand still; the number of shifts a day stays."""
    for _, variable in _of_days(here):
        variable.fix(max(0.0, variable.value), skip_validation=True)
    for variable in _of_weeks(here.model):
        variable.fix(round(variable.value))
    unproven, objective = 0.0, math.inf
    for day in range(here.n_days):
        solved = _solve_days(here, {day}, here.gap / _PART_OF_GAP, here.n_days - day)
        if solved.objective is None or solved.lower_bound is None:
            return
        unproven, objective = unproven + solved.objective - solved.lower_bound, solved.objective
    _keep(here, objective)
    if days_are_separate(here.problem):
        here.prove(objective - unproven)


def _larger_parts(here: Search) -> None:
    """Neighboring days together, then all of them, until the gap is closed or the time is up."""
    everything = set(range(here.n_days))
    pairs = [{day, (day + 1) % here.n_days} for day in everything] if here.best and here.n_days > 2 else []
    parts = [*pairs, everything]
    for i, days in enumerate(parts):
        if here.is_over:
            return
        _restore(here)
        for variable in _of_weeks(here.model):
            variable.unfix()
        gap = here.gap if days == everything else here.gap / _PART_OF_GAP
        solved = _solve_days(here, days, gap, len(parts) - i)
        if days == everything:
            here.prove(solved.lower_bound)
        if solved.objective is not None:
            _keep(here, solved.objective)


def _solve_days(here: Search, days: set[int], gap: float, parts_left: int) -> Solved:
    """Free the variables of some days, solve, and fix them as found."""
    freed = [variable for day, variable in _of_days(here) if day in days]
    for variable in freed:
        variable.unfix()
    solved = here.solve(gap, parts_left)
    if solved.status.has_plan:
        for variable in freed:
            variable.fix(round(variable.value))
    return solved


def _of_days(here: Search) -> Iterator[tuple[int, Any]]:
    """Every variable that belongs to a day's shifts, with that day."""
    for key, variable in here.model.people.items():
        yield here.problem.day(key), variable
    for variables in (here.model.break_starts, here.model.waiting):
        for key, variable in variables.items():
            yield here.problem.teams[key[0]].day, variable


def _of_weeks(model: Any) -> list[Any]:
    """The variables that tie days together."""
    if not hasattr(model, "people_on"):
        return []
    return [*model.shifts_on.values(), *model.people_on.values()]


def _all(here: Search) -> list[Any]:
    return [*(variable for _, variable in _of_days(here)), *_of_weeks(here.model), *here.model.missing.values()]


def _keep(here: Search, objective: float) -> None:
    """Remember the model's plan if it is the best so far."""
    if objective < here.objective:
        here.objective = objective
        here.best = [round(variable.value) for variable in _all(here)]


def _restore(here: Search) -> None:
    """Put the best plan back into the model, people's shifts standing still; missing heads follow by themselves."""
    if here.best:
        for variable, value in zip(_all(here), here.best, strict=True):
            variable.set_value(value, skip_validation=True)
        for _, variable in _of_days(here):
            variable.fix()
    else:
        for _, variable in _of_days(here):
            variable.unfix()


def _counts(here: Search) -> Counts:
    model = here.model
    weeks = model.people_on if hasattr(model, "people_on") else {}
    return Counts(*(_positive(part) for part in (model.people, model.break_starts, model.missing, weeks)))


def _positive(variables: Any) -> dict[Any, int]:
    """Values above 0, by index."""
    values = {key: round(variable.value) for key, variable in variables.items()}
    return {key: value for key, value in values.items() if value > 0}
