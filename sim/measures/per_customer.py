"""Figures per customer, for scenarios that say how many customers there are."""

from __future__ import annotations

import numpy as np

from scenarios import Scenario
from sim.measures.costs.time import DAYS_PER_YEAR
from sim.measures.costs.total import CONTACTS
from sim.measures.stack import Stack
from sim.records.records import FloatArray
from sim.records.tally import edges_of
from sim.world.hours import DAY_S
from sim.world.months import months_at


def has_customers(scenario: Scenario) -> bool:
    """Whether the scenario states its customers."""
    return scenario.customers is not None


def contacts_per_customer_year(s: Stack) -> tuple[FloatArray, FloatArray]:
    """Contacts (fresh, redials and reconnects) ÷ customer years, which are the same for all contact types."""
    contacts = np.sum([s.of_types(kind) for kind in CONTACTS], axis=0)
    years = np.diff(customer_years_until(s.world.scenario, edges_of(s.world, s.by_interval)))
    return contacts, np.broadcast_to(years, contacts.shape)


def customer_years_until(scenario: Scenario, moments_s: FloatArray) -> FloatArray:
    """Customers × years from the start of the horizon to each moment; their number changes at midnight."""
    customers, days = scenario.customers, scenario.calendar.days
    per_day = [0.0 if customers is None else customers.n * customers.grown(months_at(d)) for d in range(days)]
    by_midnight = np.concatenate([[0.0], np.cumsum(per_day)]) / DAYS_PER_YEAR
    return np.interp(moments_s, np.arange(days + 1) * DAY_S, by_midnight)
