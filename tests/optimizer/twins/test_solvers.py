"""The same shifts by every solver that is here: one optimum, by whatever interface."""

from __future__ import annotations

import pytest

from optimizer.shifts.day_search import search_by_days
from optimizer.shifts.rules import ShiftRules
from optimizer.shifts.search import search
from optimizer.solver import Solver, Status, UnknownSolver
from tests.optimizer.shift_worlds import days, hours, pause, people, problem

# SCIP is a pip install away (`pyscipopt`), and no dependency.
OTHERS = ["appsi_highs", "scip_direct", "scip_persistent"]


@pytest.mark.parametrize("name", OTHERS)
def test_one_optimum(name: str) -> None:
    try:
        solver = Solver(name)
    except UnknownSolver as reason:
        pytest.skip(str(reason))
    horizon = days((8, 20), (8, 18))
    needed = people(horizon, [3, 5, 8, 9, 7, 6, 6, 8, 7, 5, 4, 3], [4, 6, 9, 9, 7, 6, 7, 8, 8, 5])
    asked = problem(horizon, needed, ShiftRules(hours(4, 6, 8), breaks=(pause(60, 2, 4),)))
    by_highs, _ = search_by_days(asked, "highs", 0.0, 30.0)
    assert by_highs.status is Status.OPTIMAL
    for solved, _ in (search_by_days(asked, name, 0.0, 30.0), search(asked, solver, 0.0, 30.0)):
        assert (solved.status, solved.objective) == (Status.OPTIMAL, by_highs.objective)
