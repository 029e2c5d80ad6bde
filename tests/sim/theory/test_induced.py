"""Theory: demand that goes with the wait it causes, against the fixed point of exact mean waits."""

from __future__ import annotations

import math

import pytest

from scenarios import Scenario
from sim.induced import MOST_ROUNDS, induced_demand
from sim.replicate import Asked, run
from tests.ccplan.small import small_center
from tests.sim.worlds import center, team

TALK_S, N = 300.0, 10
PER_H, REFERENCE_S = 108.0, 60.0  # 9 erlangs


def mean_wait_s(per_h: float) -> float:
    """M/M/N+M with patience as long as talk, whose queue is that of infinitely many servers.

    With mean time T of both and a = λT, the number inside is Poisson(a); the mean number that waits is
    E[(X − N)⁺], and by Little's law the mean wait of all is that ÷ λ.
    """
    a = per_h / 3600.0 * TALK_S
    chance, waiting = math.exp(-a), 0.0
    for n in range(1, 200):
        chance *= a / n
        waiting += max(n - N, 0) * chance
    return waiting / (per_h / 3600.0)


def exact_factor(elasticity: float) -> float:
    """f = (w(f) ÷ reference)^elasticity, by bisection: the right side falls in f."""
    low, high = 0.01, 100.0
    for _ in range(100):
        middle = math.sqrt(low * high)
        wanted = (mean_wait_s(PER_H * middle) / REFERENCE_S) ** elasticity
        low, high = (middle, high) if wanted > middle else (low, middle)
    return low


def with_elasticity(elasticity: float) -> Scenario:
    """Two days, without opening hours."""
    call = {
        "channel": "voice",
        "arrivals": {"per_h": PER_H},
        "talk_s": TALK_S,
        "patience_s": TALK_S,
        "induced": {"elasticity": elasticity, "reference_wait_s": REFERENCE_S},
    }
    return center({"call": call}, {"team": team(N)}, {"days": 2, "warm_up_h": 2})


@pytest.mark.parametrize("elasticity", [-0.2, -1.0, -3.0])
def test_demand_settles_where_theory_says(elasticity):
    """Waits rise steeply with demand, so that x ← g(x) alone would not settle for the last two.

    Of the factor, 1 % is how far it may be from settled, and less than 1 % the error of a mean wait over 20
    replications of two days; each of them moves the factor by less than it is itself, as the slope is negative.
    """
    result = run(with_elasticity(elasticity), Asked(replications=20))
    found, exact = result.induced, exact_factor(elasticity)
    assert found is not None
    assert found.settled
    assert 1 < found.rounds <= MOST_ROUNDS
    assert found.factors["call"] == pytest.approx(exact, rel=0.02)
    assert abs(math.log(exact)) > 0.05, "or there would be little to find"
    assert result.value("fresh") == pytest.approx(48 * PER_H * found.factors["call"], rel=0.02)
    assert result.value("mean_wait_s") == pytest.approx(found.waits_s["call"]), "the same draws"
    assert result.scenario == with_elasticity(elasticity), "as stated"


def test_both_engines_and_any_run_settle_alike():
    asked = [Asked(replications=2, engine="compiled"), Asked(replications=4, engine="simpy")]
    small = with_elasticity(-1.0).changed({"calendar.days": 1, "calendar.warm_up_h": 0})
    fast, plain = (run(small, one).induced for one in asked)
    assert fast is not None
    assert plain is not None
    assert fast.rounds == plain.rounds
    assert fast.factors["call"] == pytest.approx(plain.factors["call"], rel=1e-6)


def test_elasticity_of_nothing_and_no_wait_at_all():
    """Without elasticity one round suffices; where nobody waits, a second stands for the wait: 60^0.2."""
    still = run(with_elasticity(0.0), Asked(replications=2)).induced
    assert still is not None
    assert (still.rounds, still.factors["call"]) == (1, 1.0)
    crowd = with_elasticity(-0.2).changed({"agent_group.team.agents": {"present": 90}})
    found = run(crowd, Asked(replications=2)).induced
    assert found is not None
    assert found.factors["call"] == pytest.approx(60**0.2, rel=0.01)


def test_what_does_not_settle_is_said():
    """Waits that answer at random."""
    answers = iter([10.0, 1000.0] * MOST_ROUNDS)
    found = induced_demand(with_elasticity(-1.0), lambda _: {"call": next(answers)})
    assert found is not None
    assert (found.rounds, found.settled) == (MOST_ROUNDS, False)


def test_nothing_is_done_where_nothing_is_induced():
    assert run(small_center(), Asked(replications=1)).induced is None
