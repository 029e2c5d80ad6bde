"""Logs of events: Asterisk's queue_log, and the log of our own simulator."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from calibration.records.contacts import Outcome
from calibration.records.maps import load_map
from calibration.records.reading import Reading, read
from tests.calibration.exports import write

START = 1_709_542_800  # 2024-03-04 09:00:00 UTC
LOG = """
0|NONE|support|Agent/1|ADDMEMBER|
0|NONE|sales|Agent/1|ADDMEMBER|
0|NONE|support|Agent/2|AGENTLOGIN|SIP/2
5|a.1|support|NONE|ENTERQUEUE||5551234
9|a.1|support|Agent/1|RINGNOANSWER|3000
17|a.1|support|Agent/2|CONNECT|12|c.1|3
20|b.2|sales|NONE|ENTERQUEUE||5559876
50|b.2|sales|NONE|ABANDON|1|1|30
60|a.1|support|Agent/2|COMPLETECALLER|12|43|1
70|c.3|sales|NONE|ENTERQUEUE||5551234
100|c.3|sales|NONE|EXITWITHTIMEOUT|1
100|c.3|support|NONE|ENTERQUEUE||5551234
101|c.3|support|Agent/1|CONNECT|1|c.2|1
120|NONE|support|Agent/2|PAUSE|lunch
180|c.3|support|Agent/1|BLINDTRANSFER|300|out|1|79|1
200|NONE|support|Agent/2|UNPAUSE|
300|NONE|support|Agent/1|REMOVEMEMBER|
310|NONE|sales|Agent/1|REMOVEMEMBER|
320|d.4|support|NONE|ENTERQUEUE||anonymous
330|d.4|support|Agent/2|CONNECT|10|c.5|1
340|e.5|support|NONE|ENTERQUEUE||5550000
350|z.9|support|Agent/2|COMPLETEAGENT|10|300|1
360|NONE|NONE|NONE|CONFIGRELOAD|
361|NONE|NONE|NONE|OURS|
"""


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    lines = [line.split("|", 1) for line in LOG.strip().splitlines()]
    text = "\n".join(f"{START + int(at)}|{rest}" for at, rest in lines)
    return read(write(tmp_path / "queue_log", text))


def test_the_log_is_recognized_by_its_events(reading: Reading):
    assert reading.mapping == "asterisk-queue-log"


def test_a_call_that_moves_on_is_a_contact_in_each_queue(reading: Reading):
    contacts = reading.contacts
    assert contacts is not None
    assert contacts.joined_s.tolist() == [32_400 + at for at in (5, 20, 70, 100, 320)]
    assert [contacts.queues[at] for at in contacts.queue] == [
        "support",
        "sales",
        "sales",
        "support",
        "support",
    ]
    answered, abandoned, away = Outcome.ANSWERED, Outcome.ABANDONED, Outcome.SENT_AWAY
    assert contacts.outcome.tolist() == [answered, abandoned, away, answered, answered]
    assert contacts.waited_s.tolist() == [12, 30, 30, 1, 10]


def test_talks_end_with_the_call_or_its_transfer_and_may_be_unknown(reading: Reading):
    assert reading.contacts is not None
    np.testing.assert_array_equal(reading.contacts.talk_s, [43, np.nan, np.nan, 79, np.nan])


def test_agents_and_customers_are_followed(reading: Reading):
    contacts = reading.contacts
    assert contacts is not None
    assert [contacts.agents[at] if at >= 0 else "" for at in contacts.agent] == [
        *("Agent/2", "", "", "Agent/1", "Agent/2")
    ]
    assert contacts.customer[0] == contacts.customer[2] == contacts.customer[3]
    assert contacts.customer[4] == -1


def test_who_is_in_two_queues_is_there_once_and_an_open_end_is_said(reading: Reading):
    spells = reading.spells
    assert spells is not None
    found = [
        (spells.agents[agent], bool(paused), began - 32_400, ended - 32_400)
        for agent, paused, began, ended in zip(
            spells.agent, spells.paused, spells.began_s, spells.ended_s, strict=True
        )
    ]
    assert found[0] == ("Agent/1", False, 0, 310)
    assert found[1][:3] == ("Agent/2", False, 0)
    assert np.isnan(found[1][3])
    assert found[2:] == [("Agent/2", True, 120, 200)]


def test_events_are_used_or_left_out_for_a_reason(reading: Reading):
    assert reading.rows_read == 24
    assert reading.rows_read == reading.rows_used + sum(tally.n for tally in reading.left_out)
    assert sorted(tally.reason for tally in reading.left_out) == [
        "a contact under way when the files end, or whose end is not in them",
        "a contact whose beginning is not in the files",
        "an event that tells nothing of contacts or agents",
        "an event that the mapping does not know",
    ]


def test_epochs_are_taken_to_the_centers_clock(tmp_path: Path):
    text = "\n".join(
        f"{START + at}|x.{at}|q|NONE|{event}" for at, event in ((0, "ENTERQUEUE"), (9, "CONNECT"))
    )
    records = write(tmp_path / "queue_log", text.replace("x.9", "x.0"))
    ours = 'extends = "asterisk-queue-log"\n[file]\nlocal_time_zone = "America/New_York"\n'
    contacts = read(records, write(tmp_path / "ours.toml", ours)).contacts
    assert contacts is not None
    assert contacts.joined_s.tolist() == [4 * 3600]


# --- Our own log ---------------------------------------------------------------------------------------------------

EVENTS = """
arrival,0,ps-0-0,-20,,ps,
talk_begins,0,ps-0-0,-20,team/0,ps,
talk_ends,0,ps-0-0,10,team/0,ps,
depart,0,ps-0-0,10,,ps,served
arrival,0,ps-0-1,60,,ps,
bot_begins,0,ps-0-1,60,menu,ps,
bot_ends,0,ps-0-1,65,menu,ps,
waits,0,ps-0-1,65,,ps,
talk_begins,0,ps-0-1,85,team/1,ps,
talk_ends,0,ps-0-1,185,team/1,ps,
wrap_up_begins,0,ps-0-1,185,team/1,ps,
wrap_up_ends,0,ps-0-1,200,team/1,ps,
depart,0,ps-0-1,200,,ps,served
arrival,0,nw-0-2,70,,nw,
bot_begins,0,nw-0-2,70,menu,nw,
bot_ends,0,nw-0-2,80,menu,nw,
depart,0,nw-0-2,80,,nw,closed_by_bot
arrival,0,nw-0-3,90,,nw,
waits,0,nw-0-3,90,,nw,
depart,0,nw-0-3,120,,nw,abandoned
arrival,1,nw-0-3,100,,nw,
depart,1,nw-0-3,100,,nw,balked
arrival,1,nw-0-4,100,,nw,
bot_begins,1,nw-0-4,100,menu,nw,
bot_ends,1,nw-0-4,103,menu,nw,
depart,1,nw-0-4,103,,nw,left_bot
arrival,1,nw-0-5,110,,nw,
waits,1,nw-0-5,110,,nw,
arrival,1,nw-1-6,90000,,nw,
depart,1,nw-1-6,90000,,nw,blocked
"""


def our_log(folder: Path) -> Path:
    lines = [line.split(",") for line in EVENTS.strip().splitlines()]
    rows = [
        f"{run},{need},0,{event},,,{at},{who},{kind},{how}" for event, run, need, at, who, kind, how in lines
    ]
    head = "replication,entity,attempt,event,event_type,time,time_s,resource,contact_type,outcome"
    return write(folder / "events.csv", "\n".join([head, *rows]) + "\n")


def test_our_own_log_gives_back_what_happened(tmp_path: Path):
    reading = read(our_log(tmp_path))
    contacts = reading.contacts
    assert reading.mapping == "ccplan-events"
    assert contacts is not None
    week = 7 * 86_400  # the second run comes a week later
    assert contacts.joined_s.tolist() == [65, 90, week + 100, week + 103, week + 90_000]
    answered, abandoned = Outcome.ANSWERED, Outcome.ABANDONED
    early, away = Outcome.LEFT_EARLY, Outcome.SENT_AWAY
    assert contacts.outcome.tolist() == [answered, abandoned, abandoned, early, away]
    assert contacts.waited_s.tolist() == [20, 30, 0, 0, 0]
    np.testing.assert_array_equal(contacts.talk_s, [100, *[np.nan] * 4])
    np.testing.assert_array_equal(contacts.wrap_up_s, [15, *[np.nan] * 4])
    np.testing.assert_array_equal(contacts.menu_s, [5, np.nan, np.nan, 3, np.nan])
    assert contacts.agents[contacts.agent[0]] == "team/1"


def test_bots_closings_warm_up_and_what_is_under_way_are_left_out_and_counted(tmp_path: Path):
    reading = read(our_log(tmp_path))
    assert [(tally.n, tally.reason.split(",")[0].split(":")[0]) for tally in reading.left_out] == [
        (4, "closed by the bot"),
        (4, "a contact that joined before the first day or after the last"),
        (2, "a contact under way when the files end"),
    ]


def test_a_run_of_known_length_ends_with_its_last_day(tmp_path: Path):
    mapping = load_map("ccplan-events").model_copy(update={"run_days": 1})
    contacts = read(our_log(tmp_path), mapping).contacts
    assert contacts is not None
    assert len(contacts) == 4
