"""The rules of shifts as a planner knows them: what the model's constraints say, and the problem without one of them.

A rule that is new to the model gets its line in `SAID`, and, where it can be lifted, in `without_one_rule`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.conflict import Part
from optimizer.horizon import BoolArray
from optimizer.shifts.offers import HOUR_S
from optimizer.shifts.problem import ShiftProblem

Say = Callable[[ShiftProblem, Sequence[Any]], Iterable[str]]


def said(parts: Iterable[Part], problem_of: Callable[[str], ShiftProblem]) -> list[str]:
    """The rules of a conflict as phrases, each once; a group's name stands before what is said of its block."""
    phrases: dict[str, None] = {}
    order = list(SAID)
    for part in sorted(
        (part for part in parts if part.rule in SAID), key=lambda part: order.index(part.rule)
    ):
        label = f"agent_group.{part.group}: " if part.group else ""
        told = SAID[part.rule](problem_of(part.group), part.indices)
        phrases |= dict.fromkeys(f"{label}{phrase}" for phrase in told)
    return list(phrases)


def without_one_rule(problem: ShiftProblem) -> Iterator[tuple[str, ShiftProblem]]:
    """The name of a rule that could be given up, and the problem without it."""
    rules = problem.rules
    if rules.days_per_week is not None:
        yield _work_week(problem), replace(problem, rules=replace(rules, days_per_week=None))
        if rules.consecutive_days_off:
            yield "consecutive_days_off", replace(problem, rules=replace(rules, consecutive_days_off=False))
    if rules.min_rest_s is not None:
        yield _rest_rule(problem), replace(problem, rules=replace(rules, min_rest_s=None))
    if rules.part_time_share_max is not None:
        yield _part_time_rule(problem), replace(problem, rules=replace(rules, part_time_share_max=None))
    if rules.all_breaks:
        yield "breaks", replace(problem, kinds=tuple(replace(kind, windows=()) for kind in problem.kinds))


def most_at_once(problem: ShiftProblem) -> str:
    """The rule that limits people at a time."""
    rules = problem.rules
    if rules.most_scheduled is not None and problem.allowed == rules.most_scheduled:
        return f"outsourced.max_people = {rules.most_scheduled}"
    return f"max_present = {rules.max_present}"


def stretches(problem: ShiftProblem, where: BoolArray) -> Iterator[tuple[int, int, int]]:
    """Runs of marked slots, cut at midnight: day, first slot, slot after the last."""
    n = problem.slots.n_per_day
    for day in range(problem.slots.horizon.n_days):
        marked = np.concatenate(([False], where[day * n : (day + 1) * n], [False]))
        edges = np.flatnonzero(marked[1:] != marked[:-1]) + day * n
        for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            yield day, first, end


def when(problem: ShiftProblem, day: int, first: int, end: int) -> str:
    """A stretch of slots as a planner says it."""
    midnight, slot_s = day * problem.slots.n_per_day, problem.slots.slot_s
    return problem.slots.horizon.stretch(day, (first - midnight) * slot_s, (end - midnight) * slot_s)


def shift_name(problem: ShiftProblem, start: int, n_slots: int) -> str:
    """A shift as a planner says it: "Mon 08:00-16:00"."""
    day, from_s = problem.slots.day_and_s(start)
    return problem.slots.horizon.stretch(day, from_s, from_s + n_slots * problem.slots.slot_s)


def _needed(problem: ShiftProblem, slots: Sequence[int]) -> Iterator[str]:
    by_number: dict[int, list[str]] = {}
    for day, first, end in _marked(problem, slots):
        most = int(problem.needed[first:end].max())
        by_number.setdefault(most, []).append(when(problem, day, first, end))
    for number, times in by_number.items():
        people = "1 scheduled person" if number == 1 else f"{number} scheduled people"
        yield f"{people} needed {', '.join(times)}"


def _most_present(problem: ShiftProblem, slots: Sequence[int]) -> Iterator[str]:
    times = ", ".join(when(problem, *stretch) for stretch in _marked(problem, slots))
    yield f"{most_at_once(problem)}, {times}"


def _break(problem: ShiftProblem, keys: Sequence[Any]) -> Iterator[str]:
    for number in sorted({key[2] for key in keys}):
        rule = problem.rules.all_breaks[number]
        window = " to ".join(dict.fromkeys(f"{edge_s / HOUR_S:g}" for edge_s in (rule.from_s, rule.to_s)))
        yield f"a break of {rule.length_s / 60:g} min that starts {window} h into the shift"


def _breaks_in_order(_problem: ShiftProblem, _keys: Sequence[Any]) -> Iterator[str]:
    yield "breaks one after the other"


def _weeks(problem: ShiftProblem, _days: Sequence[int]) -> Iterator[str]:
    off = " with consecutive_days_off" if problem.rules.consecutive_days_off else ""
    yield f"{_work_week(problem)}{off}"


def _most_people(problem: ShiftProblem, keys: Sequence[Any]) -> Iterator[str]:
    most = {kind.key: kind.most for kind in problem.kinds}
    for key in keys:
        yield f"max_people = {most[key]} on the shift {shift_name(problem, key[0], key[1])}"


def _work_week(problem: ShiftProblem) -> str:
    return f"days_per_week = {problem.rules.days_per_week}"


def _rest_rule(problem: ShiftProblem) -> str:
    return f"min_rest_h = {(problem.rules.min_rest_s or 0) / HOUR_S:g}"


def _part_time_rule(problem: ShiftProblem) -> str:
    return f"part_time_share_max = {problem.rules.part_time_share_max:g}"


def _rest(problem: ShiftProblem, _indices: Sequence[Any]) -> Iterator[str]:
    yield _rest_rule(problem)


def _part_time(problem: ShiftProblem, _days: Sequence[int]) -> Iterator[str]:
    yield _part_time_rule(problem)


def _marked(problem: ShiftProblem, slots: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Some slots as stretches."""
    marked = np.zeros(problem.slots.n, dtype=bool)
    marked[list(slots)] = True
    return stretches(problem, marked)


# What each constraint of the model says, or each variable at its upper bound, in the order in which it is told.
SAID: dict[str, Say] = {
    "cover_requirement": _needed,
    "stay_below_most_present": _most_present,
    "people": _most_people,
    "one_break_each": _break,
    "break_before_window_closes": _break,
    "breaks_in_order": _breaks_in_order,
    "count_shifts": _weeks,
    "work_whole_weeks": _weeks,
    "few_part_time": _part_time,
    "shifts_have_weeks": _rest,
    "weeks_have_shifts": _rest,
    "rest": _rest,
}
