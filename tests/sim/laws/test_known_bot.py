"""Laws: days worked out by hand. The bot: sessions, limit, outage, opting out, hand-over, closed hours."""

from __future__ import annotations

import math
from datetime import datetime

import pytest

from scenarios import Scenario
from sim.codes import BotOutcome, Origin, Outcome
from tests.sim.worlds import HOUR_S, Table, call, center, constant, lived, team

SOLVED, WRONG = {"solved": 100}, {"wrongly_closed": 100}
HANDED_OVER, LEFT = {"handed_over": 100}, {"left": 100}
MONDAY = datetime(2026, 11, 9).date()


def with_bot(
    of_100: Table, *, calls: Table | None = None, served: Table | None = None, **bot: object
) -> Scenario:
    """One agent and a bot whose sessions last 60 s."""
    part = {"of_100": of_100, "session_s": constant(60), **(served or {})}
    return center(
        {"call": calls or call()},
        calendar={"start": MONDAY, "hours": {"mon-sun": "08:00-20:00"}},
        bot={"menu": {**bot, "contact_type": {"call": part}}},
    )


NOON = 12 * HOUR_S


def test_a_solved_contact_is_over_when_its_session_ends(monkeypatch):
    (only,) = lived(monkeypatch, with_bot(SOLVED), [NOON])
    assert (only.bot, only.outcome) == (BotOutcome.SOLVED, Outcome.CLOSED_BY_BOT)
    assert only.left_bot_s == only.ended_s == only.met_s == NOON + 60
    assert math.isnan(only.queued_s)


def test_a_contact_handed_over_queues_after_its_session(monkeypatch):
    """Sessions begin at 0 and 10 and last 60 s; the one agent talks 100 s times the hand-over's 1.5."""
    day = with_bot(HANDED_OVER, served={"handover": {"talk_factor": 1.5}})
    first, second = lived(monkeypatch, day, [NOON, NOON + 10])
    assert (first.queued_s, first.answered_s, first.ended_s) == (NOON + 60, NOON + 60, NOON + 210)
    assert (second.queued_s, second.answered_s, second.talk_s) == (NOON + 70, NOON + 210, 150)
    assert first.bot is second.bot is BotOutcome.ESCALATED


def test_handing_over_changes_patience(monkeypatch):
    """Patience 90 × 0.5: the second waits from 70 to 115, though the agent would free at 160."""
    calls = call(patience_s=constant(90))
    day = with_bot(HANDED_OVER, calls=calls, served={"handover": {"patience_factor": 0.5}})
    second = lived(monkeypatch, day, [NOON, NOON + 10])[1]
    assert (second.outcome, second.ended_s) == (Outcome.ABANDONED, NOON + 115)


def test_who_leaves_the_bot_may_redial_and_never_abandoned_a_queue(monkeypatch):
    redial = {"share": 1.0, "delay_s": constant(300), "skip_bot": True}
    first, again = lived(monkeypatch, with_bot(LEFT, calls=call(redial=redial)), [NOON])
    assert (first.bot, first.outcome, first.ended_s) == (BotOutcome.LEFT, Outcome.LEFT_BOT, NOON + 60)
    assert math.isnan(first.queued_s)
    assert (again.origin, again.arrived_s, again.bot) == (Origin.REDIAL, NOON + 360, BotOutcome.NO_BOT)
    assert again.answered_s == again.queued_s == NOON + 360


@pytest.mark.parametrize(
    ("past_the_bot", "next_bot"), [(True, BotOutcome.NO_BOT), (False, BotOutcome.WRONGLY_CLOSED)]
)
def test_who_was_wrongly_closed_comes_back(monkeypatch, past_the_bot, next_bot):
    """Closed at 60, back an hour later; past the bot if the bot's table says so, whatever `reconnect` says."""
    calls = call(reconnect={"share": 1.0, "delay_h": constant(1), "skip_bot": not past_the_bot})
    day = with_bot(WRONG, calls=calls, served={"wrongly_closed_skip_bot": past_the_bot})
    found = lived(monkeypatch, day, [NOON])
    assert (found[0].bot, found[0].outcome) == (BotOutcome.WRONGLY_CLOSED, Outcome.CLOSED_BY_BOT)
    assert (found[1].origin, found[1].arrived_s) == (Origin.RECONNECT, NOON + 60 + HOUR_S)
    assert found[1].bot is next_bot
    assert math.isnan(found[0].met_s) is (not past_the_bot)


def test_a_full_bot_sends_contacts_straight_to_the_queue(monkeypatch):
    """One session at a time: 0 to 60. The call at 59 is refused; the one at 60 finds the bot free again."""
    calls = lived(monkeypatch, with_bot(HANDED_OVER, max_sessions=1), [NOON, NOON + 59, NOON + 60])
    assert [c.bot for c in calls] == [BotOutcome.ESCALATED, BotOutcome.REFUSED, BotOutcome.ESCALATED]
    assert [c.queued_s - NOON for c in calls] == [60, 59, 120]


