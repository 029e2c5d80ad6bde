"""Laws: chats worked out by hand. Shared pace, spread and stack, and calls that chats make way for."""

from __future__ import annotations

import pytest

from sim.codes import SpellKind
from tests.sim.laws.known_days import Day, day_of
from tests.sim.worlds import Table, call, constant, team


def chat(work_s: float = 100, **keys: object) -> Table:
    return call(channel="chat", talk_s=constant(work_s), **keys)


def chatters(present: int = 1, throughput: tuple[float, ...] = (1.0, 1.5), **keys: object) -> Table:
    skills = keys.pop("skills", ["chat"])
    return team(
        present, skills, concurrency={"chat": len(throughput), "throughput": list(throughput)}, **keys
    )


def ended(day: Day, contact_type: str = "chat") -> list[float]:
    return [row.ended_s for row in day.of(contact_type)]


def test_two_chats_share_an_agent():
    """100 s of work each, at 0 and at 20; together each advances at 1.5 ÷ 2 = 0.75.

    The first has 80 s left at 20, which take 80 ÷ 0.75 = 106.67 s: done at 126.67. By then the second has done 80
    and works the last 20 alone: done at 146.67. Both hands were full for 126.67 - 20 s.
    """
    day = day_of({"chat": chat()}, {"team": chatters()}, {"chat": [0, 20]})
    assert ended(day) == pytest.approx([20 + 80 / 0.75, 40 + 80 / 0.75])
    assert day.spells(SpellKind.CHATTING) == [(0, 0.0, pytest.approx(40 + 80 / 0.75))]
    assert day.totals.chats_s.sum() == pytest.approx(2 * (20 + 80 / 0.75))
    assert day.totals.chatting_s.sum() == day.totals.work_s.sum() == pytest.approx(40 + 80 / 0.75)


def test_a_third_chat_changes_the_pace_of_all():
    """Throughput 1, 1.6, 1.8: paces 1, 0.8, 0.6. Work 100 at 0, 40 and 72; the third is 30 long.

    At 40: 60 left of the first. At 72 it has 60 - 25.6 = 34.4 left, the second 74.4. Three at 0.6: the third is
    done after 50 s, at 122; the first has 4.4 left, the second 44.4. Two at 0.8: the first is done at 127.5, the
    second has 40 left, alone: 167.5.
    """
    types = {"chat": chat(), "short": chat(30)}
    group = chatters(throughput=(1.0, 1.6, 1.8), skills=["chat", "short"])
    day = day_of(types, {"team": group}, {"chat": [0, 40], "short": [72]})
    assert ended(day) == pytest.approx([127.5, 167.5])
    assert ended(day, "short") == pytest.approx([122.0])


def test_wrap_up_is_part_of_the_shared_work():
    """80 s of talk and 20 of wrap-up are 100 s of work; the customer has the answer when all of it is done."""
    types = {"chat": chat(80, wrap_up_s=constant(20))}
    day = day_of(types, {"team": chatters()}, {"chat": [0, 20]})
    assert ended(day) == pytest.approx([20 + 80 / 0.75, 40 + 80 / 0.75])
    assert [row.met_s for row in day.rows] == ended(day)


def test_the_third_chat_waits_for_a_hand():
    """Two at a time: the third comes in when the first is done, and shares with the second from then on."""
    day = day_of({"chat": chat()}, {"team": chatters()}, {"chat": [0, 0, 10]})
    first = 100 / 0.75
    assert [row.answered_s for row in day.rows] == pytest.approx([0, 0, first])
    assert ended(day) == pytest.approx([first, first, first + 100])


@pytest.mark.parametrize(("fill", "agents"), [("spread", [0, 1, 0, 1, 2]), ("stack", [0, 0, 1, 1, 2])])
def test_spread_and_stack(fill, agents):
    """Two agents with two hands, all within 40 s, and a third agent who comes at 1800.

    Spread: fewest in hand, then longest without a new contact. Stack: fill one before the next. The fifth waits.
    """
    group = chatters(2, chat_fill=fill)
    group["agents"] = {"present_per_interval": [2] + [3] * 47}
    day = day_of({"chat": chat(5000)}, {"team": group}, {"chat": [0, 10, 20, 30, 40]})
    assert [row.agent for row in day.rows] == agents
    assert day.rows[4].answered_s == 1800


def test_among_as_many_chats_it_is_who_has_had_no_new_one_for_longest():
    """Chats at 0, 10 to agents 0 and 1; agent 0 is done at 50 and idle; 60 to him; 70 to agent 1 (since 10)."""
    types = {"chat": chat(1000), "short": chat(50)}
    group = chatters(2, skills=["chat", "short"])
    day = day_of(types, {"team": group}, {"short": [0], "chat": [10, 60, 70, 80]})
    assert [row.agent for row in day.of("chat")] == [1, 0, 1, 0]


def test_among_as_many_chats_in_two_groups_too():
    """The same days with an agent in each of two groups of equal rank."""
    types = {"chat": chat(1000), "short": chat(50, routed_to=[{"group": "a"}])}
    groups = {"a": chatters(skills=["chat", "short"]), "b": chatters()}
    day = day_of(types, groups, {"short": [0], "chat": [10, 60, 70]})
    assert [row.group for row in day.of("chat")] == [1, 0, 1]


