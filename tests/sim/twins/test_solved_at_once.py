"""Twins: contacts that a free bot solves without an event of their own, against the same bot with events.

A limit on sessions that is never reached makes the engine follow every session; the rows must be the same.
"""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from hypothesis import given

from scenarios import Scenario, from_data
from sim.chance.sample import Sample
from sim.engines import SimpyEngine
from sim.records.records import Records
from sim.replicate import Asked, run
from sim.world.world import world_of
from tests.sim.laws.small_centers import small_centers
from tests.sim.steady import steady

NEVER_REACHED = 10**9


def with_limit(scenario: Scenario, limit: int | None) -> Scenario:
    """The same bots with another limit, or with none."""
    data = scenario.as_dict()
    for bot in data.get("bot", {}).values():
        bot.pop("max_sessions", None)
        if limit is not None:
            bot["max_sessions"] = limit
    return from_data(data)


def within(records: Records, horizon_s: float) -> dict[str, np.ndarray]:
    """The columns of attempts that arrived in the horizon, in order of arrival and need."""
    a, n = records.attempts, records.needs
    rows = np.flatnonzero((a.arrived_s >= 0.0) & (a.arrived_s < horizon_s))
    rows = rows[np.lexsort((a.contact_type[rows], a.arrived_s[rows]))]
    columns = {f.name: getattr(a, f.name)[rows] for f in fields(a) if f.name != "need"}
    of_need = {name: getattr(n, name)[a.need[rows]] for name in ("day", "k", "began_s", "resolved_s", "open")}
    return columns | of_need


@steady(40)
@given(small_centers().filter(lambda scenario: bool(scenario.bot)))
def test_the_rows_are_the_same(scenario):
    free, followed = with_limit(scenario, None), with_limit(scenario, NEVER_REACHED)
    ours, theirs = (
        within(SimpyEngine(world_of(s)).records(Sample(1, 0)), world_of(s).horizon_s)
        for s in (free, followed)
    )
    for name, column in ours.items():
        assert np.array_equal(column, theirs[name], equal_nan=column.dtype.kind == "f"), name


@steady(15)
@given(small_centers().filter(lambda scenario: bool(scenario.bot)))
def test_the_measures_are_the_same(scenario):
    asked = Asked(seed=9, replications=2)
    ours, theirs = (run(with_limit(scenario, limit), asked) for limit in (None, NEVER_REACHED))
    for measure, scope, name in ours.figures():
        assert ours.estimate(measure, scope, name) == theirs.estimate(measure, scope, name)
