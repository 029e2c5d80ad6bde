"""Laws of a year: 52 weeks with weekdays, events and closed days run in both engines, and cost no more memory a day."""

from __future__ import annotations

import tracemalloc
from datetime import date, datetime

import numpy as np
import pytest

from scenarios import Scenario, load
from sim.chance.sample import Sample
from sim.compiled.center import CompiledCenter
from sim.compiled.lowering import Lowered
from sim.world.rates import daily_steps
from sim.world.world import world_of
from tests.sim.engines import differences, readable
from tests.sim.worlds import call, center, team

EASTER, RUSH = date(2026, 4, 6), date(2026, 7, 20)


def short_year(**arrivals: object) -> Scenario:
    """364 days from a Monday, two calls a day, four on Mondays; closed on Sundays and at Easter; a rush in July."""
    rush = {
        "name": "rush",
        "from": datetime(2026, 7, 20),
        "to": datetime(2026, 7, 25),
        "factor": 10.0,
        "shape": [1, 2],
    }
    rush["echo"] = {"after_days": 100, "factor": 5.0}
    hours = {"mon-sat": "08:00-18:00", "sun": "closed"}
    return center(
        {"call": call(arrivals={"per_day": 2, "weekday": {"mon": 2.0}, **arrivals}, patience_s=100)},
        {"team": team(1)},
        {"days": 364, "start": date(2026, 1, 5), "hours": hours, "closed": [EASTER], "interval_min": 60},
        event=[rush],
    )


def test_both_engines_live_through_a_year_alike():
    world = world_of(short_year())
    assert differences(world, Sample(1, 0)) == []
    days = np.bincount(readable(world).needs.day, minlength=364)
    assert len(days) == 364
    sundays = np.arange(364) % 7 == 6
    assert days[sundays].sum() == days[(EASTER - date(2026, 1, 5)).days] == 0
    rush = (RUSH - date(2026, 1, 5)).days
    assert days[rush : rush + 5].sum() > 5 * days[rush + 7 : rush + 12].sum()


def test_the_shipped_year_has_its_calendar():
    """By what is expected of each day: nothing on six holidays and 52 Sundays, bill runs, and growth by 1 % a month."""
    year = load("year")
    expected = np.array([daily_steps(year, "call", day).cumulative[-1] for day in range(364)])
    assert (expected == 0.0).sum() == 52 + 6
    tuesdays, bills = expected[1::7], {2, 15, 28, 41}
    growth = tuesdays / (70 * 1.01 ** ((np.arange(52) * 7 + 1) / (365.25 / 12)))
    assert {week for week in range(52) if growth[week] == pytest.approx(1.6)} == bills
    assert {week for week in range(52) if growth[week] == pytest.approx(1.0)} == set(range(52)) - bills


def most_memory(world_days: int) -> int:
    """The most that Python and NumPy held at once while a replication was lived through, its lowering included."""
    scenario = short_year(factor=40.0).changed({"calendar.days": world_days, "event": []})
    world = world_of(scenario)
    tracemalloc.start()
    try:
        CompiledCenter(Lowered(world), Sample(1, 0)).run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_days():
    """Days are kept as far as the hundredth; from then on 900 days more take less than a tenth more."""
    most_memory(7)  # what is loaded once
    assert most_memory(1092) < 1.1 * most_memory(182)
