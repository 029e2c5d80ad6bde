"""The best shifts of a problem, by the search that fits it."""

from __future__ import annotations

import time
from dataclasses import replace

from optimizer.people import Effort
from optimizer.shifts.day_search import search_by_days
from optimizer.shifts.problem import ShiftProblem
from optimizer.shifts.rest import rest_binds
from optimizer.shifts.rosters import weeks_for
from optimizer.shifts.search import search
from optimizer.shifts.week_model import Counts
from optimizer.solver import Solved, Solver, status_of


def found_for(problem: ShiftProblem, effort: Effort) -> tuple[Solved, Counts | None]:
    """Day by day where no shift passes midnight; else over the week. The counts where there is a plan.

    Rest ties the days. Mostly there is enough of it anyway, and then shifts found without asking are the best; only
    where they cannot be shared out is it asked for, over the week.
    """
    began = time.perf_counter()
    if problem.days_touch:
        return search(problem, Solver(effort.solver), effort.gap, effort.time_limit_s)
    solved, counts = search_by_days(problem, effort.solver, effort.gap, effort.time_limit_s)
    if counts is None or not rest_binds(problem) or weeks_for(problem, counts, effort.solver) is not None:
        return solved, counts
    left_s = max(1.0, effort.time_limit_s - (time.perf_counter() - began))
    rested, counts = search(problem, Solver(effort.solver), effort.gap, left_s)
    return _with_bound(rested, solved.lower_bound, effort.gap), counts


def _with_bound(solved: Solved, lower_bound: float | None, gap: float) -> Solved:
    """With another bound that holds as well."""
    if solved.objective is None:
        return solved
    bound = min(max(solved.lower_bound or 0.0, lower_bound or 0.0), solved.objective)
    return replace(solved, lower_bound=bound, status=status_of(solved.objective, bound, gap))
