"""What one day costs by the number of its shifts: bounded from the relaxation, and the best plans found."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pyomo.environ as pyo

from optimizer.shifts.problem import ShiftProblem
from optimizer.shifts.week_model import Counts, WeekModel, goal_of, next_step
from optimizer.solver import Solved, Solver, Status

# Whole shifts are first looked for at the two whole numbers around each fraction of the relaxation, then one person
# beside them, then anywhere: ten and two times faster than anywhere at once, and nearly always enough.
_PEOPLE_BESIDE: tuple[int | None, ...] = (0, 1, None)
AnyNumber = int | None  # of shifts; None: however many


@dataclass(frozen=True)
class DayPlan:
    """A day's plan in whole shifts: its paid hours (with the price of what is missing), and the counts."""

    objective: float
    counts: Counts


class DayCosts:
    """One day. `at_least[n]` bounds its paid hours with n shifts; the outermost entries hold beyond as well.

    Relaxed, the hours are a convex function of n with its lowest point at `n_cheapest`; so what holds for n
    above that point holds for everything above n too, and likewise below.
    """

    def __init__(self, problem: ShiftProblem, solver: str) -> None:
        self.week = WeekModel(problem)
        self.solver = Solver(solver)
        self.at_least: dict[int, float] = {}
        self.plans: dict[AnyNumber, DayPlan] = {}
        self.last = Status.ERROR
        self._bounds: dict[AnyNumber, float] = {}
        self._tries: dict[AnyNumber, int] = {}
        self._step_h = self.week.step_h()
        self._n_cheapest = 0.0
        self._relaxed: set[int] = set()
        self._days = {kind.day for kind in problem.kinds}
        self._shifts = pyo.quicksum(self.week.model.people.values())

    def bound(self, n: AnyNumber) -> float:
        """The least that n shifts can cost, as far as it is proven; infinite where there is no plan with so many."""
        return self._bounds.get(n, 0.0)

    def unproven(self, n: AnyNumber) -> float:
        """By how much the best plan with n shifts may be too dear; infinite without one."""
        return self.plans[n].objective - self.bound(n) if n in self.plans else math.inf

    def is_settled(self, n: AnyNumber) -> bool:
        """Whether trying harder is of no use."""
        is_tried = self._tries.get(n, 0) == len(_PEOPLE_BESIDE)
        return is_tried or self.bound(n) == math.inf or self.unproven(n) <= 0.0

    def relax_freely(self, time_limit_s: float) -> None:
        """The bound for any number of shifts; the table reaches a good way to both sides of the cheapest number."""
        solved = self._relax(None, time_limit_s)
        self._n_cheapest = float(pyo.value(self._shifts)) if solved.status.has_plan else 0.0
        width = 3 + int(self._n_cheapest) // 8
        first, last = max(0, math.floor(self._n_cheapest) - width), math.ceil(self._n_cheapest) + width
        self.at_least = dict.fromkeys(range(first, last + 1), self.bound(None))
        for n in (first, last):
            self.relax(n, time_limit_s)

    def is_relaxed_at(self, n: int) -> bool:
        """Whether this number of shifts has been looked at."""
        return n in self._relaxed

    def relax(self, n: int, time_limit_s: float) -> None:
        """The bound for n shifts, in fractions, goes into the table."""
        self._relaxed.add(n)
        self._widen_to(n)
        self._relax(n, time_limit_s)
        for other in self.at_least:
            if self._n_cheapest <= n <= other or other <= n <= self._n_cheapest:
                self.at_least[other] = max(self.at_least[other], self.bound(n))

    def try_harder(self, n: AnyNumber, gap: float, time_limit_s: float, best_first: bool = False) -> None:
        """One more look for a better plan with n shifts, farther from the relaxation than the last.

        best_first: begin at the best plan so far
        """
        best_first = best_first and n in self.plans
        beside = _PEOPLE_BESIDE[self._tries.get(n, 0)]
        self._tries[n] = self._tries.get(n, 0) + 1
        if beside is not None:
            if not self._relax(n, time_limit_s).status.has_plan:
                return
            self.week.free(self._days)
            self.week.stay_near(beside)
        else:
            self.week.free(self._days)
        if best_first:
            self.week.begin_at(self.plans[n].counts)
        solved = self._solve(n, gap, time_limit_s, from_values=best_first)
        self.week.go_anywhere()
        if beside is None:
            self._prove(n, solved)
        if solved.status.has_plan:
            self._keep(n)

    def _keep(self, n: AnyNumber) -> None:
        counts = self.week.counts()
        objective = goal_of(self.week.problem, counts)
        if n not in self.plans or objective < self.plans[n].objective:
            self.plans[n] = DayPlan(objective, counts)
            self._bounds[n] = min(self.bound(n), objective)

    def _relax(self, n: AnyNumber, time_limit_s: float) -> Solved:
        self.week.make_fractional()
        solved = self._solve(n, 0.0, time_limit_s)
        self._prove(n, solved)
        return solved

    def _prove(self, n: AnyNumber, solved: Solved) -> None:
        """What the solve says of n shifts; hours are never below 0, so what may be unbounded is infeasible."""
        bound = next_step(solved.lower_bound or 0.0, self._step_h)
        if solved.status in (Status.INFEASIBLE, Status.INFEASIBLE_OR_UNBOUNDED):
            bound = math.inf
        self._bounds[n] = max(self.bound(n), bound)
        if n is not None:
            self.at_least[n] = max(self.at_least[n], self._bounds[n])

    def _solve(self, n: AnyNumber, gap: float, time_limit_s: float, from_values: bool = False) -> Solved:
        model = self.week.model
        model.del_component("so_many_shifts")
        if n is not None and self._days:
            model.so_many_shifts = pyo.Constraint(expr=self._shifts == n)
        elif n:
            return Solved(Status.INFEASIBLE, None, None, 0.0, self.solver.name)
        solved = self.solver.solve(model, gap, time_limit_s, from_values=from_values)
        self.last = solved.status
        return solved

    def _widen_to(self, n: int) -> None:
        """The table reaches as far as n, the outermost entries carried on."""
        low, high = min(self.at_least), max(self.at_least)
        self.at_least |= dict.fromkeys(range(n, low), self.at_least[low])
        self.at_least |= dict.fromkeys(range(high + 1, n + 1), self.at_least[high])
