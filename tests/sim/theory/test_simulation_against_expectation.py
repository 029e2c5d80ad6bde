"""Theory: satisfaction in M/M/n and where nobody waits, against closed forms.

Ten figures at four standard errors, by Student's t over 40 and 60 days: a right engine fails somewhere with
probability 0.004. Coefficients are small enough that satisfaction never comes to its ends, where the forms would
not hold.
"""

from __future__ import annotations

import math

import pytest

from scenarios import Scenario
from sim.replicate import Asked, run
from sim.theory import ErlangC
from tests.sim.theory.nearness import assert_near
from tests.sim.worlds import Table, center, team

PER_WAIT_MIN, ABOVE, BELOW = 0.02, 0.05, -0.08
BASE, RESOLVED = 0.5, 0.2


def day(n_agents: int, per_h: float, handle_s: float, expectation: Table, **delight: float) -> Scenario:
    calls = {
        "channel": "voice",
        "arrivals": {"per_h": per_h},
        "talk_s": handle_s,
        "expectation": expectation,
        "resolution_rate": 0.8,
    }
    effort = {"per_wait_min": PER_WAIT_MIN, "per_contact": 1.0, "per_transfer": 0.0, "per_bot_loop": 0.0}
    satisfaction = {
        "base": BASE,
        "above_expectation": ABOVE,
        "below_expectation": BELOW,
        "resolved": RESOLVED,
    }
    churn = {"base": 0.1, "unresolved": 0.2, "stated_to_real": 0.5}
    experience: Table = {"effort": effort, "satisfaction": satisfaction, "churn": churn}
    if delight:
        experience["delight"] = delight
    return center({"call": calls}, {"team": team(n_agents)}, {"warm_up_h": 5}, experience=experience)


@pytest.mark.parametrize("expected_s", [20.0, 120.0])
def test_waits_of_erlang_c_against_a_fixed_expectation(expected_s):
    """Waits exceed w with probability C e^(−δw), δ = (n − a) ÷ handle time, and e is expected by everybody.

    E[(W − e)⁺] = C e^(−δe) / δ,  E[(e − W)⁺] = e − E[W] + E[(W − e)⁺].
    """
    n_agents, per_h, handle_s = 5, 80.0, 180.0
    queue = ErlangC(n_agents, per_h / 3600, handle_s)
    rate = (n_agents - queue.offered_load_erl) / handle_s
    longer_s = queue.delay_rate * math.exp(-rate * expected_s) / rate
    shorter_s = expected_s - queue.mean_wait_s + longer_s
    per_s = PER_WAIT_MIN / 60
    above, below = per_s * shorter_s, per_s * longer_s
    result = run(day(n_agents, per_h, handle_s, {"wait_s": expected_s}), Asked(replications=60))
    wait = per_s * queue.mean_wait_s
    assert_near(result, "effort", 1 + wait, largest_error=0.06 * wait)
    exact = BASE + 0.8 * RESOLVED + ABOVE * above + BELOW * below
    assert_near(result, "satisfaction", exact, largest_error=0.003)


@pytest.mark.parametrize("wait_cv", [0.5, 1.5])
def test_where_nobody_waits_the_mean_of_what_is_expected_is_gained(wait_cv):
    """Far more agents than calls: everybody is above expectation by the wait expected, 300 s on average."""
    expectation = {"wait_s": 300, "wait_cv": wait_cv}
    result = run(day(60, 60, 200, expectation), Asked(replications=40))
    assert result.value("mean_wait_s") == 0.0
    met = BASE + RESOLVED + ABOVE * PER_WAIT_MIN * 5
    exact = met - 0.2 * RESOLVED
    assert_near(result, "satisfaction", exact, largest_error=0.002)
    # (1 − satisfaction) of the met and of the others, times 0.5 · 0.1 and 0.5 · 0.3.
    churn = 0.8 * 0.05 * (1 - met) + 0.2 * 0.15 * (1 - met + RESOLVED)
    assert_near(result, "churn_risk", churn)


def test_a_share_of_conversations_is_delighted():
    """In 0.3 of them 40 s are added to the talk and 0.1 to the satisfaction."""
    expectation = {"wait_s": 0}
    delight = {"share": 0.3, "talk_s": 40, "lift": 0.1}
    result = run(day(60, 60, 200, expectation, **delight), Asked(replications=40))
    assert_near(result, "mean_talk_s", 200 + 0.3 * 40)
    assert_near(result, "satisfaction", BASE + 0.8 * RESOLVED + 0.3 * 0.1, largest_error=0.002)
