"""Why no shifts can cover a requirement, in the planner's words: which time, how many people, which rule.

First what can be seen without solving; then the rules are made elastic: people may be missing, and it is told when
they are, and which rule would have to give way. People are scheduled people, shrinkage and breaks seen to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from optimizer.horizon import BoolArray, clock
from optimizer.shifts.day_search import search_by_days
from optimizer.shifts.days_off import work_weeks
from optimizer.shifts.problem import ShiftProblem
from optimizer.shifts.rules import HOUR_S
from optimizer.shifts.search import search
from optimizer.solver import Solver
from scenarios.calendar_days import DAY_S, WEEKDAYS

_MOST_SENTENCES = 6
_GAP = 0.005


def reasons(problem: ShiftProblem, solver: str, time_limit_s: float) -> tuple[str, ...]:
    """Sentences, of the plainest kind that says anything; empty where everything can be covered after all."""
    for found in (_no_shift_covers, _too_few_allowed, _no_work_week):
        if sentences := list(found(problem)):
            return _first_few(sentences)
    return _first_few(list(_elastic(problem, solver, time_limit_s)))


def _no_shift_covers(problem: ShiftProblem) -> Iterator[str]:
    """Times at which people are needed and no allowed shift is under way."""
    under_way = np.zeros(problem.slots.n, dtype=bool)
    for kind in problem.kinds:
        under_way[np.arange(kind.start, kind.start + kind.n_slots) % problem.slots.n] = True
    for day, first, end in _stretches(problem, (problem.needed > 0) & ~under_way):
        yield f"{_when(problem, day, first, end)}: people are needed, but {_nearest_shifts(problem, day)}"


def _nearest_shifts(problem: ShiftProblem, day: int) -> str:
    """What shifts there are on a day."""
    todays = [kind for kind in problem.kinds if kind.day == day]
    if not todays:
        shortest_h = min(problem.rules.lengths_s) / HOUR_S
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
    for day, first, end in _stretches(problem, problem.needed > problem.allowed):
        most = int(problem.needed[first:end].max())
        yield (
            f"{_when(problem, day, first, end)}: up to {most} scheduled people are needed, but "
            f"max_present = {problem.rules.max_present} allows {problem.allowed}"
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


def _elastic(problem: ShiftProblem, solver: str, time_limit_s: float) -> Iterator[str]:
    """Who is missing in the best shifts under all rules, and rules without which nobody would be."""
    lifted = dict(_without_one_rule(problem))
    missing = _missing(problem, solver, time_limit_s / (1 + len(lifted)))
    short = np.zeros(problem.slots.n, dtype=np.int64)
    short[list(missing)] = list(missing.values())
    for day, first, end in _stretches(problem, short > 0):
        where = _when(problem, day, first, end)
        yield (
            f"{where}: under all rules together up to {short[first:end].max()} of "
            f"{problem.needed[first:end].max()} scheduled people are missing"
        )
    for rule, easier in lifted.items():
        if missing and not _missing(easier, solver, time_limit_s / (1 + len(lifted))):
            yield f"without {rule} everything could be covered"


def _without_one_rule(problem: ShiftProblem) -> Iterator[tuple[str, ShiftProblem]]:
    rules = problem.rules
    if problem.allowed is not None:
        yield f"max_present = {rules.max_present}", replace(problem, allowed=None)
    if rules.days_per_week is not None:
        yield (
            f"days_per_week = {rules.days_per_week}",
            replace(problem, rules=replace(rules, days_per_week=None)),
        )
    if rules.breaks:
        kinds = tuple(replace(kind, windows=()) for kind in problem.kinds)
        yield "breaks", replace(problem, kinds=kinds)


def _missing(problem: ShiftProblem, solver: str, time_limit_s: float) -> dict[int, int]:
    """Heads missing by slot in the best shifts when missing is allowed at a price; an empty plan always exists."""
    elastic = replace(problem, rules=replace(problem.rules, may_miss=True))
    if problem.days_touch:
        _, counts = search(elastic, Solver(solver), _GAP, time_limit_s)
    else:
        _, counts = search_by_days(elastic, solver, _GAP, time_limit_s)
    return {} if counts is None else counts.missing


def _stretches(problem: ShiftProblem, where: BoolArray) -> Iterator[tuple[int, int, int]]:
    """Runs of marked slots, cut at midnight: day, first slot, slot after the last."""
    n = problem.slots.n_per_day
    for day in range(problem.slots.horizon.n_days):
        marked = np.concatenate(([False], where[day * n : (day + 1) * n], [False]))
        edges = np.flatnonzero(marked[1:] != marked[:-1]) + day * n
        for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            yield day, first, end


def _when(problem: ShiftProblem, day: int, first: int, end: int) -> str:
    midnight, slot_s = day * problem.slots.n_per_day, problem.slots.slot_s
    return problem.slots.horizon.stretch(day, (first - midnight) * slot_s, (end - midnight) * slot_s)


def _first_few(sentences: list[str]) -> tuple[str, ...]:
    """Not more than a planner reads; the last one says how many there are besides."""
    if len(sentences) <= _MOST_SENTENCES:
        return tuple(sentences)
    rest = len(sentences) - _MOST_SENTENCES + 1
    return (*sentences[: _MOST_SENTENCES - 1], f"and {rest} more of this kind")
