"""Shifts before the day is known, and what is done once it is: a two-stage stochastic program in Pyomo.

    people, heads[t]      first stage: shifts, and the scheduled people at work in slot t (`optimizer.shifts.model`);
                          or head_counts[i], free counts by interval, or one for all
    called_in[k, i]       people called in on days of class k, coming in interval i and staying for L intervals
    sent_home[k, i]       people of the shifts who are at home by interval i, unpaid until their shift ends
    outsourced[k, i]      people of another firm, by the interval
    short[k, t]           heads short in slot t, where requirement may be missed at a price

Classes of days are equally likely. The setting is that of Gans, Shen, Zhou, Korolev, McCord and Ristock (2015,
Manufacturing & Service Operations Management 17(4)): shifts first, changes when the day's volume is known; as Robbins
and Harrison (2010, European Journal of Operational Research 207(3)) have it, classes stand for the distribution; the
actions are those of Mehrotra, Ozluk and Saltzman (2010, Production and Operations Management 19(3)).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyomo.environ as pyo

from optimizer.horizon import IntArray
from optimizer.shifts.model import add_people, never_trivial, people_cost_h
from optimizer.shifts.offers import HOUR_S
from optimizer.shifts.problem import ShiftProblem
from optimizer.uncertain.actions import Actions, stretches

FirstStage = str  # "shifts" | "intervals" | "constant", as in [plan] kind


@dataclass(frozen=True)
class TwoStageProblem:
    """Cover needed[k] heads by slot on days of each class k, at the least expected cost.

    shifts: the problem of the first stage, of which what is needed counts for nothing
    """

    shifts: ShiftProblem
    needed: tuple[IntArray, ...]
    actions: Actions
    kind: FirstStage = "shifts"

    @property
    def classes(self) -> range:
        """The classes of days."""
        return range(len(self.needed))

    @property
    def missing_price_h(self) -> float:
        """Paid hours that one head missing in one slot on days of one class counts as.

        A stated price is paid as often as the class comes; where none is stated, missing must be dearer than any shift.
        """
        often = 1.0 if self.shifts.rules.missing_per_h is None else 1.0 / len(self.needed)
        return often * self.shifts.missing_price_h

    @property
    def interval_h(self) -> float:
        """Hours of an interval."""
        return self.shifts.slots.horizon.interval_s / HOUR_S

    def interval(self, slot: int) -> int:
        """The interval of a slot."""
        return slot // self.shifts.slots.n_per_interval

    def slots(self, interval: int) -> range:
        """The slots of an interval."""
        n = self.shifts.slots.n_per_interval
        return range(interval * n, (interval + 1) * n)


def build(problem: TwoStageProblem) -> Any:
    """The model of a problem: shifts and what is done on the day, at the least expected cost."""
    model = pyo.ConcreteModel(name="on_the_day")
    if problem.kind == "shifts":
        add_people(model, problem.shifts)
        first_stage = people_cost_h(model, problem.shifts)
    else:
        first_stage = _add_head_counts(model, problem)
    _add_actions(model, problem)
    _add_short(model, problem)
    _add_rules(model, problem)
    model.expected_cost_h = pyo.Objective(expr=first_stage + recourse_cost_h(model, problem))
    return model


def recourse_cost_h(model: Any, problem: TwoStageProblem) -> Any:
    """1/K Σ_k Σ_i h (f on_call[k, i] + o outsourced[k, i] − sent_home[k, i]) + price Σ_k,t short[k, t],  in hours.

    h: hours of an interval; f, o: what an hour called in or outsourced costs, in hours of the wage
    """
    actions, h = problem.actions, problem.interval_h
    stay_h = h * actions.stay_intervals * (actions.call_in_cost or 0.0)
    cost = (
        stay_h * pyo.quicksum(model.called_in.values())
        + h * (actions.outsource_cost or 0.0) * pyo.quicksum(model.outsourced.values())
        - h * pyo.quicksum(model.sent_home.values())
    )
    return cost / len(problem.needed) + problem.missing_price_h * pyo.quicksum(model.short.values())


def cover_class(model: Any, problem: TwoStageProblem, k: int, slot: int) -> Any:
    """heads[t] + on_call[k, i] + outsourced[k, i] − sent_home[k, i] + short[k, t] ≥ needed[k, t],  i: that of t"""
    short = model.short[k, slot] if (k, slot) in model.short else 0  # noqa: SIM401 - Pyomo has no get
    return present(model, problem, k, slot) + short >= int(problem.needed[k][slot])


def call_in_at_most(model: Any, problem: TwoStageProblem, k: int, slot: int) -> Any:
    """on_call[k, i] ≤ share · heads[t]"""
    return _on_call(model, problem, k, problem.interval(slot)) <= (
        problem.actions.most_called_in * model.heads[slot]
    )


def send_home_at_most(model: Any, problem: TwoStageProblem, k: int, slot: int) -> Any:
    """sent_home[k, i] ≤ share · heads[t]"""
    return model.sent_home[k, problem.interval(slot)] <= problem.actions.send_home * model.heads[slot]


def stay_at_home(model: Any, problem: TwoStageProblem, k: int, interval: int) -> Any:
    """sent_home[k, i] ≥ sent_home[k, i − 1] − Σ people whose shift ends in interval i − 1:  nobody comes back"""
    ends = [
        people
        for (start, n_slots, *_), people in model.people.items()
        if problem.shifts.slots.at(start + n_slots) - 1 in problem.slots(interval - 1)
    ]
    return model.sent_home[k, interval] >= model.sent_home[k, interval - 1] - pyo.quicksum(ends)


def stay_below_most_present(model: Any, problem: TwoStageProblem, k: int, slot: int) -> Any:
    """heads[t] + on_call[k, i] + outsourced[k, i] − sent_home[k, i] ≤ allowed"""
    return present(model, problem, k, slot) <= problem.shifts.allowed


def present(model: Any, problem: TwoStageProblem, k: int, slot: int) -> Any:
    """Heads at work in a slot of a day of class k, whoever they are."""
    i = problem.interval(slot)
    more = _value_at(model.outsourced, (k, i)) - _value_at(model.sent_home, (k, i))
    return model.heads[slot] + _on_call(model, problem, k, i) + more


def _on_call(model: Any, problem: TwoStageProblem, k: int, interval: int) -> Any:
    """on_call[k, i] = Σ_{i − L < j ≤ i} called_in[k, j]"""
    came = range(interval - problem.actions.stay_intervals + 1, interval + 1)
    return pyo.quicksum(model.called_in[k, i] for i in came if (k, i) in model.called_in)


def _value_at(variable: Any, key: tuple[int, int]) -> Any:
    return variable[key] if key in variable else 0  # noqa: SIM401 - Pyomo has no get


def _add_head_counts(model: Any, problem: TwoStageProblem) -> Any:
    """Free counts by interval, or one for all that is open; gives their paid hours."""
    slots = problem.shifts.slots
    is_open = slots.horizon.is_open().ravel()
    places = [i for i in range(len(is_open)) if is_open[i]]
    where = {i: i if problem.kind == "intervals" else 0 for i in places}
    model.head_counts = pyo.Var(sorted(set(where.values())), domain=pyo.NonNegativeIntegers)
    model.heads = pyo.Expression(
        range(slots.n),
        rule=lambda _, t: (
            model.head_counts[where[problem.interval(t)]] if problem.interval(t) in where else 0
        ),
    )
    return problem.interval_h * pyo.quicksum(model.head_counts[where[i]] for i in places)


def _add_actions(model: Any, problem: TwoStageProblem) -> None:
    """Called in only if the whole stay lies within open time that can still be changed.

    Once shifts and who is sent home are whole, so are those called in and outsourced: a stay covers intervals that
    follow one another, so the matrix of what is left is totally unimodular. Left free, they make the model four times
    faster. A limit that is a share of the people on shift is no whole number, and so they must be told.
    """
    actions, classes = problem.actions, problem.classes
    open_time = stretches(problem.shifts.slots.horizon, actions.from_interval)
    changeable = [i for stretch in open_time for i in stretch]
    stays = [i for s in open_time for i in s if i + actions.stay_intervals <= s.stop]
    whole, free = pyo.NonNegativeIntegers, pyo.NonNegativeReals
    come_whole = free if actions.most_called_in is None else whole
    model.called_in = pyo.Var(classes, stays if actions.call_in_cost is not None else [], domain=come_whole)
    model.sent_home = pyo.Var(classes, changeable if actions.send_home > 0.0 else [], domain=whole)
    most = actions.most_outsourced
    outsourced = changeable if actions.outsource_cost is not None else []
    model.outsourced = pyo.Var(classes, outsourced, domain=come_whole, bounds=(0, most))


def _add_short(model: Any, problem: TwoStageProblem) -> None:
    """Heads may be missing wherever any are needed; a problem that forbids it has no such slot."""
    places = [
        (k, t) for k in problem.classes for t, n in enumerate(problem.needed[k]) if n and _may_miss(problem)
    ]
    model.short = pyo.Var(places, bounds=lambda _, k, t: (0, int(problem.needed[k][t])))


def _may_miss(problem: TwoStageProblem) -> bool:
    return problem.shifts.rules.may_miss


def _add_rules(model: Any, problem: TwoStageProblem) -> None:
    def rules(places: list[tuple[int, int]], rule: Any) -> Any:
        return pyo.Constraint(places, rule=lambda _, k, t: never_trivial(rule(model, problem, k, t)))

    needed = [(k, t) for k in problem.classes for t, n in enumerate(problem.needed[k]) if n > 0]
    model.cover_class = rules(needed, cover_class)
    home = sorted(model.sent_home)
    at_home = [(k, t) for k, i in home for t in problem.slots(i)]
    model.send_home_at_most = rules(at_home, send_home_at_most)
    if problem.kind == "shifts":
        model.stay_at_home = rules([(k, i) for k, i in home if (k, i - 1) in model.sent_home], stay_at_home)
    if problem.actions.most_called_in is not None and problem.actions.call_in_cost is not None:
        opened = stretches(problem.shifts.slots.horizon, problem.actions.from_interval)
        slots = [t for stretch in opened for i in stretch for t in problem.slots(i)]
        model.call_in_at_most = rules([(k, t) for k in problem.classes for t in slots], call_in_at_most)
    if problem.shifts.allowed is not None:
        model.stay_below_most = rules(needed, stay_below_most_present)
