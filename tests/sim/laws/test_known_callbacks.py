"""Laws: callbacks worked out by hand. Who is offered one, in what order they are called, and whom nobody reaches."""

from __future__ import annotations

import pytest

from sim.codes import Outcome, SpellKind
from sim.records.totals import AttemptSum
from tests.sim.laws.known_days import MIDNIGHT, Day, day_of
from tests.sim.worlds import HOUR_S, Table, call, constant, team

ALL = 1.0  # accept


def calls(offer_above_s: float = 150, patience_s: float = 250, **keys: object) -> Table:
    """Calls of 100 s: with one agent the second who waits would wait 200 s by the announcement."""
    callback = {"offer_above_s": offer_above_s, "accept_share": ALL, **keys}
    return call(callback=callback, patience_s=constant(patience_s))


def answered(day: Day, contact_type: str = "call") -> list[float]:
    return [row.answered_s for row in day.of(contact_type)]


def test_a_callback_keeps_its_place_and_does_not_abandon():
    """The call of 10 expects 100 s and waits; those of 20 and 30 expect 200 and 300 and are called back in turn.

    The last is called at 300, though its patience would have ended at 280.
    """
    day = day_of({"call": calls()}, {"team": team()}, {"call": [0, 10, 20, 30]})
    assert day.records.attempts.calls_back.tolist() == [False, False, True, True]
    assert answered(day) == [0, 100, 200, 300]


def test_two_agents_halve_what_is_expected():
    """(1 + 1) × 100 ÷ 2 = 100 s is not more than 150: nobody is offered anything before the third in line."""
    day = day_of({"call": calls()}, {"team": team(2)}, {"call": [0, 0, 10, 20, 30, 40]})
    assert day.records.attempts.calls_back.tolist() == [False] * 5 + [True]


def test_exactly_as_long_is_not_longer():
    day = day_of({"call": calls(200)}, {"team": team()}, {"call": [0, 10, 20, 30]})
    assert day.records.attempts.calls_back.tolist() == [False, False, False, True]


@pytest.mark.parametrize(("keeps_place", "moments"), [(True, (200, 300)), (False, (300, 200))])
def test_in_turn_or_when_nobody_live_waits(keeps_place, moments):
    """The call of 20 is to be called back; another contact, which the agent takes after calls, waits since 40."""
    types = {"call": calls(keeps_place=keeps_place), "other": call()}
    day = day_of(types, {"team": team(1, ["call", "other"])}, {"call": [0, 10, 20], "other": [40]})
    assert (answered(day)[2], *answered(day, "other")) == moments


def test_callbacks_come_before_deferred_work():
    email = {"channel": "email", "arrivals": {"per_h": 0.0}, "talk_s": constant(100)}
    types = {"call": calls(keeps_place=False), "email": email}
    day = day_of(types, {"team": team(1, ["email", "call"])}, {"call": [0, 10, 20], "email": [5]})
    assert answered(day) == [0, 100, 200]
    assert answered(day, "email") == [300]


def test_who_is_not_reached_costs_the_time_of_all_attempts():
    """Two attempts of 20 s from 200 on; then the next call, at 240. Nobody talked, and nothing is resolved."""
    types = {"call": calls(reach_share=0.0, attempts=2, attempt_s=20), "other": call()}
    day = day_of(types, {"team": team(1, ["call", "other"])}, {"call": [0, 10, 20], "other": [40]})
    row = day.of("call")[2]
    assert (row.outcome, row.ended_s, row.resolved) == (Outcome.UNREACHED, 240, False)
    assert row.answered_s != row.answered_s
    assert answered(day, "other") == [240]
    assert day.spells(SpellKind.CALLING_IN_VAIN) == [(0, 200, 240)]
    sums = day.totals.attempts.sum(axis=(0, 1))
    assert (sums[AttemptSum.CALLBACKS], sums[AttemptSum.UNREACHED], sums[AttemptSum.ABANDONED]) == (1, 1, 0)
    assert day.totals.work_s.sum() == 340


@pytest.mark.parametrize(("offer_above_s", "blocked"), [(150, [False] * 4), (10_000, [False] * 3 + [True])])
def test_a_callback_frees_its_line(offer_above_s, blocked):
    """Three lines: one talks, one waits; the third caller hangs up to be called back, or the fourth is blocked."""
    day = day_of({"call": calls(offer_above_s)}, {"team": team()}, {"call": [0, 10, 20, 30]}, lines={"n": 3})
    assert [row.outcome is Outcome.BLOCKED for row in day.rows] == blocked


def closing(at_close: str, *heads: int) -> Day:
    """Open until 01:00. A contact of 4000 s at 0; another waits since 20, a callback since 10, an email since 30."""
    types = {
        "long": call(talk_s=constant(4000)),
        "call": calls(0),
        "other": call(),
        "email": {"channel": "email", "arrivals": {"per_h": 0.0}, "talk_s": constant(600)},
    }
    present = {"present_per_interval": [*heads, *[0] * (48 - len(heads))]}
    return day_of(
        types,
        {"team": team(1, list(types), agents=present)},
        {"long": [0], "call": [10], "other": [20], "email": [30]},
        {"hours": {"mon-sun": "00:00-01:00"}, "at_close": at_close, "run_out_h": 24},
    )


def test_clearing_keeps_callbacks_and_deferred_work():
    """The person is there until 02:00, calls back at 4000 and writes at 4100; who waited live left at 01:00."""
    day = closing("clear", 1, 1, 1, 1)
    assert answered(day) == [4000]
    assert answered(day, "email") == [4100]
    (other,) = day.of("other")
    assert (other.outcome, other.ended_s) == (Outcome.ABANDONED, HOUR_S)


def test_serving_those_who_wait_is_overtime_and_deferred_work_is_none():
    """Time is up at 01:00: the callback at 4000 and the other at 4100 are served all the same, the email tomorrow."""
    day = closing("serve", 1, 1)
    assert answered(day) == [4000]
    assert answered(day, "other") == [4100]
    assert answered(day, "email") == [MIDNIGHT]
    assert day.spells(SpellKind.OVERTIME) == [(0, HOUR_S, 4200)]


def test_cleared_with_nobody_left_the_promise_is_kept_the_next_day():
    """Time is up at 01:00, and who was promised a call is called at midnight, when somebody comes."""
    day = closing("clear", 1, 1)
    assert answered(day) == [MIDNIGHT]
    assert answered(day, "email") == [MIDNIGHT + 100]
