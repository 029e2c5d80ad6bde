"""Theory: the engine against Markov chains that are solved here, state by state.

Each figure is within four standard errors, which are at most 2 % of it, or 0.002 of a share below a tenth. By
Student's t over replications a right engine fails somewhere with probability 0.08 at most (`false_alarm_rate`,
checked below); as seeds are fixed, that chance was taken once.
"""

from __future__ import annotations

import pytest

from sim.theory import ErlangA, erlang_b
from tests.sim.theory.markov.center import MarkovCenter
from tests.sim.theory.markov.checks import (
    ALLOWED_ERRORS,
    Check,
    checks_of,
    false_alarm_rate,
    solved,
    told,
)
from tests.sim.theory.markov.figures import Exact
from tests.sim.theory.markov.solving import Jump, solve
from tests.sim.theory.markov.systems import SYSTEMS, calls, leaving, system, team

MOST_FIGURES = 16  # of one system


@pytest.mark.parametrize("center", SYSTEMS, ids=lambda center: center.title)
def test_simulated_figures_are_within_four_standard_errors(center):
    found = checks_of(center)
    assert 0 < len(found) <= MOST_FIGURES
    for check in found:
        assert abs(check.errors) < ALLOWED_ERRORS, check
        assert check.is_precise, check


def test_there_are_enough_systems_and_false_alarms_are_rare():
    assert len(SYSTEMS) >= 25
    assert len({center.title for center in SYSTEMS}) == len(SYSTEMS)
    assert false_alarm_rate(MOST_FIGURES * len(SYSTEMS)) < 0.08


def test_two_states_by_hand():
    """Up twice as often as down: two thirds of the time up."""
    chain = solve(
        0, lambda s: iter((Jump(1 - s, 1.0 if s else 2.0, (("moves", "up" if s == 0 else "down"),)),))
    )
    assert chain.shares[1] == pytest.approx(2 / 3, rel=1e-12)
    assert chain.per_s("moves", "up") == pytest.approx(2 / 3, rel=1e-12)
    assert chain.per_s("moves") == pytest.approx(4 / 3, rel=1e-12)


def test_the_chain_of_one_group_is_erlang_a():
    chain = solved(system("M/M/3+M", {"a": calls(36, 300, 180)}, {"all": team(3, "a")}))
    exact = ErlangA(3, 36 / 3600, 300, 180)
    assert chain.mean(lambda s: len(s.waiting)) == pytest.approx(exact.mean_queue_length, rel=1e-9)
    assert chain.per_s("delayed") / chain.per_s("offered") == pytest.approx(exact.delay_rate, rel=1e-9)


def test_the_chain_without_waiting_is_erlangs_loss_formula():
    chain = solved(system("M/M/3/3", {"a": calls(40, 180, leaving(60, 1.0))}, {"all": team(3, "a")}))
    assert chain.mean(lambda s: len(s.work) == 3) == pytest.approx(erlang_b(3, 2.0), rel=1e-12)
    assert chain.per_s("abandoned") / chain.per_s("offered") == pytest.approx(erlang_b(3, 2.0), rel=1e-12)


def test_a_law_that_remembers_is_refused():
    constant = calls(40, {"law": "constant", "value": 60})
    center = system("M/D/1", {"a": constant}, {"all": team(1, "a")}).scenario()
    with pytest.raises(ValueError, match="constant: a Markov chain needs exponential laws"):
        MarkovCenter(center).solved()


def test_a_chain_cut_where_it_matters_is_refused():
    with pytest.raises(ArithmeticError, match="of the time where the chain is cut"):
        solved(system("short", {"a": calls(90, 60, 60)}, {"all": team(1, "a")}, 2))


def test_the_table_has_a_row_for_every_figure():
    check = Check("V, priority", Exact("delay_rate", "contact_type", "a", 0.25), 0.26, 0.005)
    assert "| V, priority | delay_rate, a | 0.25 | 0.26 | 0.005 | +2.00 |" in "\n".join(told([check]))
    assert "Worst: 2.00 of 1 figures" in "\n".join(told([check]))
