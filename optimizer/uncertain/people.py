"""One group's people for days of every class: shifts that all days share, and what is done on days of each class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyomo.environ as pyo

from optimizer.horizon import A_WEEK, FloatArray, IntArray, horizon_of
from optimizer.people import Effort, GroupPlan, NoPlan
from optimizer.shifts.of_group import group_plan, problem_of
from optimizer.shifts.offers import HOUR_S
from optimizer.shifts.problem import ShiftProblem, shift_problem
from optimizer.shifts.rules import rules_of
from optimizer.shifts.week_model import counts_of
from optimizer.solver import Solved, Solver, Status, write_lp
from optimizer.staffing import staff
from optimizer.standing import retold
from optimizer.uncertain.actions import Actions, actions_of
from optimizer.uncertain.model import TwoStageProblem, build, present
from scenarios import Scenario

_ROUNDING = 1e-9
_WHOLE = 1e-4


@dataclass(frozen=True)
class DayActions:
    """What is done on days of each class, and who is then there; all arrays classes × days of the horizon × intervals.

    called_in, sent_home, outsourced: scheduled people; present: people at work, shrinkage taken off
    cost: money of what is done on a day of each class, classes × days
    """

    called_in: IntArray
    sent_home: IntArray
    outsourced: IntArray
    present: IntArray
    cost: FloatArray

    @property
    def expected_cost(self) -> float:
        """Over the horizon; classes are equally likely."""
        return float(self.cost.mean(axis=0).sum())


@dataclass(frozen=True)
class GroupOnTheDay:
    """A group's shifts and actions; no shifts and actions for the same requirement cost less than lower_bound."""

    shifts: GroupPlan
    actions: DayActions
    lower_bound: float
    status: Status
    uncovered: tuple[str, ...] = ()

    @property
    def cost(self) -> float:
        """Expected cost over the horizon: shifts, and what is done on the day."""
        return self.shifts.cost + self.actions.expected_cost


def nothing_done(people: FloatArray, n_classes: int) -> DayActions:
    """Days on which shifts stay as they are, whatever comes; people present, days × intervals."""
    present = np.repeat(np.floor(people + _ROUNDING).astype(np.int64)[None], n_classes, axis=0)
    nobody = np.zeros_like(present)
    return DayActions(nobody, nobody, nobody, present, np.zeros(present.shape[:2]))


def people_on_the_day(
    scenario: Scenario, group: str, required: Sequence[IntArray], effort: Effort
) -> GroupOnTheDay:
    """The cheapest shifts and actions that cover what days of each class require (days × intervals).

    Raises NoPlan where there are none.
    """
    problem = two_stage_problem(scenario, group, required)
    model = build(problem)
    factor, unit = _weeks(scenario, problem) * _price_per_h(scenario, group, problem), scenario.money.currency
    with retold(lambda standing: standing.times(factor, unit)):
        solved = _solve(model, effort)
    if not solved.status.has_plan:
        raise NoPlan(_why_not(group, solved.status))
    return _as_group(scenario, group, problem, model, solved, effort)


def _solve(model: Any, effort: Effort) -> Solved:
    """Whole people; those left free by the model come out whole but for a solver that ends between vertices."""
    solver = Solver(effort.solver)
    solved = solver.solve(model, effort.gap, effort.time_limit_s)
    free = [*model.called_in.values(), *model.outsourced.values()]
    if solved.status.has_plan and any(abs(v.value - round(v.value)) > _WHOLE for v in free):
        for variable in free:
            variable.domain = pyo.NonNegativeIntegers
        solved = solver.solve(model, effort.gap, effort.time_limit_s)
    return solved


def two_stage_problem(scenario: Scenario, group: str, required: Sequence[IntArray]) -> TwoStageProblem:
    """The problem of one group: people that days of each class require (days × intervals)."""
    problems = [_problem(scenario, group, people) for people in required]
    return TwoStageProblem(
        shifts=problems[-1],
        needed=tuple(one.needed for one in problems),
        actions=actions_of(scenario, group),
        kind=scenario.plan.kind,
    )


def write_model(scenario: Scenario, group: str, required: Sequence[IntArray], path: Path) -> None:
    """The group's two-stage model as LP text."""
    write_lp(build(two_stage_problem(scenario, group, required)), path)


def _problem(scenario: Scenario, group: str, required: IntArray) -> ShiftProblem:
    """The first stage: shifts of scheduled people; head counts are people present, and nobody is away."""
    if scenario.plan.kind == "shifts":
        return problem_of(scenario, group, required)
    return shift_problem(required, horizon_of(scenario.calendar), rules_of(scenario, group), 1.0)


