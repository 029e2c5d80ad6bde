"""What people cost: one's own by the paid hour, an outsourcer's by its price, tools of theirs by the seat."""

from __future__ import annotations

import numpy as np

from scenarios.prices import Outsourced
from sim.measures.costs.time import HOUR_S, months_of, over_horizon
from sim.measures.stack import Stack
from sim.records.records import FloatArray
from sim.records.tally import edges_of
from sim.records.totals import AttemptSum
from sim.world.peaks import within_horizon
from sim.world.world import GroupModel


def cost_labor(s: Stack) -> FloatArray:
    """cost_per_h × paid hours, by agent group, shifts with a cost of their own at that; of an outsourced group nothing.

    Work after one's time is up is not paid extra.
    """
    groups = s.world.scenario.agent_group.values()
    per_h = np.array([0.0 if group.outsourced else group.cost_per_h for group in groups])
    horizon_s = edges_of(s.world, by_interval=False)
    beyond = [
        0.0 if group.outsourced else model.presence.beyond_hours(horizon_s, group.cost_per_h).sum()
        for model, group in zip(s.world.groups, groups, strict=True)
    ]
    return over_horizon(s.paid_s) / HOUR_S * per_h[:, None] + np.array(beyond)[:, None]


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
    """The price of the paid hours, or what shifts cost by themselves, at peak by the peak's factor."""

    def charged(edges_s: FloatArray) -> float:
        hours = group.presence.paid_s(edges_s) / HOUR_S
        return float((price.per_h * hours + group.presence.beyond_hours(edges_s, price.per_h)).sum())

    peaks_s = within_horizon(s.world.peaks_s, s.world.horizon_s)
    at_peak = sum(charged(np.array(peak_s)) for peak_s in peaks_s)
    return charged(edges_of(s.world, by_interval=False)) + (price.peak_factor - 1.0) * at_peak


def cost_assist(s: Stack) -> FloatArray:
    """Seats × price per seat and month; a seat for everybody at work in the group's fullest hour."""
    scenario, assist = s.world.scenario, s.world.scenario.assist
    cost = 0.0
    if assist is not None and assist.per_seat_month > 0.0:
        seats = sum(group.presence.most_at_once for group in s.world.groups if group.name in assist.groups)
        cost = assist.per_seat_month * seats * months_of(scenario)
    return np.full((s.n_observations, 1, 1), cost)
