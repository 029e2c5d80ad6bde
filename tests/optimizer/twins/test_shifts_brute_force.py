"""The shift optimizer against a model without thought: one column for every shift with every choice of its breaks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from optimizer.horizon import IntArray, horizon_of
from optimizer.people import Effort, NoPlan
from optimizer.shifts.days_off import work_weeks
from optimizer.shifts.of_group import shifts_of_group
from optimizer.solver import Status
from scenarios import Scenario, from_data

DAY_MIN = 1440
WEEKLY = {"days_per_week": 5, "consecutive_days_off": True}


@dataclass(frozen=True)
class Case:
    """A small center; `open_min` is its open time after each midnight, the same every day."""

    days: int
    open_min: tuple[tuple[int, int], ...]
    lengths_h: tuple[float, ...]
    breaks: tuple[tuple[int, float, float], ...]  # minutes, earliest and latest start in hours
    adherence: float = 1.0
    more: tuple[tuple[str, Any], ...] = ()
    interval_min: int = 30

    def scenario(self) -> Scenario:
        clocks = ["-".join(f"{edge // 60:02d}:{edge % 60:02d}" for edge in span) for span in self.open_min]
        team = {"skills": ["call"], "agents": "plan", "shrinkage": {"adherence": self.adherence}}
        return from_data(
            {
                "name": "small",
                "calendar": {
                    "days": self.days,
                    "interval_min": self.interval_min,
                    "hours": {"mon-sun": clocks},
                },
                "contact_type": {"call": {"channel": "voice", "arrivals": {"per_h": 1}, "talk_s": 60}},
                "agent_group": {"team": team},
                "plan": {
                    "shift_lengths_h": self.lengths_h,
                    "breaks": [{"min": n, "window_h": [first, last]} for n, first, last in self.breaks],
                    "under_coverage": "forbidden",
                    **dict(self.more),
                },
            }
        )

    @property
    def step_min(self) -> int:
        """The clock on which people come, go and take breaks."""
        edges = [edge for span in self.open_min for edge in span]
        lengths = [round(hours * 60) for hours in self.lengths_h]
        return math.gcd(self.interval_min, *edges, *lengths, *(n for n, _, _ in self.breaks))

    def is_open(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        one_day = np.zeros(DAY_MIN // self.step_min, dtype=bool)
        for first, end in self.open_min:
            one_day[first // self.step_min : end // self.step_min] = True
        return np.tile(one_day, self.days)


def columns(case: Case) -> Iterator[tuple[int, float, list[int]]]:
    """Day, hours and steps at work of every shift with every choice of its breaks."""
    is_open, step = case.is_open(), case.step_min
    for first in range(0, len(is_open), case.interval_min // step):
        for hours in case.lengths_h:
            end = first + round(hours * 60) // step
            if end > len(is_open) and case.days not in (1, 7):
                continue
            shift = [slot % len(is_open) for slot in range(first, end)]
            if not is_open[shift].all():
                continue
            for away in break_choices(case, hours):
                at_work = [slot for i, slot in enumerate(shift) if i not in away]
                yield first * step // DAY_MIN, hours, at_work


def break_choices(case: Case, hours: float) -> Iterator[set[int]]:
    """Steps of a shift that its breaks take, in every way that keeps the windows and the order."""
    step = case.step_min
    starts = [
        [
            (at, at + n // step)
            for at in range(round(hours * 60) // step)
            if first * 60 <= at * step <= last * 60 and at * step + n <= hours * 60
        ]
        for n, first, last in sorted(case.breaks, key=lambda each: each[1:])
        if first * 60 + n <= hours * 60
    ]
    for chosen in product(*starts):
        if all(earlier[1] <= later[0] for earlier, later in pairwise(chosen)):
            yield {slot for start, end in chosen for slot in range(start, end)}


def least_paid_h(case: Case, required: IntArray) -> float | None:
    """The least paid hours by brute force; None where nothing covers the requirement."""
    ways = list(columns(case))
    n_steps = len(case.is_open())
    at_work = np.zeros((n_steps, len(ways)))
    on_day = np.zeros((case.days, len(ways)))
    for i, (day, _, steps) in enumerate(ways):
        at_work[steps, i] = on_day[day, i] = 1.0
    needed = np.repeat(np.ceil(required.ravel() / case.adherence - 1e-9), case.interval_min // case.step_min)
    rules = dict(case.more)
    allowed = np.ceil(rules.get("max_present", np.inf) / case.adherence - 1e-9)
    weeks = work_weeks(5, consecutive_days_off=True) if "days_per_week" in rules else ()
    working = np.array([[float(day in week) for week in weeks] for day in range(case.days)])
    covers = np.hstack([at_work, np.zeros((n_steps, len(weeks)))])
    whole = np.hstack([on_day, -working.reshape(case.days, len(weeks))])
    constraints = [LinearConstraint(csr_array(covers), needed, allowed)]
    if weeks:
        constraints.append(LinearConstraint(csr_array(whole), 0, 0))
    hours = np.array([hours for _, hours, _ in ways] + [0.0] * len(weeks))
    integral, bounds = np.ones(len(hours)), Bounds(0, np.inf)
    found = milp(
        hours, constraints=constraints, integrality=integral, bounds=bounds, options={"mip_rel_gap": 0}
    )
    assert found.status in (0, 2), found.message
    return None if found.status == 2 else float(found.fun)


ONE_BREAK, TWO_BREAKS = ((30, 1, 2),), ((15, 0.5, 1.5), (30, 1, 2))
DAY, NIGHT, SPLIT = ((480, 780),), ((0, 120), (1320, 1440)), ((480, 660), (720, 960))
CASES = {
    "a day, no break": Case(1, DAY, (2, 3), ()),
    "a day, one break": Case(1, DAY, (2.5, 4), ONE_BREAK, 0.9),
    "a day, breaks whose windows overlap": Case(1, ((480, 840),), (3, 4), TWO_BREAKS),
    "opening hours in two parts, most present": Case(2, SPLIT, (2, 3), ONE_BREAK, 1.0, (("max_present", 4),)),
    "three days, most present with shrinkage": Case(3, DAY, (2, 3), ONE_BREAK, 0.8, (("max_present", 3),)),
    "a week of people's weeks": Case(7, DAY, (2.5, 4), (), 1.0, tuple(WEEKLY.items())),
    "a week of people's weeks with breaks": Case(7, DAY, (3, 4), ONE_BREAK, 0.9, tuple(WEEKLY.items())),
    "every night the same": Case(1, NIGHT, (2, 3), ONE_BREAK),
    "nights of a horizon that ends": Case(3, NIGHT, (2, 3), ONE_BREAK),
    "nights of a week with people's weeks": Case(7, NIGHT, (2, 3), ONE_BREAK, 1.0, tuple(WEEKLY.items())),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("seed", [1])
def test_no_combination_of_shifts_and_breaks_is_cheaper(name: str, seed: int) -> None:
    case = CASES[name]
    scenario = case.scenario()
    horizon = horizon_of(scenario.calendar)
    draws = np.random.default_rng(seed).integers(0, 4, horizon.shape)
    required = np.where(horizon.is_open(), draws, 0)
    cheapest_h = least_paid_h(case, required)
    if cheapest_h is None:
        with pytest.raises(NoPlan):
            shifts_of_group(scenario, "team", required, Effort(0.0, 30.0, "highs"))
        return
    plan = shifts_of_group(scenario, "team", required, Effort(0.0, 30.0, "highs"))
    assert plan.status is Status.OPTIMAL
    assert plan.paid_h == pytest.approx(cheapest_h)
