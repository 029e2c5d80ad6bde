"""Twins: time in intervals against the obvious loop, and percentiles of counted waits against NumPy's."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.records.wait_histogram import N_BINS, UPPER_S, percentile_s, wait_counts
from sim.world.spells import time_in_intervals
from tests.sim.steady import steady

MOMENTS = st.floats(-500.0, 1500.0)
SPELLS = st.lists(st.tuples(MOMENTS, MOMENTS, st.floats(-3.0, 5.0)), max_size=30)
EDGES = st.lists(MOMENTS, min_size=2, max_size=10, unique=True).map(sorted)


def overlap_s(spell: tuple[float, float], interval: tuple[float, float]) -> float:
    return max(0.0, min(spell[1], interval[1]) - max(spell[0], interval[0]))


@steady(200)
@given(SPELLS, EDGES)
def test_time_in_intervals_equals_the_loop_over_spells(spells, edges):
    spells = [(min(a, b), max(a, b), weight) for a, b, weight in spells]
    slow = [
        sum(weight * overlap_s((start, end), interval) for start, end, weight in spells)
        for interval in pairwise(edges)
    ]
    starts, ends, weights = np.array(spells).reshape(-1, 3).T
    assert time_in_intervals(starts, ends, np.array(edges), weights) == pytest.approx(slow, abs=1e-7)


def test_nothing_is_no_time():
    empty = np.array([])
    assert time_in_intervals(empty, empty, np.array([0.0, 10.0, 20.0])).tolist() == [0.0, 0.0]


def width_at_s(wait_s: float) -> float:
    """The width of the bin that holds a wait."""
    i = int(np.searchsorted(UPPER_S, wait_s))
    return float(UPPER_S[i] - UPPER_S[i - 1]) if i else 0.0


@steady(100)
@given(
    st.lists(st.one_of(st.just(0.0), st.floats(0.0, 5000.0)), min_size=1, max_size=200), st.floats(0.01, 0.99)
)
def test_percentiles_are_within_a_bin_of_the_sorted_waits(waits, share):
    """The wait that the share does not exceed: the ⌈share · n⌉-th smallest."""
    counts = wait_counts(np.array(waits), np.zeros(len(waits), dtype=np.int64), 1)[0]
    exact = float(np.quantile(waits, share, method="inverted_cdf"))
    assert abs(percentile_s(counts, share) - exact) <= width_at_s(exact) + 1e-9


def test_waits_are_counted_by_name():
    waits = np.array([0.0, 0.05, 0.1, 0.1000001, 700.0])
    counts = wait_counts(waits, np.array([0, 1, 1, 1, 0]), 2)
    assert counts.shape == (2, N_BINS)
    assert counts.sum(axis=1).tolist() == [2, 3]
    assert counts[0, 0] == 1
    assert counts[1, 1:3].tolist() == [2, 1]


def test_bins():
    """0; steps of 0.1 s to 600 s; then steps of 1 %."""
    assert (UPPER_S[0], UPPER_S[1], UPPER_S[6000]) == pytest.approx((0.0, 0.1, 600.0))
    assert np.diff(UPPER_S[:6001]) == pytest.approx(np.full(6000, 0.1))
    assert UPPER_S[6001:] / UPPER_S[6000:-1] == pytest.approx(np.full(N_BINS - 6001, 1.01))


def test_percentiles_of_nobody():
    assert math.isnan(percentile_s(np.zeros(N_BINS, dtype=np.int32), 0.5))
