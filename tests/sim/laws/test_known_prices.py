"""Laws: what outsourcers and bots charge, on days whose volumes are known."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest

from scenarios import Scenario
from scenarios.prices import Price
from sim.chance.sample import Scheme
from sim.measures.costs.bots import price_of_sessions
from sim.measures.costs.time import DAYS_PER_YEAR, escalation
from sim.replicate import Asked, run
from sim.world.months import DAYS_PER_MONTH
from tests.sim.worlds import Table, call, center, constant, send, team

ONE = Asked(replications=1, engine="simpy")
HALF_DAY = {"name": "sale", "from": datetime(2026, 11, 9, 6), "to": datetime(2026, 11, 9, 12), "factor": 2.0}
QUIET = {"name": "power cut", "from": datetime(2026, 11, 9), "to": datetime(2026, 11, 10), "factor": 0.5}


def with_outsourcer(price: Table, *events: Table) -> Scenario:
    """Four people of one's own, who take the calls when the two of the outsourcer are busy."""
    routes = [{"group": "outsourcer", "rank": 1}, {"group": "own", "rank": 2}]
    groups = {"own": team(4, cost_per_h=10.0), "outsourcer": team(2, outsourced=price, cost_per_h=99.0)}
    start = {"start": date(2026, 11, 9)}
    return center({"call": call(routed_to=routes)}, groups, start, event=list(events))


def cost_of(monkeypatch: pytest.MonkeyPatch, scenario: Scenario, hours: list[float]) -> tuple[float, ...]:
    """Labor, outsourcer and total of a day with a call at each of these hours."""
    send(monkeypatch, scenario, {"call": [hour * 3600.0 for hour in hours]})
    found = run(scenario, ONE)
    assert found.value("cost_outsourced") == found.value("cost_outsourced", "agent_group", "outsourcer")
    assert found.value("cost_outsourced", "agent_group", "own") == 0.0
    return tuple(found.value(measure) for measure in ("cost_labor", "cost_outsourced", "cost_total"))


def test_an_outsourcer_is_paid_by_hour_and_contact_in_place_of_the_hour(monkeypatch):
    """24 h · 4 people · 10; 24 h · 2 people · 20 + 3 calls · 2."""
    found = cost_of(monkeypatch, with_outsourcer({"per_h": 20.0, "per_contact": 2.0}), [1, 7, 13])
    assert found == pytest.approx((960.0, 966.0, 1926.0))


def test_at_peak_the_hours_and_contacts_of_that_time_cost_more(monkeypatch):
    """Six of the 24 hours and the call answered at 7, at one and a half times the price; the power cut is no peak."""
    price = {"per_h": 20.0, "per_contact": 2.0, "peak_factor": 1.5}
    found = cost_of(monkeypatch, with_outsourcer(price, HALF_DAY, QUIET), [1, 7, 13])
    assert found[1] == pytest.approx(20.0 * 2 * (24 + 0.5 * 6) + 2.0 * (3 + 0.5))


def test_events_that_overlap_are_one_peak(monkeypatch):
    again = {**HALF_DAY, "name": "again", "from": datetime(2026, 11, 9, 10), "to": datetime(2026, 11, 10, 4)}
    price = {"per_h": 20.0, "per_contact": 2.0, "peak_factor": 2.0}
    found = cost_of(monkeypatch, with_outsourcer(price, again, HALF_DAY), [1, 7, 11])
    assert found[1] == pytest.approx(20.0 * 2 * (24 + 18) + 2.0 * (3 + 2))


def test_the_minimum_is_charged_for_the_days_of_the_horizon(monkeypatch):
    """3,000 a month of 365.25 / 12 days; one day of it where calls cost less."""
    price = {"per_contact": 2.0, "minimum_per_month": 100.0 * DAYS_PER_MONTH}
    assert cost_of(monkeypatch, with_outsourcer(price), [1, 7])[1] == pytest.approx(100.0)
    assert cost_of(monkeypatch, with_outsourcer(price), [0.2 * i for i in range(60)])[1] == pytest.approx(
        120.0
    )


