"""Laws: measures of bot and needs on days worked out by hand."""

from __future__ import annotations

import json

import pytest

from scenarios import Scenario
from sim.measures.result import Result
from sim.replicate import Asked, run
from tests.sim.worlds import HOUR_S, Table, call, center, constant, send, team

NINE = 9 * HOUR_S


def bot_for(of_100: Table, **keys: object) -> Table:
    return {"contact_type": {"call": {"of_100": of_100, "session_s": constant(60)}}, **keys}


def morning(bot: Table, **keys: object) -> Scenario:
    """One agent and talk of 100 s, from 9:00 to 10:00."""
    types = {"call": call(service_target={"share": 0.8, "awt_s": 50}, **keys)}
    return center(types, None, {"hours": {"mon-sun": "09:00-10:00"}}, bot={"menu": bot})


def of_morning(monkeypatch: pytest.MonkeyPatch, day: Scenario, *seconds: float) -> Result:
    send(monkeypatch, day, {"call": [NINE + at_s for at_s in seconds]})
    return run(day, Asked(replications=1, engine="simpy"))


def figures(result: Result, *names: str) -> list[float]:
    return [result.value(name) for name in names]


def test_handed_over(monkeypatch):
    """At 0, 10 and 30, two sessions at most: the third asks for a person at once and is served before the others.

    It talks from 30 to 130; the first waits from 60 to 130, the second from 70 to 230.
    """
    result = of_morning(monkeypatch, morning(bot_for({"handed_over": 100}, max_sessions=2)), 0, 10, 30)
    assert figures(result, "entered_bot", "escalated", "contained", "offered", "answered") == [2, 2, 0, 3, 3]
    assert result.value("bot_block_rate") == pytest.approx(1 / 3)
    assert result.value("containment_rate") == 0.0
    assert result.value("mean_wait_s") == pytest.approx((0 + 70 + 160) / 3)
    assert result.value("time_to_person_s") == pytest.approx((0 + 130 + 220) / 3)
    assert result.value("mean_bot_sessions") == pytest.approx(120 / 86400)
    assert result.value("service_level") == pytest.approx(1 / 3)
    assert result.value("reached_a_person_rate") == 1.0


def test_solved(monkeypatch):
    result = of_morning(monkeypatch, morning(bot_for({"solved": 100})), 0, 10, 30, 4000)
    counts = ("fresh", "entered_bot", "contained", "wrongly_closed", "lost", "offered", "needs", "needs_met")
    assert figures(result, *counts) == [4, 3, 3, 0, 1, 0, 4, 3]
    assert figures(result, "containment_rate", "containment_as_vendors_count") == [1.0, 1.0]
    assert figures(result, "first_contact_resolution", "wanted_a_person") == [3 / 4, 1]
    assert result.value("reached_a_person_rate") == 0.0  # one wanted a person, at closed doors
    assert result.value("time_to_resolution_h") == pytest.approx(60 / 3600)
    assert result.value("mean_bot_sessions", "bot", "menu") == pytest.approx(180 / 86400)


def test_closed_wrongly_and_back(monkeypatch):
    """At 0, closed at 60, back past the bot at 660, answered at once, met at 760: two contacts for one need."""
    back = {"share": 1.0, "delay_h": constant(1 / 6)}
    bot = bot_for({"wrongly_closed": 100})
    bot["contact_type"]["call"]["wrongly_closed_skip_bot"] = True
    result = of_morning(monkeypatch, morning(bot, reconnect=back), 0)
    assert figures(result, "contained", "wrongly_closed", "reconnects", "answered") == [1, 1, 1, 1]
    assert figures(result, "need_resolution_rate", "first_contact_resolution") == [1.0, 0.0]
    assert result.value("first_contact_resolution_observed") == 0.0
    assert result.value("contacts_per_need") == 2.0
    assert result.value("time_to_resolution_h") == pytest.approx(760 / 3600)


def test_what_a_center_sees_ends_after_seven_days(monkeypatch):
    """Never solved, and back after eight days: the center saw one contact, and thinks that all was well."""
    types = {"call": call(resolution_rate=0.0, reconnect={"share": 1.0, "delay_h": constant(8 * 24)})}
    day = center(types, calendar={"run_out_h": 10 * 24, "warm_up_h": 0})
    send(monkeypatch, day, {"call": [100]})
    result = run(day, Asked(replications=1, engine="simpy"))
    assert result.value("first_contact_resolution_observed") == 1.0
    assert figures(result, "need_resolution_rate", "contacts_per_need", "pending") == [0.0, 2.0, 1.0]


def test_left_in_the_bot(monkeypatch):
    """Not an abandoned call; the vendor counts it as contained. It never wanted a person as far as anybody knows."""
    result = of_morning(monkeypatch, morning(bot_for({"left": 100})), 0, 10)
    assert figures(result, "abandoned_in_bot", "abandoned", "offered", "contained") == [2, 0, 0, 0]
    assert figures(result, "containment_rate", "containment_as_vendors_count") == [0.0, 1.0]
    assert result.estimate("abandonment_rate").value is None
    assert result.value("wanted_a_person") == 0


def test_types_channels_and_totals(monkeypatch):
    """Two types of the one channel: counts add up, rates are ratios of sums; a type without target is no part of the
    total service level."""
    types = {"a": call(service_target={"share": 0.8, "awt_s": 50}), "b": call()}
    day = center(types, {"team": team(1, ["a", "b"])})
    send(monkeypatch, day, {"a": [0, 10], "b": [20]})
    result = run(day, Asked(replications=1, engine="simpy"))
    assert [result.value("mean_wait_s", "contact_type", name) for name in ("a", "b")] == [45.0, 180.0]
    assert result.value("mean_wait_s") == result.value("mean_wait_s", "channel", "voice") == 90.0
    assert result.value("service_level") == result.value("service_level", "contact_type", "a") == 0.5
    assert result.estimate("service_level", "contact_type", "b").value is None
    assert result.value("mean_queue_length", "contact_type", "b") == pytest.approx(180 / 86400)
    assert result.value("mean_queue_length") == pytest.approx(270 / 86400)
    assert result.value("answered", "agent_group", "team") == 3


def test_a_day_without_a_call_has_figures_without_nan():
    """No denominator, no value."""
    result = run(morning(bot_for({"solved": 100})), Asked(replications=2, by_interval=True))
    rows = json.loads(json.dumps(list(result.rows(intervals=True)), allow_nan=False))
    values = {
        row["measure"]: row["value"] for row in rows if row["scope"] == "total" and row["interval"] is None
    }
    assert values["offered"] == values["mean_queue_length"] == values["occupancy"] == 0.0
    assert values["service_level"] is values["mean_wait_s"] is values["wait_p90_s"] is None
