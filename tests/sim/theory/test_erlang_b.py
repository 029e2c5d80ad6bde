"""Theory: Erlang B against its definition, the sum of states, with 60 digits."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from sim.theory import erlang_b
from tests.sim.theory.exact import ExactQueue, relative_error


@pytest.mark.parametrize("n", [1, 2, 5, 20, 100, 500, 1000, 5000, 20_000])
@pytest.mark.parametrize("ratio", [0.2, 0.5, 0.8, 0.95, 1.0, 1.05, 1.2, 1.5])
def test_equals_the_sum_of_states(n, ratio):
    """Everyone who finds all busy leaves: balking share 1, so only the states 0 … n are left."""
    lossy = ExactQueue(n, n * ratio, 1.0, 1.0, balk_share=1.0)
    assert relative_error(erlang_b(n, n * ratio), lossy.delay_rate) < 1e-12


def test_small_cases_by_hand():
    """B(1, a) = a / (1 + a);  B(2, 2) = (4 / 2) / (1 + 2 + 2) = 2 / 5."""
    assert erlang_b(1, 3.0) == 0.75
    assert erlang_b(2, 2.0) == pytest.approx(float(Fraction(2, 5)), rel=1e-15)


def test_no_work_blocks_nobody():
    assert erlang_b(3, 0.0) == 0.0


@pytest.mark.parametrize(
    ("n", "load", "sentence"),
    [
        (0, 1.0, "n_agents: got 0, expected a whole number of at least 1"),
        (2.5, 1.0, "n_agents: got 2.5, expected a whole number of at least 1"),
        (3, -1.0, "offered_load_erl: got -1.0, expected a finite number of at least 0"),
        (3, float("inf"), "offered_load_erl: got inf, expected a finite number of at least 0"),
    ],
)
def test_impossible_arguments_are_refused(n, load, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        erlang_b(n, load)
