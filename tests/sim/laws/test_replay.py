"""Laws: recorded arrivals come as recorded, in every replication and whatever is busy; nothing else is fixed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
import pytest

from scenarios import Scenario
from sim.chance.draws import Purpose
from sim.chance.sample import Sample
from sim.codes import Origin
from sim.records.records import Records
from sim.world.rates import expected_rates
from sim.world.world import world_of
from tests.sim.engines import FIRST, compiled, readable
from tests.sim.worlds import Table, call, center, constant, rows_of, team

ENGINES = [readable, lambda world, sample: compiled(world, sample).records]
HOUR_S, DAY_S = 3600.0, 86400.0
# Two days from 9 to 17, by the minute: three at once, pairs, and one a minute before closing.
RECORDED_S = [9 * HOUR_S + 60.0 * i for i in (0, 0, 0, 1, 5, 5, 90, 300)]
RECORDED_S += [DAY_S + 9 * HOUR_S + 60.0 * i for i in (30, 30, 479)]


def recorded(moments_s: Sequence[float], days: int = 2, **keys: object) -> Scenario:
    """Replayed calls beside others by rate; a busy center with a rush."""
    types: dict[str, Table] = {
        "call": call(
            arrivals={"replay": list(moments_s)}, talk_s={"law": "lognormal", "mean": 200, "cv": 1}, **keys
        ),
        "other": call(arrivals={"per_day": 50}),
    }
    rush = {"name": "rush", "from": datetime(2026, 11, 9), "to": datetime(2026, 11, 11), "factor": 3.0}
    return center(
        types,
        {"team": team(2, ["call", "other"])},
        {"days": days, "start": date(2026, 11, 9), "hours": {"mon-sun": "09:00-17:00"}, "interval_min": 60},
        busyness={"day_cv": 0.5, "interval_cv": 0.5},
        event=[rush],
    )


def arrived_s(found: Records, kind: int = 0) -> list[float]:
    rows = found.attempts
    return rows.arrived_s[(rows.contact_type == kind) & (rows.origin == Origin.FRESH)].tolist()


@pytest.mark.parametrize("live", ENGINES)
def test_arrivals_are_those_recorded_in_every_replication(live):
    world = world_of(recorded(RECORDED_S))
    lived = [live(world, Sample(1, replication)) for replication in range(3)]
    assert [arrived_s(found) for found in lived] == [sorted(RECORDED_S)] * 3
    talks = [tuple(found.attempts.talk_s[found.attempts.contact_type == 0]) for found in lived]
    others = [tuple(arrived_s(found, 1)) for found in lived]
    assert len(set(talks)) == len(set(others)) == 3, "what was not recorded is drawn"


@pytest.mark.parametrize("live", ENGINES)
def test_the_k_th_arrival_of_a_day_is_the_k_th_need(live):
    found = live(world_of(recorded(RECORDED_S)), FIRST)
    needs = [(row.day, row.k) for row in needs_of(found)]
    assert sorted(needs) == [(0, k) for k in range(8)] + [(1, k) for k in range(3)]
    for row in needs_of(found):
        assert row.began_s == sorted(RECORDED_S)[row.k + 8 * row.day]


def needs_of(found: Records) -> list:
    n = found.needs
    names = ("contact_type", "day", "k", "began_s")
    rows = np.rec.fromarrays([getattr(n, name) for name in names], names=names)
    return [row for row in rows if row.contact_type == 0]


def test_prevention_thins_recorded_calls_too():
    """The draw of each need says which; those that remain keep their ordinals."""
    scenario = recorded(RECORDED_S, prevention={"share": 0.5})
    sample = Sample(1, 0)
    world = world_of(scenario)
    found = needs_of(compiled(world, sample).records)
    keys = [sample.key_of(0, 0, day, k) for day, n in ((0, 8), (1, 3)) for k in range(n)]
    stay = [sample.uniform(key, Purpose.PREVENTED) >= 0.5 for key in keys]
    assert 0 < sum(stay) < 11
    assert [row.k + 8 * row.day for row in found] == np.flatnonzero(stay).tolist()


def test_the_expected_profile_counts_what_was_recorded():
    """By hour: 6 and 1 in the first two, 1 at 14:00; on the second day 2 and, a minute before closing, 1."""
    scenario = recorded(RECORDED_S)
    by_hour = [expected_rates(scenario, "call", day) * HOUR_S for day in (0, 1, 2)]
    first, second = np.zeros(24), np.zeros(24)
    first[[9, 10, 14]] = 6, 1, 1
    second[[9, 16]] = 2, 1
    assert np.array(by_hour) == pytest.approx(np.array([first, second, np.zeros(24)]))


@pytest.mark.parametrize("live", ENGINES)
def test_returns_at_night_come_by_the_profile_of_a_recorded_day(live):
    """Everyone calls again an hour after closing; next day all calls were recorded between 9:00 and 10:00.

    The day after that is not in the file: those who return then come at any time of the open hours.
    """
    moments = [16 * HOUR_S + 60.0 * i for i in range(50)] + [DAY_S + 9 * HOUR_S + 60.0 * i for i in range(40)]
    back = {"share": 1.0, "delay_h": constant(2.0)}
    scenario = recorded(moments, days=3, resolution_rate=0.0, reconnect=back).changed(
        {"agent_group.team.agents": {"present": 60}, "calendar.run_out_h": 0}
    )
    rows = rows_of(scenario, live(world_of(scenario), FIRST))
    again = [
        row.arrived_s for row in rows if row.type == "call" and row.attempt == 1 and row.arrived_s >= DAY_S
    ]
    next_day = [at_s - DAY_S for at_s in again if at_s < 2 * DAY_S]
    by_profile = [at_s for at_s in next_day if at_s < 10 * HOUR_S]
    assert len(by_profile) == 50, "those of the first evening"
    third = [row.arrived_s - 2 * DAY_S for row in rows if row.type == "call" and row.arrived_s >= 2 * DAY_S]
    assert len(third) > 30
    assert min(third) < 10.5 * HOUR_S
    assert max(third) > 15.5 * HOUR_S
