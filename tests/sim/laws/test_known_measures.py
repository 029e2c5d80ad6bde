"""Laws: a morning of six calls whose every measure can be worked out by hand, with the money."""

from __future__ import annotations

import pytest

from scenarios import Scenario
from sim.measures.result import Result
from sim.replicate import Asked, run
from tests.sim.worlds import HOUR_S, call, center, constant, send, team

NINE = 9 * HOUR_S


def morning() -> Scenario:
    """Talk 100 s and wrap-up 20 s, patience 115 s, one agent from 9:00 to 10:00, target 80 % within 50 s, two lines.

    9:00:00 answered at once, talk to 100, wrap-up to 120.
    9:00:10 waits 110 s, answered at 120, wrap-up to 240.
    9:00:20 finds both lines taken: blocked.
    9:02:05 waits (125), patience ends at 240 as the agent frees: served at 240, wrap-up to 360.
    9:02:06 finds both lines taken again: blocked.
    9:59:30 answered at once, wrap-up to 10:01:30, of which 90 s are overtime.
    """
    calls = call(
        wrap_up_s=constant(20),
        patience_s=constant(115),
        service_target={"share": 0.8, "awt_s": 50},
        short_abandon_s=5,
    )
    calendar = {"hours": {"mon-sun": "09:00-10:00"}}
    groups = {"team": team(1, cost_per_h=30.0, shrinkage={"planned": 0.2})}
    return center({"call": calls}, groups, calendar, lines={"n": 2})


@pytest.fixture
def result(monkeypatch) -> Result:
    day = morning()
    send(monkeypatch, day, {"call": [NINE + at_s for at_s in (0, 10, 20, 125, 126, 3570)]})
    return run(day, Asked(replications=1, by_interval=True, engine="simpy"))


KNOWN = {
    "fresh": 6,
    "offered": 4,
    "answered": 4,
    "abandoned": 0,
    "blocked": 2,
    "lost": 0,
    "needs": 6,
    "needs_met": 4,
    "service_level": 2 / 4,
    "service_level_or_abandoned": 2 / 4,
    "answer_rate": 1.0,
    "abandonment_rate": 0.0,
    "block_rate": 2 / 6,
    "delay_rate": 2 / 4,
    "mean_wait_s": (110 + 115) / 4,
    "mean_answer_s": (110 + 115) / 4,
    "time_to_person_s": (110 + 115) / 4,
    "mean_talk_s": 100,
    "mean_wrap_up_s": 20,
    "mean_handle_s": 120,
    "mean_queue_length": 225 / 86400,
    "present_h": 1 + 90 / 3600,
    "overtime_h": 90 / 3600,
    "paid_h": 1 / 0.8,
    "occupancy": 480 / (3600 + 90),
    "live_occupancy": 480 / (3600 + 90),
    "utilization": 480 / (3600 / 0.8 + 90),
    "need_resolution_rate": 4 / 6,
    "first_contact_resolution": 4 / 6,
    "contacts_per_need": 1.0,
    "reached_a_person_rate": 4 / 6,
    "time_to_resolution_h": (100 + 210 + 215 + 100) / 4 / 3600,
    "pending": 0,
    "cost_labor": 30 / 0.8,
    "cost_total": 30 / 0.8,
    "cost_per_contact": 30 / 0.8 / 6,
    "cost_per_resolved_need": 30 / 0.8 / 4,
}


@pytest.mark.parametrize("measure", KNOWN)
def test_measures_of_the_morning(result, measure):
    assert result.value(measure) == pytest.approx(KNOWN[measure], rel=1e-12)


def test_measures_by_interval(result):
    """The first half hour has the first five calls; 9:30 to 10:00 the last; the overtime falls after ten."""
    assert [result.value("offered", interval=i) for i in (17, 18, 19, 20)] == [0, 3, 1, 0]
    assert result.value("mean_wait_s", interval=18) == pytest.approx(225 / 3)
    assert result.estimate("service_level", interval=20).value is None
    assert result.value("present_h", interval=20) == pytest.approx(90 / 3600)
    assert result.value("occupancy", interval=19) == pytest.approx(30 / 1800)
    assert result.value("occupancy", interval=20) == pytest.approx(1.0)
    assert result.value("mean_queue_length", interval=18) == pytest.approx(225 / 1800)


def test_one_replication_has_no_interval(result):
    assert result.estimate("service_level").half_width is None


def abandoning() -> Scenario:
    """One agent talks 100 s; patience 40 s; calls at 0, 30, 98, and at 99 one that would have to wait 101 s."""
    calls = call(patience_s=constant(40), service_target={"share": 0.8, "awt_s": 20}, short_abandon_s=45)
    return center({"call": calls})


