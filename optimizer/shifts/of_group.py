"""Shifts for one group's requirement: the model solved, its counts put together into people's shifts with breaks."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from optimizer.horizon import A_WEEK, FloatArray, IntArray, clock, horizon_of, typical_week
from optimizer.people import Effort, GroupPlan, NoPlan, price_per_h, weekday_names
from optimizer.shifts.found import found_for
from optimizer.shifts.model import build
from optimizer.shifts.offers import HOUR_S
from optimizer.shifts.problem import ShiftProblem, shift_problem
from optimizer.shifts.reasons import reasons
from optimizer.shifts.rosters import roster
from optimizer.shifts.rules import rules_of
from optimizer.shifts.tidy import tidied
from optimizer.shifts.week_model import Counts, goal_of
from optimizer.solver import Solved, Status, write_lp
from optimizer.standing import Standing, only_time, retold
from scenarios import Scenario

# One person's shift on a day: start after midnight, length, and breaks (after the start, length), all in seconds; and
# what it costs, in paid hours at the group's price.
PersonShift = tuple[int, int, tuple[tuple[int, int], ...], float]

_CENTS = 9  # decimals of a shift's cost: no more than rounding is lost


def shifts_of_group(scenario: Scenario, group: str, required: IntArray, effort: Effort) -> GroupPlan:
    """The cheapest shifts that cover a requirement (days by intervals), with the proven bound on their cost.

    Raises NoPlan where the rules leave no way, with the reason in words.
    """
    problem = problem_of(scenario, group, required)
    with retold(partial(in_money, scenario, problem)):
        solved, counts = found_for(problem, effort)
    with retold(only_time):
        if counts is None:
            raise NoPlan(why_no_shifts({group: problem}, solved.status, effort))
        counts = tidied(problem, counts, effort)
    return group_plan(scenario, group, problem, counts, solved)


def in_money(scenario: Scenario, problem: ShiftProblem, standing: Standing) -> Standing:
    """A goal in paid hours of a week as money over the horizon; as hours where they have no price."""
    weeks = scenario.calendar.days / problem.slots.horizon.n_days
    price = problem.rules.price_per_h
    return standing.times(weeks * (price or 1.0), scenario.money.currency if price else "h")


def group_plan(
    scenario: Scenario, group: str, problem: ShiftProblem, counts: Counts, solved: Solved
) -> GroupPlan:
    """The people that counts of shifts and breaks stand for. `solved`: goal and bound in paid hours, status."""
    shifts = person_shifts(problem, counts)
    rows = tuple(_rows(problem, shifts, price_per_h(scenario.agent_group[group])))
    per_week = scenario.calendar.days / problem.slots.horizon.n_days
    money = problem.rules.price_per_h * per_week
    paid_h = sum(problem.hours(key) * n for key, n in counts.people.items()) * per_week
    cost_h = sum(problem.cost_h[key] * n for key, n in counts.people.items())
    aside_h = goal_of(problem, counts) - cost_h  # what is missing, and a weight of overstaffing
    bound_h = max(0.0, (solved.lower_bound or 0.0) - aside_h)
    return GroupPlan(
        as_agents={"shifts": list(rows)},
        present=_present(scenario, group, problem, shifts),
        paid_h=paid_h,
        cost=cost_h * money,
        lower_bound=min(bound_h, cost_h) * money,
        status=solved.status,
        rows=rows,
        uncovered=tuple(_uncovered(problem, counts)),
        weeks=() if problem.rules.min_rest_s is None else tuple(roster(problem, counts)),
    )


def problem_of(scenario: Scenario, group: str, required: IntArray) -> ShiftProblem:
    """The shift problem of one group; a horizon of several weeks is planned as one that is enough for each."""
    week, horizon = typical_week(required, horizon_of(scenario.calendar))
    share = scenario.agent_group[group].shrinkage.available_share
    return shift_problem(week, horizon, rules_of(scenario, group), share)


def write_model(scenario: Scenario, group: str, required: IntArray, path: Path) -> None:
    """The group's shift model as LP text."""
    write_lp(build(problem_of(scenario, group, required)), path)


