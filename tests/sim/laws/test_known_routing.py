"""Laws: days worked out by hand. Ranks, idle times, the three policies, factors of groups and of assist."""

from __future__ import annotations

import pytest

from sim.codes import Outcome
from tests.sim.worlds import Table, call, center, constant, lived, team


def two_groups(first_rank: int, second_rank: int) -> Table:
    routes = [{"group": "first", "rank": first_rank}, {"group": "second", "rank": second_rank}]
    return {"call": call(routed_to=routes)}


FIRST_AND_SECOND = {"first": team(), "second": team()}


def test_the_better_rank_comes_first_however_long_the_other_has_been_idle(monkeypatch):
    """`second` has rank 1: it takes the calls at 0 and 150, though `first` has been idle all along."""
    calls = lived(monkeypatch, center(two_groups(2, 1), FIRST_AND_SECOND), [0, 50, 150])
    assert [c.group for c in calls] == [1, 0, 1]


def test_equal_ranks_go_to_whoever_has_been_idle_longest(monkeypatch):
    """Both idle since 0: the first group takes the call at 0, and is free again at 100; then turns alternate."""
    calls = lived(monkeypatch, center(two_groups(1, 1), FIRST_AND_SECOND), [0, 150, 300, 450])
    assert [c.group for c in calls] == [0, 1, 0, 1]


def test_a_group_that_no_route_names_takes_nothing(monkeypatch):
    types = {"call": call(routed_to=[{"group": "second"}])}
    calls = lived(monkeypatch, center(types, FIRST_AND_SECOND), [0, 0])
    assert [(c.group, c.answered_s) for c in calls] == [(1, 0), (1, 100)]


@pytest.mark.parametrize(
    ("policy", "weights", "order"),
    [
        ("priority", (1.0, 1.0), ["a", "b", "c"]),  # the order of skills decides
        ("longest_wait", (1.0, 1.0), ["c", "b", "a"]),  # 90, 80, 70 s of waiting at 100
        ("weighted_wait", (1.0, 4.0), ["b", "c", "a"]),  # 4 × 80 > 90 > 70
    ],
)
def test_what_a_free_agent_takes(monkeypatch, policy, weights, order):
    """One agent, busy from 0 to 100 with a call of type a; meanwhile c calls at 10, b at 20 and a at 30."""
    types = {name: call() for name in "abc"}
    skills = [{"contact_type": "a", "weight": weights[0]}, {"contact_type": "b", "weight": weights[1]}, "c"]
    day = center(types, {"team": team(1, skills, policy=policy)})
    calls = lived(monkeypatch, day, {"a": [0, 30], "b": [20], "c": [10]})
    waiting = sorted(calls[1:], key=lambda c: c.answered_s)
    assert [c.type for c in waiting] == order
    assert [c.answered_s for c in waiting] == [100, 200, 300]


@pytest.mark.parametrize("policy", ["longest_wait", "weighted_wait"])
def test_equal_waits_are_settled_by_the_order_of_skills(monkeypatch, policy):
    day = center({"a": call(), "b": call()}, {"team": team(1, ["b", "a"], policy=policy)})
    calls = lived(monkeypatch, day, {"a": [0, 50], "b": [50]})
    assert [c.type for c in sorted(calls, key=lambda c: c.answered_s)] == ["a", "b", "a"]


def test_factors_of_skill_and_assist_multiply(monkeypatch):
    """Talk 100 × 1.5 × 0.5, wrap-up 40 × 0.25; the group without assist and without factor: 100 and 40."""
    types = {"call": call(wrap_up_s=constant(40))}
    groups = {"fast": team(1, [{"contact_type": "call", "talk_factor": 1.5}]), "plain": team()}
    assist = {"groups": ["fast"], "talk_factor": 0.5, "wrap_up_factor": 0.25}
    fast, plain = lived(monkeypatch, center(types, groups, assist=assist), [0, 0])
    assert (fast.talk_s, fast.wrap_up_s, fast.ended_s) == (75, 10, 85)
    assert (plain.talk_s, plain.wrap_up_s, plain.ended_s) == (100, 40, 140)


@pytest.mark.parametrize(
    ("of_type", "of_group", "gain", "met"),
    [(1.0, None, 0.0, True), (1.0, 0.0, 0.0, False), (0.0, 1.0, 0.0, True), (0.0, None, 1.0, True)],
)
def test_resolution_by_type_by_group_and_with_assist(monkeypatch, of_type, of_group, gain, met):
    skill = {"contact_type": "call"} | ({} if of_group is None else {"resolution_rate": of_group})
    assist = {"groups": ["team"], "resolution_gain": gain}
    day = center({"call": call(resolution_rate=of_type)}, {"team": team(1, [skill])}, assist=assist)
    (only,) = lived(monkeypatch, day, [7])
    assert only.resolved is met
    assert (only.met_s == 107) is met  # met when the talk ends


def test_a_transfer_waits_again_in_the_other_queue(monkeypatch):
    """Calls at 0 and 10 talk 100 and 20 s of wrap-up with the front, then go on to the expert, who talks 300.

    The first is handed on at 120 and the second at 240, when the expert is busy until 420.
    """
    front = call(wrap_up_s=constant(20), transfer={"share": 1.0, "to": "expert"})
    types = {"call": front, "expert": call(talk_s=constant(300))}
    groups = {"front": team(), "experts": team(1, ["expert"])}
    calls = lived(monkeypatch, center(types, groups), [0, 10])
    legs = [(c.type, c.queued_s, c.answered_s, c.resolved) for c in calls]
    assert legs == [
        ("call", 0, 0, False),
        ("call", 10, 120, False),
        ("expert", 120, 120, True),
        ("expert", 240, 420, True),
    ]
    assert [c.attempt for c in calls] == [0, 0, 1, 1]
    assert all(c.outcome is Outcome.SERVED for c in calls)
    assert [c.met_s for c in calls[:2]] == [420, 720]


def test_a_transfer_has_a_talk_factor(monkeypatch):
    types = {
        "call": call(transfer={"share": 1.0, "to": "expert", "talk_factor": 0.5}),
        "expert": call(talk_s=constant(300)),
    }
    calls = lived(monkeypatch, center(types, {"all": team(1, ["call", "expert"])}), [0])
    assert [c.talk_s for c in calls] == [100, 150]
