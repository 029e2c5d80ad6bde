"""The people of the joint model: every group on its own block, under the rules of its shifts, whatever they are for.

people[s] or n[c]   people of a group on shift s, or head counts by column where no shifts are asked for
present[c]          people of the group in column c, on average over its slots
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyomo.environ as pyo

from optimizer.horizon import BoolArray, FloatArray, IntArray, clock
from optimizer.people import GroupPlan, price_per_h
from optimizer.shifts.kinds import ShiftKind
from optimizer.shifts.model import add_people, people_cost_h
from optimizer.shifts.of_group import group_plan, problem_of
from optimizer.shifts.offers import HOUR_S
from optimizer.shifts.problem import ShiftProblem
from optimizer.shifts.week_model import Counts, counts_of
from optimizer.solver import Solved, Status
from optimizer.staffing import head_counts
from optimizer.together.frame import Frame, by_interval
from scenarios.calendar_days import weekdays_of

_FREE = 1e-3
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Choice:
    """A number of people to be chosen: the group's position and the variable.

    heads: those that one person adds in each column, on average over its slots, breaks aside
    price: money for one person over the horizon
    time: weekday, start and hours of a shift; None of a head count by column
    """

    group: int
    variable: Any
    heads: FloatArray
    price: float
    time: tuple[int, str, float] | None = None

    @property
    def columns(self) -> BoolArray:
        """The columns they are there in."""
        return self.heads > 0.0


class Groups:
    """The groups of a frame, on blocks of a model. heads[g, c]: people of group g in column c; costs: money each."""

    def __init__(self, frame: Frame, model: Any, solver_name: str) -> None:
        self.frame = frame
        self.model = model
        self.solver_name = solver_name
        self.problems: dict[str, ShiftProblem] = {}
        self.heads: dict[tuple[int, int], Any] = {}
        self.costs: list[Any] = []
        model.group = pyo.Block(frame.groups)
        for g, group in enumerate(frame.groups):
            is_of_shifts = frame.scenario.plan.kind == "shifts"
            cost, columns = self._add_shifts(group) if is_of_shifts else self._add_counts(group)
            self.costs.append(cost)
            self.heads |= {(g, c): head for c, head in enumerate(columns)}

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """Every number of people to be chosen: on a shift, or in a column."""
        return tuple(
            choice for g, group in enumerate(self.frame.groups) for choice in self._choices_of(g, group)
        )

    @cached_property
    def heads_of_choices(self) -> FloatArray:
        """Heads that one person of each choice adds; groups by columns in a row × choices."""
        found = np.zeros((*self.frame.shape, len(self.choices)))
        for j, choice in enumerate(self.choices):
            found[choice.group, :, j] = choice.heads
        return found.reshape(-1, len(self.choices))

    @property
    def has_breaks_or_weeks(self) -> bool:
        """Whether people have more to choose than how many there are on each shift."""
        return any(
            problem.teams or problem.rules.days_per_week is not None for problem in self.problems.values()
        )

    def values(self) -> IntArray:
        """The people last found, choice by choice."""
        return np.array([round(choice.variable.value) for choice in self.choices], dtype=np.int64)

    def values_of(self, plans: Mapping[str, GroupPlan]) -> IntArray | None:
        """The choices that plans of the same rules stand for; None where their rows do not tell all that is chosen."""
        times = [(choice.group, choice.time) for choice in self.choices if choice.time is not None]
        if self.has_breaks_or_weeks or len(set(times)) < len(times):
            return None
        values = [self._chosen(choice, plans[self.frame.groups[choice.group]]) for choice in self.choices]
        return np.array(values, dtype=np.int64)

    def _chosen(self, choice: Choice, plan: GroupPlan) -> int:
        if choice.time is None:
            people = plan.present.ravel()[np.flatnonzero(self.frame.of_horizon == int(choice.heads.argmax()))]
            return int(people.max(initial=0.0))
        day, start, hours = choice.time
        same = (row for row in plan.rows if (row["start"], row["hours"]) == (start, hours))
        return sum(int(row["people"]) for row in same if day in weekdays_of(str(row["days"])))

    def allow(self, values: IntArray) -> bool:
        """Whether the limits and rules of the groups allow these choices."""
        self._set(values)
        is_within = all(
            (choice.variable.ub is None or value <= choice.variable.ub) and value >= (choice.variable.lb or 0)
            for choice, value in zip(self.choices, values.tolist(), strict=True)
        )
        return is_within and all(self._holds(self.model.group[group]) for group in self.frame.groups)

    def counts(self) -> dict[str, Counts]:
        """The people in the model by shift and break, of the groups that have shifts."""
        return {group: counts_of(self.model.group[group]) for group in self.problems}

    def plans_of(self, values: IntArray) -> dict[str, GroupPlan]:
        """The plans that any choice stands for."""
        self._set(values)
        return self.plans(Status.OPTIMAL)

    def plans(self, status: Status) -> dict[str, GroupPlan]:
        """The people in the model as plans."""
        return {group: self._plan_in_model(group, status) for group in self.frame.groups}

    def price_per_h(self, group: str) -> float:
        """Money for a paid hour; where nothing has a price hours count, and a group without one counts a little."""
        prices = {name: price_per_h(self.frame.scenario.agent_group[name]) for name in self.frame.groups}
        return prices[group] or _FREE * max(prices.values()) or 1.0

    def dearest(self) -> float:
        """Money for the dearest single person of any group."""
        return max((self._most_paid(group) for group in self.frame.groups), default=0.0)

    def _set(self, values: IntArray) -> None:
        for choice, value in zip(self.choices, values.tolist(), strict=True):
            choice.variable.set_value(value, skip_validation=True)

    def _holds(self, block: Any) -> bool:
        """Whether every rule of a group holds; what only counts people present holds by its meaning."""
        rules = block.component_data_objects(pyo.Constraint, active=True)
        return all(
            rule.slack() >= -_ROUNDING
            for rule in rules
            if rule.parent_component().local_name != "count_present"
        )

    def _choices_of(self, g: int, group: str) -> list[Choice]:
        block = self.model.group[group]
        if group not in self.problems:
            one = np.eye(self.frame.n_columns)
            return [Choice(g, n, one[c], self._cost_of_head(group, c)) for c, n in block.n.items()]
        problem = self.problems[group]
        money = self._weeks(problem) * self.price_per_h(group)
        return [
            Choice(
                g,
                block.people[kind.key],
                self._heads_of(problem, kind),
                money * problem.cost_h[kind.key],
                _time_of(problem, kind),
            )
            for kind in problem.kinds
        ]

    def _heads_of(self, problem: ShiftProblem, kind: ShiftKind) -> FloatArray:
        """What one person of a shift adds in each column."""
        slots = problem.slots
        found = np.zeros(self.frame.n_columns)
        for slot in range(kind.start, kind.start + kind.n_slots):
            column = int(self.frame.of_interval[slots.at(slot) // slots.n_per_interval])
            found[column] += 1.0 / (len(self.frame.intervals_of(column)) * slots.n_per_interval)
        return found

    def _add_counts(self, group: str) -> tuple[Any, list[Any]]:
        """Head counts by column: what they cost, and the counts."""
        block, rules = self.model.group[group], self.frame.scenario.plan
        block.n = pyo.Var(
            range(self.frame.n_columns),
            domain=pyo.NonNegativeIntegers,
            bounds=(rules.min_present, rules.max_present),
        )
        cost = pyo.quicksum(self._cost_of_head(group, c) * n for c, n in block.n.items())
        return cost, list(block.n.values())

    def _add_shifts(self, group: str) -> tuple[Any, list[Any]]:
        """People on shifts: what they cost, and their heads by column."""
        block, scenario = self.model.group[group], self.frame.scenario
        nobody = np.zeros(self.frame.of_horizon.size, dtype=np.int64).reshape(scenario.calendar.days, -1)
        problem = problem_of(scenario, group, nobody)
        self.problems[group] = problem
        add_people(block, problem)
        block.keep_least_present = pyo.Constraint(
            [slot for slot in range(problem.slots.n) if problem.needed[slot] > 0],
            rule=lambda block, slot: block.heads[slot] >= int(problem.needed[slot]),
        )
        columns = [self._mean_heads(block, problem, c) for c in range(self.frame.n_columns)]
        block.mean_heads = pyo.Expression(range(self.frame.n_columns), rule=lambda _, c: columns[c])
        block.present = pyo.Var(range(self.frame.n_columns))
        block.count_present = pyo.Constraint(range(self.frame.n_columns), rule=count_present)
        money = self._weeks(problem) * self.price_per_h(group)
        return money * people_cost_h(block, problem), list(block.present.values())

    def _mean_heads(self, block: Any, problem: ShiftProblem, column: int) -> Any:
        n = problem.slots.n_per_interval
        slots = [i * n + step for i in self.frame.intervals_of(column).tolist() for step in range(n)]
        return pyo.quicksum(block.heads[slot] for slot in slots) / len(slots)

    def _weeks(self, problem: ShiftProblem) -> float:
        """How often the planned week comes in the horizon."""
        return self.frame.scenario.calendar.days / problem.slots.horizon.n_days

    def plan_of(self, group: str, counts: Counts, status: Status) -> GroupPlan:
        """The plan that counts of a group's shifts and breaks stand for."""
        problem = self.problems[group]
        hours = sum(problem.cost_h[key] * n for key, n in counts.people.items())
        solved = Solved(status, hours, 0.0, 0.0, self.solver_name)
        return group_plan(self.frame.scenario, group, problem, counts, solved)

    def _plan_in_model(self, group: str, status: Status) -> GroupPlan:
        if group in self.problems:
            return self.plan_of(group, counts_of(self.model.group[group]), status)
        counts = list(self.model.group[group].n.values())
        return self._free_plan(group, np.array([round(n.value) for n in counts], dtype=np.float64))

    def _free_plan(self, group: str, heads: FloatArray) -> GroupPlan:
        """Free head counts as a plan."""
        week: IntArray = by_interval(self.frame, heads).round().astype(np.int64)
        days = [day % self.frame.week.n_days for day in range(self.frame.scenario.calendar.days)]
        return head_counts(self.frame.scenario, group, week[days])

    def _cost_of_head(self, group: str, column: int) -> float:
        one = np.zeros(self.frame.n_columns)
        one[column] = 1.0
        return self._free_plan(group, one).paid_h * self.price_per_h(group)

    def _most_paid(self, group: str) -> float:
        """Money for the dearest single person of a group."""
        if group in self.problems:
            problem = self.problems[group]
            return self.price_per_h(group) * max(problem.cost_h.values(), default=0.0)
        return max((self._cost_of_head(group, c) for c in range(self.frame.n_columns)), default=0.0)


def _time_of(problem: ShiftProblem, kind: ShiftKind) -> tuple[int, str, float]:
    """Weekday, start and hours, as the rows of a plan have them."""
    slots = problem.slots
    start_s = kind.start % slots.n_per_day * slots.slot_s
    return slots.horizon.weekdays[kind.day], clock(start_s), kind.n_slots * slots.slot_s / HOUR_S


def count_present(block: Any, column: int) -> Any:
    """present[c] = Σ heads of the column's slots ÷ their number: a variable, as cuts name it thousands of times"""
    return block.present[column] == block.mean_heads[column]
