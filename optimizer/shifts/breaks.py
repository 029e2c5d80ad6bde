"""Breaks by the count: one each, inside its window, one after the other.

Within a team windows move along with the shifts' starts, so the k-th to come can always be the k-th to go on
break. Then three rules on counts are all there is: nobody goes before a window opens, everybody has gone when
it closes, and of two breaks the k-th start of the second is not before the k-th end of the first.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.shifts.kinds import Window
from optimizer.shifts.problem import BreakTeam, ShiftProblem


def add_breaks(model: Any, problem: ShiftProblem) -> list[list[Any]]:
    """Variables and rules of all breaks; gives, by slot, the variables of those who are on break then."""
    taken = [
        (team, window, slot)
        for team in problem.teams
        for window in team.windows
        for slot in team.break_slots(window)
    ]
    keys = [team.key(window, slot) for team, window, slot in taken]
    model.break_starts = pyo.Var(keys, domain=pyo.NonNegativeIntegers)
    model.waiting = pyo.Var(keys, domain=pyo.NonNegativeReals)
    on_break: list[list[Any]] = [[] for _ in range(problem.slots.n)]
    model.one_break_each = pyo.Constraint(keys)
    model.break_before_window_closes = pyo.Constraint(keys)
    for (team, window, slot), key in zip(taken, keys, strict=True):
        for away in range(slot, slot + window.n_slots):
            on_break[problem.slots.at(away)].append(model.break_starts[key])
        model.one_break_each[key] = one_break_each(model, team, window, slot)
        model.break_before_window_closes[key] = break_before_window_closes(model, team, window, slot)
    _add_order(model, problem)
    return on_break


def one_break_each(model: Any, team: BreakTeam, window: Window, slot: int) -> Any:
    """waiting[t] = waiting[t − 1] + Σ_{s = t − first} people[s] − break_starts[t]:  nobody goes too early"""
    opens = [model.people[key] for key in team.shifts_at.get(slot - window.first, [])]
    before = _waiting(model, team, window, slot - 1)
    goes = model.break_starts[team.key(window, slot)]
    return _waiting(model, team, window, slot) == before + pyo.quicksum(opens) - goes


def break_before_window_closes(model: Any, team: BreakTeam, window: Window, slot: int) -> Any:
    """waiting[t] ≤ Σ_{t − last < s ≤ t − first} people[s]:  only those whose window stays open may still wait"""
    may_wait = team.shifts_from(slot - window.last, slot - window.first)
    return _waiting(model, team, window, slot) <= pyo.quicksum(model.people[key] for key in may_wait)


def breaks_in_order(model: Any, team: BreakTeam, first: Window, second: Window, slot: int) -> Any:
    """Second breaks started by slot t ≤ first breaks ended by then, which started by u = t − length of the first.

    Started = Σ_{s ≤ t − opening} people[s] − waiting[t], so with both openings
    waiting_1[u] + Σ_{u − o1 < s ≤ t − o2} people[s] ≤ waiting_2[t] + Σ_{t − o2 < s ≤ u − o1} people[s]
    """
    ended = slot - first.n_slots
    opened_1, opened_2 = ended - first.first, slot - second.first
    too_soon = pyo.quicksum(model.people[key] for key in team.shifts_from(opened_1, opened_2))
    not_yet = pyo.quicksum(model.people[key] for key in team.shifts_from(opened_2, opened_1))
    return _waiting(model, team, first, ended) + too_soon <= _waiting(model, team, second, slot) + not_yet


def _add_order(model: Any, problem: ShiftProblem) -> None:
    """Order binds only where the second window opens before the first break is surely over."""
    pairs = [
        (team, first, second, slot)
        for team in problem.teams
        for first, second in zip(team.windows, team.windows[1:], strict=False)
        if second.first < first.last + first.n_slots
        for slot in range(team.break_slots(second).start, team.break_slots(first).stop + first.n_slots - 1)
    ]
    model.breaks_in_order = pyo.Constraint(
        range(len(pairs)), rule=lambda _, i: breaks_in_order(model, *pairs[i])
    )


def _waiting(model: Any, team: BreakTeam, window: Window, slot: int) -> Any:
    """People waiting for the break after a slot; before the first opening and after the last closing nobody."""
    key = team.key(window, slot)
    return model.waiting[key] if key in model.waiting else 0  # noqa: SIM401 - Pyomo has no get
