"""The shift model with handles: days can be held still, freed, made whole or fractional, kept and put back."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pyomo.environ as pyo

from optimizer.shifts.kinds import ShiftKey
from optimizer.shifts.model import build
from optimizer.shifts.problem import BreakKey, ShiftProblem
from optimizer.shifts.rest import rest_binds

_FINEST = 1000  # steps of costs are sought among fractions of an hour down to a thousandth
_ROUNDING = 1e-6  # a solver's bound may be too high by its tolerances


@dataclass(frozen=True)
class Counts:
    """A solution: people by shift, break starts by team, heads missing by slot, people by pattern of work days."""

    people: dict[ShiftKey, int]
    break_starts: dict[BreakKey, int]
    missing: dict[int, int]
    people_on: dict[int, int]

    def joined(self, other: Counts) -> Counts:
        """Together with the counts of other days; indices name the day, so none meets another."""
        return Counts(
            self.people | other.people,
            self.break_starts | other.break_starts,
            self.missing | other.missing,
            self.people_on | other.people_on,
        )


def counts_of(model: Any) -> Counts:
    """The solution in a shift model, or in a block that `add_people` has filled."""
    parts = (model.component(name) for name in ("people", "break_starts", "missing", "people_on"))
    return Counts(*({} if part is None else _positive(part) for part in parts))


class WeekModel:
    """A problem's model. Every variable but `missing` belongs to a day or ties the days together."""

    def __init__(self, problem: ShiftProblem) -> None:
        self.problem = problem
        self.model = build(problem)
        self.n_days = problem.slots.horizon.n_days
        self.has_work_weeks = problem.rules.days_per_week is not None
        if rest_binds(problem):
            for (
                people
            ) in self.model.of_week.values():  # whole people are seen to where a plan is kept, in `rosters`
                people.domain = pyo.NonNegativeReals
        self._by_day = list(self._with_days())
        self._counted = [*self.model.people.values(), *self.model.break_starts.values()]
        self._most = {p.name: p.ub for p in self.model.people.values() if p.ub is not None}

    @property
    def ties(self) -> list[Any]:
        """The variables that tie days together: shifts a day, and people by pattern of work days."""
        if not self.has_work_weeks:
            return []
        return [*self.model.shifts_on.values(), *self.model.people_on.values()]

    def make_fractional(self) -> None:
        """Shifts and breaks by the fraction: the relaxation."""
        for _, variable in self._by_day:
            variable.domain = pyo.NonNegativeReals

    def hold(self) -> None:
        """All days stand still where they are, fractions included."""
        for _, variable in self._by_day:
            _stay_at(variable, max(0.0, variable.value))

    def free(self, days: Collection[int], whole: bool = True) -> None:
        """Some days may change, in whole people or in fractions."""
        for day, variable in self._by_day:
            if day in days:
                variable.setlb(0)
                variable.setub(self._most.get(variable.name))
                # Only now: a column that is integer and held at a fraction has no solution.
                variable.domain = pyo.NonNegativeIntegers if whole else pyo.NonNegativeReals

    def hold_ties(self) -> None:
        """Shifts a day, and people by pattern of work days, stay at the whole numbers around where they are."""
        for variable in self.ties:
            _stay_at(variable, round(variable.value))

    def free_ties(self) -> None:
        """The end of `hold_ties`."""
        for variable in self.ties:
            variable.setlb(0)
            variable.setub(None)

    def stay_near(self, beside: int) -> None:
        """People and breaks stay at the whole numbers around where they are, or so many people beside them."""
        for variable in self._counted:
            least_near = max(0, math.floor(variable.value + _ROUNDING) - beside)
            most_near = max(0, math.ceil(variable.value - _ROUNDING)) + beside
            most = self._most.get(variable.name)
            variable.setlb(least_near)
            variable.setub(most_near if most is None else min(most, most_near))

    def go_anywhere(self) -> None:
        """The end of `stay_near`."""
        for variable in self._counted:
            variable.setlb(0)
            variable.setub(self._most.get(variable.name))

    def settle(self, days: Collection[int]) -> None:
        """Some days stand still at the whole numbers just found."""
        for day, variable in self._by_day:
            if day in days:
                variable.set_value(round(variable.value))
                _stay_at(variable, round(variable.value))

    def begin_at(self, counts: Counts) -> None:
        """Variables take the values of a plan, and limits near the relaxation make room for it."""
        model = self.model
        for part, values in (
            (model.people, counts.people),
            (model.break_starts, counts.break_starts),
            (model.missing, counts.missing),
        ):
            for key, variable in part.items():
                variable.set_value(values.get(key, 0), skip_validation=True)
        for variable in self._counted:
            variable.setlb(min(variable.lb, variable.value))
            if variable.ub is not None:
                variable.setub(max(variable.ub, variable.value))
        self._let_wait()

    def _let_wait(self) -> None:
        """Those who wait for a break, by who has come and who has gone; see `breaks.one_break_each`."""
        model = self.model
        for team in self.problem.teams:
            for window in team.windows:
                waiting = 0
                for slot in team.break_slots(window):
                    opens = team.shifts_at.get(slot - window.first, [])
                    key = team.key(window, slot)
                    waiting += sum(model.people[each].value for each in opens) - model.break_starts[key].value
                    model.waiting[key].set_value(waiting, skip_validation=True)

    def values(self) -> list[int]:
        """The plan in the model, to be put back later."""
        return [round(variable.value) for variable in self._everything()]

    def put_back(self, values: list[int]) -> None:
        """A plan from `values`, its days held still."""
        for variable, value in zip(self._everything(), values, strict=True):
            variable.set_value(value, skip_validation=True)
        self.hold()

    def counts(self) -> Counts:
        """The plan in the model."""
        return counts_of(self.model)

    def step_h(self) -> float:
        """What every plan's objective is a multiple of: of all shifts' costs and the price of a miss; 0: no step."""
        costs = set(self.problem.goal_h.values())
        if self.problem.rules.may_miss:
            costs.add(self.problem.missing_goal_h)
        return common_step(costs)

    def _with_days(self) -> Iterator[tuple[int, Any]]:
        for key, variable in self.model.people.items():
            yield self.problem.day(key), variable
        for variables in (self.model.break_starts, self.model.waiting):
            for key, variable in variables.items():
                yield key[0], variable

    def _everything(self) -> list[Any]:
        return [*(variable for _, variable in self._by_day), *self.ties, *self.model.missing.values()]