@pytest.mark.parametrize(("scheme", "size"), [("independent", 1), ("antithetic", 2)])
def test_a_minimum_holds_in_each_replication(scheme: Scheme, size: int):
    """It is the mean of the larger, not the larger of the means; pairs of replications do not change that."""
    routes = [{"group": "outsourcer", "rank": 1}]
    calls = call(arrivals={"per_day": 50}, routed_to=routes, day_cv=0.5, talk_s=constant(1))
    price = {"per_contact": 1.0, "minimum_per_month": 50.0 * DAYS_PER_MONTH}
    day = center({"call": calls}, {"outsourcer": team(2, outsourced=price)})
    found = run(day, Asked(replications=10, scheme=scheme, engine="simpy"))
    answered = np.array([one.services[0, 0, 0] for one in found.totals])
    assert (answered < 50).any()
    assert (answered > 50).any()
    assert found.observations == 10 // size
    assert found.value("cost_outsourced") == pytest.approx(np.maximum(answered, 50.0).mean())


# --- Bots ---------------------------------------------------------------------------------------------------------


def bot_day(price: Table, of_100: Table | None = None, **calendar: float) -> Scenario:
    part = {
        "of_100": of_100 or {"handed_over": 100},
        "session_s": constant(60),
        "wrongly_closed_skip_bot": True,
    }
    back = {"share": 1.0, "delay_h": constant(10)}
    calls = call(reconnect=back)
    bot = {"menu": {"price": price, "contact_type": {"call": part}}}
    return center({"call": calls}, None, calendar, bot=bot)


def bill(monkeypatch: pytest.MonkeyPatch, scenario: Scenario, n: int) -> float:
    send(monkeypatch, scenario, {"call": [600.0 * (i + 1) for i in range(n)]})
    return run(scenario, ONE).value("cost_bot", "bot", "menu")


def test_included_sessions_cost_nothing(monkeypatch):
    """304 a month are nearly ten a day; of twelve on a day two are charged, of eight none."""
    price = {"per_session": 3.0, "included_sessions": 304}
    included = 304 / DAYS_PER_MONTH
    assert bill(monkeypatch, bot_day(price), 12) == pytest.approx(3.0 * (12 - included))
    assert bill(monkeypatch, bot_day(price), 8) == 0.0


TIERS = Price.model_validate(
    {"tiers": [{"up_to": 100, "per_session": 4}, {"up_to": 300, "per_session": 2}, {"per_session": 1}]}
)
FREE_150 = TIERS.model_copy(update={"included_sessions": 150})


@pytest.mark.parametrize(
    ("price", "sessions", "expected"),
    [
        (TIERS, 50, 200),
        (TIERS, 100, 400),
        (TIERS, 150, 500),
        (TIERS, 400, 900),
        (FREE_150, 400, 400),
        (FREE_150, 100, 0),
    ],
)
def test_each_session_costs_what_its_tier_says(price: Price, sessions: float, expected: float):
    assert price_of_sessions(price, np.array([sessions]), 1.0).tolist() == [expected]


def test_tiers_speak_of_a_month(monkeypatch):
    """Twelve sessions on one day are 365.25 a month: 100 at 4, 200 at 2, the rest at 1, and a day's part of it."""
    tiers = [tier.model_dump(exclude_unset=True) for tier in TIERS.tiers]
    monthly = 100 * 4 + 200 * 2 + (12 * DAYS_PER_MONTH - 300)
    assert bill(monkeypatch, bot_day({"tiers": tiers}), 12) == pytest.approx(monthly / DAYS_PER_MONTH)


def test_the_bill_is_never_below_its_minimum(monkeypatch):
    price = {"per_month": DAYS_PER_MONTH, "per_session": 2.0, "minimum_per_month": 10.0 * DAYS_PER_MONTH}
    assert bill(monkeypatch, bot_day(price), 3) == pytest.approx(10.0)
    assert bill(monkeypatch, bot_day(price), 7) == pytest.approx(15.0)


