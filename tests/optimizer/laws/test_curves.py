"""Laws of cuts that bend: what a person more is worth falls, and where a cut touches it says what was simulated."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from optimizer.solver import Solver
from optimizer.together.curves import Bend, Cut, add_curves, bends_of, slopes_after

SHAPE = (2, 3)  # groups by columns
SLOPES = arrays(np.float64, SHAPE[0] * SHAPE[1], elements=st.floats(0.1, 10.0))
HEADS = arrays(np.int64, SHAPE[0] * SHAPE[1], elements=st.integers(0, 40)).map(lambda n: n.astype(float))


def worth(bend: Bend, extra: float) -> float:
    return min(slope * extra + height for slope, height in bend.lines())


@given(ratio=st.floats(0.3, 0.99))
def test_each_person_is_worth_less_than_the_one_before(ratio: float) -> None:
    bend = Bend(0, np.ones(1), 1.0, ratio)
    assert worth(bend, 0.0) == pytest.approx(0.0, abs=1e-9)
    assert worth(bend, 1.0) == pytest.approx(1.0)
    steps = [worth(bend, k + 1.0) - worth(bend, float(k)) for k in range(-3, 3)]
    assert steps == pytest.approx([ratio**k for k in range(-3, 3)])
    assert worth(bend, 0.5) == pytest.approx(0.5)  # a straight line between whole people
    assert worth(bend, -9.0) == pytest.approx(worth(bend, -3.0) - 6.0 * ratio**-3)


@given(slope=SLOPES, at=HEADS, to=HEADS)
def test_a_bent_cut_touches_its_tangent_and_is_nowhere_above_it(slope: Any, at: Any, to: Any) -> None:
    cut = Cut(slope, at, -1.0)

    def gain(people: Any) -> float:
        more = (people - at).reshape(SHAPE)
        return sum(b.slope * worth(b, float(b.groups @ more[:, b.column])) for b in bends_of(cut, SHAPE))

    assert gain(at) == pytest.approx(0.0, abs=1e-9)
    assert gain(to) <= float(cut.scaled() @ (to - at)) + 1e-9


@settings(max_examples=15)
@given(slope=SLOPES, at=HEADS, margin=st.floats(-20.0, 5.0))
def test_in_the_model_people_as_simulated_miss_what_they_missed(slope: Any, at: Any, margin: float) -> None:
    model: Any = pyo.ConcreteModel()
    model.people = pyo.Var(range(len(at)))
    for k, variable in model.people.items():
        variable.fix(float(at[k]))
    model.curves = pyo.Block()
    add_curves(model.curves, [Cut(slope, at, margin)], list(model.people.values()), SHAPE)
    model.cost = pyo.Objective(expr=pyo.quicksum(model.curves.short.values()))
    found = Solver().solve(model).objective
    assert found == pytest.approx(max(0.0, -margin / float(slope.max())), abs=1e-6)


def test_who_is_hardly_felt_is_not_felt() -> None:
    cut = Cut(np.array([5.0, 0.004, 0.0, 2.5]), np.zeros(4), 0.0)
    assert cut.scaled().tolist() == [1.0, 0.0, 0.0, 0.5]
    assert [bend.column for bend in bends_of(cut, (2, 2))] == [0, 1]


@given(slope=SLOPES, at=HEADS, more=st.integers(1, 5))
def test_slopes_fall_where_people_are_added_and_rise_where_they_leave(slope: Any, at: Any, more: int) -> None:
    rows, column = slope[None, :], 1
    moved = np.zeros(SHAPE)
    moved[:, column] = more
    after = slopes_after(rows, at, at + moved.ravel(), SHAPE).reshape(SHAPE)
    before = slopes_after(rows, at, at - moved.ravel(), SHAPE).reshape(SHAPE)
    felt = slope.reshape(SHAPE)
    assert (after[:, column] < felt[:, column]).all()
    assert (before[:, column] > felt[:, column]).all()
    assert after[:, column] * before[:, column] == pytest.approx(felt[:, column] ** 2)
    assert (np.delete(after, column, axis=1) == np.delete(felt, column, axis=1)).all()


def test_without_slopes_there_is_nothing_to_bend() -> None:
    nothing = np.zeros((1, 6))
    assert (slopes_after(nothing, np.ones(6), np.zeros(6), SHAPE) == 0.0).all()
