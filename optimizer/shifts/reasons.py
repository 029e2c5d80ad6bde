"""Why no shifts can cover a requirement, in the planner's words: which time, how many people, which rule, by how much.

First what can be seen without solving. Then people may be missing, and it is told when they are; which rules cannot
hold together (an irreducible set of them, `optimizer.conflict`); and what would be enough: a limit raised by the
least, or a rule given up. People are scheduled people, shrinkage and breaks seen to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pyomo.environ as pyo

from optimizer.conflict import conflict
from optimizer.horizon import clock
from optimizer.people import Effort
from optimizer.shifts.days_off import work_weeks
from optimizer.shifts.found import found_for
from optimizer.shifts.model import build
from optimizer.shifts.named_rules import most_at_once, said, shift_name, stretches, when, without_one_rule
from optimizer.shifts.offers import HOUR_S
from optimizer.shifts.problem import ShiftProblem
from optimizer.solver import Solver
from scenarios.calendar_days import DAY_S, WEEKDAYS

_MOST_SENTENCES = 6
_GAP = 0.005
_PARTS_OF_TIME = 6
_IN_FRACTIONS = "only whole people do not fit: in fractions of people all rules could hold"


def reasons(problem: ShiftProblem, solver: str, time_limit_s: float) -> tuple[str, ...]:
    """Sentences, of the plainest kind that says anything; empty where everything can be covered after all."""
    for found in (_no_shift_covers, _too_few_allowed, _too_few_on_shifts, _no_work_week):
        if sentences := list(found(problem)):
            return _first_few(sentences)
    part_s, problem = time_limit_s / _PARTS_OF_TIME, _strict(problem)
    missing = _missing(problem, solver, part_s)
    if not missing:
        return ()
    smaller = _where_it_happens(problem, missing)
    return (
        *_first_few(list(_who_is_missing(problem, missing))),
        _what_cannot_hold(smaller, part_s),
        *_enough(smaller, solver, part_s),
    )


def _no_shift_covers(problem: ShiftProblem) -> Iterator[str]:
    """Times at which people are needed and no allowed shift is under way."""
    under_way = np.zeros(problem.slots.n, dtype=bool)
    for kind in problem.kinds:
        under_way[np.arange(kind.start, kind.start + kind.n_slots) % problem.slots.n] = True
    for day, first, end in stretches(problem, (problem.needed > 0) & ~under_way):
        yield f"{when(problem, day, first, end)}: people are needed, but {_nearest_shifts(problem, day)}"


def _nearest_shifts(problem: ShiftProblem, day: int) -> str:
    """What shifts there are on a day."""
    todays = [kind for kind in problem.kinds if kind.day == day]
    if not todays:
        shortest_h = min(offer.length_s for offer in problem.rules.offers) / HOUR_S
        return (
            f"no shift fits into the opening hours and starts of that day (the shortest is {shortest_h:g} h)"
        )
    first = min(kind.start for kind in todays) - day * problem.slots.n_per_day
    last = max(kind.start + kind.n_slots for kind in todays) - day * problem.slots.n_per_day
    slot_s, ends_s = problem.slots.slot_s, last * problem.slots.slot_s
    ends = clock(ends_s) if ends_s <= DAY_S else f"{clock(ends_s - DAY_S)} the next day"
    return f"the first shift starts at {clock(first * slot_s)} and the last ends at {ends}"


def _too_few_allowed(problem: ShiftProblem) -> Iterator[str]:
    """Times at which more people are needed than may be there."""
    if problem.allowed is None:
        return
    for day, first, end in stretches(problem, problem.needed > problem.allowed):
        most = int(problem.needed[first:end].max())
        yield (
            f"{when(problem, day, first, end)}: up to {most} scheduled people are needed, but "
            f"{most_at_once(problem)} allows {problem.allowed}"
        )


def _too_few_on_shifts(problem: ShiftProblem) -> Iterator[str]:
    """Times at which more people are needed than the shifts under way may have, all of them together."""
    if any(kind.most is None for kind in problem.kinds):
        return
    most = np.zeros(problem.slots.n, dtype=np.int64)
    for kind in problem.kinds:
        most[np.arange(kind.start, kind.start + kind.n_slots) % problem.slots.n] += kind.most or 0
    for day, first, end in stretches(problem, problem.needed > most):
        worst = first + int(np.argmax((problem.needed - most)[first:end]))
        yield (
            f"{when(problem, day, first, end)}: {problem.needed[worst]} scheduled people are needed, but "
            f"max_people of the shifts under way allows {most[worst]}"
        )


def _no_work_week(problem: ShiftProblem) -> Iterator[str]:
    """Weeks of work days that the days with shifts do not allow."""
    rules = problem.rules
    if rules.days_per_week is None or not problem.needed.any():
        return
    with_shifts = {kind.day for kind in problem.kinds}
    weeks = work_weeks(rules.days_per_week, rules.consecutive_days_off)
    if not any(set(days) <= with_shifts for days in weeks):
        open_days = ", ".join(WEEKDAYS[problem.slots.horizon.weekdays[day]] for day in sorted(with_shifts))
        off = " with consecutive days off" if rules.consecutive_days_off else ""
        yield f"no week of {rules.days_per_week} work days{off} fits: there are shifts on {open_days} only"


def _missing(problem: ShiftProblem, solver: str, time_limit_s: float) -> dict[int, int]:
    """Heads missing by slot in the best shifts when missing is allowed at a price; an empty plan always exists."""
    elastic = replace(problem, rules=replace(problem.rules, may_miss=True))
    _, counts = found_for(elastic, Effort(_GAP, time_limit_s, solver))
    return {} if counts is None else counts.missing


def _who_is_missing(problem: ShiftProblem, missing: dict[int, int]) -> Iterator[str]:
    short = np.zeros(problem.slots.n, dtype=np.int64)
    short[list(missing)] = list(missing.values())
    for day, first, end in stretches(problem, short > 0):
        yield (
            f"{when(problem, day, first, end)}: under all rules together up to {short[first:end].max()} of "
            f"{problem.needed[first:end].max()} scheduled people are missing"
        )


def _where_it_happens(problem: ShiftProblem, missing: dict[int, int]) -> ShiftProblem:
    """The first day with people missing, where nothing ties days together; else the whole problem."""
    if problem.days_touch or problem.rules.days_per_week is not None:
        return problem
    return problem.of_day(min(missing) // problem.slots.n_per_day)


def _what_cannot_hold(problem: ShiftProblem, time_limit_s: float) -> str:
    phrases = said(conflict(build(problem), time_limit_s), lambda _: problem)
    return f"cannot hold together: {'; '.join(phrases)}" if phrases else _IN_FRACTIONS


def _enough(problem: ShiftProblem, solver: str, time_limit_s: float) -> Iterator[str]:
    """What alone would make it possible, the rest kept."""
    if problem.allowed is not None:
        rule = f"without {most_at_once(problem)}"
        yield from _all_covered(rule, _enough_present(problem, solver, time_limit_s))
    if any(kind.most is not None for kind in problem.kinds):
        yield from _all_covered("with a larger max_people", _enough_people(problem, solver, time_limit_s))
    for name, easier in without_one_rule(problem):
        if not _missing(easier, solver, time_limit_s):
            yield from _all_covered(f"without {name}", "")


def _all_covered(how: str, amount: str | None) -> Iterator[str]:
    if amount is not None:
        yield f"{how} everything could be covered{amount}"


def _enough_present(problem: ShiftProblem, solver: str, time_limit_s: float) -> str | None:
    """Minimize  most  with  heads[t] ≤ most:  people there at a time; None where more of them are of no use."""
    model = build(replace(problem, allowed=None))
    model.most = pyo.Var(domain=pyo.NonNegativeIntegers)
    model.below_most = pyo.Constraint(
        model.heads.index_set(), rule=lambda model, slot: model.heads[slot] <= model.most
    )
    if not _solved(model, model.most, solver, time_limit_s):
        return None
    return f"; {round(model.most.value)} scheduled people at a time are enough"


def _enough_people(problem: ShiftProblem, solver: str, time_limit_s: float) -> str | None:
    """Minimize  Σ_s extra_s  with  people[s] ≤ max_people_s + extra_s; None where more people are of no use."""
    limited = {kind.key: kind.most for kind in problem.kinds if kind.most is not None}
    model = build(replace(problem, kinds=tuple(replace(kind, most=None) for kind in problem.kinds)))
    model.extra = pyo.Var(list(limited), domain=pyo.NonNegativeIntegers)
    model.with_extra = pyo.Constraint(
        list(limited), rule=lambda model, *key: model.people[key] <= limited[key] + model.extra[key]
    )
    if not _solved(model, pyo.quicksum(model.extra.values()), solver, time_limit_s):
        return None
    more = {key: round(extra.value) for key, extra in model.extra.items() if extra.value > 0.5}
    told = [
        f"{limited[key] + n} instead of {limited[key]} on {shift_name(problem, *key[:2])}"
        for key, n in more.items()
    ]
    return f", with {' and '.join(told)}"


def _strict(problem: ShiftProblem) -> ShiftProblem:
    return replace(problem, rules=replace(problem.rules, may_miss=False))


def _solved(model: Any, objective: Any, solver: str, time_limit_s: float) -> bool:
    """Minimize something else than the model does; any solution will do when time is up."""
    model.goal_h.deactivate()
    model.least = pyo.Objective(expr=objective)
    return Solver(solver).solve(model, 0.0, time_limit_s).status.has_plan


def _first_few(sentences: list[str]) -> tuple[str, ...]:
    """Not more than a planner reads; the last one says how many there are besides."""
    if len(sentences) <= _MOST_SENTENCES:
        return tuple(sentences)
    rest = len(sentences) - _MOST_SENTENCES + 1
    return (*sentences[: _MOST_SENTENCES - 1], f"and {rest} more of this kind")
