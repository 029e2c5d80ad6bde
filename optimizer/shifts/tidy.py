"""What is sought after cost: fewer people above need, and fewer different shifts, at no more cost.

In an order of aims each is sought among the plans that are as good as the one found by all aims before it; a weight
of overstaffing is part of the search itself (`problem.goal_h`), and a weight of shifts in use is weighed here against
cost. People a day stay as found, so that people's weeks do. A first aim's bound is proven, later ones are as good as
the time allowed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyomo.environ as pyo

from optimizer.people import Effort
from optimizer.shifts.kinds import ShiftKey
from optimizer.shifts.model import goal_h
from optimizer.shifts.problem import ShiftProblem
from optimizer.shifts.rest import rest_binds
from optimizer.shifts.rosters import weeks_for
from optimizer.shifts.week_model import Counts, WeekModel
from optimizer.solver import Solver

_PART_OF_TIME = 4  # of the search's, for all aims after cost
_ROUNDING = 1e-6
# Where there are more shifts than these, the fewest are sought among those in use.
_MOST_KINDS = 400
TimeOfDay = tuple[int, int, int]  # start after midnight, length, offer: one shift, whatever the day
Measure = Callable[[Any, ShiftProblem], Any]


def tidied(problem: ShiftProblem, counts: Counts, effort: Effort) -> Counts:
    """A plan that is as cheap and better by the aims that come after cost; the same one where nothing is found."""
    rules = problem.rules
    steps = [*rules.then, *(["weighed"] if rules.shift_kind_h > 0.0 else [])]
    limit_s = effort.time_limit_s / _PART_OF_TIME / max(1, len(steps))
    kept: list[Measure] = [goal_h]
    better = counts
    for step in steps:
        effort = replace(effort, time_limit_s=limit_s)
        if step == "overstaffing":
            better = _less_overstaffed(problem, better, kept, effort)
            kept = [*kept, heads_h]
        else:
            better = _fewer_kinds(problem, better, [] if step == "weighed" else kept, effort)
    if rest_binds(problem) and better != counts and weeks_for(problem, better, effort.solver) is None:
        return counts
    return replace(better, people_on=counts.people_on)


def overstaffing_h(problem: ShiftProblem, counts: Counts) -> float:
    """Hours of people at work above need:  Σ_t (heads[t] + missing[t] − needed[t]) · hours of a slot"""
    at_work = sum(kind.slots_at_work * counts.people.get(kind.key, 0) for kind in problem.kinds)
    above = at_work + sum(counts.missing.values()) - int(problem.needed.sum())
    return above * problem.slot_h


def kinds_in_use(problem: ShiftProblem, counts: Counts) -> set[TimeOfDay]:
    """Different shifts: the same start, length and offer on several days are one."""
    return {_time_of_day(problem, key) for key, people in counts.people.items() if people}


def heads_h(model: Any, problem: ShiftProblem) -> Any:
    """Σ_s hours at work_s people[s] + Σ_t missing[t] hours,  which is overstaffing and what is needed"""
    at_work = pyo.quicksum(kind.slots_at_work * model.people[kind.key] for kind in problem.kinds)
    return problem.slot_h * (at_work + pyo.quicksum(model.missing.values()))


def _less_overstaffed(problem: ShiftProblem, counts: Counts, kept: list[Measure], effort: Effort) -> Counts:
    """Day by day where days do not touch."""
    has_weeks = problem.rules.days_per_week is not None
    if problem.days_touch:
        return _best(problem, counts, heads_h, kept, effort, has_weeks)
    days = range(problem.slots.horizon.n_days)
    found = Counts({}, {}, {}, {})
    for day in days:
        own = replace(effort, time_limit_s=effort.time_limit_s / len(days))
        found = found.joined(
            _best(problem.of_day(day), _of_day(problem, counts, day), heads_h, kept, own, has_weeks)
        )
    return found


def _fewer_kinds(problem: ShiftProblem, counts: Counts, kept: list[Measure], effort: Effort) -> Counts:
    """All days together; without anything kept, cost and shifts in use are weighed."""

    def aim(model: Any, problem: ShiftProblem) -> Any:
        if kept:
            return n_kinds(model, problem)
        return goal_h(model, problem) + problem.rules.shift_kind_h * n_kinds(model, problem)

    return _best(problem, counts, aim, kept, effort, problem.rules.days_per_week is not None)


def n_kinds(model: Any, problem: ShiftProblem) -> Any:
    """Σ_k used[k],  people[s] ≤ most · used[k] for every shift s of kind k"""
    kinds = {kind.key: _time_of_day(problem, kind.key) for kind in problem.kinds}
    in_use = {kinds[key] for key, people in model.people.items() if people.value > 0.5}
    model.used = pyo.Var(sorted(set(kinds.values())), domain=pyo.Binary)
    for kind, used in model.used.items():
        used.set_value(int(kind in in_use))
    most = round(sum(people.value for people in model.people.values()))
    model.only_used = pyo.Constraint(
        list(kinds), rule=lambda model, *key: model.people[key] <= most * model.used[kinds[key]]
    )
    if len(problem.kinds) > _MOST_KINDS:
        for key, people in model.people.items():
            if kinds[key] not in in_use:
                people.setub(0)
    return pyo.quicksum(model.used.values())


def _best(
    problem: ShiftProblem,
    counts: Counts,
    aim: Measure,
    kept: list[Measure],
    effort: Effort,
    has_weeks: bool,
) -> Counts:
    """The plan at which an aim is least: nothing that is kept grows, and where people have weeks, people a day stay."""
    alone = replace(problem, rules=replace(problem.rules, days_per_week=None, min_rest_s=None))
    week = WeekModel(alone)
    model = week.model
    week.begin_at(counts)
    model.kept = pyo.ConstraintList()
    for measure in kept:
        expression = measure(model, alone)
        model.kept.add(expression <= pyo.value(expression) + _ROUNDING)
    if has_weeks:
        _keep_people_a_day(model, alone)
    model.goal_h.deactivate()
    model.aim = pyo.Objective(expr=aim(model, alone))
    solved = Solver(effort.solver).solve(model, effort.gap, effort.time_limit_s, from_values=True)
    return week.counts() if solved.status.has_plan else counts


def _keep_people_a_day(model: Any, problem: ShiftProblem) -> None:
    for day in sorted({kind.day for kind in problem.kinds}):
        todays = [model.people[kind.key] for kind in problem.kinds if kind.day == day]
        model.kept.add(pyo.quicksum(todays) == round(sum(people.value for people in todays)))


def _of_day(problem: ShiftProblem, counts: Counts, day: int) -> Counts:
    """What of a plan is one day's."""
    n = problem.slots.n_per_day
    return Counts(
        {key: people for key, people in counts.people.items() if problem.day(key) == day},
        {key: people for key, people in counts.break_starts.items() if key[0] == day},
        {slot: heads for slot, heads in counts.missing.items() if slot // n == day},
        {},
    )


def _time_of_day(problem: ShiftProblem, key: ShiftKey) -> TimeOfDay:
    return key[0] % problem.slots.n_per_day, key[1], key[2]