BLENDED = {"chat": chat(), "call": call(talk_s=constant(60))}


def blended(**keys: object) -> Table:
    return chatters(skills=["call", "chat"], **keys)


def test_a_call_waits_until_the_hands_are_empty_and_no_new_chats_are_taken():
    """A chat at 0, a call at 20, a chat at 30: the call is answered at 100, the second chat after it, at 160."""
    day = day_of(BLENDED, {"team": blended()}, {"chat": [0, 30], "call": [20]})
    assert [row.answered_s for row in day.of("call")] == [100]
    assert [row.answered_s for row in day.of("chat")] == [0, 160]


def test_calls_ignored_the_chats_go_on():
    """The second chat joins at 30 with 70 s left of the first: 30 + 70 ÷ 0.75; then it has 30 left. Then the call."""
    day = day_of(BLENDED, {"team": blended(when_call_waits="ignore")}, {"chat": [0, 30], "call": [20]})
    first = 30 + 70 / 0.75
    assert ended(day) == pytest.approx([first, first + 30])
    assert [row.answered_s for row in day.of("call")] == pytest.approx([first + 30])


def test_an_agent_with_a_call_takes_no_chat():
    day = day_of(BLENDED, {"team": blended()}, {"chat": [10], "call": [0]})
    assert [row.answered_s for row in day.of("chat")] == [60]


def test_when_the_call_gives_up_the_waiting_chat_is_taken_at_once():
    """The call waits from 20 to 45; the chat that came at 30 begins at 45."""
    types = {**BLENDED, "call": call(patience_s=constant(25))}
    day = day_of(types, {"team": blended()}, {"chat": [0, 30], "call": [20]})
    assert [row.answered_s for row in day.of("chat")] == [0, 45]


def test_when_another_takes_the_call_the_waiting_chat_is_taken_at_once():
    """Agent 0 is free at 100 and takes the call; agent 1, with a chat of 150, takes at once the one from 30."""
    types = {**BLENDED, "long": chat(150)}
    group = chatters(2, skills=["call", "chat", "long"], chat_fill="spread")
    day = day_of(types, {"team": group}, {"chat": [0, 30], "long": [1], "call": [20]})
    assert [(row.answered_s, row.agent) for row in day.of("call")] == [(100, 0)]
    assert [(row.answered_s, row.agent) for row in day.of("chat")] == [(0, 0), (100, 1)]


def test_when_the_call_goes_to_another_group_the_waiting_chat_is_taken_at_once():
    """The call of 20 may go to the others from 50 on; the chat of 30, which had to wait for it, begins then."""
    routes = [{"group": "team"}, {"group": "others", "rank": 2, "after_s": 30}]
    types = {**BLENDED, "call": call(routed_to=routes)}
    day = day_of(types, {"team": blended(), "others": team()}, {"chat": [0, 30], "call": [20]})
    assert [(row.group, row.answered_s) for row in day.of("call")] == [(1, 50)]
    assert [row.answered_s for row in day.of("chat")] == [0, 50]


def test_time_up_with_chats_in_hand():
    """Two chats of 1000 s begin at 1000; the agent's time is up at 1800, both are finished at 1000 + 1000 ÷ 0.75.

    The chat of 1900 finds nobody and waits for the next who comes, at 3600. Overtime is one person's.
    """
    group = chatters()
    group["agents"] = {"present_per_interval": [1, 0] + [1] * 46}
    done_s = 1000 + 1000 / 0.75
    day = day_of({"chat": chat(1000)}, {"team": group}, {"chat": [1000, 1000, 1900]})
    assert ended(day) == pytest.approx([done_s, done_s, 4600])
    assert day.rows[2].answered_s == 3600
    assert day.spells(SpellKind.OVERTIME) == [(0, 1800, pytest.approx(done_s))]


def test_who_comes_back_with_a_chat_in_hand_takes_another():
    """A chat of 3000 s at 1000; away from 1800 to 3600; the chat that waits since 2000 is taken on coming back."""
    group = chatters()
    group["agents"] = {"present_per_interval": [1, 0] + [1] * 46}
    day = day_of({"chat": chat(3000)}, {"team": group}, {"chat": [1000, 2000]})
    assert [row.answered_s for row in day.rows] == [1000, 3600]
    assert ended(day) == pytest.approx([3600 + 400 / 0.75, 3600 + 400 / 0.75 + 2600])


@pytest.mark.parametrize(("measured", "alone_s"), [(1.0, 120), (2.0, 90), (1.5, 120 * 1.25 / 1.5)])
def test_talk_measured_among_several_chats_is_shorter_alone(measured, alone_s):
    """120 s as measured by agents with 2 chats at 1.5 ÷ 2 each are 90 s of work; 1.25 is half-way from 1 to 1.5."""
    day = day_of({"chat": chat(120, measured_at_concurrency=measured)}, {"team": chatters()}, {"chat": [0]})
    assert ended(day) == pytest.approx([alone_s])
