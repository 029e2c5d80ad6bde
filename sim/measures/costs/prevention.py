"""What prevention costs while it is in force."""

from __future__ import annotations

import numpy as np

from scenarios import Scenario
from scenarios.demand import Prevention
from sim.measures.costs.time import months_of
from sim.measures.stack import Stack
from sim.records.records import FloatArray


def cost_of_prevention(s: Stack) -> FloatArray:
    """per_month × months of the horizon from starts_month on, by contact type."""
    scenario = s.world.scenario
    costs = [
        0.0 if one is None else one.per_month * _months_charged(scenario, one)
        for one in (declared.prevention for declared in scenario.contact_type.values())
    ]
    return np.broadcast_to(np.array(costs)[:, None], (s.n_observations, len(costs), 1))


def _months_charged(scenario: Scenario, prevention: Prevention) -> float:
    before = 0 if prevention.starts_month is None else prevention.starts_month - 1
    return max(months_of(scenario) - before, 0.0)
