"""How many shifts each day should have, so that they make up whole weeks of work: the master of `day_search`.

chosen[d, n]   1 if day d has n shifts (at an end of its table: that many, and `more` or `fewer`)
people_on[w]   people whose week of work days is pattern w
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyomo.environ as pyo

from optimizer.shifts.days_off import WorkWeek
from optimizer.solver import Solved, Solver, Status

_A_FEW = 3
Table = Mapping[int, float]


@dataclass(frozen=True)
class Choice:
    """Shifts a day, people by pattern of work days, and what the tables say it costs at least."""

    n_shifts: tuple[int, ...]
    people_on: dict[int, int]
    lower_bound: float


def choose_counts(
    at_least: Sequence[Table],
    weeks: tuple[WorkWeek, ...],
    solver: Solver,
    time_limit_s: float,
    of_one: float = 0.0,
) -> tuple[Choice | None, Solved]:
    """The cheapest numbers of shifts a day that whole weeks of work allow; None where there are none.

    at_least: by day, for a range of numbers of shifts, the least they cost (infinite: no plan has so many)
    of_one: what any shift costs at least, so that numbers far beyond a table are not taken for free
    """
    if not all(any(map(math.isfinite, table.values())) for table in at_least):
        return None, Solved(Status.INFEASIBLE, None, None, 0.0, solver.name)
    model = _model(at_least, weeks)
    solved = solver.solve(model, 0.0, time_limit_s)
    if solved.status.has_plan and _is_far_out(model, at_least):
        _let_each_cost(model, range(len(at_least)), of_one)
        solved = solver.solve(model, 0.0, time_limit_s)
    if solved.lower_bound is None or not solved.status.has_plan:
        return None, solved
    counts = tuple(round(pyo.value(model.shifts_on[day])) for day in range(len(at_least)))
    people_on = {week: round(people.value) for week, people in model.people_on.items() if people.value > 0.5}
    return Choice(counts, people_on, solved.lower_bound), solved


def _is_far_out(model: Any, at_least: Sequence[Table]) -> bool:
    """Whether a day has many more shifts than its table reaches, where one more seems to cost nothing."""
    return any(model.more[day].value > _A_FEW + max(table) // 8 for day, table in enumerate(at_least))


def _let_each_cost(model: Any, days: range, of_one: float) -> None:
    """Minimize Σ_{d, n} at_least[d][n] chosen[d, n] + Σ_d extra[d]"""
    model.extra = pyo.Var(days, domain=pyo.NonNegativeReals)
    model.each_costs_something = pyo.Constraint(
        days, rule=lambda model, day: each_costs_something(model, day, of_one)
    )
    model.cost_h.deactivate()
    model.with_extra_h = pyo.Objective(
        expr=pyo.quicksum(model.of_day.values()) + pyo.quicksum(model.extra.values())
    )


def each_costs_something(model: Any, day: int, of_one: float) -> Any:
    """extra[d] ≥ least cost of a shift · shifts_on[d] − Σ_n at_least[d][n] chosen[d, n]"""
    return model.extra[day] >= of_one * model.shifts_on[day] - model.of_day[day]


def one_number(model: Any, at_least: Sequence[Table], day: int) -> Any:
    """Σ_n chosen[d, n] = 1"""
    table = at_least[day]
    return pyo.quicksum(model.chosen[day, n] for n in table if math.isfinite(table[n])) == 1


def more_at_the_top(model: Any, at_least: Sequence[Table], day: int) -> Any:
    """more[d] ≤ Σ_{e ≠ d} top[e] · chosen[d, top]

    A person all of whose days have more shifts than their tops is one too many: without them nothing costs more. So
    whoever works on d works on a day e with top[e] shifts at most, and there are Σ_e top[e] of them at most. (A limit
    far above that, such as 100 000, lets HiGHS 1.15 presolve the best choice away and call the next one optimal.)
    """
    table, top = at_least[day], max(at_least[day])
    most = sum(max(other) for other in at_least) - top
    return model.more[day] <= (most * model.chosen[day, top] if math.isfinite(table[top]) else 0)


def fewer_at_the_bottom(model: Any, at_least: Sequence[Table], day: int) -> Any:
    """fewer[d] ≤ bottom · chosen[d, bottom]"""
    table, bottom = at_least[day], min(at_least[day])
    return model.fewer[day] <= (bottom * model.chosen[day, bottom] if math.isfinite(table[bottom]) else 0)


def work_whole_weeks(model: Any, weeks: tuple[WorkWeek, ...], day: int) -> Any:
    """Σ_n n chosen[d, n] + more[d] − fewer[d] = Σ_{w that works on d} people_on[w]"""
    at_work = [model.people_on[week] for week, days in enumerate(weeks) if day in days]
    return model.shifts_on[day] == pyo.quicksum(at_work)


def _model(at_least: Sequence[Table], weeks: tuple[WorkWeek, ...]) -> Any:
    """Minimize Σ_{d, n} at_least[d][n] chosen[d, n]"""
    model, days = pyo.ConcreteModel(name="weeks"), range(len(at_least))
    costs = {(day, n): hours for day in days for n, hours in at_least[day].items() if math.isfinite(hours)}
    model.chosen = pyo.Var(costs, domain=pyo.Binary)
    model.more = pyo.Var(days, domain=pyo.NonNegativeIntegers)
    model.fewer = pyo.Var(days, domain=pyo.NonNegativeIntegers)
    model.people_on = pyo.Var(range(len(weeks)), domain=pyo.NonNegativeIntegers)
    model.shifts_on = pyo.Expression(
        days,
        rule=lambda _, on: (
            pyo.quicksum(n * model.chosen[day, n] for day, n in costs if day == on)
            + model.more[on]
            - model.fewer[on]
        ),
    )
    for rule in (one_number, more_at_the_top, fewer_at_the_bottom):
        each = pyo.Constraint(days, rule=lambda _, day, rule=rule: rule(model, at_least, day))
        model.add_component(rule.__name__, each)
    model.work_whole_weeks = pyo.Constraint(days, rule=lambda _, day: work_whole_weeks(model, weeks, day))
    model.of_day = pyo.Expression(
        days,
        rule=lambda _, on: pyo.quicksum(
            hours * model.chosen[day, n] for (day, n), hours in costs.items() if day == on
        ),
    )
    model.cost_h = pyo.Objective(expr=pyo.quicksum(hours * model.chosen[key] for key, hours in costs.items()))
    return model
