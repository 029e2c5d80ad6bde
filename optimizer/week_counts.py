"""How many shifts each day should have, so that they make up whole weeks of work: the master of `day_search`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyomo.environ as pyo

from optimizer.days_off import WorkWeek
from optimizer.solver import Solved, Solver

# Beyond the ends of a day's table its outermost entries hold, as far as this.
_FARTHEST = 100_000


@dataclass(frozen=True)
class Choice:
    """Shifts a day, people by pattern of work days, and what the tables say it costs at least."""

    n_shifts: tuple[int, ...]
    people_on: dict[int, int]
    lower_bound: float


def choose_counts(
    at_least: Sequence[Mapping[int, float]], weeks: tuple[WorkWeek, ...], solver: Solver, time_limit_s: float
) -> tuple[Choice | None, Solved]:
    """The cheapest numbers of shifts a day that whole weeks of work allow; None where there are none.

    min Σ_{d, n} at_least[d][n] chosen[d, n]  so that every day has one n, and n = Σ_{w that works on d} people_on[w]

    at_least: by day, for a range of numbers of shifts, the least paid hours; the ends hold beyond the range
    """
    model = pyo.ConcreteModel(name="weeks")
    entries = [(day, n) for day, table in enumerate(at_least) for n in table]
    days = range(len(at_least))
    model.chosen = pyo.Var(entries, domain=pyo.Binary)
    model.more = pyo.Var(days, domain=pyo.NonNegativeIntegers)
    model.fewer = pyo.Var(days, domain=pyo.NonNegativeIntegers)
    model.people_on = pyo.Var(range(len(weeks)), domain=pyo.NonNegativeIntegers)
    model.shifts_on = pyo.Expression(
        days,
        rule=lambda _, day: (
            pyo.quicksum(n * model.chosen[day, n] for n in at_least[day]) + model.more[day] - model.fewer[day]
        ),
    )
    model.one_number = pyo.Constraint(
        days, rule=lambda _, day: pyo.quicksum(model.chosen[day, n] for n in at_least[day]) == 1
    )
    model.more_at_the_top = pyo.Constraint(
        days, rule=lambda _, day: model.more[day] <= _FARTHEST * model.chosen[day, max(at_least[day])]
    )
    model.fewer_at_the_bottom = pyo.Constraint(
        days,
        rule=lambda _, day: model.fewer[day] <= min(at_least[day]) * model.chosen[day, min(at_least[day])],
    )
    model.whole_weeks = pyo.Constraint(
        days,
        rule=lambda _, day: (
            model.shifts_on[day]
            == pyo.quicksum(model.people_on[week] for week, on in enumerate(weeks) if day in on)
        ),
    )
    model.paid_hours = pyo.Objective(
        expr=pyo.quicksum(at_least[day][n] * model.chosen[day, n] for day, n in entries)
    )
    solved = solver.solve(model, 0.0, time_limit_s)
    if solved.lower_bound is None or not solved.status.has_plan:
        return None, solved
    counts = tuple(round(pyo.value(model.shifts_on[day])) for day in days)
    people_on = {week: round(people.value) for week, people in model.people_on.items() if people.value > 0.5}
    return Choice(counts, people_on, solved.lower_bound), solved
