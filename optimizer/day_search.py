"""The search for shifts where no shift passes midnight: every day by itself, and people's weeks above them.

Without weeks the days are separate problems, each solved by itself. With weeks they are tied only by the number
of shifts a day. So a small master problem (`week_counts`) chooses these numbers by what each day costs at least
with so many shifts: its relaxation, rounded up to whole shifts. The chosen days are then solved in whole shifts;
what they really cost goes back to the master, until its choice is also the best plan found, within the gap
(Benders decomposition by logic: Hooker and Ottosson 2003).
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from optimizer.day_costs import DayCosts
from optimizer.days_off import work_weeks
from optimizer.shift_problem import ShiftProblem
from optimizer.solver import Solved, Solver, Status, gap_between, status_of
from optimizer.week_counts import Choice, choose_counts
from optimizer.week_model import Counts


@dataclass
class WeekSearch:
    """A search under way over people's weeks: what is proven, and the best plan so far."""

    days: list[DayCosts]
    gap: float
    until: float
    objective: float = math.inf
    lower_bound: float = 0.0
    best: Choice | None = None
    last: Status = Status.ERROR
    seen: set[tuple[int, ...]] = field(default_factory=set)

    @property
    def is_over(self) -> bool:
        """The gap is closed as far as asked for, or the time is up."""
        closed = self.best is not None and gap_between(self.objective, self.lower_bound) <= self.gap
        return closed or time.perf_counter() >= self.until


def search_by_days(
    problem: ShiftProblem, solver: str, gap: float, time_limit_s: float
) -> tuple[Solved, Counts | None]:
    """Least paid hours for a problem whose days do not touch; the counts where there is a plan."""
    began = time.perf_counter()
    until = began + time_limit_s
    n_days = problem.slots.horizon.n_days
    days = [DayCosts(problem.of_day(day), solver) for day in range(n_days)]
    if problem.rules.days_per_week is None:
        solved, counts = _separate_days(days, gap, until)
    else:
        weeks = work_weeks(problem.rules.days_per_week, problem.rules.consecutive_days_off)
        solved, counts = _whole_weeks(days, weeks, Solver(solver), gap, until)
    bound = solved.lower_bound
    return Solved(solved.status, solved.objective, bound, time.perf_counter() - began, solver), counts


def _separate_days(days: list[DayCosts], gap: float, until: float) -> tuple[Solved, Counts | None]:
    """Every day as well as it can be: if each is within the gap, so is their sum."""
    objective, bound, plans = 0.0, 0.0, []
    for left, day in zip(range(len(days), 0, -1), days, strict=True):
        plan, solved = day.solve(None, gap, _share_of_time(until, left))
        if plan is None:
            return Solved(solved.status, None, None, 0.0, solved.solver), None
        objective, bound = objective + plan.objective, bound + plan.lower_bound
        plans.append(plan.counts)
    return Solved(status_of(objective, bound, gap), objective, bound, 0.0, days[0].solver.name), merged(
        plans, {}
    )


def _whole_weeks(
    days: list[DayCosts], weeks: tuple[tuple[int, ...], ...], master: Solver, gap: float, until: float
) -> tuple[Solved, Counts | None]:
    """The master and the days in turn."""
    here = WeekSearch(days, gap, until)
    for day in days:
        day.relax_freely(_share_of_time(until, len(days)))
    while not here.is_over:
        choice, solved = choose_counts(
            [day.at_least for day in days], weeks, master, _share_of_time(until, 1)
        )
        here.last = solved.status
        if choice is None:
            break
        here.lower_bound = max(here.lower_bound, choice.lower_bound)
        if here.is_over or not _try(here, choice):
            break
    if here.best is None:
        status = Status.TIME_LIMIT_WITHOUT_PLAN if here.last.has_plan else here.last
        return Solved(status, None, here.lower_bound, 0.0, master.name), None
    plans = [day.plans[n].counts for day, n in zip(days, here.best.n_shifts, strict=True)]
    bound = min(here.lower_bound, here.objective)
    status = status_of(here.objective, bound, gap)
    return Solved(status, here.objective, bound, 0.0, master.name), merged(plans, here.best.people_on)


def _try(here: WeekSearch, choice: Choice) -> bool:
    """Learn what the chosen numbers cost: relaxed where not yet known, else whole. False: nothing new to learn."""
    chosen = list(zip(here.days, choice.n_shifts, strict=True))
    new = [(day, n) for day, n in chosen if not day.is_relaxed_at(n)]
    if new:
        for day, n in new:
            day.relax(n, _share_of_time(here.until, len(new)))
        return True
    if choice.n_shifts in here.seen:
        return False
    here.seen.add(choice.n_shifts)
    plans = [day.plan(n, here.gap, _share_of_time(here.until, len(chosen))) for day, n in chosen]
    objective = sum(math.inf if plan is None else plan.objective for plan in plans)
    if objective < here.objective:
        here.objective, here.best = objective, choice
    return True


def _share_of_time(until: float, parts_left: int) -> float:
    return max(0.01, until - time.perf_counter()) / parts_left


def merged(plans: Iterable[Counts], people_on: dict[int, int]) -> Counts:
    """The days' counts together; their indices name the day, so none meets another."""
    whole = Counts({}, {}, {}, people_on)
    for plan in plans:
        whole.people.update(plan.people)
        whole.break_starts.update(plan.break_starts)
        whole.missing.update(plan.missing)
    return whole