def person_shifts(problem: ShiftProblem, counts: Counts) -> Counter[tuple[int, PersonShift]]:
    """People by day and shift with breaks. In a team whoever comes first takes each break first."""
    found: Counter[tuple[int, PersonShift]] = Counter()
    slot_s = problem.slots.slot_s
    in_teams = set()
    for team in problem.teams:
        keys = sorted(kind.key for kind in team.kinds)
        in_teams |= set(keys)
        people = [key for key in keys for _ in range(counts.people.get(key, 0))]
        breaks = [
            [
                slot
                for slot in team.break_slots(w)
                for _ in range(counts.break_starts.get(team.key(w, slot), 0))
            ]
            for w in team.windows
        ]
        for i, (start, n_slots, _) in enumerate(people):
            taken = tuple(
                ((starts[i] - start) * slot_s, problem.rules.all_breaks[window.rule].length_s)
                for window, starts in zip(team.windows, breaks, strict=True)
            )
            cost_h = problem.cost_h[people[i]]
            found[team.day, (_of_day_s(problem, start), n_slots * slot_s, taken, cost_h)] += 1
    for key, n in counts.people.items():
        if key not in in_teams:
            shift = (_of_day_s(problem, key[0]), key[1] * slot_s, (), problem.cost_h[key])
            found[problem.day(key), shift] += n
    return found


def _of_day_s(problem: ShiftProblem, start: int) -> int:
    return start % problem.slots.n_per_day * problem.slots.slot_s


def _rows(
    problem: ShiftProblem, shifts: Counter[tuple[int, PersonShift]], price: float
) -> Iterator[dict[str, Any]]:
    """Shifts as a scenario has them; the same shift of the same number of people on several days is one row.

    price: of a paid hour; a shift that costs something else says what.
    """
    days: dict[tuple[PersonShift, int], list[int]] = defaultdict(list)
    for (day, shift), n in shifts.items():
        days[shift, n].append(problem.slots.horizon.weekdays[day])
    every_day = problem.slots.horizon.n_days == 1  # a single day stands for every day
    for (shift, n), weekdays in sorted(days.items(), key=lambda item: (item[0][0], min(item[1]))):
        start_s, length_s, breaks, cost_h = shift
        row = {
            "start": clock(start_s),
            "hours": length_s / HOUR_S,
            "days": "mon-sun" if every_day else weekday_names(weekdays),
            "people": n,
            "breaks": [{"after_h": after_s / HOUR_S, "min": length / 60} for after_s, length in breaks],
        }
        cost = round(cost_h * problem.rules.price_per_h, _CENTS)
        by_the_hour = math.isclose(cost, length_s / HOUR_S * price, abs_tol=10.0**-_CENTS)
        yield row if by_the_hour else {**row, "cost": cost}


def _present(
    scenario: Scenario, group: str, problem: ShiftProblem, shifts: Counter[tuple[int, PersonShift]]
) -> FloatArray:
    """People at work in each interval of the horizon, on average over it: breaks out, shrinkage taken off."""
    slots = problem.slots
    heads = np.zeros(slots.n)
    for (day, (start_s, length_s, breaks, _)), n in shifts.items():
        first = day * slots.n_per_day + start_s // slots.slot_s
        _add(heads, first, length_s // slots.slot_s, n)
        for after_s, length in breaks:
            _add(heads, first + after_s // slots.slot_s, -(-length // slots.slot_s), -n)
    week = heads.reshape(slots.horizon.n_days, -1, slots.n_per_interval).mean(axis=2)
    share = scenario.agent_group[group].shrinkage.available_share
    days = [day if day < len(week) else day % A_WEEK for day in range(scenario.calendar.days)]
    return week[days] * share


def _add(heads: FloatArray, first: int, n_slots: int, people: int) -> None:
    np.add.at(heads, np.arange(first, first + n_slots) % len(heads), people)


def _uncovered(problem: ShiftProblem, counts: Counts) -> Iterator[str]:
    """Where shifts leave people missing, as sentences; touching slots of a day with the same number are one."""
    slots = sorted(counts.missing)

    def day_and_number(slot: int) -> tuple[int, int]:
        return slot // problem.slots.n_per_day, counts.missing[slot]

    while slots:
        first = last = slots.pop(0)
        while slots and slots[0] == last + 1 and day_and_number(slots[0]) == day_and_number(first):
            last = slots.pop(0)
        day, from_s = problem.slots.day_and_s(first)
        stretch = problem.slots.horizon.stretch(
            day, from_s, from_s + (last - first + 1) * problem.slots.slot_s
        )
        yield f"{stretch}: {counts.missing[first]} scheduled people short"


def why_no_shifts(problems: Mapping[str, ShiftProblem], status: Status, effort: Effort) -> str:
    """What stands in the way in each group, in the planner's words; a search that ran out of time proves nothing."""
    labels = " and ".join(f"agent_group.{group}" for group in problems)
    if status is Status.TIME_LIMIT_WITHOUT_PLAN:
        return f"{labels}: no shifts were found in the time allowed; give more with --time-limit"
    told = []
    for group, problem in problems.items():
        found = reasons(problem, effort.solver, effort.time_limit_s)
        gap = "\n  " if len(found) > 1 else " "
        told += [gap.join((f"agent_group.{group}:", *found))] if found else []
    return "\n".join(told) or f"{labels}: the solver found no shifts ({status.value})"
