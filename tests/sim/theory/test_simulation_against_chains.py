"""Theory: the engine against Markov chains: two groups with overflow and priority, and callers who try again.

23 figures at four standard errors over 60 days: a right engine fails somewhere with probability 0.005.
"""

from __future__ import annotations

import pytest

from sim.replicate import Asked, run
from sim.theory import ErlangA, erlang_b
from tests.sim.theory.chains import NDesign, Retrials
from tests.sim.theory.nearness import assert_near
from tests.sim.worlds import center, team

DAYS = 60


def mean_of(shares, value):
    return sum(share * value(state) for state, share in shares.items())


def test_the_chain_of_one_group_is_erlang_a():
    """With nobody of its own, and no b: M/M/3+M, whose exact values another test has checked."""
    shares = NDesign(0, 3, 36.0, 0.0, 12.0, 1.0, 20.0).shares()
    exact = ErlangA(3, 36 / 3600, 300, 180)
    assert mean_of(shares, lambda s: s[3]) == pytest.approx(exact.mean_queue_length, rel=1e-9)
    assert mean_of(shares, lambda s: s[1] + s[2] == 3) == pytest.approx(exact.delay_rate, rel=1e-9)


N_DESIGN = NDesign(1, 2, 20.0, 10.0, 12.0, 9.0, 20.0)


@pytest.fixture(scope="module")
def n_design():
    """One agent for a alone; two take b first and then a; talk 300 and 400 s, patience 180 s."""
    routes = [{"group": "own", "rank": 1}, {"group": "both", "rank": 2}]
    types = {
        name: {
            "channel": "voice",
            "arrivals": {"per_h": per_h},
            "talk_s": talk_s,
            "patience_s": 180,
            "routed_to": route,
        }
        for name, per_h, talk_s, route in (("a", 20, 300, routes), ("b", 10, 400, routes[1:]))
    }
    groups = {"own": team(1, ["a"]), "both": team(2, ["b", "a"])}
    return run(center(types, groups, {"warm_up_h": 2}), Asked(replications=DAYS))


@pytest.fixture(scope="module")
def n_shares():
    return N_DESIGN.shares()


def all_both_busy(state):
    return state[1] + state[2] == N_DESIGN.n_both


def delayed_a(state):
    return state[0] == N_DESIGN.n_own and all_both_busy(state)


@pytest.mark.parametrize(
    ("name", "place", "delayed", "per_h"), [("a", 3, delayed_a, 20.0), ("b", 4, all_both_busy, 10.0)]
)
def test_n_design_by_type(n_design, n_shares, name, place, delayed, per_h):
    queue = mean_of(n_shares, lambda s: s[place])
    assert_near(n_design, "delay_rate", mean_of(n_shares, delayed), "contact_type", name)
    assert_near(n_design, "mean_wait_s", queue / per_h * 3600, "contact_type", name)
    assert_near(n_design, "abandonment_rate", queue * N_DESIGN.gives_up_per_h / per_h, "contact_type", name)
    assert_near(n_design, "mean_queue_length", queue, "contact_type", name)


def test_n_design_by_group(n_design, n_shares):
    own, both = mean_of(n_shares, lambda s: s[0]), mean_of(n_shares, lambda s: (s[1] + s[2]) / 2)
    assert_near(n_design, "occupancy", own, "agent_group", "own")
    assert_near(n_design, "occupancy", both, "agent_group", "both")
    answered = 24 * mean_of(n_shares, lambda s: s[0]) * N_DESIGN.a_served_per_h
    assert_near(n_design, "answered", answered, "agent_group", "own")


def test_the_chain_without_redials_is_erlangs_loss_formula():
    shares = Retrials(3, 40.0, 20.0, 0.0, 10.0).shares()
    assert mean_of(shares, lambda s: s[0] == 3) == pytest.approx(erlang_b(3, 2.0), rel=1e-12)


@pytest.mark.parametrize(("redial_share", "delay_s"), [(0.5, 600.0), (0.9, 1800.0)])
def test_redialing_reaches_the_fixed_point(redial_share, delay_s):
    """Nobody waits: who finds both agents busy leaves, and with the type's chance is back after a while.

    A redial brings a patience and a chance of its own, and the talk that has not happened yet.
    """
    chain = Retrials(2, 12.0, 10.0, redial_share, 3600 / delay_s)
    shares = chain.shares()
    busy, away = mean_of(shares, lambda s: s[0] == 2), mean_of(shares, lambda s: s[1])
    call = {
        "channel": "voice",
        "arrivals": {"per_h": chain.per_h},
        "talk_s": 360,
        "patience_s": {"law": "exponential", "mean": 60, "balk_share": 1.0},
        "redial": {"share": redial_share, "delay_s": delay_s},
    }
    calendar = {"warm_up_h": 24, "run_out_h": 24}
    result = run(center({"call": call}, {"team": team(2)}, calendar), Asked(replications=DAYS))
    redials = 24 * away * chain.returns_per_h
    offered = 24 * chain.per_h + redials
    abandoned = (
        24 * chain.per_h * busy + redials - 24 * chain.returns_per_h * mean_of(shares, not_busy(2))
    ) / offered
    assert_near(result, "redials", redials, largest_error=0.05 * redials)
    assert_near(result, "offered", offered)
    assert_near(result, "abandonment_rate", abandoned)
    assert_near(result, "occupancy", mean_of(shares, lambda s: s[0]) / 2)
    answered = 24 * mean_of(shares, lambda s: s[0]) * chain.served_per_h
    assert_near(result, "answered", answered)
    met = answered / (24 * chain.per_h)
    assert_near(result, "need_resolution_rate", met)


def not_busy(n_agents):
    """Those away who would find somebody free."""
    return lambda s: s[1] if s[0] < n_agents else 0
