"""Laws: prevention removes contacts and moves none; how much is in force on which day, by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy import stats

from scenarios import Scenario
from sim.chance.sample import Sample, Scheme
from sim.measures.costs.one_off import one_off_cost
from sim.measures.costs.other import cost_other
from sim.measures.costs.total import cost_total
from sim.measures.stack import Stack
from sim.records.records import Records
from sim.records.totals import AttemptSum
from sim.replicate import Asked, run
from sim.world.prevention import PreventionModel
from sim.world.world import world_of
from tests.sim.busy import SCHEMES
from tests.sim.engines import compiled, differences, readable
from tests.sim.twins.test_totals import no_totals
from tests.sim.worlds import Table, center, constant, team

ALARM = 1e-4
SHARE = 0.3
COLUMNS = (
    "attempt",
    "origin",
    "arrived_s",
    "bot",
    "left_bot_s",
    "queued_s",
    "answered_s",
    "talk_s",
    "ended_s",
    "outcome",
)


def crowd(with_bot: bool = True, **prevention: float) -> Scenario:
    """Two types, a bot for the one, and people enough for everybody: no customer is in another's way."""
    back = {"share": 0.8, "delay_h": {"law": "exponential", "mean": 3}, "as": "b"}
    a: Table = {
        "channel": "voice",
        "arrivals": {"per_h": 12},
        "talk_s": {"law": "lognormal", "mean": 200, "cv": 1.0},
        "resolution_rate": 0.6,
        "reconnect": back,
        **({"prevention": prevention} if prevention else {}),
    }
    b: Table = {"channel": "voice", "arrivals": {"per_h": 6}, "talk_s": 300}
    bot = {"session_s": constant(60), "of_100": {"solved": 30, "wrongly_closed": 10, "handed_over": 60}}
    return center(
        {"a": a, "b": b},
        {"team": team(60, ["a", "b"])},
        {"days": 3, "start": date(2026, 11, 9), "interval_min": 60, "warm_up_h": 12, "run_out_h": 12},
        bot={"menu": {"contact_type": {"a": bot}}} if with_bot else {},
        busyness={"day_cv": 0.2, "interval_cv": 0.2},
    )


def rows(records: Records) -> dict[tuple[int, ...], tuple[float, ...]]:
    """Every attempt by whose it is: type, day and ordinal of the need, number of the attempt."""
    a, n = records.attempts, records.needs
    whose = np.column_stack([n.contact_type[a.need], n.day[a.need], n.k[a.need], a.attempt]).tolist()
    what = np.column_stack([getattr(a, name).astype(float) for name in COLUMNS]).tolist()
    return {tuple(key): tuple(values) for key, values in zip(whose, what, strict=True)}


@pytest.mark.parametrize("live", [readable, lambda world, sample: compiled(world, sample).records])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_contacts_that_remain_are_the_same_at_the_same_times(live, scheme: Scheme):
    """And of the needs that are gone nothing is left, returns included."""
    sample = Sample(1, 3, scheme)
    before, after = (rows(live(world_of(scenario), sample)) for scenario in (crowd(), crowd(share=SHARE)))
    gone = {key[:3] for key in before.keys() - after.keys()}
    assert set(after) == {key for key in before if key[:3] not in gone}, "none comes that did not come before"
    for key, values in after.items():
        np.testing.assert_array_equal(values, before[key])
    n_a = len({key[:3] for key in before if key[0] == 0})
    assert {key[0] for key in gone} == {0}
    assert abs(len(gone) - SHARE * n_a) < stats.norm.isf(ALARM / 2) * np.sqrt(SHARE * (1 - SHARE) * n_a)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_both_engines_prevent_the_same_needs(scheme: Scheme):
    assert differences(world_of(crowd(share=SHARE, ramp_months=0.1)), Sample(1, 3, scheme)) == []


def test_what_is_prevented_is_what_is_missing():
    """Interval by interval: without a bot contacts join the queue, and are counted, when they come."""
    before, after = (
        compiled(world_of(scenario), Sample(1, 0)).totals.attempts
        for scenario in (crowd(with_bot=False), crowd(with_bot=False, share=SHARE))
    )
    fresh, prevented = AttemptSum.FRESH, AttemptSum.PREVENTED
    assert after[0, :, prevented].sum() > 100
    np.testing.assert_array_equal(after[:, :, fresh] + after[:, :, prevented], before[:, :, fresh])
    assert not before[:, :, prevented].any()


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_prevented_is_a_measure(engine):
    asked = Asked(replications=3, engine=engine)
    results = [run(scenario, asked) for scenario in (crowd(), crowd(share=1.0, at_most=0.5))]
    fresh, prevented = (
        [result.estimate(measure, "contact_type", "a").value for result in results]
        for measure in ("fresh", "prevented")
    )
    assert fresh[1] + prevented[1] == pytest.approx(fresh[0])
    assert prevented[0] == 0.0
    assert 0.4 < prevented[1] / fresh[0] < 0.6


@pytest.mark.parametrize(
    ("keys", "by_day"),
    [
        ({}, {-30: 0.4, 0: 0.4, 300: 0.4}),
        ({"at_most": 0.1}, {0: 0.1}),
        ({"starts_month": 1}, {-1: 0.0, 0: 0.4}),
        ({"starts_month": 3}, {60: 0.0, 61: 0.4}),
        ({"ramp_months": 12}, {-1: 0.0, 0: 0.0, 73: 0.4 * 73 / 365.25, 366: 0.4}),
        (
            {"ramp_months": 2, "starts_month": 13},
            {365: 0.0, 366: 0.4 * 0.75 / 60.875, 400: 0.4 * 34.75 / 60.875},
        ),
        ({"ramp_months": 12, "at_most": 0.3}, {274: 0.3, 200: 0.4 * 200 / 365.25}),
    ],
)
def test_share_in_force_by_hand(keys, by_day):
    """A month has 365.25 / 12 = 30.4375 days; two of them 60.875."""
    model = PreventionModel(
        **{"share": 0.4, "at_most": 1.0, "starts_month": None, "ramp_months": 0.0, **keys}
    )
    assert {day: model.share_on(day) for day in by_day} == pytest.approx(by_day)


def priced(**prevention: float) -> Scenario:
    return crowd(share=SHARE, per_month=3043.75, one_off=20_000, **prevention).changed({"calendar.days": 61})


@pytest.mark.parametrize(
    ("keys", "cost"), [({}, 6100.0), ({"starts_month": 2}, 3056.25), ({"starts_month": 4}, 0.0)]
)
def test_cost_by_hand(keys, cost):
    """3043.75 a month of 30.4375 days is 100 a day; of 61 days those after the months before the start."""
    scenario = priced(**keys)
    totals = no_totals(len(scenario.contact_type), 1, 1, 1)
    stack = Stack(world_of(scenario), [totals], by_interval=False)
    assert cost_other(stack).item() == pytest.approx(cost)
    assert cost_total(stack).item() == pytest.approx(cost), "the one-off price stands apart"
    assert one_off_cost(scenario) == 20_000
