"""Theory: the engine against Erlang C, a limited number of lines, balking, and Erlang's loss formula.

28 figures at four standard errors over 40 or more days: a right engine fails somewhere with probability 0.008.
Warm-ups last ten and more times the slowest time constant of each system.
"""

from __future__ import annotations

import math

import pytest

from scenarios import Scenario
from sim.replicate import Asked, run
from sim.theory import ErlangA, ErlangC, erlang_b
from tests.sim.theory.nearness import assert_near
from tests.sim.worlds import Table, center, team

AWT_S = 20.0


def one_team(n_agents: int, per_h: float, talk_s: float | Table, **more: object) -> Scenario:
    tables = {key: more.pop(key) for key in ("lines",) if key in more}
    warm_up_h = more.pop("warm_up_h", 2)
    call = {
        "channel": "voice",
        "arrivals": {"per_h": per_h},
        "talk_s": talk_s,
        "service_target": "80/20",
        **more,
    }
    groups = {"team": team(n_agents)}
    return center({"call": call}, groups, {"warm_up_h": warm_up_h}, **tables)


@pytest.mark.parametrize(
    ("n_agents", "per_h", "handle_s", "days", "warm_up_h"),
    [(3, 60, 120, 60, 4), (12, 108, 300, 80, 5)],  # loads of 2 and 9 erlangs
)
def test_erlang_c(n_agents, per_h, handle_s, days, warm_up_h):
    """Five figures each; the slowest time constant is about handle time ÷ (√n − √a)²: 20 min and 23 min."""
    exact = ErlangC(n_agents, per_h / 3600, handle_s)
    slowest_s = handle_s / (math.sqrt(n_agents) - math.sqrt(exact.offered_load_erl)) ** 2
    assert warm_up_h * 3600 > 9 * slowest_s
    result = run(one_team(n_agents, per_h, handle_s, warm_up_h=warm_up_h), Asked(replications=days))
    assert_near(result, "delay_rate", exact.delay_rate)
    assert_near(result, "mean_wait_s", exact.mean_wait_s, largest_error=0.05 * exact.mean_wait_s)
    assert_near(result, "service_level", exact.service_level(AWT_S))
    assert_near(result, "occupancy", exact.occupancy)
    queue = exact.mean_queue_length
    assert_near(result, "mean_queue_length", queue, largest_error=0.06 * queue)


def limited(n_agents: int, n_lines: int, load: float) -> list[float]:
    """States of M/M/n/K: π_k ∝ a^k / k! up to n, then a factor a / n for each that waits."""
    weights = [1.0]
    for k in range(1, n_lines + 1):
        weights.append(weights[-1] * load / min(k, n_agents))
    total = sum(weights)
    return [weight / total for weight in weights]


@pytest.mark.parametrize(("n_agents", "n_lines"), [(4, 6), (4, 4), (2, 12)])
def test_lines_are_places_in_the_system(n_agents, n_lines):
    """Blocking, delay of those offered, mean wait (Little's law), occupancy; with K = n it is Erlang's loss formula."""
    per_h, handle_s = 60.0, 180.0
    load = per_h * handle_s / 3600
    states = limited(n_agents, n_lines, load)
    accepted = 1 - states[-1]
    waiting = sum((k - n_agents) * share for k, share in enumerate(states) if k > n_agents)
    result = run(one_team(n_agents, per_h, handle_s, lines={"n": n_lines}), Asked(replications=40))
    assert_near(result, "block_rate", states[-1], largest_error=0.04 * states[-1])
    assert_near(result, "occupancy", load * accepted / n_agents)
    if n_lines > n_agents:
        assert_near(result, "delay_rate", sum(states[n_agents:-1]) / accepted)
        assert_near(result, "mean_wait_s", waiting / (per_h / 3600 * accepted))
    else:
        assert states[-1] == pytest.approx(erlang_b(n_agents, load), rel=1e-12)
        assert result.value("mean_wait_s") == 0.0


@pytest.mark.parametrize("balk_share", [0.3, 0.8])
def test_balking(balk_share):
    """A share of those who cannot be answered at once leaves on the spot, the others have patience."""
    exact = ErlangA(8, 90 / 3600, 300.0, 200.0, balk_share)
    patience = {"law": "exponential", "mean": 200.0, "balk_share": balk_share}
    result = run(one_team(8, 90, 300.0, patience_s=patience), Asked(replications=40))
    assert_near(result, "abandonment_rate", exact.abandonment_rate)
    assert_near(result, "delay_rate", exact.delay_rate)
    assert_near(result, "mean_wait_s", exact.mean_wait_s, largest_error=0.05 * exact.mean_wait_s)


@pytest.mark.parametrize(
    "talk",
    [{"law": "constant", "value": 300.0}, {"law": "lognormal", "mean": 300.0, "cv": 1.5}],
    ids=["constant", "lognormal"],
)
def test_where_everybody_balks_only_the_mean_of_the_talk_counts(talk):
    """Erlang's loss formula holds for any law of the talk (Sevastyanov 1957)."""
    patience = {"law": "exponential", "mean": 100.0, "balk_share": 1.0}
    result = run(one_team(6, 60, talk, patience_s=patience), Asked(replications=40))
    assert_near(result, "abandonment_rate", erlang_b(6, 5.0))
    assert result.value("mean_wait_s") == 0.0
