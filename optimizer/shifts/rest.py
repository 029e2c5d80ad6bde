"""Rest between the shifts of one person on consecutive days, by counts.

    of_week[w, d, c]   people of work week w whose shift on day d is of class c

Whoever works week w is as good as anybody else who does: all of them work the same days. So people need not be told
apart; it is enough that on each pair of days the week's people of the first can be matched with those of the
second. Shifts are ordered in time, so the k-th to end is matched with the k-th to start, and that works if no start
comes too early for the ends before it. Shifts that end early and start late never matter, and are one class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pyomo.environ as pyo

from optimizer.horizon import A_WEEK
from optimizer.shifts.days_off import WorkWeek, work_weeks
from optimizer.shifts.kinds import ShiftKind
from optimizer.shifts.problem import ShiftProblem

# Start and end in slots after midnight. A start at which everybody is rested, and an end after which everybody will be,
# stand for all later starts and all earlier ends.
RestClass = tuple[int, int]


def weeks_of(problem: ShiftProblem) -> tuple[WorkWeek, ...]:
    """The work weeks that a problem allows."""
    rules = problem.rules
    return work_weeks(rules.days_per_week or A_WEEK, rules.consecutive_days_off)


def rest_slots(problem: ShiftProblem) -> int:
    """Slots of rest, rounded up."""
    return -(-(problem.rules.min_rest_s or 0) // problem.slots.slot_s)


def always_rested(problem: ShiftProblem) -> RestClass:
    """From which start on everybody is rested, and up to which end everybody will be."""
    n, rest = problem.slots.n_per_day, rest_slots(problem)
    first = min(kind.start % n for kind in problem.kinds)
    last = max(kind.start % n + kind.n_slots for kind in problem.kinds)
    return last + rest - n, first + n - rest


def rest_binds(problem: ShiftProblem) -> bool:
    """Whether any shift leaves too little rest before some other on the next day."""
    if problem.rules.min_rest_s is None or not problem.kinds:
        return False
    starts = {kind.start % problem.slots.n_per_day for kind in problem.kinds}
    return min(starts) < always_rested(problem)[0]


def rest_class(problem: ShiftProblem, kind: ShiftKind) -> RestClass:
    """What of a shift matters for rest."""
    start, (latest, earliest) = kind.start % problem.slots.n_per_day, always_rested(problem)
    return min(start, latest), max(start + kind.n_slots, earliest)


def classes_by_day(problem: ShiftProblem) -> dict[int, dict[RestClass, list[ShiftKind]]]:
    """Shifts by day and class."""
    found: dict[int, dict[RestClass, list[ShiftKind]]] = {day: {} for day in range(A_WEEK)}
    classes: dict[tuple[int, int], RestClass] = {}
    for kind in problem.kinds:
        times = (kind.start % problem.slots.n_per_day, kind.n_slots)
        if times not in classes:
            classes[times] = rest_class(problem, kind)
        found[kind.day].setdefault(classes[times], []).append(kind)
    return found


def neighbors(week: WorkWeek) -> Iterator[tuple[int, int]]:
    """Pairs of consecutive work days; after Sunday comes Monday."""
    for day in week:
        if (day + 1) % A_WEEK in week:
            yield day, (day + 1) % A_WEEK


def add_rest(model: Any, problem: ShiftProblem) -> None:
    """Variables and rules of rest, where any is asked for and some shifts leave less."""
    if not rest_binds(problem):
        return
    by_day = classes_by_day(problem)
    rested = always_rested(problem)[0]
    weeks = weeks_of(problem)
    keys = [(w, day, *c) for w, week in enumerate(weeks) for day in week for c in sorted(by_day[day])]
    model.of_week = pyo.Var(keys, domain=pyo.NonNegativeIntegers)
    model.shifts_have_weeks = pyo.ConstraintList()
    model.weeks_have_shifts = pyo.ConstraintList()
    model.rest = pyo.ConstraintList()
    by_week_and_day: dict[tuple[int, int], dict[RestClass, Any]] = defaultdict(dict)
    for w, day, start, end in keys:
        by_week_and_day[w, day][start, end] = model.of_week[w, day, start, end]
    for day, classes in by_day.items():
        for c, kinds in classes.items():
            model.shifts_have_weeks.add(shifts_have_weeks(model, weeks, day, c, kinds))
    for (w, _), people in by_week_and_day.items():
        model.weeks_have_shifts.add(weeks_have_shifts(model, w, people))
    for w, week in enumerate(weeks):
        for day, after in neighbors(week):
            today, tomorrow = by_week_and_day[w, day], by_week_and_day[w, after]
            for start in sorted({start for start, _ in tomorrow if start < rested}):
                model.rest.add(rest(problem, today, tomorrow, start))


def shifts_have_weeks(
    model: Any, weeks: tuple[WorkWeek, ...], day: int, c: RestClass, kinds: list[ShiftKind]
) -> Any:
    """Σ_{w that works on d} of_week[w, d, c] = Σ_{s of class c} people[s]"""
    of_weeks = [model.of_week[w, day, c[0], c[1]] for w, week in enumerate(weeks) if day in week]
    return pyo.quicksum(of_weeks) == pyo.quicksum(model.people[kind.key] for kind in kinds)


def weeks_have_shifts(model: Any, week: int, people: dict[RestClass, Any]) -> Any:
    """Σ_c of_week[w, d, c] = people_on[w]"""
    return pyo.quicksum(people.values()) == model.people_on[week]


def rest(
    problem: ShiftProblem, today: dict[RestClass, Any], tomorrow: dict[RestClass, Any], start: int
) -> Any:
    """Of a week's people:  who starts by τ on the next day  ≤  who ends by τ − rest on this one"""
    ended_by = start + problem.slots.n_per_day - rest_slots(problem)
    rested = [people for (_, end), people in today.items() if end <= ended_by]
    return pyo.quicksum(n for (at, _), n in tomorrow.items() if at <= start) <= pyo.quicksum(rested)
