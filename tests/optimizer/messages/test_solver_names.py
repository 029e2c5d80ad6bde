"""What is said of solvers that are not known or not here."""

from __future__ import annotations

import pytest

from optimizer.solver import Solver, UnknownSolver


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("higs", "solver: unknown solver 'higs'; did you mean 'highs'?"),
        ("gurobbi", "solver: unknown solver 'gurobbi'; did you mean 'gurobi'?"),
        ("abacus", "solver: unknown solver 'abacus'; did you mean 'highs'?"),
        ("gurobi_persistent", "solver: 'gurobi_persistent' is not installed here; 'highs' always is"),
        ("baron", "solver: 'baron' is not installed here; 'highs' always is"),
    ],
)
def test_the_sentence(name: str, sentence: str) -> None:
    with pytest.raises(UnknownSolver) as raised:
        Solver(name)
    assert str(raised.value) == sentence
