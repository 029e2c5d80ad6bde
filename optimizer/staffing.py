"""People for a requirement, one group at a time: shifts, free head counts by interval, or one head count for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optimizer.horizon import FloatArray, Horizon, IntArray, horizon_of
from optimizer.solver import Status
from scenarios import Scenario
from scenarios.calendar_days import WEEKDAYS


@dataclass(frozen=True)
class GroupPlan:
    """A group's people. `present`: at work in each interval, breaks and shrinkage taken off; days by intervals.

    cost = cost_per_h × paid hours; no people that cover the same requirement cost less than `lower_bound`.
    """

    as_agents: dict[str, Any]
    present: FloatArray
    paid_h: float
    cost: float
    lower_bound: float
    status: Status
    rows: tuple[dict[str, Any], ...] = ()
    uncovered: tuple[str, ...] = ()  # requirement left open at a price, as sentences


class NoPlan(Exception):  # noqa: N818 - it says what it is
    """No people can be planned under the rules; the message says why in the planner's words."""


@dataclass(frozen=True)
class Effort:
    """How far to go in one solve: proven gap, seconds, solver by name."""

    gap: float
    time_limit_s: float
    solver: str


def staff(scenario: Scenario, group: str, required: IntArray, effort: Effort) -> GroupPlan:
    """People for the requirement (days by intervals), of the kind that [plan] asks for."""
    horizon = horizon_of(scenario.calendar)
    if scenario.plan.kind == "shifts":
        from optimizer.shifts_of_group import shifts_of_group  # the solver loads only where it is needed

        return shifts_of_group(scenario, group, required, effort)
    floor = np.where(horizon.is_open(), np.maximum(required, scenario.plan.min_present), 0)
    if scenario.plan.kind == "constant":
        floor = np.where(horizon.is_open(), floor.max(initial=0), 0)
    return _head_counts(scenario, group, floor, horizon)


def _head_counts(scenario: Scenario, group: str, people: IntArray, horizon: Horizon) -> GroupPlan:
    """Exactly these people, paid as the scenario pays people present: present ÷ available share of paid time."""
    declared = scenario.agent_group[group]
    per_interval_h = horizon.interval_s / 3600.0
    paid_h = float(people.sum()) * per_interval_h / declared.shrinkage.available_share
    cost = paid_h * declared.cost_per_h
    return GroupPlan(
        as_agents={"present_per_interval": people.ravel().tolist()},
        present=people.astype(np.float64),
        paid_h=paid_h,
        cost=cost,
        lower_bound=cost,
        status=Status.OPTIMAL,
    )


def worst_status(plans: Sequence[GroupPlan]) -> Status:
    """The status that holds for all groups together: the weakest of them."""
    return max((plan.status for plan in plans), key=list(Status).index, default=Status.OPTIMAL)


def weekday_names(days: Sequence[int]) -> str:
    """Weekdays as the scenario file writes them: "mon, wed"."""
    return ", ".join(WEEKDAYS[day] for day in sorted(days))


def with_people(scenario: Scenario, plans: Mapping[str, GroupPlan]) -> Scenario:
    """The scenario with the planned people in place."""
    return scenario.changed({f"agent_group.{group}.agents": plan.as_agents for group, plan in plans.items()})