def _price_per_h(scenario: Scenario, group: str, problem: TwoStageProblem) -> float:
    """An hour of a scheduled person costs the wage; so does one of a person present, with the time away on top."""
    share = scenario.agent_group[group].shrinkage.available_share
    return problem.shifts.rules.price_per_h / (1.0 if problem.kind == "shifts" else share)


def _weeks(scenario: Scenario, problem: TwoStageProblem) -> float:
    """How often the problem's days fit into the horizon."""
    return scenario.calendar.days / problem.shifts.slots.horizon.n_days


def _as_group(
    scenario: Scenario, group: str, problem: TwoStageProblem, model: Any, solved: Solved, effort: Effort
) -> GroupOnTheDay:
    by_shifts = problem.kind == "shifts"
    share = scenario.agent_group[group].shrinkage.available_share
    price = _price_per_h(scenario, group, problem)
    if by_shifts:
        alone = replace(solved, lower_bound=0.0)
        shifts = group_plan(scenario, group, problem.shifts, counts_of(model), alone)
    else:
        shifts = staff(scenario, group, _heads(problem, model), effort)
    actions = _actions(scenario, problem, model, price, share if by_shifts else 1.0)
    weeks = _weeks(scenario, problem)
    missing = price * weeks * problem.missing_price_h * _missing(model)
    cost = shifts.cost + actions.expected_cost
    bound = max(0.0, (solved.lower_bound or 0.0) * price * weeks - missing)
    return GroupOnTheDay(shifts, actions, min(bound, cost), solved.status, tuple(_uncovered(problem, model)))


def _actions(
    scenario: Scenario, problem: TwoStageProblem, model: Any, price: float, share: float
) -> DayActions:
    slots, a = problem.shifts.slots, problem.actions
    shape = (len(problem.needed), *slots.horizon.shape)
    called, home, outsourced = (
        _by_interval(variable, shape) for variable in (model.called_in, model.sent_home, model.outsourced)
    )
    on_call = _staying(called, a)
    heads = np.array(
        [[float(pyo.value(present(model, problem, k, t))) for t in range(slots.n)] for k in problem.classes]
    )
    there = np.floor(heads.reshape(*shape, slots.n_per_interval).mean(axis=-1) * share + _ROUNDING)
    hours = (a.call_in_cost or 0.0) * on_call + (a.outsource_cost or 0.0) * outsourced - home
    cost = price * problem.interval_h * hours.sum(axis=2)
    days = [d if d < shape[1] else d % A_WEEK for d in range(scenario.calendar.days)]
    return DayActions(
        called_in=on_call[:, days],
        sent_home=home[:, days],
        outsourced=outsourced[:, days],
        present=there.astype(np.int64)[:, days],
        cost=cost[:, days],
    )


def _by_interval(variable: Any, shape: tuple[int, ...]) -> IntArray:
    counts = np.zeros((shape[0], shape[1] * shape[2]), dtype=np.int64)
    for (k, i), each in variable.items():
        counts[k, i] = round(each.value or 0.0)
    return counts.reshape(shape)


def _staying(called_in: IntArray, actions: Actions) -> IntArray:
    """People called in who are there, from those who come in each interval; nobody stays past midnight."""
    there = np.zeros_like(called_in)
    for later in range(min(actions.stay_intervals, called_in.shape[2])):
        there[..., later:] += called_in[..., : called_in.shape[2] - later]
    return there


def _heads(problem: TwoStageProblem, model: Any) -> IntArray:
    slots = problem.shifts.slots
    heads = [round(float(pyo.value(model.heads[t]))) for t in range(0, slots.n, slots.n_per_interval)]
    return np.array(heads, dtype=np.int64).reshape(slots.horizon.shape)


def _missing(model: Any) -> float:
    return sum(each.value or 0.0 for each in model.short.values())


def _uncovered(problem: TwoStageProblem, model: Any) -> list[str]:
    """People short on days of some class, as sentences."""
    by_class: dict[int, float] = {}
    for (k, _), each in model.short.items():
        by_class[k] = by_class.get(k, 0.0) + (each.value or 0.0)
    slot_h = problem.shifts.slots.slot_s / HOUR_S
    return [
        f"days of class {k + 1} of {len(problem.needed)}: {short * slot_h:.3g} hours of scheduled people short"
        for k, short in sorted(by_class.items())
        if short > 0.5
    ]


def _why_not(group: str, status: Status) -> str:
    label = f"agent_group.{group}"
    if status is Status.TIME_LIMIT_WITHOUT_PLAN:
        return f"{label}: no shifts were found in the time allowed; give more with --time-limit"
    if status in (Status.INFEASIBLE, Status.INFEASIBLE_OR_UNBOUNDED):
        return (
            f"{label}: no shifts, with all that plan.on_the_day allows, cover what busy days require; allow more "
            'there, or under_coverage = "priced"'
        )
    return f"{label}: the solver found no shifts ({status.value})"
