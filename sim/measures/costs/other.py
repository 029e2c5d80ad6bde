"""Further running costs: one function each, told together as `cost_other`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.measures.costs.delight import cost_of_delight
from sim.measures.costs.knowledge import cost_of_knowledge
from sim.measures.costs.prevention import cost_of_prevention
from sim.measures.costs.team import cost_of_support, cost_of_turnover
from sim.measures.costs.wrong_answers import cost_of_wrong_answers
from sim.measures.proactive import cost_of_unwelcome
from sim.measures.stack import Stack
from sim.records.records import FloatArray

# Each gives an amount for the whole horizon: observations × names × 1.
OTHER: tuple[Callable[[Stack], FloatArray], ...] = (
    cost_of_wrong_answers,
    cost_of_prevention,
    cost_of_delight,
    cost_of_knowledge,
    cost_of_support,
    cost_of_turnover,
    cost_of_unwelcome,
)


def cost_other(s: Stack) -> FloatArray:
    """All of them."""
    nothing = np.zeros((s.n_observations, 1, 1))
    return sum((cost(s).sum(axis=1, keepdims=True) for cost in OTHER), nothing)
