"""Proactive notices: how many, by the group that gives them, and what they win and cost; in expectation."""

from __future__ import annotations

import numpy as np

from scenarios import Scenario
from sim.measures.stack import Stack
from sim.records.records import FloatArray
from sim.records.totals import AttemptSum


def notices(s: Stack) -> FloatArray:
    """Notices given, whether or not the customer was reached, by agent group."""
    return s.of_notices(AttemptSum.ANSWERED)


def notices_reached(s: Stack) -> FloatArray:
    """Notices given to a customer who was reached, by agent group."""
    return s.of_notices(AttemptSum.REACHED)


def notices_dropped(s: Stack) -> FloatArray:
    """Notices for which nobody had time on their day, by agent group."""
    return s.of_notices(AttemptSum.ABANDONED)


def margin_of_notices(s: Stack) -> FloatArray:
    """Margin × share of a sale × reached, by the contact type that the notices are about."""
    types = list(s.world.scenario.contact_type)[: len(s.types)]
    reached = notices_reached(s)
    won = np.zeros((len(reached), len(types), reached.shape[2]))
    for i, group in enumerate(s.world.scenario.agent_group.values()):
        if group.proactive is not None:
            said = group.proactive
            won[:, types.index(said.contact)] += said.conversion_share * said.margin * reached[:, i]
    return won


def cost_of_unwelcome(s: Stack) -> FloatArray:
    """Cost × share unwelcome × reached, by agent group, for the whole horizon."""
    each = [
        0.0 if said is None else said.unwelcome_share * said.unwelcome_cost
        for said in (group.proactive for group in s.world.scenario.agent_group.values())
    ]
    return np.array(each)[:, None] * notices_reached(s).sum(axis=2, keepdims=True)


def has_notices(scenario: Scenario) -> bool:
    """Whether some group gives notices."""
    return any(group.proactive is not None for group in scenario.agent_group.values())
