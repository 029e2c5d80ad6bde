"""What everything costs, and by contact and need."""

from __future__ import annotations

import numpy as np

from sim.measures.costs.bots import cost_bot
from sim.measures.costs.other import cost_other
from sim.measures.costs.people import cost_assist, cost_labor, cost_outsourced
from sim.measures.costs.time import over_horizon
from sim.measures.stack import Stack
from sim.records.records import FloatArray
from sim.records.totals import AttemptSum, NeedSum

_COSTS = (cost_labor, cost_outsourced, cost_bot, cost_assist, cost_other)
# A transfer is the same contact; a redial or a reconnect is another one.
CONTACTS = (AttemptSum.FRESH, AttemptSum.REDIALS, AttemptSum.RECONNECTS)


def cost_total(s: Stack) -> FloatArray:
    """Labor, outsourcers, bots, assist, and other running costs."""
    return np.sum([cost(s).sum(axis=1, keepdims=True) for cost in _COSTS], axis=0)


def cost_per_contact(s: Stack) -> tuple[FloatArray, FloatArray]:
    """Total cost ÷ contacts: fresh, redials and reconnects, of all types."""
    contacts = np.sum([over_horizon(s.of_types(kind)) for kind in CONTACTS], axis=0)
    return cost_total(s), contacts.sum(axis=1, keepdims=True)


def cost_per_resolved_need(s: Stack) -> tuple[FloatArray, FloatArray]:
    """Total cost ÷ needs met, of all types."""
    return cost_total(s), over_horizon(s.of_needs(NeedSum.MET)).sum(axis=1, keepdims=True)
