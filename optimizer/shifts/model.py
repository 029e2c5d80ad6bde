"""The shift model in Pyomo: whole people on shifts, breaks by the count, people's weeks by the pattern.

    people[s, n, o]           people whose shift starts in slot s, lasts n slots and is the rules' offer o
    break_starts[d, g, b, t]  people of day d's team g whose break b starts in slot t
    waiting[d, g, b, t]       people of the team whose window for break b is open after slot t, the break still to come
    missing[t]                heads short in slot t, where requirement may be missed at a price
    shifts_on[d]              shifts that start on day d
    people_on[w]              people whose week of work days is pattern w (and of_week, where rest is asked for: `rest`)

Breaks are implicit (Aykin 1996, Management Science 42(4)): counts of breaks by their start, not a variable for
every combination; and pooled over a day's shifts with the same breaks (Bechtold and Jacobs 1990, Management
Science 36(11)), which is exact, as windows move along with the shifts' starts: whoever comes first can always go first.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.horizon import A_WEEK
from optimizer.shifts.breaks import add_breaks
from optimizer.shifts.problem import ShiftProblem
from optimizer.shifts.rest import add_rest, weeks_of


def build(problem: ShiftProblem) -> Any:
    """The model of a problem: the cheapest people that cover what is needed."""
    model = pyo.ConcreteModel(name="shifts")
    add_people(model, problem)
    _add_missing(model, problem)
    _add_coverage(model, problem)
    model.goal_h = pyo.Objective(expr=goal_h(model, problem))
    return model


def add_people(model: Any, problem: ShiftProblem) -> None:
    """Shifts with their breaks and weeks, and `heads`, the scheduled people at work in each slot, under all rules.

    model: a model, or a block of one; what the people are there for is the caller's to add
    """
    most = {kind.key: kind.most for kind in problem.kinds}
    model.people = pyo.Var(list(most), domain=pyo.NonNegativeIntegers, bounds=lambda _, *key: (0, most[key]))
    on_shift: list[list[Any]] = [[] for _ in range(problem.slots.n)]
    for key in most:
        for slot in range(key[0], key[0] + key[1]):
            on_shift[problem.slots.at(slot)].append(model.people[key])
    on_break = add_breaks(model, problem)
    model.heads = pyo.Expression(
        range(problem.slots.n),
        rule=lambda _, slot: pyo.quicksum(on_shift[slot]) - pyo.quicksum(on_break[slot]),
    )
    _add_most_present(model, problem)
    _add_part_time(model, problem)
    if problem.rules.days_per_week is not None:
        add_weeks(model, problem)


def people_cost(model: Any, problem: ShiftProblem) -> Any:
    """What the people of `add_people` cost over the horizon of the problem, in money; 0 where nothing has a price."""
    return problem.rules.price_per_h * people_cost_h(model, problem)


def people_cost_h(model: Any, problem: ShiftProblem) -> Any:
    """Σ_s cost_s people[s],  in paid hours at the group's price"""
    return pyo.quicksum(problem.cost_h[key] * people for key, people in model.people.items())


def goal_h(model: Any, problem: ShiftProblem) -> Any:
    """Minimize  Σ_s goal_s people[s] + price Σ_t missing[t],  in paid hours at the group's price.

    goal_s: what a person on shift s costs, and where overstaffing has a weight, that of the time at work
    """
    people = pyo.quicksum(problem.goal_h[key] * people for key, people in model.people.items())
    return people + problem.missing_goal_h * pyo.quicksum(model.missing.values())


def cover_requirement(model: Any, problem: ShiftProblem, slot: int) -> Any:
    """heads[t] + missing[t] ≥ needed[t],  heads = on shift − on break"""
    short = model.missing[slot] if slot in model.missing else 0  # noqa: SIM401 - Pyomo has no get
    return model.heads[slot] + short >= int(problem.needed[slot])


def stay_below_most_present(model: Any, problem: ShiftProblem, slot: int) -> Any:
    """heads[t] ≤ allowed"""
    return model.heads[slot] <= problem.allowed


def few_part_time(model: Any, problem: ShiftProblem, day: int) -> Any:
    """Σ_{s on d, shorter than the longest} people[s] ≤ share · Σ_{s on d} people[s]"""
    share = problem.rules.part_time_share_max
    todays = [kind for kind in problem.kinds if kind.day == day]
    short = pyo.quicksum(model.people[kind.key] for kind in todays if kind.is_part_time)
    return short <= share * pyo.quicksum(model.people[kind.key] for kind in todays)


def count_shifts(model: Any, problem: ShiftProblem, day: int) -> Any:
    """shifts_on[d] = Σ_{s on d, n} people[s, n]"""
    todays = [people for key, people in model.people.items() if problem.day(key) == day]
    return model.shifts_on[day] == pyo.quicksum(todays)


def work_whole_weeks(model: Any, weeks: tuple[tuple[int, ...], ...], day: int) -> Any:
    """shifts_on[d] = Σ_{w that works on d} people_on[w]:  nobody works a day more or less than their week has"""
    at_work = [model.people_on[week] for week, days in enumerate(weeks) if day in days]
    return model.shifts_on[day] == pyo.quicksum(at_work)


def _add_missing(model: Any, problem: ShiftProblem) -> None:
    """Heads may be missing wherever any are needed; a problem that forbids it has no such slot."""
    short = [slot for slot in range(problem.slots.n) if problem.rules.may_miss and problem.needed[slot] > 0]
    model.missing = pyo.Var(short, bounds=lambda _, slot: (0, int(problem.needed[slot])))


def _add_coverage(model: Any, problem: ShiftProblem) -> None:
    covered = [slot for slot in range(problem.slots.n) if problem.needed[slot] > 0]
    model.cover_requirement = pyo.Constraint(
        covered, rule=lambda _, slot: never_trivial(cover_requirement(model, problem, slot))
    )


def _add_most_present(model: Any, problem: ShiftProblem) -> None:
    if problem.allowed is not None:
        staffed = [slot for slot in range(problem.slots.n) if problem.slots.is_open()[slot]]
        model.stay_below_most_present = pyo.Constraint(
            staffed, rule=lambda _, slot: never_trivial(stay_below_most_present(model, problem, slot))
        )


def _add_part_time(model: Any, problem: ShiftProblem) -> None:
    if problem.rules.part_time_share_max is not None:
        limited = sorted({kind.day for kind in problem.kinds if kind.is_part_time})
        model.few_part_time = pyo.Constraint(limited, rule=lambda _, day: few_part_time(model, problem, day))


def never_trivial(rule: Any) -> Any:
    """Pyomo takes no constraint without variables: what always holds is skipped, what never does stays false."""
    if rule is True:
        return pyo.Constraint.Skip
    return pyo.Constraint.Infeasible if rule is False else rule


def add_weeks(model: Any, problem: ShiftProblem) -> None:
    """People's weeks above `people`, with rest between their shifts."""
    weeks = weeks_of(problem)
    model.shifts_on = pyo.Var(range(A_WEEK), domain=pyo.NonNegativeIntegers)
    model.people_on = pyo.Var(range(len(weeks)), domain=pyo.NonNegativeIntegers)
    model.count_shifts = pyo.Constraint(range(A_WEEK), rule=lambda _, day: count_shifts(model, problem, day))
    model.work_whole_weeks = pyo.Constraint(
        range(A_WEEK), rule=lambda _, day: work_whole_weeks(model, weeks, day)
    )
    add_rest(model, problem)
