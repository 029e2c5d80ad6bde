"""What delight costs beside the agents' time."""

from __future__ import annotations

from sim.measures.costs.time import over_horizon
from sim.measures.experience import delighted
from sim.measures.stack import Stack
from sim.records.records import FloatArray


def cost_of_delight(s: Stack) -> FloatArray:
    """Cost × delightful conversations, by contact type."""
    experience = s.world.experience
    return over_horizon(delighted(s)) * (0.0 if experience is None else experience.delight.cost)