def test_the_four_service_levels(monkeypatch):
    """At 0 and 250 answered at once; at 98 answered after 2 s; at 30 and at 99 they give up after 40 s."""
    day = abandoning()
    send(monkeypatch, day, {"call": [0, 30, 98, 99, 250]})
    found = run(day, Asked(replications=1, engine="simpy"))
    assert found.value("offered") == 5
    assert found.value("abandoned") == found.value("short_abandoned") == 2
    assert found.value("service_level") == 3 / 5
    assert found.value("service_level_less_short_abandons") == 3 / 3
    assert found.value("service_level_less_early_abandons") == 3 / 5
    assert found.value("service_level_or_abandoned") == 3 / 5
    assert found.value("abandonment_rate_less_short") == 0.0
    assert found.value("mean_wait_s") == pytest.approx(82 / 5)
    assert found.value("mean_answer_s") == pytest.approx(2 / 3)


def test_within_includes_the_limit_itself(monkeypatch):
    """Answered after exactly 20 s is answered within 20 s; given up then is no short abandon."""
    calls = call(service_target={"share": 0.8, "awt_s": 20}, patience_s=constant(20), short_abandon_s=20)
    day = center({"call": calls})
    send(monkeypatch, day, {"call": [0, 80, 85]})
    found = run(day, Asked(replications=1, engine="simpy"))
    assert found.value("service_level") == pytest.approx(2 / 3)
    assert found.value("abandoned") == 1
    assert found.value("short_abandoned") == 0


def test_nobody_without_patience_counts_as_answered_at_once(monkeypatch):
    """Who gives up at the moment of joining could not be answered at once, and is delayed with a wait of 0."""
    day = center({"call": call(patience_s=constant(0))})
    send(monkeypatch, day, {"call": [0, 50]})
    found = run(day, Asked(replications=1, engine="simpy"))
    assert found.value("delay_rate") == 1 / 2
    assert found.value("mean_wait_s") == 0.0


def with_bot_and_assist() -> Scenario:
    """Everything that has a price; a month of the price list is 365.25 / 12 days, and the horizon is one day."""
    price = {
        "one_off": 1e6,
        "per_month": 365.25 / 12,
        "per_session": 2.0,
        "per_contained": 3.0,
        "per_conversation": 5.0,
        "per_handover": 7.0,
        "per_minute": 11.0,
    }
    part = {"of_100": {"handed_over": 100}, "session_s": constant(90)}
    bot = {"menu": {"price": price, "contact_type": {"call": part}}}
    assist = {"groups": ["team"], "per_seat_month": 10 * 365.25 / 12}
    groups = {"team": team(4, cost_per_h=20.0), "other": team(1, cost_per_h=1.0)}
    return center(None, groups, bot=bot, assist=assist)


def test_what_the_bot_and_assist_cost(monkeypatch):
    """Three sessions of 90 s: 1 + 3 · (2 + 5 + 7) + 4.5 · 11; four seats at 10 a day; 24 h · (4 · 20 + 1)."""
    day = with_bot_and_assist()
    send(monkeypatch, day, {"call": [0, 1000, 2000]})
    found = run(day, Asked(replications=1, engine="simpy"))
    bot, assist, labor = 1 + 3 * 14 + 4.5 * 11, 40.0, 24 * 81
    assert found.value("cost_bot") == pytest.approx(bot)
    assert found.value("cost_assist") == pytest.approx(assist)
    assert found.value("cost_labor") == pytest.approx(labor)
    assert found.value("cost_total") == pytest.approx(bot + assist + labor)
    assert found.value("cost_labor", "agent_group", "other") == pytest.approx(24)


def test_what_is_counted(monkeypatch):
    """A warm-up and a run-out of one day each; a call on each of the three days, unresolved and back a day later.

    Counted: the attempts of day 0, which are its own call and the return of the day before; the need of day 0, whose
    two contacts both enter the measures of needs.
    """
    back = {"share": 1.0, "delay_h": constant(24)}
    day = center(
        {"call": call(resolution_rate=0.0, reconnect=back)}, calendar={"warm_up_h": 24, "run_out_h": 25}
    )
    send(monkeypatch, day, {"call": [-80_000, 10_000, 100_000]})
    found = run(day, Asked(replications=1, engine="simpy"))
    assert [found.value(m) for m in ("fresh", "reconnects", "offered", "needs")] == [1, 1, 2, 1]
    assert found.value("contacts_per_need") == 2
    assert found.value("pending") == 1  # the third contact would have come after the run-out
    assert found.value("occupancy") == pytest.approx(200 / 86400)
