"""Irreducible sets of rules, known by hand; each is checked: without any one of its rules the others hold."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo
import pytest

from optimizer.conflict import Part, conflict
from optimizer.shifts.model import add_people, build
from optimizer.shifts.named_rules import said
from optimizer.shifts.problem import ShiftProblem
from optimizer.shifts.rules import ShiftRules
from optimizer.solver import Solver, Status
from tests.optimizer.shift_worlds import days, hours, pause, people, problem, starts

MORNING = days((8, 14))
FROM_EIGHT_AND_TEN = ShiftRules(hours(4), starts=starts(8, 10, 2), max_present=3)
ALL_AWAY = ShiftRules(hours(4), starts=starts(8, 10, 2), breaks=(pause(60, 1, 1),))


def row(model: Any, part: Part, index: Any) -> Any:
    return model.find_component(part.rule)[index]


@pytest.mark.parametrize("rules", [FROM_EIGHT_AND_TEN, ALL_AWAY])
def test_without_any_one_of_its_rules_the_others_hold(rules: ShiftRules) -> None:
    asked = problem(MORNING, people(MORNING, [2] * 6), rules)
    parts = conflict(build(asked), 10.0)
    places = [(part, index) for part in parts for index in part.indices]
    assert len(places) >= 3
    for left_out, place in places:
        model = build(asked)
        for constraint in model.component_data_objects(pyo.Constraint):
            constraint.deactivate()
        for part, index in places:
            if (part, index) != (left_out, place):
                row(model, part, index).activate()
        assert Solver().solve(model).status is Status.OPTIMAL


def test_rules_that_hold_together_are_no_conflict() -> None:
    assert conflict(build(problem(MORNING, people(MORNING, [1] * 6), FROM_EIGHT_AND_TEN)), 10.0) == ()


def test_a_variable_at_its_upper_bound_is_a_rule() -> None:
    model = pyo.ConcreteModel()
    model.people = pyo.Var(["early", "late"], bounds=(0, 3), domain=pyo.NonNegativeIntegers)
    model.cover = pyo.Constraint(
        ["noon", "night"], rule=lambda model, at: model.people["early"] >= 2 + 2 * (at == "noon")
    )
    model.cost = pyo.Objective(expr=model.people["early"])
    assert conflict(model, 10.0) == (Part("", "cover", ("noon",)), Part("", "people", ("early",)))


def test_groups_in_blocks_of_one_model() -> None:
    """Two groups share three seats; a constraint of the joint model has no words here and is left to its owner."""
    problems: dict[str, ShiftProblem] = {
        "calls": problem(MORNING, people(MORNING, [2] * 6), ShiftRules(hours(6))),
        "chats": problem(MORNING, people(MORNING, [2] * 6), ShiftRules(hours(6), max_present=5)),
    }
    model = pyo.ConcreteModel()
    model.group = pyo.Block(list(problems))
    for name, own in problems.items():
        add_people(model.group[name], own)
        model.group[name].cover_requirement = pyo.Constraint(
            range(8, 14), rule=lambda block, slot: block.heads[slot] >= 2
        )
    model.seats = pyo.Constraint(
        range(8, 14), rule=lambda model, slot: sum(model.group[name].heads[slot] for name in problems) <= 3
    )
    model.cost = pyo.Objective(expr=0)
    parts = conflict(model, 10.0)
    assert {(part.group, part.rule) for part in parts} == {
        ("", "seats"),
        ("calls", "cover_requirement"),
        ("chats", "cover_requirement"),
    }
    phrases = said(parts, problems.__getitem__)
    assert len(phrases) == 2
    assert phrases[0].startswith("agent_group.calls: 2 scheduled people needed Mon ")