def goal_of(problem: ShiftProblem, counts: Counts) -> float:
    """The objective of a solution, without a solver's rounding: people, and the price of what is missing."""
    people_h = sum(problem.goal_h[key] * n for key, n in counts.people.items())
    return people_h + problem.missing_goal_h * sum(counts.missing.values())


def common_step(costs: Collection[float]) -> float:
    """The largest number of which all are whole multiples; 0 where they have none worth knowing."""
    paid = sorted(cost for cost in costs if cost > 0.0)
    exact = [Fraction(cost).limit_denominator(_FINEST) for cost in paid]
    if not paid or any(abs(near - cost) > 1e-12 * cost for near, cost in zip(exact, paid, strict=True)):
        return 0.0
    below = math.lcm(*(each.denominator for each in exact))
    return math.gcd(*(int(each * below) for each in exact)) / below


def next_step(lower_bound: float, step_h: float) -> float:
    """A bound on cost rounded up: whole shifts come in steps. 0: no common step."""
    if step_h <= 0.0:
        return lower_bound
    safe = lower_bound - _ROUNDING * max(1.0, abs(lower_bound))
    return max(lower_bound, math.ceil(safe / step_h) * step_h)


def _stay_at(variable: Any, value: float) -> None:
    """Hold a variable by its bounds.

    For one that is fixed Pyomo takes all its constraints out and writes them anew: in a week of small nights that
    took ten times as long as solving.
    """
    variable.setlb(value)
    variable.setub(value)


def _positive(variables: Any) -> dict[Any, int]:
    """Values above 0, by index."""
    values = {key: round(variable.value) for key, variable in variables.items()}
    return {key: value for key, value in values.items() if value > 0}
