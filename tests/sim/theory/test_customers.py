"""Theory: demand grows with the customers, day by day; contacts per customer and year by hand."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest

from scenarios import Scenario
from sim.chance.sample import Sample
from sim.measures.per_customer import customer_years_until
from sim.replicate import Asked, run
from sim.world.rates import expected_rates
from sim.world.world import world_of
from tests.sim.engines import compiled, readable
from tests.sim.worlds import Table, call, center, team

MONTH_DAYS = 365.25 / 12
DAY_S = 86400.0


def growing(growth: float, days: int = 60, **keys: object) -> Scenario:
    """100 contacts a day where nothing grows; beside them a day that was recorded."""
    types: dict[str, Table] = {
        "call": call(arrivals={"per_day": 100, **keys}),
        "recorded": call(arrivals={"replay": [60.0, 3600.0]}),
    }
    return center(
        types,
        {"team": team(50, ["call", "recorded"])},
        {"days": days, "start": date(2026, 11, 9)},
        customers={"n": 1000, "growth_per_month": growth},
    )


def per_day(scenario: Scenario, day: int, name: str = "call") -> float:
    interval_s = scenario.calendar.interval_s
    return float(expected_rates(scenario, name, day).sum() * interval_s)


@pytest.mark.parametrize("growth", [0.1, -0.2, 0.0])
def test_demand_by_hand(growth):
    """(1 + g) to the months since the start; before it less, by the same rule."""
    scenario = growing(growth)
    for day in (-10, 0, 1, 45):
        assert per_day(scenario, day) == pytest.approx(100 * (1 + growth) ** (day / MONTH_DAYS))
    assert per_day(scenario, 0, "recorded") == pytest.approx(2.0)


def test_events_multiply_what_has_grown():
    """An event with a shape brings its factor times the grown demand of its time, a day and a half here."""
    event = {"name": "rush", "from": datetime(2026, 11, 19), "to": datetime(2026, 11, 20, 12), "factor": 2.0}
    for shape in ({}, {"shape": [3, 1]}):
        scenario = growing(0.1).changed({"event": [{**event, **shape}]})
        usual = [100 * 1.1 ** (day / MONTH_DAYS) for day in (10, 11)]
        found = per_day(scenario, 10) + per_day(scenario, 11)
        assert found == pytest.approx(2 * (usual[0] + usual[1] / 2) + usual[1] / 2)


def test_customer_years_by_hand():
    """1000 on the first day, 1.1 times as many a month later; half a day counts half."""
    scenario = growing(0.1)
    by_day = 1000 * 1.1 ** (np.arange(60) / MONTH_DAYS) / 365.25
    found = customer_years_until(scenario, np.array([0.0, DAY_S / 2, 2 * DAY_S, 60 * DAY_S]))
    assert found == pytest.approx([0.0, by_day[0] / 2, by_day[:2].sum(), by_day.sum()])


@pytest.mark.parametrize("by_interval", [False, True])
def test_contacts_per_customer_and_year(by_interval):
    """Where nothing grows: contacts of 60 days ÷ (1000 · 60 / 365.25); the total is the sum over types."""
    result = run(growing(0.0), Asked(replications=2, by_interval=by_interval))
    years = 1000 * 60 / 365.25
    for scope, name, contacts in (
        ("contact_type", "call", result.value("fresh", "contact_type", "call")),
        ("contact_type", "recorded", 2.0),
        ("total", "", result.value("fresh")),
    ):
        assert result.value("contacts_per_customer_year", scope, name) == pytest.approx(contacts / years)
    assert "contacts_per_customer_year" in {row["measure"] for row in result.rows()}


def test_without_customers_nothing_is_told_of_them():
    data = growing(0.0).as_dict()
    scenario = center(data["contact_type"], data["agent_group"], data["calendar"])
    assert "contacts_per_customer_year" not in {
        row["measure"] for row in run(scenario, Asked(replications=1)).rows()
    }


def test_both_engines_grow_alike():
    """And on the same day the same customers come, sooner where there are more."""
    world, sample = world_of(growing(0.5)), Sample(1, 0)
    n = [
        np.bincount(live(world, sample).needs.day) for live in (readable, lambda w, s: compiled(w, s).records)
    ]
    np.testing.assert_array_equal(*n)
    assert n[0][50:].sum() > 1.5 * n[0][:10].sum()
