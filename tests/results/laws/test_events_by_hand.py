"""Laws: the events of days worked out by hand, line by line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from results.event_log import COLUMNS, Event, EventLog
from scenarios import Scenario
from sim.codes import Outcome
from tests.results.events import lines_of, rows_of, told
from tests.sim.worlds import HOUR_S, Moments, Table, call, center, constant, send, team

NOON = 12 * HOUR_S
MONDAY = {"start": date(2026, 11, 9), "hours": {"mon-sun": "08:00-20:00"}}


def events(monkeypatch: pytest.MonkeyPatch, scenario: Scenario, moments: Moments | list[float]) -> list[str]:
    """The lines of a day with calls at these moments (of type `call`, if no type is named)."""
    send(monkeypatch, scenario, {"call": moments} if isinstance(moments, list) else moments)
    return lines_of(scenario, "simpy")


def with_bot(**of_100: float) -> Scenario:
    """One agent and a bot whose sessions last 60 s."""
    part: Table = {"of_100": of_100, "session_s": constant(60)}
    return center(calendar=MONDAY, bot={"menu": {"contact_type": {"call": part}}})


def test_one_is_served_and_one_gives_up(monkeypatch):
    """Talk 100 s, wrap-up 20 s, patience 60 s: the second waits from 10.25 s to 70.25 s."""
    calls = call(wrap_up_s=constant(20), patience_s=constant(60))
    day = center({"call": calls}, calendar=MONDAY)
    assert EventLog.header == (
        b"replication,entity,attempt,event,event_type,time,time_s,resource,contact_type,outcome\n"
    )
    assert sorted(events(monkeypatch, day, [NOON, NOON + 10.25]), key=lambda line: line[:10]) == [
        "0,call-0-0,0,arrival,arrival_departure,2026-11-09T12:00:00.000,43200.000,,call,",
        "0,call-0-0,0,talk_begins,resource_use,2026-11-09T12:00:00.000,43200.000,team/0,call,",
        "0,call-0-0,0,talk_ends,resource_use_end,2026-11-09T12:01:40.000,43300.000,team/0,call,",
        "0,call-0-0,0,wrap_up_begins,resource_use,2026-11-09T12:01:40.000,43300.000,team/0,call,",
        "0,call-0-0,0,wrap_up_ends,resource_use_end,2026-11-09T12:02:00.000,43320.000,team/0,call,",
        "0,call-0-0,0,depart,arrival_departure,2026-11-09T12:02:00.000,43320.000,,call,served",
        "0,call-0-1,0,arrival,arrival_departure,2026-11-09T12:00:10.250,43210.250,,call,",
        "0,call-0-1,0,waits,queue,2026-11-09T12:00:10.250,43210.250,,call,",
        "0,call-0-1,0,depart,arrival_departure,2026-11-09T12:01:10.250,43270.250,,call,abandoned",
    ]


def test_a_session_is_the_use_of_the_bot(monkeypatch):
    found = events(monkeypatch, with_bot(handed_over=100), [NOON])
    assert told(found, "event", "event_type", "time_s", "resource") == [
        "arrival arrival_departure 43200.000 ",
        "bot_begins resource_use 43200.000 menu",
        "bot_ends resource_use_end 43260.000 menu",
        "talk_begins resource_use 43260.000 team/0",
        "talk_ends resource_use_end 43360.000 team/0",
        "depart arrival_departure 43360.000 ",
    ]


@pytest.mark.parametrize(
    ("of_100", "outcome"),
    [
        ({"solved": 100}, "closed_by_bot"),
        ({"wrongly_closed": 100}, "wrongly_closed_by_bot"),
        ({"left": 100}, "left_bot"),
        ({"handed_over": 100}, "served"),
    ],
)
def test_what_becomes_of_a_session(monkeypatch, of_100: dict[str, float], outcome: str):
    assert rows_of(events(monkeypatch, with_bot(**of_100), [NOON]))[-1]["outcome"] == outcome


BALKS = call(patience_s=constant(60, balk_share=1.0))


@pytest.mark.parametrize(
    ("tables", "moments", "outcomes"),
    [
        ({}, [7 * HOUR_S], {"lost"}),
        ({"lines": {"n": 1}}, [NOON, NOON + 1], {"served", "blocked"}),
        ({"contact_type": {"call": BALKS}}, [NOON, NOON + 1], {"served", "balked"}),
        ({"contact_type": {"call": call(resolution_rate=0.0)}}, [NOON], {"unresolved"}),
    ],
)
def test_outcomes(monkeypatch, tables: dict[str, Any], moments: list[float], outcomes: set[str]):
    found = rows_of(events(monkeypatch, center(calendar=MONDAY, **tables), moments))
    assert {row["outcome"] for row in found if row["event"] == "depart"} == outcomes
    assert {row["outcome"] for row in found if row["event"] != "depart"} == {""}
    assert "waits" not in {row["event"] for row in found}


def test_attempts_of_a_need_share_its_name(monkeypatch):
    """The first talk of 100 s leads to a second with the other type, at once."""
    types = {"call": call(transfer={"share": 1.0, "to": "other"}), "other": call()}
    day = center(types, {"team": team(skills=["call", "other"])}, calendar=MONDAY)
    found = told(events(monkeypatch, day, [NOON]), "entity", "attempt", "event", "contact_type", "outcome")
    assert found[2:5] == [
        "call-0-0 0 talk_ends call ",
        "call-0-0 0 depart call unresolved",
        "call-0-0 1 arrival other ",
    ]


def test_warm_up_is_before_the_start(monkeypatch):
    """Half a second before the horizon begins, in the night of the day before."""
    day = center(calendar={"start": date(2026, 11, 9), "warm_up_h": 24})
    first = rows_of(events(monkeypatch, day, [-0.5]))[0]
    assert (first["entity"], first["time_s"], first["time"]) == (
        "call--1-0",
        "-0.500",
        "2026-11-08T23:59:59.500",
    )


def test_who_is_under_way_at_the_end_does_not_depart(monkeypatch):
    """The day ends at 86400 s; what comes then is not counted, and is not waited for. The first, counted, is."""
    day = center(calendar={"run_out_h": 1 / 60}, contact_type={"call": call(patience_s=constant(900))})
    found = events(monkeypatch, day, [86390.0, 86410.0, 86450.0])
    assert told(found, "entity", "event", "time_s") == [
        "call-0-0 arrival 86390.000",
        "call-0-0 talk_begins 86390.000",
        "call-0-0 talk_ends 86490.000",
        "call-0-0 depart 86490.000",
        "call-1-0 arrival 86410.000",
        "call-1-0 waits 86410.000",
        "call-1-0 talk_begins 86490.000",
        "call-1-1 arrival 86450.000",
        "call-1-1 waits 86450.000",
    ]


def test_without_a_start_there_are_no_dates(monkeypatch):
    assert {row["time"] for row in rows_of(events(monkeypatch, center(), [NOON]))} == {""}


def test_names_of_any_language(monkeypatch):
    day = center({"größe-二": call()}, {"团队": team(skills=["größe-二"])})
    found = events(monkeypatch, day, {"größe-二": [NOON]})
    assert told(found, "entity", "resource", "contact_type")[1] == "größe-二-0-0 团队/0 größe-二"


def test_the_guide_explains_every_column_event_and_outcome():
    guide = (Path(__file__).parents[3] / "docs" / "guide.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`(\w+)`", guide.split("### Every contact")[1].split("###")[0]))
    outcomes = {outcome.name.lower() for outcome in Outcome if outcome != Outcome.OPEN}
    assert {*COLUMNS, *(event.name.lower() for event in Event), *outcomes} <= explained
    assert {"wrongly_closed_by_bot", "unresolved"} <= explained
