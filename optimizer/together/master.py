"""The joint model: people of all groups under the rules of their shifts, and what simulations say they must hold.

    heads[g, c]   people of group g in column c, on average over its slots
    short[k]      heads by which cut k is missed, at a price above that of any person

Service over people is concave above one half, so a tangent at simulated people lies above the curve: a cut (Atlason,
Epelman and Henderson 2004, Annals of Operations Research 127; Cezik and L'Ecuyer 2008, Management Science 54(2);
Avramidis, Chan, Gendreau, L'Ecuyer and Pisacane 2010, European Journal of Operational Research 200(3)).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pyomo.environ as pyo

from optimizer.horizon import FloatArray, IntArray
from optimizer.people import GroupPlan
from optimizer.shifts.week_model import Counts
from optimizer.solver import Solved, Solver
from optimizer.together.curves import Cut, add_curves
from optimizer.together.frame import Frame
from optimizer.together.groups import Groups

# A head missing in a cut costs this many times what a person costs for a whole day or column at least.
_PRICE_OF_SHORT = 20.0
_CHEAPER = 1e-6
_FREE = 1e-3
_MOST_SHIFTS = 40
_LARGE = 400  # whole numbers above which the model is solved in fractions first


@dataclass(frozen=True)
class Proposal:
    """People of all groups: their plans, people as the master counts them, cost as it has it, what was proven.

    values: the same people, choice by choice of the groups; counts: by shift and break, of groups that have shifts
    """

    plans: dict[str, GroupPlan]
    people: FloatArray
    values: IntArray
    counts: dict[str, Counts]
    cost: float
    solved: Solved


class Master:
    """The model of a frame, and its solver. Cuts are added; the region around the last people may be moved."""

    def __init__(self, frame: Frame, solver: str) -> None:
        self.frame = frame
        self.solver = Solver(solver)
        self.model = pyo.ConcreteModel(name="together")
        self.groups = Groups(frame, self.model, self.solver.name)
        self.model.cuts = pyo.Constraint(pyo.PositiveIntegers)
        self.model.short = pyo.Var(pyo.PositiveIntegers, domain=pyo.NonNegativeReals, dense=False)
        self.cut_of: list[str] = []
        self.curve_of: list[str] = []
        self.model.refuted = pyo.ConstraintList()
        self.model.chosen = pyo.VarList(domain=pyo.Binary)
        self.price = _PRICE_OF_SHORT * self.groups.dearest()
        self.reset_objective()

    def add_cut(self, cut: Cut) -> None:
        """One cut more, by the number that it gets; people who move nothing make none."""
        if cut.largest > 0.0:
            self.cut_of.append(cut.of)
            k = len(self.cut_of)
            self.model.cuts[k] = hold_promise(self.people, self.model.short[k], cut)
            self.reset_objective()

    def curve(self, cuts: Sequence[Cut]) -> None:
        """The cuts of the last people bent as service is, in place of those before; see `optimizer.together.curves`."""
        self.model.del_component("curves")
        self.curve_of = [cut.of for cut in cuts]
        self.model.curves = pyo.Block()
        add_curves(self.model.curves, cuts, self.people, self.frame.shape)
        self.reset_objective()

    def exceed_somewhere(self, at: IntArray, where: Sequence[int]) -> None:
        """One of these choices is larger:  Σ chosen ≥ 1,  x[j] ≥ (at[j] + 1) chosen[j]."""
        if len(where) == 1:
            self.model.refuted.add(self.groups.choices[where[0]].variable >= int(at[where[0]]) + 1)
            return
        chosen = []
        for j in where:
            one = self.model.chosen.add()
            self.model.refuted.add(self.groups.choices[j].variable >= (int(at[j]) + 1) * one)
            chosen.append(one)
        self.model.refuted.add(pyo.quicksum(chosen) >= 1)

    def cost_less_than(self, cost: float) -> None:
        """Σ_g cost_g ≤ cost, less a rounding, in place of any such limit before."""
        self.model.del_component("cheaper")
        self.model.cheaper = pyo.Constraint(expr=pyo.quicksum(self.groups.costs) <= cost * (1.0 - _CHEAPER))

    def cost_at_least(self, cost: float) -> None:
        """Σ_g cost_g ≥ cost: a bound known from elsewhere, until it is forgotten."""
        self.model.bounded = pyo.Constraint(expr=pyo.quicksum(self.groups.costs) >= cost)

    def forget_least_cost(self) -> bool:
        """The end of `cost_at_least`; whether there was such a bound."""
        was_bounded = self.model.component("bounded") is not None
        self.model.del_component("bounded")
        return was_bounded

    @property
    def is_short(self) -> bool:
        """Whether the people last found miss a cut, at its price."""
        return any(short.value > _CHEAPER for short in self._all_short())

    def stay_within(self, low: FloatArray, high: FloatArray) -> None:
        """In place of any region before:  low ≤ people ≤ high."""
        self.go_anywhere()
        self.model.region = pyo.ConstraintList()
        for count, least, most in zip(self.people, low.tolist(), high.tolist(), strict=True):
            self.model.region.add(pyo.inequality(least, count, most))

    def go_anywhere(self) -> None:
        """The end of `stay_within`."""
        self.model.del_component("region")

    def solve(self, gap: float, time_limit_s: float, is_step: bool = False) -> Proposal | Solved:
        """The cheapest people under all cuts; how the solve ended, where there are none.

        is_step: of a large model fractions will do, rounded from shift to shift: the next step mends what that misses
        """
        solved = (
            self._near_relaxed(gap, time_limit_s, is_step)
            if self.is_large
            else self._solve(gap, time_limit_s)
        )
        if not solved.status.has_plan:
            return solved
        plans = self.groups.plans(solved.status)
        people = np.array([float(pyo.value(count)) for count in self.people])
        cost = float(pyo.value(pyo.quicksum(self.groups.costs)))
        return Proposal(plans, people, self.groups.values(), self.groups.counts(), cost, solved)

    def _solve(self, gap: float, time_limit_s: float) -> Solved:
        return self.solver.solve(self.model, gap, time_limit_s)

    def _near_relaxed(self, gap: float, time_limit_s: float, is_step: bool) -> Solved:
        """People in whole numbers at either side of the fractions that are best: most are none, and stay none.

        The bound is that of the fractions, so it is one for all whole numbers.
        """
        for variable in self.whole:
            variable.domain = pyo.NonNegativeReals
        relaxed = self.solver.solve(self.model, gap, time_limit_s, by_interior_point=True)
        near = []
        if relaxed.status.has_plan:
            near = [(math.floor(v.value + _CHEAPER), math.ceil(v.value - _CHEAPER)) for v in self.whole]
        for variable in self.whole:
            variable.domain = pyo.NonNegativeIntegers
        if not relaxed.status.has_plan:
            return relaxed
        if is_step and not self.groups.has_breaks_or_weeks:
            self._round()
            return relaxed
        with _within(self.whole, near):
            solved = self._solve(gap, time_limit_s)
        if solved.objective is None:
            return solved
        return replace(solved, lower_bound=min(relaxed.lower_bound or 0.0, solved.objective))

    def _round(self) -> None:
        """Whole people from the fractions in the model, such that as many have come by every shift as in fractions."""
        for block in (self.model.group[group] for group in self.frame.groups):
            counts = list((block.people if hasattr(block, "people") else block.n).values())
            so_far = np.cumsum([count.value for count in counts])
            for count, n in zip(counts, np.diff(np.floor(so_far + 0.5), prepend=0.0), strict=True):
                count.set_value(int(n))
            if hasattr(block, "present"):
                for column, present in block.present.items():
                    present.set_value(pyo.value(block.mean_heads[column]))

    @cached_property
    def whole(self) -> list[Any]:
        """Every variable that has to be whole."""
        blocks = [self.model.group[group] for group in self.frame.groups]
        variables = [variable for block in blocks for variable in block.component_data_objects(pyo.Var)]
        return [variable for variable in variables if variable.is_integer()]

    @property
    def is_large(self) -> bool:
        """Whether the model is solved in fractions first."""
        return len(self.whole) > _LARGE

    @property
    def goes_by_steps(self) -> bool:
        """Whether people may be put in place one at a time: numbers are all there is to choose, and not too many."""
        return not self.groups.has_breaks_or_weeks and not self.is_large

    @cached_property
    def by_choice(self) -> bool:
        """Whether people are counted shift by shift, as few shifts allow.

        Heads alone do not tell everything: where one shift follows another, those who leave finish their contacts
        while those who come are free.
        """
        is_few = len(self.groups.choices) <= _MOST_SHIFTS and not self.groups.has_breaks_or_weeks
        return bool(self.groups.problems) and is_few

    @cached_property
    def people(self) -> list[Any]:
        """What cuts count: people by shift, where these are few; else heads, groups by columns in a row."""
        if self.by_choice:
            return [choice.variable for choice in self.groups.choices]
        return [
            self.groups.heads[g, c]
            for g in range(len(self.frame.groups))
            for c in range(self.frame.n_columns)
        ]

    @cached_property
    def prices(self) -> FloatArray:
        """What one more of `people` costs over the horizon at least, in money: a shift, or the hours of a column."""
        if self.by_choice:
            return np.array([choice.price for choice in self.groups.choices])
        frame = self.frame
        in_week_h = [
            len(frame.intervals_of(c)) * frame.week.interval_s / 3600.0 for c in range(frame.n_columns)
        ]
        hours = np.array(in_week_h) * frame.scenario.calendar.days / frame.week.n_days
        return np.outer([self.groups.price_per_h(group) for group in frame.groups], hours).ravel()

    def reset_objective(self) -> None:
        """Minimize  Σ_g cost_g + price Σ_k short[k],  in money."""
        self.model.del_component("cost")
        self.model.cost = pyo.Objective(
            expr=pyo.quicksum(self.groups.costs) + self.price * pyo.quicksum(self._all_short())
        )

    def _all_short(self) -> list[Any]:
        curves = self.model.component("curves")
        return [*self.model.short.values(), *(() if curves is None else curves.short.values())]


def hold_promise(people: Sequence[Any], short: Any, cut: Cut) -> Any:
    """Σ_j slope[j] · people[j] + short ≥ Σ_j slope[j] · at[j] − margin,  all divided by the largest slope"""
    scaled = cut.scaled()
    reached = pyo.quicksum(float(scaled[j]) * people[j] for j in np.flatnonzero(scaled).tolist())
    return reached + short >= float((scaled * cut.at).sum()) - cut.margin / cut.largest


@contextmanager
def _within(variables: Sequence[Any], limits: Sequence[tuple[int, int]]) -> Iterator[None]:
    """Variables between narrower limits for as long as the block lasts."""
    before = [(variable.lb, variable.ub) for variable in variables]
    for variable, (low, high) in zip(variables, limits, strict=True):
        variable.setlb(low)
        variable.setub(high)
    try:
        yield
    finally:
        for variable, (low, high) in zip(variables, before, strict=True):
            variable.setlb(low)
            variable.setub(high)
