"""Small days of several classes: what the tests of plans under uncertainty share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from optimizer.shifts.rules import ShiftRules
from optimizer.solver import Solved, Solver
from optimizer.uncertain.actions import Actions
from optimizer.uncertain.model import FirstStage, TwoStageProblem, build
from scenarios import Scenario, load
from tests.optimizer.shift_worlds import days, people, problem


def two_stage(
    needed: Sequence[Sequence[int]],
    actions: Actions,
    rules: ShiftRules | None = None,
    kind: FirstStage = "intervals",
    from_h: float = 8.0,
) -> TwoStageProblem:
    """A day that opens at eight, hour by hour; needed[k] from then on, on days of class k."""
    horizon = days((from_h, from_h + len(needed[0])))
    problems = [problem(horizon, people(horizon, one), rules or ShiftRules()) for one in needed]
    return TwoStageProblem(
        problems[0],
        tuple(one.needed for one in problems),
        replace(actions, from_interval=round(from_h) + actions.from_interval),
        kind,
    )


def expected_cost_h(two_stages: TwoStageProblem) -> float:
    """The least expected cost, in paid hours."""
    solved, _ = solve(two_stages)
    assert solved.objective is not None
    return solved.objective


def solve(two_stages: TwoStageProblem) -> tuple[Solved, object]:
    """The problem solved to the end, and its model."""
    model = build(two_stages)
    return Solver().solve(model, 0.0, 20.0), model


def small_center(**plan: object) -> Scenario:
    """Four hours of calls, some 8 people at work; days differ by a fifth."""
    return load("uncertain-days").changed(
        {
            "calendar.hours": {"mon-sun": "08:00-12:00"},
            "contact_type.call.arrivals": {"per_day": 400, "shape": [1, 2, 2, 1]},
            "plan.shift_lengths_h": [2, 3],
            "plan.starts": {"from": "08:00", "to": "10:00", "every_min": 60},
            "plan.on_the_day.classes": 3,
            **{f"plan.{key}": value for key, value in plan.items()},
        }
    )
