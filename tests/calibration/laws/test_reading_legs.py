"""Calls of several lines, and Zendesk's calls."""

from __future__ import annotations

from pathlib import Path

from calibration.records.contacts import Outcome
from calibration.records.reading import read
from tests.calibration.exports import write
from tests.calibration.laws.test_reading_traps import mapping

LEGS = """Call,Start,Queue,Result,Wait,Talk,Agent,Caller
k1,2024-03-04 09:00:00,care,left,20,,,c1
k1,2024-03-04 09:00:20,care,ok,10,100,Bo,c1
k1,2024-03-04 09:03:00,sales,ok,5,50,Ann,c1
k2,2024-03-04 09:01:00,care,left,33,,,c2
,2024-03-04 09:02:00,care,ok,0,7,Bo,
,2024-03-04 09:02:30,care,ok,1,8,Bo,
"""
ZENDESK = """id,created_at,call_group_id,agent_id,customer_id,completion_status,direction,wait_time,talk_time,\
hold_time,wrap_up_time,ivr_time_spent
1,2024-03-04T09:00:00Z,77,501,9001,completed,inbound,12,100,20,30,6
2,2024-03-04T09:01:00Z,77,,9002,abandoned_in_queue,inbound,45,0,0,,5
3,2024-03-04T09:02:00Z,77,502,9003,completed,outbound,0,60,0,,
4,2024-03-04T09:03:00Z,,,9004,abandoned_in_ivr,inbound,0,0,0,,9
5,2024-03-04T09:04:00Z,77,,9005,Abandoned in voicemail,inbound,61,0,0,,4
1,2024-03-04T09:00:00Z,77,501,9001,completed,inbound,12,105,20,30,6
"""


def test_legs_are_gathered_and_not_added_up_as_waits(tmp_path: Path):
    reading = read(write(tmp_path / "legs.csv", LEGS), mapping(legs_of="Call"))
    contacts = reading.contacts
    assert contacts is not None
    assert contacts.joined_s.tolist() == [32_400, 32_460, 32_520, 32_550]
    answered, abandoned = Outcome.ANSWERED, Outcome.ABANDONED
    assert contacts.outcome.tolist() == [answered, abandoned, answered, answered]
    assert contacts.waited_s.tolist() == [30, 33, 0, 1]  # until the first answer, not 20 + 10 + 5
    assert contacts.talk_s[0] == 150  # the agents' work
    assert [contacts.agents[at] if at >= 0 else "" for at in contacts.agent] == ["Bo", "", "Bo", "Bo"]
    assert (reading.rows_read, reading.rows_used) == (6, 6)
    assert "4 calls in 6 legs: talk and wrap-up of legs are added" in reading.notes


def test_zendesk_calls(tmp_path: Path):
    reading = read(write(tmp_path / "calls.csv", ZENDESK))
    contacts = reading.contacts
    assert reading.mapping == "zendesk-calls"
    assert contacts is not None
    assert contacts.outcome.tolist() == [
        Outcome.ANSWERED,
        Outcome.ABANDONED,
        Outcome.LEFT_EARLY,
        Outcome.SENT_AWAY,
    ]
    assert contacts.talk_s[0] == 125
    assert contacts.wrap_up_s[0] == 30
    assert contacts.menu_s.tolist() == [6, 5, 9, 4]
    assert [(tally.n, tally.line) for tally in reading.left_out] == [(1, 4), (1, 2)]
    assert contacts.queues == ("77", "unnamed")


def test_a_wait_past_midnight_and_clocks_that_disagree(tmp_path: Path):
    text = """Start,Queue,Result,Asked,Taken,Talk,Agent,Caller
2024-03-04 23:59:50,care,ok,23:59:50,00:00:10,9,Bo,
2024-03-04 12:00:00,care,ok,12:00:00,11:59:58,9,Bo,
"""
    between = {"since": "Asked", "until": "Taken", "unit": "hh:mm:ss"}
    reading = read(write(tmp_path / "calls.csv", text), mapping(waited=between))
    assert reading.contacts is not None
    assert reading.contacts.waited_s.tolist() == [0, 20]
    assert [str(tally) for tally in reading.corrected] == [
        "1: waited ends after midnight: a day added (first: calls.csv, line 2, '00:00:10')",
        "1: waited is negative, as where clocks disagree: taken as 0 (first: calls.csv, line 3)",
    ]
