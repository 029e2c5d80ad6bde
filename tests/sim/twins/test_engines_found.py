"""Twins: what random centers have found, each as a small center of its own, with what it showed."""

from __future__ import annotations

import numpy as np

from scenarios import Scenario
from sim.codes import Outcome
from sim.records.wait_histogram import UPPER_S
from sim.world.world import world_of
from tests.sim.engines import compiled, differences
from tests.sim.worlds import call, center, constant, team


def waits_on_an_edge() -> Scenario:
    """Everybody waits 300 s and dials again after a time that the engines round differently."""
    again = {"share": 0.9, "delay_s": {"law": "lognormal", "mean": 600, "cv": 1.2}}
    calls = call(arrivals={"per_h": 20}, patience_s=constant(300), redial=again, service_target="80/300")
    return center({"call": calls}, {"team": team(0)})


def test_a_wait_on_the_edge_of_a_bin_is_counted_once_by_each_engine():
    """Moments that differ in the last digit put such a wait into either bin, or within the promised time or not.

    So the sums are held against the rows of the engine that kept them, and the rows against each other.
    """
    world = world_of(waits_on_an_edge())
    assert 300.0 in UPPER_S
    rows = compiled(world).records.attempts
    waits_s = (rows.ended_s - rows.queued_s)[rows.outcome == Outcome.ABANDONED]
    assert np.all(np.abs(waits_s - 300.0) < 1e-6)
    assert 0 < np.sum(waits_s < 300.0) < len(waits_s)
    assert differences(world) == []