def test_who_is_refused_keeps_talk_and_patience(monkeypatch):
    handover = {"handover": {"talk_factor": 9.0, "patience_factor": 0.1}}
    (only,) = lived(monkeypatch, with_bot(HANDED_OVER, max_sessions=0, served=handover), [NOON])
    assert (only.bot, only.talk_s) == (BotOutcome.REFUSED, 100)


def test_an_outage_hands_over_the_sessions_under_way(monkeypatch):
    """Out of order from 12:00 to 12:10. Sessions from 11:59:30 and 11:59:40 end at 12:00, in their order; the call
    at 12:05 goes straight to the queue; at 12:10 the bot is back before the call of that moment."""
    outage = [{"from": datetime(2026, 11, 9, 12), "to": datetime(2026, 11, 9, 12, 10)}]
    moments = [NOON - 30, NOON - 20, NOON + 300, NOON + 600]
    calls = lived(monkeypatch, with_bot(SOLVED, outage=outage), moments)
    assert [c.bot for c in calls] == [
        BotOutcome.ESCALATED,
        BotOutcome.ESCALATED,
        BotOutcome.OUT_OF_ORDER,
        BotOutcome.SOLVED,
    ]
    assert [c.queued_s - NOON for c in calls[:3]] == [0, 0, 300]
    assert [c.answered_s - NOON for c in calls[:3]] == [0, 100, 300]
    assert calls[3].left_bot_s == NOON + 660


def test_outages_may_overlap(monkeypatch):
    """From 12:00 to 12:10 and from 12:05 to 12:20: at 12:15 the second still lasts."""
    noon = datetime(2026, 11, 9, 12)
    outage = [
        {"from": noon, "to": noon.replace(minute=10)},
        {"from": noon.replace(minute=5), "to": noon.replace(minute=20)},
    ]
    calls = lived(monkeypatch, with_bot(SOLVED, outage=outage), [NOON + 900, NOON + 1200])
    assert [c.bot for c in calls] == [BotOutcome.OUT_OF_ORDER, BotOutcome.SOLVED]


def test_a_session_that_ends_as_the_outage_begins_is_escalated(monkeypatch):
    """Outage edges come before bot ends."""
    outage = [{"from": datetime(2026, 11, 9, 12), "to": datetime(2026, 11, 9, 13)}]
    (only,) = lived(monkeypatch, with_bot(SOLVED, outage=outage), [NOON - 60])
    assert (only.bot, only.left_bot_s) == (BotOutcome.ESCALATED, NOON)


def test_who_opts_out_asks_for_a_person_at_once(monkeypatch):
    (only,) = lived(monkeypatch, with_bot(SOLVED, served={"entry_share": 0.0}), [NOON])
    assert (only.bot, only.queued_s) == (BotOutcome.OPTED_OUT, NOON)


@pytest.mark.parametrize(
    ("always_on", "of_100", "outcome"),
    [
        (True, SOLVED, Outcome.CLOSED_BY_BOT),
        (True, HANDED_OVER, Outcome.LOST),  # escalated after closing
        (False, SOLVED, Outcome.LOST),
    ],
)
def test_outside_opening_hours(monkeypatch, always_on, of_100, outcome):
    (only,) = lived(monkeypatch, with_bot(of_100, always_on=always_on), [3 * HOUR_S])
    assert only.outcome is outcome


def test_a_session_that_begins_before_closing_and_is_handed_over_after_it_is_lost(monkeypatch):
    (only,) = lived(monkeypatch, with_bot(HANDED_OVER), [20 * HOUR_S - 30])
    assert (only.bot, only.outcome, only.ended_s) == (BotOutcome.ESCALATED, Outcome.LOST, 20 * HOUR_S + 30)


@pytest.mark.parametrize("of_100", [SOLVED, HANDED_OVER])
def test_two_bots_stand_side_by_side(monkeypatch, of_100):
    """Each type meets its own: the sessions of one do not fill the other."""
    part = {"of_100": of_100, "session_s": constant(60)}
    day = center(
        {"a": call(), "b": call()},
        {"team": team(2, ["a", "b"])},
        bot={name: {"max_sessions": 1, "contact_type": {name: part}} for name in ("a", "b")},
    )
    calls = lived(monkeypatch, day, {"a": [0, 1], "b": [0, 1]})
    refused = [(c.type, c.arrived_s) for c in calls if c.bot is BotOutcome.REFUSED]
    assert refused == [("a", 1), ("b", 1)]
