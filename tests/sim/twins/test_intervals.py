"""Twins: intervals against SciPy, against the obvious loop, and against what 95 % means."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from sim.measures.estimates import estimate, half_width_of, influences
from sim.measures.student import t_cdf, t_factor
from tests.sim.steady import steady


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 5, 9, 10, 19, 29, 99, 499, 9999])
@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.999])
def test_students_t(degrees, confidence):
    exact = special.stdtrit(degrees, 0.5 + confidence / 2)
    assert t_factor(degrees, confidence) == pytest.approx(exact, rel=1e-9)
    assert t_cdf(exact, degrees) == pytest.approx(0.5 + confidence / 2, rel=1e-12)


PAIRS = st.lists(st.tuples(st.floats(0.0, 100.0), st.floats(0.1, 100.0)), min_size=2, max_size=12)


@steady(100)
@given(PAIRS)
def test_ratios_equal_the_loop_over_replications(pairs):
    """R = Σ N / Σ D;  half-width = t · √( Σ (N − r D)² / (R − 1) / R ) / mean D."""
    n = len(pairs)
    ratio = sum(above for above, _ in pairs) / sum(below for _, below in pairs)
    mean_below = sum(below for _, below in pairs) / n
    squares = sum(((above - ratio * below) / mean_below) ** 2 for above, below in pairs)
    half_width = special.stdtrit(n - 1, 0.975) * math.sqrt(squares / (n - 1) / n)
    above, below = np.array(pairs).T
    found = estimate(above, below)
    assert (found.value, found.half_width) == (
        pytest.approx(ratio, rel=1e-12),
        pytest.approx(half_width, rel=1e-9, abs=1e-12),
    )


@steady(50)
@given(PAIRS)
def test_influences_are_what_leaving_a_replication_out_shows(pairs):
    """Ratio − ratio without replication i  =  influence · mean D ÷ (Σ D − D of i)."""
    above, below = np.array(pairs).T
    value, found = influences(above, below)
    without = (above.sum() - above) / (below.sum() - below)
    assert value - without == pytest.approx(found * below.mean() / (below.sum() - below), rel=1e-6, abs=1e-9)


def test_counts_have_the_interval_of_a_mean():
    numbers = np.array([3.0, 5.0, 4.0, 9.0])
    found = estimate(numbers, None)
    assert found.value == 5.25
    assert found.half_width == pytest.approx(special.stdtrit(3, 0.975) * numbers.std(ddof=1) / 2)


def test_nothing_is_said_without_a_denominator_or_a_second_replication():
    nobody = np.zeros(3)
    found = estimate(nobody, nobody)
    assert (found.value, found.half_width) == (None, None)
    assert estimate(np.array([1.0]), np.array([2.0])).half_width is None
    assert half_width_of(np.array([0.0])) is None


def test_ninety_five_intervals_of_a_hundred_hold_the_truth():
    """20,000 runs of 20 replications: contacts Poisson(400) times a busyness of cv 0.1; busier days answer more late.

    So numerators and denominators hang together. The truth is the ratio of expectations. Of 20,000 intervals
    0.95 ± 4 √(0.95 · 0.05 / 20,000) = 0.0062 should hold it (one false alarm in 16,000), and 0.004 is left to the
    delta method, which is exact only for many replications.
    """
    draw = np.random.default_rng(20260101)
    busy = draw.gamma(100.0, 1 / 100.0, (20_000, 20))
    offered = draw.poisson(400 * busy)
    late = draw.binomial(offered, 0.2 * busy)
    truth = 0.2 * (1 + 1 / 100)  # 0.2 E[B²] / E[B]
    pairs = zip(late.astype(float), offered.astype(float), strict=True)
    found = [estimate(above, below) for above, below in pairs]
    held = np.mean([abs(one.value - truth) <= one.half_width for one in found])
    assert abs(held - 0.95) < 0.0062 + 0.004
