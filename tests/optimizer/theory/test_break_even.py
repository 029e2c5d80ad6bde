"""Theory: the root of a cost difference whose line is known; its interval covers it as often as it says."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.design.break_even import Point, break_even
from sim.measures.estimates import Estimate

FIXED, PER_CONTAINED, MOST = 1000.0, 2500.0, 0.9
ROOT = FIXED / PER_CONTAINED


def line(noise: np.random.Generator | None = None, half_width: float = 20.0, **slack: float) -> object:
    """cost difference = fixed − per contained × containment; noise has the standard error of the half-width."""

    def at(position: float) -> Point:
        containment = MOST * position
        value = FIXED - PER_CONTAINED * containment
        if noise is not None:
            value += noise.normal(0.0, half_width / 1.96)
        return Point(position, containment, Estimate(value, half_width), **slack)

    return at


def test_root_and_slope_of_a_line() -> None:
    found = break_even(line(half_width=0.1))  # type: ignore[arg-type]
    assert found.containment == pytest.approx(ROOT, abs=1e-3)
    assert found.slope == pytest.approx(-PER_CONTAINED)
    assert found.low == pytest.approx(ROOT - 0.1 / PER_CONTAINED, abs=1e-3)
    assert found.high == pytest.approx(ROOT + 0.1 / PER_CONTAINED, abs=1e-3)


def test_gaps_of_plans_widen_the_interval_on_their_side() -> None:
    """The design's cost may be lower by its gap: then it pays earlier. The baseline's likewise: later."""
    plain, design, baseline = (
        break_even(line(half_width=0.1, **slack))  # type: ignore[arg-type]
        for slack in ({}, {"below": 50.0}, {"above": 50.0})
    )
    assert plain.low is not None
    assert plain.high is not None
    assert design.low == pytest.approx(plain.low - 50.0 / PER_CONTAINED)
    assert design.high == pytest.approx(plain.high)
    assert baseline.low == pytest.approx(plain.low)
    assert baseline.high == pytest.approx(plain.high + 50.0 / PER_CONTAINED)


@pytest.mark.parametrize(("fixed", "always"), [(5000.0, False), (-10.0, True)])
def test_no_root_in_what_the_bots_can_close(fixed: float, always: bool) -> None:
    def at(position: float) -> Point:
        return Point(position, position, Estimate(fixed - 1000.0 * position * (fixed > 0.0), 1.0))

    found = break_even(at)
    assert found.containment is None
    assert found.always is always


def test_the_interval_covers_the_root_as_often_as_it_says() -> None:
    """95 of 100 is claimed. Of 400, with a false alarm once in ten thousand, at least 362 are expected."""
    rng = np.random.default_rng(7)
    covered = 0
    for _ in range(400):
        found = break_even(line(rng))  # type: ignore[arg-type]
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= ROOT <= found.high
    assert covered >= 362


def test_a_curve_that_bends_is_followed_to_its_root() -> None:
    def at(position: float) -> Point:
        return Point(position, position, Estimate(300.0 * (0.2 - position**3), 0.01))

    found = break_even(at)
    assert found.containment == pytest.approx(0.2 ** (1 / 3), abs=0.01)
    assert len(found.points) <= 9
