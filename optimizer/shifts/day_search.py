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
from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.shifts.day_costs import AnyNumber, DayCosts, DayPlan
from optimizer.shifts.days_off import WorkWeek, work_weeks
from optimizer.shifts.problem import ShiftProblem
from optimizer.shifts.week_counts import Choice, choose_counts
from optimizer.shifts.week_model import Counts
from optimizer.solver import Solved, Solver, Status, status_of
from optimizer.standing import Standing, gap_between, known, retold

# Where a day's best plan is too dear by more than this, people are missing in it: it is improved rather than thrown
# away, and may stay too dear by its part of this share of the gap, so that all days together hold it.
_FAR_OFF = 0.03
_PART_OF_GAP = 0.8


@dataclass(frozen=True)
class Day:
    """A day of the week, and the costs of the first day that is equal to it."""

    costs: DayCosts
    later_by: int  # days between the two

    def counts(self, plan: DayPlan) -> Counts:
        """The plan of the equal day, on this one."""
        slots = self.later_by * self.costs.week.problem.slots.n_per_day
        return Counts(
            {(start + slots, n, o): people for (start, n, o), people in plan.counts.people.items()},
            {
                (day + self.later_by, team, rule, slot + slots): people
                for (day, team, rule, slot), people in plan.counts.break_starts.items()
            },
            {slot + slots: heads for slot, heads in plan.counts.missing.items()},
            {},
        )


@dataclass
class Search:
    """A search under way: what is proven, and the best plan so far."""

    days: list[Day]
    gap: float
    until: float
    objective: float = math.inf
    lower_bound: float = 0.0
    best: Counts | None = None
    last: Status = Status.ERROR
    least_of_one: float = 0.0  # what any shift counts for at least

    def standing(self, part: Standing) -> Standing:
        """Of all days; what a solve finds of one of several counts once every day has a plan."""
        best = self.objective
        if len(self.days) == 1 and part.best is not None:
            best = min(best, part.best)
        bounds = sum(day.costs.bound(None) for day in self.days)
        bound = max(self.lower_bound, bounds if math.isfinite(bounds) else 0.0)
        return Standing(known(best), bound or None, self.until - time.perf_counter())

    @property
    def is_over(self) -> bool:
        """The gap is closed as far as asked for, or the time is up."""
        closed = self.best is not None and gap_between(self.objective, self.lower_bound) <= self.gap
        return closed or time.perf_counter() >= self.until

    def share_of_time(self, parts_left: int) -> float:
        """Seconds for one of the parts still to do."""
        return max(0.01, self.until - time.perf_counter()) / parts_left


def search_by_days(
    problem: ShiftProblem, solver: str, gap: float, time_limit_s: float
) -> tuple[Solved, Counts | None]:
    """Least cost for a problem whose days do not touch; the counts where there is a plan."""
    began = time.perf_counter()
    here = Search(_days(problem, solver), gap, began + time_limit_s)
    here.least_of_one = min(problem.goal_h.values(), default=0.0)
    rules = problem.rules
    with retold(here.standing):
        if rules.days_per_week is None:
            _separate_days(here)
        else:
            _whole_weeks(here, work_weeks(rules.days_per_week, rules.consecutive_days_off), Solver(solver))
    seconds = time.perf_counter() - began
    if here.best is None:
        status = Status.TIME_LIMIT_WITHOUT_PLAN if here.last.has_plan else here.last
        return Solved(status, None, None, seconds, solver), None
    bound = min(here.lower_bound, here.objective)
    return Solved(status_of(here.objective, bound, gap), here.objective, bound, seconds, solver), here.best


def _days(problem: ShiftProblem, solver: str) -> list[Day]:
    """The days of the week; equal ones share their costs."""
    first = [problem.first_equal_day(day) for day in range(problem.slots.horizon.n_days)]
    costs = {day: DayCosts(problem.of_day(day), solver) for day in sorted(set(first))}
    return [Day(costs[equal], day - equal) for day, equal in enumerate(first)]


