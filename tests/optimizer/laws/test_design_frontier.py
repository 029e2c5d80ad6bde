"""Laws of the frontier: nobody on it is beaten, everybody off it is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.design import frontier as frontier_module
from optimizer.design.frontier import frontier_of, may_be_on_frontier
from sim.measures.estimates import NOTHING, Estimate


def made(cost: float, value: float, holds: bool = True) -> Any:
    estimate = Estimate(value, 0.0)
    result = SimpleNamespace(value=lambda _: value, estimate=lambda _: estimate)
    plan = SimpleNamespace(holds=holds)
    return SimpleNamespace(cost=Estimate(cost, 0.0), result=result, plan=plan, candidate=None)


@pytest.mark.parametrize("measure", ["effort", "need_resolution_rate"])
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=8))
def test_the_frontier_is_what_nobody_beats(measure: str, figures: list[tuple[int, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("cost_difference", "difference"):
            patch.setattr(frontier_module, name, lambda *_: NOTHING)
        points = frontier_of([made(float(cost), float(value)) for cost, value in figures], measure)
    sign = -1 if measure == "need_resolution_rate" else 1
    where = [(point.cost.value or 0.0, sign * (point.found.value or 0.0)) for point in points]
    assert len(points) == len(figures)
    for i, here in enumerate(where):
        beaten = any(a <= here[0] and b <= here[1] and (a, b) != here for a, b in where)
        twin_before = any(other == here for other in where[:i])
        assert points[i].on_frontier == (not beaten and not twin_before)


def test_what_misses_its_targets_is_not_on_the_frontier() -> None:
    assert frontier_of([made(1.0, 1.0, holds=False)], "effort") == ()


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_a_design_is_left_out_only_if_its_bounds_are_beaten(
    bound: int, best: int, cost: int, value: int
) -> None:
    ample = SimpleNamespace(value=lambda _: float(best))
    open_ = may_be_on_frontier(float(bound), ample, [made(float(cost), float(value))], "effort")  # type: ignore[arg-type]
    assert open_ == (not (cost <= bound and value <= best))
