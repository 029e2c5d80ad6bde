"""What one day costs by the number of its shifts: bounded from the relaxation, exact where it has been solved."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pyomo.environ as pyo

from optimizer.shift_problem import ShiftProblem
from optimizer.solver import Solved, Solver, Status
from optimizer.week_model import Counts, WeekModel, hours_of, next_step


@dataclass(frozen=True)
class DayPlan:
    """A day's plan: its paid hours (with the price of what is missing), their lower bound, and the counts."""

    objective: float
    lower_bound: float
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
        self._plans: dict[int | None, DayPlan] = {}
        self._step_h = self.week.step_h()
        self._n_cheapest = 0.0
        self._relaxed: set[int] = set()
        self._days = {kind.day for kind in problem.kinds}
        self._shifts = pyo.quicksum(self.week.model.people.values())
        self.week.model.n_shifts = pyo.Param(mutable=True, default=0)

    def relax_freely(self, time_limit_s: float) -> None:
        """The bound for any number of shifts; the table reaches a good way to both sides of the cheapest number."""
        self.week.make_fractional()
        solved = self._solve(None, 0.0, time_limit_s)
        lowest = self._rounded(solved)
        self._n_cheapest = float(pyo.value(self._shifts)) if solved.status.has_plan else 0.0
        width = 3 + int(self._n_cheapest) // 8
        first, last = max(0, math.floor(self._n_cheapest) - width), math.ceil(self._n_cheapest) + width
        self.at_least = dict.fromkeys(range(first, last + 1), lowest)
        for n in (first, last):
            self.relax(n, time_limit_s)

    def is_relaxed_at(self, n: int) -> bool:
        """Whether this number of shifts has been looked at."""
        return n in self._relaxed

    def relax(self, n: int, time_limit_s: float) -> None:
        """The bound for n shifts, in fractions, goes into the table."""
        self._relaxed.add(n)
        self._widen_to(n)
        self.week.make_fractional()
        bound = self._rounded(self._solve(n, 0.0, time_limit_s))
        for other in self.at_least:
            if self._n_cheapest <= n <= other or other <= n <= self._n_cheapest:
                self.at_least[other] = max(self.at_least[other], bound)

    def plan(self, n: int | None, gap: float, time_limit_s: float) -> tuple[DayPlan | None, Solved | None]:
        """The best plan in whole shifts, n of them if n is given; solved once, and its bound goes into the table.

        With it how the solve ended; None if the plan was known.
        """
        if n in self._plans:
            return self._plans[n], None
        self.week.free(self._days)
        solved = self._solve(n, gap, time_limit_s)
        if n is not None:
            self.at_least[n] = max(self.at_least[n], self._rounded(solved))
        if solved.objective is None:
            return None, solved
        counts = self.week.counts()
        objective = hours_of(self.week.problem, counts)
        self._plans[n] = DayPlan(objective, min(self._rounded(solved), objective), counts)
        return self._plans[n], solved

    def _solve(self, n: int | None, gap: float, time_limit_s: float) -> Solved:
        model = self.week.model
        model.del_component("so_many_shifts")
        if n is not None and self._days:
            model.so_many_shifts = pyo.Constraint(expr=self._shifts == n)
        elif n:
            return Solved(Status.INFEASIBLE, None, None, 0.0, self.solver.name)
        return self.solver.solve(model, gap, time_limit_s)

    def _rounded(self, solved: Solved) -> float:
        """The bound in whole shifts; infinite where no plan exists."""
        # Hours are never below 0, so what may be unbounded is infeasible.
        if solved.status in (Status.INFEASIBLE, Status.INFEASIBLE_OR_UNBOUNDED):
            return math.inf
        return next_step(solved.lower_bound or 0.0, self._step_h)

    def _widen_to(self, n: int) -> None:
        """The table reaches as far as n, the outermost entries carried on."""
        low, high = min(self.at_least), max(self.at_least)
        self.at_least |= dict.fromkeys(range(n, low), self.at_least[low])
        self.at_least |= dict.fromkeys(range(high + 1, n + 1), self.at_least[high])
