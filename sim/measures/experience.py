"""Measures of the experience model (`sim.world.experience`), over needs; nothing is told without one."""

from __future__ import annotations

from scenarios import Scenario
from sim.measures.measures import Share
from sim.measures.stack import Stack
from sim.records.records import FloatArray
from sim.records.totals import NeedSum


def has_experience(scenario: Scenario) -> bool:
    """Whether the scenario states an experience model."""
    return scenario.experience is not None


def _needs(s: Stack) -> FloatArray:
    """Needs whose experience is known."""
    return s.of_needs(NeedSum.NEEDS) * has_experience(s.world.scenario)


def effort(s: Stack) -> Share:
    """Effort of all contacts of a need ÷ needs."""
    return s.of_needs(NeedSum.EFFORT), _needs(s)


def satisfaction(s: Stack) -> Share:
    """Satisfaction ÷ needs."""
    return s.of_needs(NeedSum.SATISFACTION), _needs(s)


def churn_risk(s: Stack) -> Share:
    """Chance that the customer leaves for good ÷ needs."""
    return s.of_needs(NeedSum.CHURN_RISK), _needs(s)


def delighted(s: Stack) -> FloatArray:
    """Conversations in which the agent delighted the customer, by contact type of the need."""
    return s.of_needs(NeedSum.DELIGHTED)


def value_lost(s: Stack) -> FloatArray:
    """Churn risk × the margin lost with a customer, by contact type of the need."""
    experience = s.world.scenario.experience
    return s.of_needs(NeedSum.CHURN_RISK) * (0.0 if experience is None else experience.customer_value)
