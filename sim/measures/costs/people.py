"""What people cost: one's own by the paid hour, an outsourcer's by its price, tools of theirs by the seat."""

from __future__ import annotations

import numpy as np

from scenarios.prices import Outsourced
from sim.measures.costs.time import HOUR_S, months_of, over_horizon
from sim.measures.stack import Stack
from sim.records.records import FloatArray
from sim.records.totals import AttemptSum
from sim.world.peaks import within_horizon
from sim.world.world import GroupModel


def cost_labor(s: Stack) -> FloatArray:
    """cost_per_h × paid hours, by agent group; of an outsourced group nothing. Overtime is not paid extra."""
    groups = s.world.scenario.agent_group.values()
    per_h = np.array([0.0 if group.outsourced else group.cost_per_h for group in groups])
    return over_horizon(s.paid_s) / HOUR_S * per_h[:, None]


def cost_outsourced(s: Stack) -> FloatArray:
    """per_h × paid hours + per_contact × answered, at least the minimum of the horizon's months; by agent group.

    While an event brings more contacts, both prices are multiplied by peak_factor: of the hours that are paid then,
    and of the contacts that are answered then. Whether the minimum holds is decided in each replication.
    """
    return s.of_each_replication(_cost_outsourced)


def _cost_outsourced(s: Stack) -> FloatArray:
    cost = np.zeros((s.n_observations, len(s.world.groups), 1))
    answered, at_peak = (
        over_horizon(s.of_groups(kind)) for kind in (AttemptSum.ANSWERED, AttemptSum.ANSWERED_AT_PEAK)
    )
    for group, declared in zip(s.world.groups, s.world.scenario.agent_group.values(), strict=True):
        price, i = declared.outsourced, group.index
        if price is not None:
            contacts = answered[:, i] + (price.peak_factor - 1.0) * at_peak[:, i]
            charged = _charged_for_hours(s, group, price) + price.per_contact * contacts
            cost[:, i] = np.maximum(charged, price.minimum_per_month * months_of(s.world.scenario))
    return cost


def _charged_for_hours(s: Stack, group: GroupModel, price: Outsourced) -> float:
    """The price of the paid hours, those at peak at their own."""
    peaks_s = within_horizon(s.world.peaks_s, s.world.horizon_s)
    at_peak_s = sum(float(group.presence.paid_s(np.array(peak_s)).sum()) for peak_s in peaks_s)
    paid_s = float(s.paid_s[0, group.index].sum())
    return price.per_h * (paid_s + (price.peak_factor - 1.0) * at_peak_s) / HOUR_S


def cost_assist(s: Stack) -> FloatArray:
    """Seats × price per seat and month; a seat for everybody at work in the group's fullest hour."""
    scenario, assist = s.world.scenario, s.world.scenario.assist
    cost = 0.0
    if assist is not None and assist.per_seat_month > 0.0:
        seats = sum(group.presence.most_at_once for group in s.world.groups if group.name in assist.groups)
        cost = assist.per_seat_month * seats * months_of(scenario)
    return np.full((s.n_observations, 1, 1), cost)
