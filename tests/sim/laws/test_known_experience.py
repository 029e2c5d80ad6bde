"""Laws: the experience of a morning by hand; who expects more is never more satisfied with the same waits."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import Scenario
from sim.chance.sample import Sample
from sim.compiled.center import CompiledCenter
from sim.compiled.lowering import Lowered
from sim.engines import EngineName
from sim.measures.result import Result
from sim.records.totals import NeedSum, Totals
from sim.replicate import Asked, run
from sim.world.world import world_of
from tests.sim.twins.test_felt import felt
from tests.sim.worlds import Table, call, center, constant, send, team

EFFORT: Table = {"per_wait_min": 0.6, "per_contact": 1.0, "per_transfer": 0.5, "per_bot_loop": 0.7}
SATISFACTION: Table = {
    "base": 0.5,
    "above_expectation": 0.1,
    "below_expectation": -0.2,
    "resolved": 0.25,
}
CHURN: Table = {"base": 0.1, "unresolved": 0.3, "stated_to_real": 0.5}


def experience(**more: object) -> Table:
    return {"effort": EFFORT, "satisfaction": SATISFACTION, "churn": CHURN, **more}


def told(monkeypatch: pytest.MonkeyPatch, day: Scenario, *moments: float) -> Result:
    send(monkeypatch, day, {"call": moments})
    return run(day, Asked(replications=1, engine="simpy"))


def test_waits_and_contacts(monkeypatch):
    """One agent, talk 100 s, patience 50 s. At 0 answered at once, at 60 after 40 s; at 70 given up after 50 s.

    Efforts 1, 1.4, 1.5; each expected 1 + 0.6 · 30/60 = 1.3, so 0.3 above, and 0.1 and 0.2 below expectation.
    Satisfaction 0.5 + 0.25 + 0.03, 0.5 + 0.25 − 0.02, and 0.5 − 0.04 of the one whose need was not met.
    """
    calls = call(patience_s=constant(50), expectation={"wait_s": 30})
    result = told(monkeypatch, center({"call": calls}, experience=experience(customer_value=200)), 0, 60, 70)
    satisfaction = [0.78, 0.73, 0.46]
    churn = [0.05 * 0.22, 0.05 * 0.27, 0.2 * 0.54]
    assert result.value("effort") == pytest.approx((1 + 1.4 + 1.5) / 3)
    assert result.value("satisfaction") == pytest.approx(sum(satisfaction) / 3)
    assert result.value("churn_risk") == pytest.approx(sum(churn) / 3)
    assert result.value("value") == pytest.approx(-200 * sum(churn))
    assert result.value("value", "contact_type", "call") == result.value("value")
    assert result.value("satisfaction", "channel", "voice") == result.value("satisfaction")


def test_redials_bots_and_transfers(monkeypatch):
    """Handed over by a bot after 60 s, served at once, on to the expert at 160, who is free: one contact for the need.

    1 + 0.7 + 0.5, 2.2 in all; of calls two contacts are expected, so 0.2 below expectation.
    """
    types = {
        "call": call(transfer={"share": 1.0, "to": "expert"}, expectation={"wait_s": 0, "contacts": 2.0}),
        "expert": call(),
    }
    bot = {
        "menu": {"contact_type": {"call": {"of_100": {"handed_over": 100}, "session_s": constant(60)}}},
    }
    groups = {"team": team(), "experts": team(1, ["expert"])}
    result = told(monkeypatch, center(types, groups, bot=bot, experience=experience()), 0)
    assert result.value("effort") == pytest.approx(2.2)
    assert result.value("satisfaction") == pytest.approx(0.5 + 0.25 - 0.2 * 0.2)
    assert result.value("effort", "contact_type", "call") == result.value("effort")
    assert result.estimate("effort", "contact_type", "expert").value is None


def test_the_wait_of_every_attempt_counts(monkeypatch):
    """Gives up after 50 s behind a talk of 100 s, calls again 10 s later and waits another 40 s."""
    calls = call(patience_s=constant(50), redial={"share": 1.0, "delay_s": constant(10)})
    result = told(monkeypatch, center({"call": calls}, experience=experience()), 0, 0.5)
    assert result.value("effort") == pytest.approx((1 + 2 + 0.6 * (50 + 39.5) / 60) / 2)
    assert result.value("satisfaction") == pytest.approx(0.75)  # nothing is expected


def test_everybody_delighted(monkeypatch):
    """100 s and 20 s more; the second call at 90 waits for the 30 s that are left, and is delighted as well."""
    delight = {"share": 1.0, "talk_s": 20, "lift": 0.15, "cost": 3}
    result = told(monkeypatch, center(experience=experience(delight=delight)), 0, 90)
    assert result.value("mean_talk_s") == 120
    assert result.value("mean_wait_s") == 15
    assert result.value("delighted") == 2
    assert result.value("cost_other") == 6
    assert result.value("satisfaction") == pytest.approx(0.9)


def test_satisfaction_ends_at_its_ends(monkeypatch):
    """A steep coefficient takes it to 1 and to 0, not beyond."""
    steep = {"base": 0.5, "above_expectation": 9.0, "below_expectation": -9.0, "resolved": 0.0}
    calls = call(expectation={"wait_s": 30})
    result = told(
        monkeypatch, center({"call": calls}, experience={**experience(), "satisfaction": steep}), 0, 10
    )
    assert result.value("satisfaction") == 0.5


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_nothing_is_told_without_the_model(engine: EngineName):
    calls = call(arrivals={"per_h": 20})
    result = run(center({"call": calls}), Asked(replications=2, engine=engine))
    told_here = {measure for measure, _, _ in result.figures()}
    assert not told_here & {"effort", "satisfaction", "churn_risk", "delighted"}
    assert result.estimate("satisfaction").value is None


def sums_where_expected(**expectation: float) -> Totals:
    day = felt().changed(
        {f"contact_type.call.expectation.{key}": value for key, value in expectation.items()}
    )
    return CompiledCenter(Lowered(world_of(day)), Sample(3, 0), by_interval=True).run()


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ({"wait_s": 600}, {"wait_s": 90}),
        ({"wait_s": 90}, {"wait_s": 0}),
        ({"contacts": 2.0}, {"contacts": 1.0}),
    ],
)
def test_who_expects_more_is_never_more_satisfied(less, more):
    """In no interval, as every single customer's satisfaction falls; what they went through is the same."""
    patient, spoiled = sums_where_expected(**less).needs, sums_where_expected(**more).needs
    assert np.array_equal(patient[..., NeedSum.EFFORT], spoiled[..., NeedSum.EFFORT])
    fall = patient[..., NeedSum.SATISFACTION] - spoiled[..., NeedSum.SATISFACTION]
    assert fall.min() >= 0.0
    assert fall.sum() > 1.0
    rise = spoiled[..., NeedSum.CHURN_RISK] - patient[..., NeedSum.CHURN_RISK]
    assert rise.min() >= 0.0
    assert rise.sum() > 0.1


