"""Theory: the day of six half hours, solved exactly, and every cheaper roster shown to miss its target.

What is exact is held against the engine: twelve figures at four standard errors, by the normal law one false alarm in
1,300 such tables; seeds are fixed, so that chance was taken once.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.linalg import expm

from sim.replicate import Asked, run
from sim.theory import ErlangA
from tests.optimizer.exact.half_hours import (
    FIRST_INTERVAL,
    MAX_DELAY_RATE,
    N_PERIODS,
    SHIFTS,
    cheapest_covers,
    cost_of,
    delay_rates,
    holding,
    holding_seats,
    least_delay_rates,
    perhaps_holding_persons,
    present,
    required_by_sipp,
    scenario,
    worst_period,
)
from tests.optimizer.exact.overstaying import Calls, EveryLeaverBusy, Seat, Step
from tests.optimizer.exact.transient import over
from tests.sim.theory.nearness import ALLOWED_ERRORS, standard_error_of

SEATS_BEST = (0, 3, 3, 1, 4)
PERSONS_BEST = (3, 3, 3, 2, 1)
CALLS = Calls(arrive=20.0, end=4.0, give_up=6.0)


# --- The chains ----------------------------------------------------------------------------------------------------


def test_a_chain_over_a_stretch_is_the_matrix_exponential():
    """Three states in a ring, one way faster than the other: e^{Qt} at the end, its mean over the stretch."""
    rates = np.array([[-3.0, 2.0, 1.0], [1.0, -3.0, 2.0], [4.0, 1.0, -5.0]])
    stretch = over({0: 1.0}, lambda s: ((t, rates[s, t]) for t in range(3) if t != s), 0.7)
    both = expm(0.7 * np.block([[rates, np.eye(3)], [np.zeros((3, 6))]]))
    assert [stretch.end[s] for s in range(3)] == pytest.approx(both[0, :3], abs=1e-12)
    assert [stretch.mean[s] for s in range(3)] == pytest.approx(both[0, 3:] / 0.7, abs=1e-12)


@pytest.mark.parametrize("rule", [Seat(), EveryLeaverBusy()], ids=["seat", "bound"])
def test_without_shifts_that_end_the_chains_come_to_erlang_a(rule):
    step = Step((), (), 6)
    late = over({rule.empty(): 1.0}, lambda s: rule.jumps(s, CALLS, step), 6.0).end
    found = sum(share for state, share in late.items() if rule.delays(state, step))
    assert found == pytest.approx(ErlangA(6, 20 / 3600, 900, 600).delay_rate, abs=1e-8)


def test_both_rules_agree_until_the_first_shift_ends():
    """Nobody overstays before the end of the third half hour."""
    seat, person = delay_rates(PERSONS_BEST, "seat"), delay_rates(PERSONS_BEST, "person")
    assert seat[:3] == pytest.approx(person[:3], abs=1e-10)
    assert all(with_seats > 1.4 * without for with_seats, without in zip(seat[3:], person[3:], strict=True))


@pytest.mark.parametrize("people", [PERSONS_BEST, (2, 0, 3, 1, 1), (0, 4, 3, 0, 1)])
def test_the_lower_bound_is_below_the_truth(people):
    bound, exact = least_delay_rates(people), delay_rates(people, "person")
    assert all(low <= true + 1e-10 for low, true in zip(bound, exact, strict=True))
    assert bound[:3] == pytest.approx(exact[:3], abs=1e-10)


@pytest.mark.parametrize(("on_time_up", "people"), [("seat", SEATS_BEST), ("person", PERSONS_BEST)])
def test_the_engine_is_within_four_standard_errors(on_time_up, people):
    result = run(scenario(on_time_up, people), Asked(replications=2000, by_interval=True))
    for period, exact in enumerate(delay_rates(people, on_time_up)):
        interval = FIRST_INTERVAL + period
        found = result.estimate("delay_rate", "contact_type", "call", range(interval, interval + 1))
        error = standard_error_of(result, found)
        assert error < 0.012
        assert abs(found.value - exact) < ALLOWED_ERRORS * error, (period, exact, found)


# --- The cheapest rosters --------------------------------------------------------------------------------------------


def test_the_search_leaves_no_roster_out():
    """Every roster of few people, tried one by one."""
    limit, most_cost = 0.985, 12.0
    tried = itertools.product(range(5), repeat=len(SHIFTS))
    holds = {p for p in tried if cost_of(p) <= most_cost and worst_period(p, "seat") <= limit}
    assert len(holds) > 3
    assert holds == {roster.people for roster in holding(Seat(), most_cost, limit)}


def test_seats_cost_42_60_and_no_less():
    """With "seat": 42.60, and every roster that costs no more misses the target, but this one."""
    (best,) = holding_seats(42.6)
    assert (best.cost, best.people) == (42.6, SEATS_BEST)
    assert best.worst == pytest.approx(0.2197, abs=5e-5)
    assert best.worst == pytest.approx(worst_period(SEATS_BEST, "seat"), abs=1e-12)


def test_people_cost_38_40_and_no_less():
    """With "person": of all rosters up to 38.40 one alone may hold, by a bound below the truth; and it does."""
    (perhaps,) = perhaps_holding_persons(38.4)
    assert (perhaps.cost, perhaps.people) == (38.4, PERSONS_BEST)
    assert perhaps.worst < worst_period(PERSONS_BEST, "person") < MAX_DELAY_RATE
    assert worst_period(PERSONS_BEST, "person") == pytest.approx(0.2406, abs=5e-5)


def test_sipp_then_covering_costs_more_and_misses_by_far():
    required = required_by_sipp()
    assert required == [5, 8, 12, 10, 6, 3]
    covers = cheapest_covers(required)
    assert {cost_of(people) for people in covers} == {43.2}
    assert all(present(people, t) >= required[t] for people in covers for t in range(N_PERIODS))
    worst = sorted(round(worst_period(people, "seat"), 2) for people in covers)
    assert worst == [0.47, 0.47]


def test_the_planner_writes_the_same_day():
    """What the optimizer is given, and what is simulated, differ by the people alone."""
    asked = scenario("seat")
    assert asked.agent_group["team"].agents.plan
    assert [shift.cost for shift in asked.plan.shift] == [shift.cost for shift in SHIFTS]
    assert [shift.hours for shift in asked.plan.shift] == [1.5, 1.5, 1.5, 1.5, 3.0]
    assert asked.contact_type["call"].service_target.max_delay_rate == MAX_DELAY_RATE