def _separate_days(here: Search) -> None:
    """Every day for itself; the one whose plan may be too dear by the most is looked at again first."""
    any_number: list[AnyNumber] = [None] * len(here.days)
    _find_plans(here, any_number)
    for day in here.days:
        if None not in day.costs.plans:
            here.last = day.costs.last
            return
    _take_all(here, any_number)
    while not here.is_over and _try_harder(here, any_number):
        _take_all(here, any_number)


def _take_all(here: Search, any_number: Sequence[AnyNumber]) -> None:
    here.lower_bound = sum(day.costs.bound(None) for day in here.days)
    _take(here, any_number, {})


def _whole_weeks(here: Search, weeks: tuple[WorkWeek, ...], master: Solver) -> None:
    """The master and the days in turn."""
    for day in here.days:
        if not day.later_by:
            day.costs.relax_freely(here.share_of_time(len(here.days)))
    while not here.is_over:
        tables = [day.costs.at_least for day in here.days]
        choice, solved = choose_counts(tables, weeks, master, here.share_of_time(1), here.least_of_one)
        here.last = solved.status
        if choice is None:
            return
        here.lower_bound = max(here.lower_bound, choice.lower_bound)
        if not here.is_over and not _learn(here, choice):
            return


def _learn(here: Search, choice: Choice) -> bool:
    """What the chosen numbers cost: relaxed where not yet known, else whole. False: nothing new to learn."""
    chosen = list(zip(here.days, choice.n_shifts, strict=True))
    new = [(day, n) for day, n in chosen if not day.costs.is_relaxed_at(n)]
    for day, n in new:
        day.costs.relax(n, here.share_of_time(len(new)))
    if new:
        return True
    learned = _find_plans(here, choice.n_shifts)
    _take(here, choice.n_shifts, choice.people_on)
    while not here.is_over and _try_harder(here, choice.n_shifts):
        learned = True
        _take(here, choice.n_shifts, choice.people_on)
    return learned


def _find_plans(here: Search, n_shifts: Sequence[AnyNumber]) -> bool:
    """A first plan for every day, with so many shifts; whether anything was new."""
    learned = False
    for i, (day, n) in enumerate(zip(here.days, n_shifts, strict=True)):
        while n not in day.costs.plans and not day.costs.is_settled(n):
            day.costs.try_harder(n, here.gap / 2, here.share_of_time(len(here.days) - i))
            learned = True
    return learned


def _try_harder(here: Search, n_shifts: Sequence[AnyNumber]) -> bool:
    """Look farther for the day whose plan may be too dear by the most; False: all days are settled."""
    open_days = [(day, n) for day, n in zip(here.days, n_shifts, strict=True) if not day.costs.is_settled(n)]
    if not open_days or any(n not in day.costs.plans for day, n in zip(here.days, n_shifts, strict=True)):
        return False
    day, n = max(open_days, key=lambda one: one[0].costs.unproven(one[1]))
    gap, best_first = here.gap / 2, False
    if day.costs.unproven(n) > _FAR_OFF * day.costs.bound(n) > 0.0:
        allowed = _PART_OF_GAP * here.gap * here.lower_bound / len(here.days)
        gap, best_first = max(gap, allowed / day.costs.bound(n)), True
    day.costs.try_harder(n, gap, here.share_of_time(min(2, len(open_days))), best_first)
    return True


def _take(here: Search, n_shifts: Sequence[AnyNumber], people_on: dict[int, int]) -> None:
    """The days' plans together, if every day has one and they are the best so far."""
    chosen = [(day, day.costs.plans.get(n)) for day, n in zip(here.days, n_shifts, strict=True)]
    plans = [(day, plan) for day, plan in chosen if plan is not None]
    objective = sum(plan.objective for _, plan in plans)
    if len(plans) == len(here.days) and objective < here.objective:
        whole = Counts({}, {}, {}, people_on)
        for day, plan in plans:
            whole = whole.joined(day.counts(plan))
        here.objective, here.best = objective, whole