def test_expectations_rise_from_year_to_year():
    """The same morning two years on: customers expect a wait 1.4² times shorter than at the start of the horizon."""
    calls = call(arrivals={"per_h": 0.5}, expectation={"wait_s": 3600, "wait_cv": 0.4, "drift_per_year": 0.4})
    years = center({"call": calls}, calendar={"days": 750, "interval_min": 1440}, experience=experience())
    steady = years.changed({"contact_type.call.expectation.drift_per_year": 0.0})
    above = [_above_by_day(day) for day in (years, steady)]
    first, last = slice(0, 20), slice(730, 750)
    assert above[0][first].sum() / above[1][first].sum() == pytest.approx(1.4 ** (-10 / 365.25), rel=0.002)
    assert above[0][last].sum() / above[1][last].sum() == pytest.approx(1.4 ** (-740 / 365.25), rel=0.002)


def _above_by_day(day: Scenario) -> np.ndarray:
    """Satisfaction by day, less what it is without any expectation; small enough never to be cut."""
    gentle = day.changed({"experience.satisfaction.above_expectation": 0.0005})
    totals = CompiledCenter(Lowered(world_of(gentle)), Sample(1, 0), by_interval=True).run()
    needs = totals.needs[0]
    return needs[:, NeedSum.SATISFACTION] - 0.75 * needs[:, NeedSum.NEEDS]
