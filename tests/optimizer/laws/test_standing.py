"""Laws of what is told of a search under way: the best never rises, the bound never falls, the gap is theirs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer import highs
from optimizer.people import Effort
from optimizer.shifts.of_group import shifts_of_group
from optimizer.standing import Standing, follow, gap_between, heard_by, only_time, retold
from scenarios import Scenario, from_data

amounts = st.none() | st.floats(-1e6, 1e6)


@given(st.lists(st.tuples(amounts, amounts), min_size=1))
def test_the_best_never_rises_and_the_bound_never_falls(
    said: list[tuple[float | None, float | None]],
) -> None:
    heard: list[Standing] = []
    with heard_by(heard.append):
        tell = follow(60.0)
    assert tell is not None
    for incumbent, bound in said:
        tell(incumbent, bound)
    best = [math.inf if one.best is None else one.best for one in heard]
    bounds = [-math.inf if one.bound is None else one.bound for one in heard]
    left_s = [one.left_s or 0.0 for one in heard]
    assert best == sorted(best, reverse=True)
    assert bounds == sorted(bounds)
    assert left_s == sorted(left_s, reverse=True)
    assert best[-1] == min((i for i, _ in said if i is not None), default=math.inf)
    assert bounds[-1] == max((b for _, b in said if b is not None), default=-math.inf)


@given(st.floats(1.0, 1e6), st.floats(0.0, 1e6), st.floats(0.1, 100.0))
def test_a_gap_is_the_same_in_every_unit(best: float, bound: float, factor: float) -> None:
    standing = Standing(best, bound)
    assert standing.gap == gap_between(best, bound) == max(0.0, best - bound) / best
    assert standing.times(factor, "EUR").gap == pytest.approx(standing.gap, abs=1e-9)
    assert Standing(None, bound).gap is None
    assert Standing(best, None).gap is None


def test_nobody_listens_unless_asked_to_and_parts_are_told_as_the_whole() -> None:
    assert follow(1.0) is None
    heard: list[Standing] = []
    with retold(lambda part: part.times(2.0, "h")):
        assert follow(1.0) is None
    with heard_by(heard.append), retold(lambda part: part.times(2.0, "h")):
        tell = follow(None)
        with retold(only_time):
            of_no_cost = follow(None)
    assert tell is not None
    assert of_no_cost is not None
    tell(5.0, 4.0)
    of_no_cost(5.0, 4.0)
    assert heard == [Standing(10.0, 8.0, None, "h"), Standing(None, None, None, "h")]
    assert follow(1.0) is None


def week_of_shifts(hours: str) -> Scenario:
    """Breaks, and five days a week."""
    return from_data(
        {
            "name": "heard",
            "calendar": {"days": 7, "interval_min": 15, "hours": {"mon-sun": hours}},
            "contact_type": {"call": {"channel": "voice", "arrivals": {"per_h": 60}, "talk_s": 300}},
            "agent_group": {"team": {"skills": ["call"], "agents": "plan", "cost_per_h": 20}},
            "plan": {
                "shift_lengths_h": [6, 8],
                "days_per_week": 5,
                "breaks": [{"min": 30, "window_h": [2, 5]}],
            },
        }
    )


@pytest.mark.parametrize("hours", ["06:00-22:00", "00:00-24:00"])
def test_a_week_of_shifts_is_heard_in_money(hours: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all its solves together, whatever each of them is about; and the plan's own figures end it."""
    monkeypatch.setattr(highs, "_EVERY_S", 0.0)
    center = week_of_shifts(hours)
    required = np.zeros((7, 96), dtype=np.int64)
    required[:, 24:88] = np.random.default_rng(5).integers(3, 15, (7, 64))
    heard: list[Standing] = []
    with heard_by(heard.append):
        found = shifts_of_group(center, "team", required, Effort(0.01, 20.0, "highs"))
    best = [one.best for one in heard if one.best is not None]
    bounds = [one.bound for one in heard if one.bound is not None]
    assert bounds
    assert bounds == sorted(bounds)
    assert best == sorted(best, reverse=True)
    assert all(bound <= found.cost + 1e-6 for bound in bounds)
    assert all(one >= found.lower_bound - 1e-6 for one in best)
    assert {one.unit for one in heard if one.bound is not None} == {"EUR"}
