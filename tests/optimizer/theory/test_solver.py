"""The door to solvers on models of two variables, solved by hand; every solver that is here must agree."""

from __future__ import annotations

import math
import os
import random
import signal
from collections.abc import Iterator
from typing import Any

import highspy
import pyomo.environ as pyo
import pytest

from optimizer import solver as door
from optimizer.solver import Solved, Solver, Status, lp_text, status_of
from optimizer.standing import Standing, gap_between, heard_by

SOLVERS = ["highs", "appsi_highs"]  # Pyomo's new interface, and the one that all older solvers share
OUT_OF_TIME = (Status.TIME_LIMIT_WITH_PLAN, Status.TIME_LIMIT_WITHOUT_PLAN)


def two_shifts(needed: int = 3, allowed: int | None = None) -> Any:
    """One person covers one or, at the price of 1.5, two: minimize short + 1.5 long, short + 2 long ≥ needed."""
    model = pyo.ConcreteModel(name="two_shifts")
    model.short = pyo.Var(domain=pyo.NonNegativeIntegers)
    model.long = pyo.Var(domain=pyo.NonNegativeIntegers)
    model.cover = pyo.Constraint(expr=model.short + 2 * model.long >= needed)
    if allowed is not None:
        model.most = pyo.Constraint(expr=model.short + model.long <= allowed)
    model.cost = pyo.Objective(expr=model.short + 1.5 * model.long)
    return model


