"""Laws: who comes before whom, by hand. Priorities of types, those who go ahead, delayed overflow, reserves."""

from __future__ import annotations

import numpy as np
import pytest

from sim.chance.draws import Owner, Purpose, fold_many
from sim.chance.sample import Sample
from sim.codes import Outcome
from tests.sim.laws.known_days import Day, day_of
from tests.sim.worlds import Table, call, constant, team


def order(day: Day) -> list[tuple[str, float]]:
    """Who was answered, by moment: type and moment of arrival."""
    answered = [row for row in day.rows if row.outcome is Outcome.SERVED]
    return [(row.type, row.arrived_s) for row in sorted(answered, key=lambda row: row.answered_s)]


# --- Priorities and who goes ahead --------------------------------------------------------------------------------


@pytest.mark.parametrize("policy", ["priority", "longest_wait", "weighted_wait"])
def test_priority_of_types_comes_before_the_policy_of_the_group(policy):
    """Skills a, b, c, of which c has priority 1. Waiting at 100: a since 10 (weighs most), b since 20, c since 90."""
    types = {"a": call(priority=2), "b": call(priority=2), "c": call(priority=1)}
    skills = [{"contact_type": name, "weight": 5.0 if name == "a" else 1.0} for name in "abc"]
    day = day_of(types, {"team": team(1, skills, policy=policy)}, {"a": [0, 10], "b": [20], "c": [90]})
    assert order(day) == [("a", 0), ("c", 90), ("a", 10), ("b", 20)]


def important(n: int, share: float) -> list[bool]:
    """Which of the day's first needs are very important customers', by their own draws."""
    sample = Sample(1, 0)
    keys = fold_many(sample.key_of(Owner.NEED, 0, 0), np.arange(n, dtype=np.int64))
    return (sample.uniforms(keys, Purpose.VIP) < share).tolist()


def test_very_important_customers_go_first_and_among_themselves_in_order():
    moments = [float(n) for n in range(9)]
    is_vip = important(9, 0.5)
    assert 2 <= sum(is_vip[1:]) <= 6
    day = day_of({"call": call(ahead={"vip_share": 0.5})}, {"team": team()}, {"call": moments})
    waiting = sorted(moments[1:], key=lambda at_s: not is_vip[int(at_s)])
    assert [at_s for _, at_s in order(day)] == [0, *waiting]


@pytest.mark.parametrize(("ahead", "first"), [({"returns": True}, 90), ({}, 80)])
def test_who_dials_again_goes_ahead(ahead, first):
    """Busy until 100. The call of 10 gives up at 70 and is back at 90; that of 80 is the first that still waits."""
    again = {"share": 1.0, "delay_s": constant(20)}
    types = {"call": call(redial=again, patience_s=constant(60), talk_s=constant(10), ahead=ahead)}
    types["other"] = call(patience_s=constant(1000))
    day = day_of(types, {"team": team(1, ["call", "other"])}, {"other": [0], "call": [10, 80]})
    assert order(day) == [("other", 0), ("call", first), ("call", 170 - first)]


# --- Overflow after a delay ---------------------------------------------------------------------------------------


def overflow(**keys: object) -> dict[str, Table]:
    routes = [{"group": "own"}, {"group": "other", "rank": 2, "after_s": 30}]
    return {"call": call(routed_to=routes, **keys)}


TWO = {"own": team(), "other": team()}


def test_the_other_group_takes_it_exactly_when_the_delay_is_over():
    """The own agent is busy until 100; the call of 50 goes to the other group at 80."""
    day = day_of(overflow(), TWO, {"call": [0, 50]})
    assert [(row.group, row.answered_s) for row in day.rows] == [(0, 0), (1, 80)]


@pytest.mark.parametrize(("patience_s", "answered"), [(29.5, False), (30, False), (30.5, True)])
def test_patience_that_ends_with_the_delay_goes_first(patience_s, answered):
    """At one instant customers give up before timers ring."""
    day = day_of(overflow(patience_s=constant(patience_s)), TWO, {"call": [0, 50]})
    assert (day.rows[1].outcome is Outcome.SERVED) is answered


def test_the_own_group_may_free_before_the_delay_is_over():
    day = day_of(overflow(), TWO, {"call": [0, 75]})
    assert [(row.group, row.answered_s) for row in day.rows] == [(0, 0), (0, 100)]


def test_an_agent_who_frees_takes_what_has_waited_long_enough():
    """Both busy; the other group's agent frees at 120: the call of 85 may go there (since 115), that of 95 not yet."""
    types = {
        **overflow(talk_s=constant(1000)),
        "short": call(talk_s=constant(120), routed_to=[{"group": "other"}]),
    }
    groups = {"own": team(), "other": team(1, ["call", "short"])}
    day = day_of(types, groups, {"call": [0, 85, 95], "short": [0]})
    assert [(row.group, row.answered_s) for row in day.of("call")] == [(0, 0), (1, 120), (0, 1000)]


def test_several_delays_one_after_the_other():
    """Nobody is there of the first; the second may take it after 20 s and is busy; the third after 45 s."""
    delays = {"a": 0, "b": 20, "c": 45}
    routes = [{"group": name, "rank": i, "after_s": s} for i, (name, s) in enumerate(delays.items(), start=1)]
    types = {"call": call(routed_to=routes), "other": call()}
    groups = {"a": team(0), "b": team(1, ["other", "call"]), "c": team()}
    day = day_of(types, groups, {"other": [0], "call": [10]})
    assert [(row.group, row.answered_s) for row in day.of("call")] == [(2, 55)]


def test_when_its_time_has_come_a_call_interrupts():
    """The other group's agent writes from 0; the call of 50 interrupts at 80, and the writing is done at 700."""
    types = {**overflow(), "email": {"channel": "email", "arrivals": {"per_h": 0.0}, "talk_s": constant(600)}}
    types["email"]["interruptible"] = True
    day = day_of(types, {"own": team(), "other": team(1, ["call", "email"])}, {"call": [0, 50], "email": [0]})
    assert [(row.group, row.answered_s) for row in day.of("call")] == [(0, 0), (1, 80)]
    assert [row.ended_s for row in day.of("email")] == [700]


# --- Reserves -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("others", "taken"), [([], (0, 100)), ([30], (1, 110))])
def test_a_reserve_is_kept_and_the_freed_one_counts(others, taken):
    """Three agents; calls only while more than one is free: of 0, 10 and 20 two are taken, and the third waits.

    At 100 agent 0 frees, and with the one who has never worked that makes two: the third is taken. Unless somebody
    else's contact took that one at 30: then it is not before 110 that two are free.
    """
    group = team(3, ["call", "other"], takes_only_if_free_above={"call": 1})
    moments = {"call": [0, 10, 20], **({"other": others} if others else {})}
    day = day_of({"call": call(), "other": call()}, {"team": group}, moments)
    assert [(row.agent, row.answered_s) for row in day.of("call")] == [(0, 0), (1, 10), taken]
    assert [(row.agent, row.answered_s) for row in day.of("other")] == [(2, at_s) for at_s in others]


def test_a_reserve_that_is_never_met_serves_nobody():
    group = team(2, takes_only_if_free_above={"call": 2})
    day = day_of({"call": call(patience_s=constant(50))}, {"team": group}, {"call": [0]})
    assert day.rows[0].outcome is Outcome.ABANDONED
