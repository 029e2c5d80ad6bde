"""The search for shifts where no shift passes midnight: every day by itself, and people's weeks above them.

Without weeks the days are separate problems, each solved by itself. With weeks they are tied only by the number
of shifts a day. So a small master problem (`week_counts`) chooses these numbers by what each day costs at least
with so many shifts: its relaxation, rounded up to whole shifts. The chosen days are then solved in whole shifts;
what they really cost goes back to the master, until its choice is also the best plan found, within the gap
(Benders decomposition by logic: Hooker and Ottosson 2003). Equal days are solved once.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field, replace

from optimizer.day_costs import DayCosts, DayPlan
from optimizer.days_off import WorkWeek, work_weeks
from optimizer.shift_problem import ShiftProblem
from optimizer.solver import Solved, Solver, Status, gap_between, status_of
from optimizer.week_counts import Choice, choose_counts
from optimizer.week_model import Counts


@dataclass(frozen=True)
class Day:
    """A day of the week, and the costs of the first day that is equal to it."""

    costs: DayCosts
    later_by: int  # days between the two

    def counts(self, plan: DayPlan) -> Counts:
        """The plan of the equal day, on this one."""
        slots = self.later_by * self.costs.week.problem.slots.n_per_day
        return Counts(
            {(start + slots, n): people for (start, n), people in plan.counts.people.items()},
            {
                (day + self.later_by, team, rule, slot + slots): people
                for (day, team, rule, slot), people in plan.counts.break_starts.items()
            },
            {slot + slots: heads for slot, heads in plan.counts.missing.items()},
            {},
        )


@dataclass
class WeekSearch:
    """A search under way over people's weeks: what is proven, and the best plan so far."""

    days: list[Day]
    gap: float
    until: float
    objective: float = math.inf
    lower_bound: float = 0.0
    best: Counts | None = None
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
    days = _days(problem, solver)
    if problem.rules.days_per_week is None:
        solved, counts = _separate_days(days, gap, until)
    else:
        weeks = work_weeks(problem.rules.days_per_week, problem.rules.consecutive_days_off)
        solved, counts = _whole_weeks(days, weeks, Solver(solver), gap, until)
    return replace(solved, seconds=time.perf_counter() - began), counts


def _days(problem: ShiftProblem, solver: str) -> list[Day]:
    """The days of the week; equal ones share their costs."""
    first = [problem.first_equal_day(day) for day in range(problem.slots.horizon.n_days)]
    costs = {day: DayCosts(problem.of_day(day), solver) for day in sorted(set(first))}
    return [Day(costs[equal], day - equal) for day, equal in enumerate(first)]


def _separate_days(days: list[Day], gap: float, until: float) -> tuple[Solved, Counts | None]:
    """Every day as well as it can be: if each is within the gap, so is their sum."""
    objective, bound, whole = 0.0, 0.0, Counts({}, {}, {}, {})
    for left, day in zip(range(len(days), 0, -1), days, strict=True):
        plan, solved = day.costs.plan(None, gap, _share_of_time(until, left))
        if plan is None:
            status = Status.ERROR if solved is None else solved.status
            return Solved(status, None, None, 0.0, day.costs.solver.name), None
        objective, bound = objective + plan.objective, bound + plan.lower_bound
        whole = whole.joined(day.counts(plan))
    return Solved(status_of(objective, bound, gap), objective, bound, 0.0, days[0].costs.solver.name), whole


def _whole_weeks(
    days: list[Day], weeks: tuple[WorkWeek, ...], master: Solver, gap: float, until: float
) -> tuple[Solved, Counts | None]:
    """The master and the days in turn."""
    here = WeekSearch(days, gap, until)
    for day in days:
        if not day.later_by:
            day.costs.relax_freely(_share_of_time(until, len(days)))
    while not here.is_over:
        tables = [day.costs.at_least for day in days]
        choice, solved = choose_counts(tables, weeks, master, _share_of_time(until, 1))
        here.last = solved.status
        if choice is None:
            break
        here.lower_bound = max(here.lower_bound, choice.lower_bound)
        if here.is_over or not _try(here, choice):
            break
    if here.best is None:
        status = Status.TIME_LIMIT_WITHOUT_PLAN if here.last.has_plan else here.last
        return Solved(status, None, here.lower_bound, 0.0, master.name), None
    bound = min(here.lower_bound, here.objective)
    return Solved(status_of(here.objective, bound, gap), here.objective, bound, 0.0, master.name), here.best


def _try(here: WeekSearch, choice: Choice) -> bool:
    """Learn what the chosen numbers cost: relaxed where not yet known, else whole. False: nothing new to learn."""
    chosen = list(zip(here.days, choice.n_shifts, strict=True))
    new = [(day, n) for day, n in chosen if not day.costs.is_relaxed_at(n)]
    if new:
        for day, n in new:
            day.costs.relax(n, _share_of_time(here.until, len(new)))
        return True
    if choice.n_shifts in here.seen:
        return False
    here.seen.add(choice.n_shifts)
    objective, whole = 0.0, Counts({}, {}, {}, choice.people_on)
    for left, (day, n) in zip(range(len(chosen), 0, -1), chosen, strict=True):
        plan, _ = day.costs.plan(n, here.gap, _share_of_time(here.until, left))
        if plan is None:
            return True
        objective, whole = objective + plan.objective, whole.joined(day.counts(plan))
    if objective < here.objective:
        here.objective, here.best = objective, whole
    return True


def _share_of_time(until: float, parts_left: int) -> float:
    return max(0.01, until - time.perf_counter()) / parts_left
