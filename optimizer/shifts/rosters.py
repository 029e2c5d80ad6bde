"""Who works which shifts: the counts of a week put together into the weeks of people, with rest between shifts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyomo.environ as pyo

from optimizer.horizon import A_WEEK, clock
from optimizer.shifts.days_off import WorkWeek
from optimizer.shifts.kinds import ShiftKey
from optimizer.shifts.model import add_weeks
from optimizer.shifts.problem import ShiftProblem
from optimizer.shifts.rest import RestClass, classes_by_day, rest_binds, weeks_of
from optimizer.shifts.week_model import Counts
from optimizer.solver import DEFAULT, Solver
from optimizer.standing import only_time, retold
from scenarios.calendar_days import DAY_S

_TIME_LIMIT_S = 10.0
PersonWeek = tuple[tuple[int, ShiftKey], ...]  # work days with their shifts


@dataclass(frozen=True)
class Weeks:
    """People by work week, and where rest is asked for, how many of each week are on each class of shift each day."""

    people_on: dict[int, int]
    of_week: dict[tuple[int, int, RestClass], int]


def weeks_for(problem: ShiftProblem, counts: Counts, solver: str) -> Weeks | None:
    """Work weeks, rest seen to, that the shifts of a week can be shared out to; None where there are none."""
    model = pyo.ConcreteModel(name="rosters")
    model.people = pyo.Var([kind.key for kind in problem.kinds], domain=pyo.NonNegativeIntegers)
    for key, people in model.people.items():
        people.fix(counts.people.get(key, 0))
    add_weeks(model, problem)
    model.nothing = pyo.Objective(expr=0.0)
    with retold(only_time):
        solved = Solver(solver).solve(model, 0.0, _TIME_LIMIT_S)
    if not solved.status.has_plan:
        return None
    of_week = model.of_week if rest_binds(problem) else {}
    return Weeks(
        {week: round(people.value) for week, people in model.people_on.items() if people.value > 0.5},
        {(w, day, (start, end)): round(n.value) for (w, day, start, end), n in of_week.items()},
    )


def person_weeks(problem: ShiftProblem, counts: Counts, found: Weeks) -> Counter[PersonWeek]:
    """People by the shifts of their week, alike ones together.

    On each day the people of a work week are in the order in which their last shift ended, and their next shifts in
    the order in which they begin: where anybody can be rested, everybody is. Who works all seven days takes over
    on Monday the shift of whoever had the same place in that order on Sunday.
    """
    pools = _pools(problem, counts)
    weeks: Counter[PersonWeek] = Counter()
    for w, week in enumerate(weeks_of(problem)):
        n = found.people_on.get(w, 0)
        taken: list[list[tuple[int, ShiftKey]]] = [[] for _ in range(n)]
        for day in _from_the_first(week):
            shifts = sorted(_drawn(pools[day], w, day, n, found))
            taken.sort(key=lambda shifts: _ended(shifts[-1][1], problem) if shifts else 0)
            for person, shift in zip(taken, shifts, strict=True):
                person.append((day, shift))
        weeks.update(tuple(sorted(person)) for person in taken)
    return weeks


def roster(problem: ShiftProblem, counts: Counts) -> Iterator[dict[str, Any]]:
    """The weeks of a plan: how many people, and from when to when on each of their days; nothing without weeks."""
    found = weeks_for(problem, counts, DEFAULT)
    if found is not None:
        yield from _week_rows(problem, person_weeks(problem, counts, found))


def _week_rows(problem: ShiftProblem, weeks: Mapping[PersonWeek, int]) -> Iterator[dict[str, Any]]:
    slots = problem.slots
    for week, people in sorted(weeks.items()):
        times = {}
        for day, (start, n_slots, _) in week:
            _, from_s = slots.day_and_s(start)
            ends_s = from_s + n_slots * slots.slot_s
            name = slots.horizon.day_name(day)
            times[name] = f"{clock(from_s)}-{clock(ends_s if ends_s <= DAY_S else ends_s - DAY_S)}"
        yield {"people": people, "shifts": times}


def _pools(problem: ShiftProblem, counts: Counts) -> dict[int, dict[RestClass, list[ShiftKey]]]:
    """The shifts of each day one by one, by class, the latest first."""
    pools: dict[int, dict[RestClass, list[ShiftKey]]] = {}
    for day, classes in classes_by_day(problem).items():
        pools[day] = {
            c: sorted((k.key for k in kinds for _ in range(counts.people.get(k.key, 0))), reverse=True)
            for c, kinds in classes.items()
        }
    return pools


def _drawn(
    pool: dict[RestClass, list[ShiftKey]], week: int, day: int, n: int, found: Weeks
) -> Iterator[ShiftKey]:
    """The shifts of a day that go to the people of one work week; they leave the pool."""
    if found.of_week:
        for c, shifts in pool.items():
            for _ in range(found.of_week.get((week, day, c), 0)):
                yield shifts.pop()
        return
    left = iter([shifts for _, shifts in sorted(pool.items()) for _ in range(len(shifts))])
    for _ in range(n):
        yield next(left).pop()


def _from_the_first(week: WorkWeek) -> list[int]:
    """The work days, beginning after a day off."""
    first = next((day for day in week if (day - 1) % A_WEEK not in week), 0)
    return sorted(week, key=lambda day: (day - first) % A_WEEK)


def _ended(shift: ShiftKey, problem: ShiftProblem) -> int:
    return shift[0] % problem.slots.n_per_day + shift[1]