def knapsack() -> Any:
    """Equalities over 60 yes-or-no variables: no solver settles them in a hundredth of a second."""
    model = pyo.ConcreteModel()
    model.take = pyo.Var(range(60), domain=pyo.Binary)
    weights = [[(7 * i * i + 13 * j * i + 31 * j) % 97 for i in range(60)] for j in range(5)]
    model.row = pyo.ConstraintList()
    for row in weights:
        model.row.add(sum(w * model.take[i] for i, w in enumerate(row)) == sum(row) // 2)
    model.cost = pyo.Objective(expr=sum((i * 37 % 101) * model.take[i] for i in range(60)))
    return model


def market_split() -> Any:
    """Split 40 customers in two equal halves for 5 products at once: found only by trying (Cornuéjols, Dawande 1999).

    Everybody in one half is a plan.
    """
    draw = random.Random(3)
    model = pyo.ConcreteModel()
    model.take = pyo.Var(range(40), domain=pyo.Binary, initialize=0)
    model.off = pyo.Var(range(5), range(2), domain=pyo.NonNegativeReals)
    model.row = pyo.ConstraintList()
    for product in range(5):
        weights = [draw.randrange(100) for _ in range(40)]
        taken = sum(w * model.take[i] for i, w in enumerate(weights))
        model.row.add(taken + model.off[product, 0] - model.off[product, 1] == sum(weights) // 2)
    model.cost = pyo.Objective(expr=sum(model.off.values()))
    return model


@pytest.fixture
def fresh_scheduler() -> Iterator[None]:
    """Whatever a test does with threads, the next one starts as a new process does."""
    yield
    highspy.Highs.resetGlobalScheduler(True)


@pytest.mark.parametrize("name", SOLVERS)
def test_a_plan_with_its_proof(name: str) -> None:
    model = two_shifts()
    found = Solver(name).solve(model)
    assert (found.status, found.objective, found.lower_bound, found.gap) == (Status.OPTIMAL, 2.5, 2.5, 0.0)
    assert found.solver == name
    assert (round(model.short.value), round(model.long.value)) == (1, 1)


@pytest.mark.parametrize("name", SOLVERS)
def test_no_plan(name: str) -> None:
    found = Solver(name).solve(two_shifts(needed=3, allowed=1))
    assert (found.status, found.objective, found.gap) == (Status.INFEASIBLE, None, None)


@pytest.mark.parametrize("name", SOLVERS)
def test_no_end(name: str) -> None:
    model = two_shifts()
    model.cost.set_value(-model.short)
    assert Solver(name).solve(model).status in (Status.UNBOUNDED, Status.INFEASIBLE_OR_UNBOUNDED)


@pytest.mark.parametrize("name", SOLVERS)
def test_time_is_up(name: str) -> None:
    found = Solver(name).solve(knapsack(), 0.0, time_limit_s=0.01)
    assert found.status is Status.TIME_LIMIT_WITHOUT_PLAN
    assert found.objective is None
    assert found.seconds < 10.0


def test_a_changed_model_is_solved_anew() -> None:
    kept, model = Solver(), two_shifts()
    assert kept.solve(model).objective == 2.5
    model.long.fix(0)
    assert kept.solve(model).objective == 3.0
    model.long.unfix()
    model.more = pyo.Constraint(expr=model.short + 2 * model.long >= 8)
    assert kept.solve(model).objective == 6.0


@pytest.mark.parametrize(("needed", "status"), [(0, Status.OPTIMAL), (1, Status.INFEASIBLE)])
def test_a_model_without_variables_is_what_it_is(needed: int, status: Status) -> None:
    model = pyo.ConcreteModel()
    model.nobody = pyo.Expression(expr=0)
    model.cover = pyo.Constraint(expr=model.nobody >= needed)
    model.cost = pyo.Objective(expr=model.nobody + 7)
    found = Solver().solve(model)
    assert found.status is status
    assert found.objective == (7.0 if status is Status.OPTIMAL else None)


@pytest.mark.usefixtures("fresh_scheduler")
def test_unknown_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS with another number of threads than before in this process gives no solution and no reason."""
    assert Solver().solve(two_shifts()).status is Status.OPTIMAL
    monkeypatch.setattr(door, "N_THREADS", 2)
    found = Solver().solve(two_shifts())
    assert (found.status, found.objective) == (Status.ERROR, None)


def test_a_time_limit_holds_for_one_solve() -> None:
    kept, model = Solver(), market_split()
    assert kept.solve(model, 0.0, time_limit_s=0.01).status in OUT_OF_TIME
    for i in range(30):
        model.take[i].fix(0)
    assert kept.solve(model, 0.0).status is Status.OPTIMAL


def test_values_of_variables_are_a_first_solution() -> None:
    """In no time at all nothing is found; but a plan that is known stays known."""
    model = knapsack()
    best = Solver().solve(model)
    assert best.objective is not None
    known = Solver().solve(model, 0.0, time_limit_s=0.0, from_values=True)
    assert (known.status.has_plan, known.objective) == (True, pytest.approx(best.objective))
    assert not Solver().solve(model, 0.0, time_limit_s=0.0).status.has_plan


def test_a_first_solution_may_be_incomplete_or_wrong() -> None:
    for short, long, needed in ((2, None, 3), (0, 0, 3), (7, 7, 1)):
        model = two_shifts(needed)
        model.short.set_value(short)
        model.long.set_value(long)
        assert (
            Solver().solve(model, from_values=True).objective == Solver().solve(two_shifts(needed)).objective
        )


class Enough(Exception):  # noqa: N818 - it is no error
    """What a listener raises to end a solve."""


def test_incumbent_and_bound_are_heard() -> None:
    heard: list[Standing] = []

    def hear(standing: Standing) -> None:
        heard.append(standing)
        raise Enough

    kept, model = Solver(), market_split()
    with pytest.raises(Enough), heard_by(hear):
        kept.solve(model, 0.0, time_limit_s=30.0)
    (told,) = heard
    assert told.best is not None
    assert told.bound is not None
    assert told.left_s is not None
    assert 0.0 <= told.bound <= told.best
    assert told.gap == gap_between(told.best, told.bound)
    assert 0.0 < told.left_s < 30.0
    assert kept.solve(model, 0.0, time_limit_s=0.05).status in OUT_OF_TIME  # and can go on


def limit_s(kept: Solver) -> float:
    """What HiGHS was told."""
    return float(kept._inner._solver_model.getOptionValue("time_limit")[1])


def in_fractions(model: Any) -> None:
    for variable in model.component_data_objects(pyo.Var):
        variable.domain = pyo.NonNegativeReals


def test_the_time_of_solves_before_is_not_counted_against_the_next() -> None:
    """HiGHS counts all runs of a kept linear model, so the limit moves; and only the run itself with whole numbers."""

    def hear(_: Standing) -> None:
        raise Enough

    kept, model = Solver(), market_split()
    with pytest.raises(Enough), heard_by(hear):
        kept.solve(model, 0.0, time_limit_s=30.0)
    kept.solve(model, 0.0, time_limit_s=0.2)
    assert limit_s(kept) == 0.2
    in_fractions(model)
    for limit in (0.2, 0.2):
        before_s = kept._inner._solver_model.getRunTime()
        assert before_s > 0.2
        assert kept.solve(model, 0.0, time_limit_s=limit).status is Status.OPTIMAL
        assert limit_s(kept) == pytest.approx(before_s + limit)


def test_ctrl_c_ends_a_solve() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), heard_by(lambda _: os.kill(os.getpid(), signal.SIGINT)):
        Solver().solve(market_split(), 0.0, time_limit_s=30.0)
    assert signal.getsignal(signal.SIGINT) is before
    assert Solver().solve(two_shifts()).status is Status.OPTIMAL


@pytest.mark.parametrize("name", SOLVERS)
def test_solvers_are_silent(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    Solver(name).solve(two_shifts())
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("objective", "bound", "gap"),
    [(10.0, 9.0, 0.1), (10.0, 10.5, 0.0), (0.0, 0.0, 0.0), (0.0, -1.0, math.inf)],
)
def test_the_gap(objective: float, bound: float, gap: float) -> None:
    assert gap_between(objective, bound) == pytest.approx(gap)
    assert Solved(Status.WITHIN_GAP, objective, bound, 0.0, "highs").gap == pytest.approx(gap)


@pytest.mark.parametrize(
    ("bound", "status"),
    [(10.0, Status.OPTIMAL), (9.96, Status.WITHIN_GAP), (9.0, Status.TIME_LIMIT_WITH_PLAN)],
)
def test_the_status_of_a_plan(bound: float, status: Status) -> None:
    assert status_of(10.0, bound, gap=0.005) is status
    assert status.has_plan


def test_lp_text_names_rules_and_variables() -> None:
    text = lp_text(two_shifts())
    assert text.startswith("\\* Source Pyomo model name=two_shifts *\\")
    assert "+1.5 long" in text
    assert "cover" in text
