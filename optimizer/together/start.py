"""Where the search starts: people enough for each type by the formula, whoever of its groups they come from.

    given[g, i, c]   heads of group g that are counted for type i in column c
    Σ_i given[g, i, c] ≤ heads[g, c],   Σ_g given[g, i, c] ≥ need[i, c]
    need = load + reserve · (required − load)

With the whole reserve, reserve = 1, nothing is shared between types but the people's time, which errs on the side of
too many; those who know several types need less of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyomo.environ as pyo

from optimizer.horizon import FloatArray
from optimizer.requirement.first_guess import first_guess
from optimizer.solver import Solved
from optimizer.together.frame import Frame
from optimizer.together.master import Master, Proposal
from optimizer.together.regrouped import regrouped
from scenarios import Scenario


@dataclass(frozen=True)
class Need:
    """Heads for one type by column: its load, and what the formula requires where people know nothing else."""

    load: FloatArray
    required: FloatArray

    def with_reserve(self, reserve: float) -> FloatArray:
        """Load + reserve · (required − load)"""
        return self.load + reserve * (self.required - self.load)


def start(
    master: Master, of_type: Mapping[str, Need], reserve: float, gap: float, time_limit_s: float
) -> Proposal | Solved:
    """The cheapest people that give every type what it needs; people missing are priced, never forbidden."""
    frame = master.frame
    needs = {name: need.with_reserve(reserve) for name, need in of_type.items()}
    model = master.model
    pairs = [
        (g, name)
        for g, group in enumerate(frame.groups)
        for name in needs
        if any(skill.contact_type == name for skill in frame.scenario.agent_group[group].skills)
    ]
    columns = range(frame.n_columns)
    served = {name for _, name in pairs}
    model.start = pyo.Block()
    model.start.given = pyo.Var([(*pair, c) for pair in pairs for c in columns], domain=pyo.NonNegativeReals)
    model.start.open = pyo.Var([(name, c) for name in served for c in columns], domain=pyo.NonNegativeReals)
    model.start.share_people = pyo.Constraint(
        range(len(frame.groups)),
        columns,
        rule=lambda start, g, c: share_people(start, pairs, master.groups.heads[g, c], g, c),
    )
    model.start.meet_need = pyo.Constraint(
        list(served),
        columns,
        rule=lambda start, name, c: meet_need(start, pairs, float(needs[name][c]), name, c),
    )
    missing = pyo.quicksum(model.start.open.values())
    model.cost.set_value(model.cost.expr + master.price * missing)
    found = master.solve(gap, time_limit_s, is_step=True)
    model.del_component("start")
    master.reset_objective()
    return found


def share_people(start: Any, pairs: list[tuple[int, str]], heads: Any, group: int, column: int) -> Any:
    """Σ_i given[g, i, c] ≤ heads[g, c]"""
    given = [start.given[g, name, column] for g, name in pairs if g == group]
    return pyo.quicksum(given) <= heads if given else pyo.Constraint.Skip


def meet_need(start: Any, pairs: list[tuple[int, str]], need: float, contact_type: str, column: int) -> Any:
    """Σ_g given[g, i, c] + open[i, c] ≥ need[i, c]"""
    given = [start.given[g, name, column] for g, name in pairs if name == contact_type]
    return pyo.quicksum(given) + start.open[contact_type, column] >= need


def needs_by_type(frame: Frame) -> dict[str, Need]:
    """What each type needs by Erlang A on the modified offered load."""
    alone = regrouped(frame.scenario, _one_group_each(frame.scenario))
    share = min(frame.scenario.agent_group[group].shrinkage.available_share for group in frame.groups)
    per_head = share if frame.scenario.plan.kind == "shifts" else 1.0
    needs = {}
    for name in frame.scenario.contact_type:
        if any(_knows(frame, group, name) for group in frame.groups):
            guess = first_guess(alone, _alone(name))
            load, required = (
                _by_column(frame, people.ravel()) / per_head
                for people in (guess.offered_load_erl, guess.required)
            )
            needs[name] = Need(load, required)
    return needs


def _by_column(frame: Frame, required: Any) -> FloatArray:
    """The most of any interval of a column."""
    most = np.zeros(frame.n_columns)
    is_open = frame.of_horizon >= 0
    np.maximum.at(most, frame.of_horizon[is_open], required[is_open].astype(np.float64))
    return most


def _one_group_each(scenario: Scenario) -> Mapping[str, list[str]]:
    return {_alone(name): [name] for name in scenario.contact_type}


def _alone(name: str) -> str:
    return f"only_{name}"


def _knows(frame: Frame, group: str, contact_type: str) -> bool:
    return any(skill.contact_type == contact_type for skill in frame.scenario.agent_group[group].skills)
