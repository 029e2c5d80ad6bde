"""What it costs once to have another team: severance for those who go, hiring and training of those who come."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scenarios import Scenario
from sim.measures.costs.time import DAYS_PER_WEEK, HOUR_S
from sim.world.hours import DAY_S
from sim.world.people import presence_of


def staff_change_cost(reference: Scenario, design: Scenario) -> float:
    """Σ over groups of people given up × severance, or people added × (hire_cost + training_cost).

    Groups meet by name; the costs of one given up are the reference's, of one added the design's. People are counted
    as full ones of hours_per_week. Nobody leaves of their own accord first.
    """
    before, after = people_of(reference), people_of(design)
    cost = 0.0
    for name in before.keys() | after.keys():
        more = after.get(name, 0.0) - before.get(name, 0.0)
        if more < 0.0:
            cost -= more * reference.agent_group[name].severance
        elif more > 0.0:
            group = design.agent_group[name]
            cost += more * (group.hire_cost + group.training_cost)
    return cost


def people_of(scenario: Scenario) -> Mapping[str, float]:
    """People on the payroll by group: paid hours a week ÷ hours_per_week of one; an outsourcer's are not ours."""
    horizon_s = np.array([0.0, scenario.calendar.days * DAY_S])
    weeks = scenario.calendar.days / DAYS_PER_WEEK
    return {
        name: float(presence_of(scenario, name, index).paid_s(horizon_s)[0])
        / HOUR_S
        / weeks
        / group.hours_per_week
        for index, (name, group) in enumerate(scenario.agent_group.items())
        if group.outsourced is None
    }
