"""Known answers: measures of chats, deferred work and callbacks, from a morning that can be reckoned by hand.

One agent, two chats at a time, each at three quarters of the pace of one alone. Chats of 100 s at 9:00:00 and
9:00:20: the first has 80 s left when the second comes, and is done after another 80 / 0.75 s; the second has then
had those 80 s, and does its last 20 s alone. An e-mail of 600 s at 10:00 gives way to a call of 60 s at 10:05, and is
done at 10:11. A second one comes at 23:55, of which five minutes are in hand when the day ends.
"""

from __future__ import annotations

import pytest

from scenarios import Scenario
from sim.measures.result import Result
from sim.replicate import Asked, run
from tests.sim.worlds import call, center, constant, send, team

NINE, TEN = 9 * 3600.0, 10 * 3600.0
TOGETHER_S = 80 / 0.75
CHATTING_S = 20 + TOGETHER_S + 20


def morning() -> Scenario:
    types = {
        "chat": call(channel="chat"),
        "phone": call(talk_s=constant(60)),
        "mail": call(channel="email", talk_s=constant(600), interruptible=True, due_h=0.18),
    }
    chats = {"chat": 2, "throughput": [1.0, 1.5]}
    group = team(skills=("phone", "chat", "mail"), concurrency=chats)
    return center(types, {"team": group})


@pytest.fixture
def result(monkeypatch: pytest.MonkeyPatch) -> Result:
    day = morning()
    send(
        monkeypatch,
        day,
        {"chat": [NINE, NINE + 20], "phone": [TEN + 300], "mail": [TEN, 24 * 3600 - 300]},
    )
    return run(day, Asked(seed=1, replications=1, engine="simpy"))


WORK_S = CHATTING_S + 60 + 600 + 300
IN_HAND_S = 2 * TOGETHER_S + 20 + 20
KNOWN = {
    "deferred": 2,
    "due_rate": 0.5,  # 660 s against 648 s allowed; the second is done after midnight, in 600 s
    "backlog": 1,
    "backlog_age_p95_h": 300 / 3600,
    "occupancy": WORK_S / 86400,
    "live_occupancy": (CHATTING_S + 60) / 86400,
    "mean_concurrency": (IN_HAND_S + 60 + 600 + 300) / WORK_S,
    "slot_occupancy": (IN_HAND_S + 2 * (60 + 600 + 300)) / (2 * 86400),
    "work_h": WORK_S / 3600,
    "mean_wait_s": 0.0,  # of live types; the e-mail's minute aside is in the queue's length
    "need_resolution_rate": 1.0,
}


@pytest.mark.parametrize("measure", KNOWN)
def test_measures_of_the_morning(result: Result, measure: str) -> None:
    # Ages are counted in bins of a tenth of a second.
    tolerance = {"abs": 0.1 / 3600} if measure == "backlog_age_p95_h" else {"rel": 1e-12}
    assert result.value(measure) == pytest.approx(KNOWN[measure], **tolerance)


def test_an_email_put_aside_waits_again(result: Result) -> None:
    assert result.value("mean_queue_length", "contact_type", "mail") == pytest.approx(60 / 86400)
    assert result.value("mean_queue_length") == 0.0


def test_chats_are_resolved_when_their_work_is_done(result: Result) -> None:
    first_h, second_h = (20 + TOGETHER_S) / 3600, (TOGETHER_S + 20) / 3600
    mean_h = result.value("time_to_resolution_h", "contact_type", "chat")
    assert mean_h == pytest.approx((first_h + second_h) / 2)


def test_what_is_never_due_is_neither_in_time_nor_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """An e-mail that is due within an hour is done after 100 s; a letter, which never is due, after it."""
    written = {"mail": call(channel="email", due_h=1), "letter": call(channel="email")}
    day = center(written, {"team": team(skills=("mail", "letter"))})
    send(monkeypatch, day, {"mail": [NINE], "letter": [NINE + 1]})
    found = run(day, Asked(seed=1, replications=1, engine="simpy"))
    assert (found.value("deferred"), found.value("due_rate")) == (2, 1.0)
    assert found.value("due_rate", "contact_type", "mail") == 1.0
    assert found.estimate("due_rate", "contact_type", "letter").value is None


def test_callbacks_reached_and_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second and third call wait behind a long one; both take a callback, and nobody is reached in 2 × 30 s."""
    back = {"offer_above_s": 0, "accept_share": 1, "reach_share": 0, "attempts": 2, "attempt_s": 30}
    day = center({"call": call(callback=back, patience_s=constant(10))})
    send(monkeypatch, day, {"call": [NINE, NINE + 5, NINE + 6]})
    found = run(day, Asked(seed=1, replications=1, engine="simpy"))
    known = {
        "offered": 3,
        "answered": 1,
        "abandoned": 0,
        "callbacks": 2,
        "unreached": 2,
        "work_h": 220 / 3600,
    }
    assert {name: found.value(name) for name in known} == pytest.approx(known)
