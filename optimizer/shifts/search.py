"""The search for shifts: the whole week relaxed, then day by day, then ever larger parts of the week at once.

The relaxation is tight and quick, and so is a single day; only whole weeks of integers are slow, mostly because
solvers look for a first solution and for cuts. So: (1) the week with fractional shifts but whole people's weeks
gives a bound and the number of shifts a day; (2) each day is made whole, the others standing still; (3) while the
gap is too large, two neighboring days are freed together, and at last the whole week. Every part only ever
improves the plan. This is for days that touch; where no shift passes midnight, `optimizer.shifts.day_search` is better.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection
from dataclasses import dataclass, field

from optimizer.shifts.problem import ShiftProblem
from optimizer.shifts.rest import rest_binds
from optimizer.shifts.rosters import weeks_for
from optimizer.shifts.week_model import Counts, WeekModel, goal_of, next_step
from optimizer.solver import Solved, Solver, Status, status_of
from optimizer.standing import Standing, gap_between, known, retold

_PART_OF_GAP = 20  # pairs of days are solved so much more exactly than the week must be
# The relaxation only starts the search. Its hours come in no steps, so the last tenth of a percent takes longest.
_RELAXED_GAP = 1e-3
_RELAXED_PART_OF_TIME = 10


@dataclass
class Search:
    """A search under way: what is proven, and the best plan so far."""

    week: WeekModel
    solver: Solver
    gap: float
    until: float
    objective: float = math.inf
    lower_bound: float = 0.0
    best: list[int] = field(default_factory=list)
    last: Status = Status.ERROR
    is_whole: bool = False  # whether the model as it stands leaves all days free

    @property
    def is_over(self) -> bool:
        """The gap is closed as far as asked for, or the time is up."""
        closed = bool(self.best) and gap_between(self.objective, self.lower_bound) <= self.gap
        return closed or time.perf_counter() >= self.until

    def solve(self, gap: float, parts_left: int) -> Solved:
        """Solve the model as it stands, with its share of the time that is left."""
        left_s = max(0.01, self.until - time.perf_counter())
        is_known = bool(self.best)  # and then it is in the model, to start from
        with retold(self._standing):
            solved = self.solver.solve(self.week.model, gap, left_s / parts_left, from_values=is_known)
        self.last = solved.status
        return solved

    def solve_days(self, days: Collection[int], gap: float, parts_left: int) -> Solved:
        """Free some days, solve, and let them stand still as found."""
        self.week.free(days)
        self.is_whole = len(days) == self.week.n_days
        solved = self.solve(gap, parts_left)
        if solved.status.has_plan:
            self.week.settle(days)
        return solved

    def prove(self, lower_bound: float | None) -> None:
        """A bound for the whole week."""
        if lower_bound is None:
            return
        self.lower_bound = max(self.lower_bound, next_step(lower_bound, self.week.step_h()))

    def keep(self, objective: float) -> None:
        """Remember the model's plan if it is the best so far, and whole people can work it."""
        if objective < self.objective and self._can_be_worked():
            self.objective, self.best = objective, self.week.values()

    def _standing(self, part: Standing) -> Standing:
        """Of the whole week; what a solve of some days finds counts once it is kept."""
        best, bound = self.objective, self.lower_bound
        if self.is_whole:
            best = min(best, math.inf if part.best is None else part.best)
            bound = max(bound, 0.0 if part.bound is None else part.bound)
        return Standing(known(best), bound or None, self.until - time.perf_counter())

    def _can_be_worked(self) -> bool:
        problem = self.week.problem
        return not rest_binds(problem) or weeks_for(problem, self.week.counts(), self.solver.name) is not None


def search(
    problem: ShiftProblem, solver: Solver, gap: float, time_limit_s: float
) -> tuple[Solved, Counts | None]:
    """Least cost for a problem; the counts where there is a plan."""
    began = time.perf_counter()
    here = Search(WeekModel(problem), solver, gap, began + time_limit_s)
    relaxed = _relax(here)
    if relaxed.has_plan:
        _whole_days(here)
    if relaxed not in (Status.INFEASIBLE, Status.INFEASIBLE_OR_UNBOUNDED):
        _larger_parts(here)
    seconds = time.perf_counter() - began
    if not here.best:
        status = Status.TIME_LIMIT_WITHOUT_PLAN if here.last.has_plan else here.last
        return Solved(status, None, here.lower_bound, seconds, solver.name), None
    here.week.put_back(here.best)
    counts = here.week.counts()
    objective = goal_of(problem, counts)
    bound = min(here.lower_bound, objective)
    return Solved(status_of(objective, bound, gap), objective, bound, seconds, solver.name), counts


def _relax(here: Search) -> Status:
    """Fractional shifts and breaks, whole people's weeks: a bound, and each day's shifts, or that there is no plan."""
    here.week.make_fractional()
    solved = here.solve(_RELAXED_GAP, _RELAXED_PART_OF_TIME)
    here.prove(solved.lower_bound)
    return solved.status


def _whole_days(here: Search) -> None:
    """One day after another becomes whole while the others stand still, then those still to come adapt in fractions.

    The number of shifts a day stays as relaxed.
    """
    here.week.hold()
    here.week.hold_ties()
    n_days, objective = here.week.n_days, math.inf
    for day in range(n_days):
        solved = here.solve_days({day}, here.gap / n_days, n_days - day)
        if solved.status.has_plan and day < n_days - 1:
            here.week.free(range(day + 1, n_days), whole=False)
            solved = here.solve(_RELAXED_GAP, n_days - day)
            here.week.hold()
        if solved.objective is None:
            return
        objective = solved.objective
    here.keep(objective)


def _larger_parts(here: Search) -> None:
    """Neighboring days together, then all of them, until the gap is closed or the time is up."""
    n_days = here.week.n_days
    everything = set(range(n_days))
    pairs = [{day, (day + 1) % n_days} for day in range(n_days)] if here.best and n_days > 2 else []
    parts = [*pairs, everything]
    here.week.free_ties()
    for i, days in enumerate(parts):
        if here.is_over:
            return
        if here.best:
            here.week.put_back(here.best)
        gap = here.gap if days == everything else here.gap / _PART_OF_GAP
        solved = here.solve_days(days, gap, len(parts) - i)
        if days == everything:
            here.prove(solved.lower_bound)
        if solved.objective is not None:
            here.keep(solved.objective)