def test_upkeep_is_a_share_of_what_the_bot_cost_once(monkeypatch):
    price = {"one_off": 100 * DAYS_PER_YEAR, "upkeep_share_per_year": 0.2, "minimum_per_month": 0.0}
    assert bill(monkeypatch, bot_day(price), 2) == pytest.approx(20.0)


def test_prices_rise_with_every_year():
    """Two and a half years: one at 1, one at 1.1, half a one at 1.21."""
    assert escalation(0.1, 0.3) == escalation(0.1, 1.0) == 1.0
    assert escalation(0.1, 2.5) == pytest.approx((1 + 1.1 + 0.5 * 1.21) / 2.5)
    assert escalation(0.0, 7.0) == 1.0


def test_a_bill_of_two_years_has_risen_in_the_second():
    day = bot_day({"per_month": 100.0, "escalator_per_year": 0.5}, days=731)
    expected = 100.0 * 731 / DAYS_PER_MONTH * escalation(0.5, 731 / DAYS_PER_YEAR)
    assert run(day, Asked(replications=1)).value("cost_bot") == pytest.approx(expected)


@pytest.mark.parametrize(("window_h", "confirmed"), [(9.9, 3), (10.0, 0), (72, 0)])
def test_who_is_back_within_the_window_is_not_confirmed(monkeypatch, window_h: float, confirmed: int):
    """Three closed wrongly, each back ten hours later to a person: three sessions contained, and paid or not."""
    day = bot_day({"per_confirmed": 5.0, "refund_window_h": window_h}, {"wrongly_closed": 100})
    assert bill(monkeypatch, day, 3) == pytest.approx(5.0 * confirmed)
    found = run(day, ONE)
    assert [found.value(name) for name in ("contained", "reconnects", "confirmed")] == [3, 3, confirmed]
    assert found.value("confirmed", "bot", "menu") == found.value("confirmed", "contact_type", "call")


def test_solved_is_confirmed(monkeypatch):
    assert bill(monkeypatch, bot_day({"per_confirmed": 5.0}, {"solved": 100}), 4) == pytest.approx(20.0)


# --- Sales and wrong answers --------------------------------------------------------------------------------------


def selling_day(of_100: Table, entry_share: float) -> Scenario:
    """Calls that may lead to a sale, and some that cannot."""
    calls = call(
        conversion={"person": 0.3, "bot": 0.1, "margin": 50.0},
        wrong_answer={"person": 0.01, "bot": 0.05, "cost": 200.0},
    )
    parts = {"call": {"of_100": of_100, "entry_share": entry_share, "session_s": constant(60)}}
    groups = {"team": team(2, ["call", "other"], cost_per_h=1.0)}
    return center({"call": calls, "other": call()}, groups, bot={"menu": {"contact_type": parts}})


@pytest.mark.parametrize(
    ("of_100", "entry_share", "worth", "wrong"),
    [
        ({"solved": 100}, 0.0, 0.3 * 50, 0.01 * 200),  # all ask for a person
        ({"solved": 100}, 1.0, 0.1 * 50, 0.05 * 200),
        ({"wrongly_closed": 100}, 1.0, 0.0, 0.05 * 200),
        ({"left": 100}, 1.0, 0.0, 0.0),
    ],
)
def test_sales_and_wrong_answers_by_who_dealt_with_the_contact(
    monkeypatch, of_100: Table, entry_share: float, worth: float, wrong: float
):
    """Four calls, and one of another type that nobody buys from."""
    day = selling_day(of_100, entry_share)
    send(monkeypatch, day, {"call": [0.0, 1000.0, 2000.0, 3000.0], "other": [500.0]})
    found = run(day, ONE)
    assert found.value("value") == found.value("value", "contact_type", "call") == pytest.approx(4 * worth)
    assert found.value("value", "contact_type", "other") == 0.0
    assert found.value("cost_other") == pytest.approx(4 * wrong)
    assert found.value("cost_total") == pytest.approx(48.0 + 4 * wrong)
