"""What a team costs beside its own paid hours: leads and quality assurance, and replacing those who leave."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scenarios.agent_groups import AgentGroup
from sim.measures.costs.people import cost_labor
from sim.measures.costs.time import DAYS_PER_WEEK, DAYS_PER_YEAR, HOUR_S, over_horizon
from sim.measures.stack import Stack
from sim.records.records import FloatArray


def cost_of_support(s: Stack) -> FloatArray:
    """cost_labor × (1 ÷ people_per_lead + 1 ÷ people_per_qa), by agent group: paid like the people they support."""
    return cost_labor(s) * _of_groups(s, _supporters_per_person)


def cost_of_turnover(s: Stack) -> FloatArray:
    """Leavers × (hire_cost + training_cost), by agent group; leavers in expectation, of an outsourcer none.

    Leavers = attrition_per_year × years × people, and people = paid hours a week ÷ hours_per_week of one of them. As
    the weeks of the horizon cancel out, leavers = attrition_per_year × paid hours ÷ (hours_per_week × weeks a year).
    """
    hours_a_year = _of_groups(s, lambda group: group.hours_per_week) * DAYS_PER_YEAR / DAYS_PER_WEEK
    people_years = over_horizon(s.paid_s) / HOUR_S / hours_a_year
    return people_years * _of_groups(s, _cost_per_year)


def _supporters_per_person(group: AgentGroup) -> float:
    support = group.support
    ratios = () if support is None else (support.people_per_lead, support.people_per_qa)
    return sum(1.0 / ratio for ratio in ratios if ratio is not None)


def _cost_per_year(group: AgentGroup) -> float:
    """Of one person's seat."""
    return 0.0 if group.outsourced else group.attrition_per_year * (group.hire_cost + group.training_cost)


def _of_groups(s: Stack, number_of: Callable[[AgentGroup], float]) -> FloatArray:
    """A number of each group; groups × 1."""
    return np.array([number_of(group) for group in s.world.scenario.agent_group.values()])[:, None]
