"""What keeping the knowledge up costs."""

from __future__ import annotations

import numpy as np

from sim.measures.costs.time import months_of
from sim.measures.stack import Stack
from sim.records.records import FloatArray


def cost_of_knowledge(s: Stack) -> FloatArray:
    """upkeep_per_month × months of the horizon."""
    scenario = s.world.scenario
    per_month = 0.0 if scenario.knowledge is None else scenario.knowledge.upkeep_per_month
    return np.full((s.n_observations, 1, 1), per_month * months_of(scenario))
