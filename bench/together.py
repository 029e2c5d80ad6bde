"""Skills and shifts planned together, against the requirement first and then shifts: cost, and what fresh days say."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from bench.progress import Progress
from bench.skill_centers import CENTERS
from optimizer.options import Method, PlanOptions
from optimizer.people import Effort, groups_to_plan
from optimizer.plan import plan
from optimizer.requirement.first_guess import first_guess
from optimizer.shifts.of_group import problem_of
from optimizer.solver import DEFAULT
from optimizer.staffing import staff, with_people
from optimizer.targets import Check, checks_of
from scenarios import Scenario
from sim.replicate import Asked, run

TWO_STEP, IN_TURN, TOGETHER = "two-step", "in turn", "together"
FRESH_DAYS, _FRESH_SEED = 2_000, 2  # a seed of its own: no search draws from it
_SEARCH_S, _QUICK_SEARCH_S = 120.0, 15.0
_EFFORT = Effort(gap=0.005, time_limit_s=60.0, solver=DEFAULT)


@dataclass(frozen=True)
class Way:
    """A center planned in one way, and the fresh days that judge it.

    cost: of the day's paid hours, in money. lower_bound: of any people that hold the targets; None where the way has
    none. missed: of the promised figures, those missed by more than chance explains. worst: how far the figure that
    is nearest to its target, or missed most, is on the right side, in shares of contacts; negative where missed.
    """

    cost: float
    lower_bound: float | None
    missed: int
    promised: int
    worst: float
    seconds: float

    @property
    def gap(self) -> float | None:
        """(cost − lower bound) ÷ cost."""
        return None if self.lower_bound is None else (self.cost - self.lower_bound) / self.cost


@dataclass(frozen=True)
class CenterRow:
    """A center of so many types, groups and shifts (of all groups), planned each way."""

    title: str
    n_types: int
    n_groups: int
    n_shifts: int
    ways: dict[str, Way]

    @classmethod
    def of(cls, data: dict[str, Any]) -> CenterRow:
        """From JSON."""
        return cls(**{**data, "ways": {name: Way(**way) for name, way in data["ways"].items()}})


def measure(progress: Progress, size: float, executor: Executor | None) -> Iterator[CenterRow]:
    """A row a center; `size` below 1 measures only the first, on fewer days and with little time to search."""
    centers = list(CENTERS.items()) if size >= 1.0 else list(CENTERS.items())[:1]
    for title, center in centers:
        scenario = center()
        ways = {}
        for name in (TWO_STEP, IN_TURN, TOGETHER):
            progress(f"together: {title}: {name}")
            ways[name] = _way(name, scenario, size, executor)
        groups, types = len(scenario.agent_group), len(scenario.contact_type)
        yield CenterRow(title, types, groups, _n_shifts(scenario), ways)


def fresh_days(size: float) -> int:
    """Days on which every plan is judged."""
    return max(40, round(size * FRESH_DAYS))


def judged(people: Scenario, days: int) -> list[Check]:
    """Every promised figure on so many days that no search has seen."""
    return list(checks_of(people, run(people, Asked(_FRESH_SEED, days, by_interval=True))))


def _way(name: str, scenario: Scenario, size: float, executor: Executor | None) -> Way:
    began = time.perf_counter()
    bound = None
    if name == TWO_STEP:
        people, cost = two_step(scenario)
    else:
        method: Method = "together" if name == TOGETHER else "in_turn"
        search_s = _SEARCH_S if size >= 1.0 else _QUICK_SEARCH_S
        found = plan(scenario, PlanOptions(method=method, search_limit_s=search_s), executor=executor)
        people, cost = found.scenario, found.cost
        bound = found.lower_bound if name == TOGETHER else None  # in turn: only of shifts for one requirement
    seconds = time.perf_counter() - began
    checks = judged(people, fresh_days(size))
    missed = sum(check.clearly_missed(len(checks)) for check in checks)
    return Way(cost, bound, missed, len(checks), min(check.margin for check in checks), seconds)


def two_step(scenario: Scenario) -> tuple[Scenario, float]:
    """The textbook's way: people needed by interval for each group, by formula, and shifts that cover them; once."""
    plans = {
        group: staff(scenario, group, first_guess(scenario, group).required, _EFFORT)
        for group in groups_to_plan(scenario)
    }
    return with_people(scenario, plans), sum(each.cost for each in plans.values())


def _n_shifts(scenario: Scenario) -> int:
    nobody = {group: first_guess(scenario, group).required * 0 for group in groups_to_plan(scenario)}
    return sum(len(problem_of(scenario, group, none).kinds) for group, none in nobody.items())
