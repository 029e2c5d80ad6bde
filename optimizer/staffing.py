"""People for a requirement, one group at a time: shifts, free head counts by interval, or one head count for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from optimizer.horizon import IntArray, horizon_of
from optimizer.people import Effort, GroupPlan, price_per_h
from optimizer.solver import Status
from scenarios import Scenario
from scenarios.agent_groups import Agents
from scenarios.quantities import frozen


def staff(scenario: Scenario, group: str, required: IntArray, effort: Effort) -> GroupPlan:
    """People for the requirement (days by intervals), of the kind that [plan] asks for."""
    horizon = horizon_of(scenario.calendar)
    if scenario.plan.kind == "shifts":
        from optimizer.shifts.of_group import shifts_of_group  # the solver loads only where it is needed

        return shifts_of_group(scenario, group, required, effort)
    floor = np.where(horizon.is_open(), np.maximum(required, scenario.plan.min_present), 0)
    if scenario.plan.kind == "constant":
        floor = np.where(horizon.is_open(), floor.max(initial=0), 0)
    return head_counts(scenario, group, floor)


def head_counts(scenario: Scenario, group: str, people: IntArray) -> GroupPlan:
    """Exactly these people (days by intervals), paid as people present are: present ÷ available share of paid time."""
    declared = scenario.agent_group[group]
    per_interval_h = scenario.calendar.interval_s / 3600.0
    paid_h = float(people.sum()) * per_interval_h / declared.shrinkage.available_share
    cost = paid_h * price_per_h(declared)
    return GroupPlan(
        as_agents={"present_per_interval": people.ravel().tolist()},
        present=people.astype(np.float64),
        paid_h=paid_h,
        cost=cost,
        lower_bound=cost,
        status=Status.OPTIMAL,
    )


def with_people(scenario: Scenario, plans: Mapping[str, GroupPlan]) -> Scenario:
    """The scenario with the planned people in place."""
    return with_agents(scenario, {group: plan.as_agents for group, plan in plans.items()})


def with_agents(scenario: Scenario, agents: Mapping[str, Mapping[str, Any]]) -> Scenario:
    """The scenario with these people, as its file would have them.

    Only they are checked: a search makes thousands of such scenarios, and all the rest was checked when it was read.
    """
    groups = {
        name: group.model_copy(update={"agents": Agents.model_validate(agents[name])})
        if name in agents
        else group
        for name, group in scenario.agent_group.items()
    }
    return scenario.model_copy(update={"agent_group": frozen(groups)})
