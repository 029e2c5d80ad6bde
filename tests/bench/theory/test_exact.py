"""The chain against Erlang A, and its standard error against the spread of many simulations."""

from __future__ import annotations

import random
from statistics import variance

import pytest

from bench.exact import abandonment
from bench.peers import callback_simpy
from bench.systems import erlang_a, n_design
from sim.theory.erlang_a import ErlangA


def test_the_chain_of_one_group_is_erlang_a():
    (call,), (team,) = erlang_a().types, erlang_a().groups
    formula = ErlangA(team.n_agents, call.arrivals_per_s, call.mean_handle_s, call.mean_patience_s)
    assert abandonment(erlang_a()).total.rate == pytest.approx(formula.abandonment_rate, rel=1e-9)


@pytest.mark.parametrize("system", [erlang_a(), n_design()], ids=lambda system: system.name)
def test_longer_queues_change_nothing(system):
    usual = abandonment(system)
    longer = abandonment(system, longest_queue={1: 160, 2: 32}[len(system.types)])
    for short, long in zip((usual.total, *usual.types), (longer.total, *longer.types), strict=True):
        assert short.rate == pytest.approx(long.rate, rel=1e-9)
        assert short.variance_of_one == pytest.approx(long.variance_of_one, rel=1e-6)


def test_simulations_spread_as_the_chain_says():
    """Σ (x − x̄)² / s.e.² of 40 runs is χ² with 39 degrees: outside 13.4 to 79.8 once in 5,000 times."""
    contacts, system = 4_000, erlang_a()
    rng = random.Random(20)
    outcomes = [callback_simpy.prepare(system, contacts, rng.getrandbits(40))() for _ in range(40)]
    spread = variance([sum(outcome.abandoned) / contacts for outcome in outcomes])
    chi_square = 39 * spread / abandonment(system).total.standard_error(contacts) ** 2
    assert 13.4 < chi_square < 79.8
