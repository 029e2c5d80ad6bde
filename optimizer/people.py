"""One group's people as planned: what they are, what they cost and how well that is proven."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from optimizer.horizon import FloatArray
from optimizer.solver import Status
from scenarios import Scenario
from scenarios.agent_groups import AgentGroup
from scenarios.calendar_days import WEEKDAYS


@dataclass(frozen=True)
class GroupPlan:
    """A group's people. `present`: at work in each interval, breaks and shrinkage taken off; days by intervals.

    cost: cost_per_h × paid hours, or what its shifts cost where they have prices of their own, over the horizon; no
    people that cover the same requirement cost less than `lower_bound`.
    """

    as_agents: dict[str, Any]
    present: FloatArray
    paid_h: float
    cost: float
    lower_bound: float
    status: Status
    rows: tuple[dict[str, Any], ...] = ()
    uncovered: tuple[str, ...] = ()  # requirement left open at a price, as sentences
    weeks: tuple[
        dict[str, Any], ...
    ] = ()  # people by the shifts of their week, where rest ties one day to the next


class NoPlan(Exception):  # noqa: N818 - it says what it is
    """No people can be planned under the rules; the message says why in the planner's words."""


@dataclass(frozen=True)
class Effort:
    """How far to go in one solve: proven gap, seconds, solver by name."""

    gap: float
    time_limit_s: float
    solver: str


def price_per_h(group: AgentGroup) -> float:
    """Money for a paid hour: the outsourcer's price in place of cost_per_h where the people are another firm's."""
    return group.outsourced.per_h if group.outsourced else group.cost_per_h


def worst_status(plans: Sequence[GroupPlan]) -> Status:
    """The status that holds for all groups together: the weakest of them."""
    return max((plan.status for plan in plans), key=list(Status).index, default=Status.OPTIMAL)


def groups_to_plan(scenario: Scenario) -> list[str]:
    """The groups whose people are left to the optimizer; all groups where none is."""
    left = [name for name, group in scenario.agent_group.items() if group.agents.plan]
    return left or list(scenario.agent_group)


def weekday_names(days: Sequence[int]) -> str:
    """Weekdays as the scenario file writes them: "mon, wed"."""
    return ", ".join(WEEKDAYS[day] for day in sorted(days))
