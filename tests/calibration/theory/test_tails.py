"""Tails of counts against scipy's own laws, where these exist."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from calibration.demand.tails import at_least, at_most, quantile, surprise


@pytest.mark.parametrize(("mean", "cv"), [(3.0, 0.5), (40.0, 0.2), (1500.0, 0.15)])
def test_tails_are_the_negative_binomial_s(mean: float, cv: float):
    size = 1 / cv**2
    law = stats.nbinom(size, size / (size + mean))
    k = np.arange(0, int(3 * mean) + 5, max(int(mean / 20), 1))
    assert at_most(k, mean, cv) == pytest.approx(law.cdf(k), rel=1e-9, abs=1e-300)
    assert at_least(k, mean, cv) == pytest.approx(law.sf(k - 1), rel=1e-9)
    for share in (0.05, 0.5, 0.95):
        assert quantile(share, mean, cv) == law.ppf(share)


def test_without_busyness_they_are_poisson_s():
    k = np.arange(0, 80)
    assert at_most(k, 30.0, 0.0) == pytest.approx(stats.poisson(30).cdf(k), rel=1e-4)
    assert quantile(0.95, [30.0, 0.0], 0.0).tolist() == [stats.poisson(30).ppf(0.95), 0.0]


def test_surprise_is_a_normal_score():
    tail = stats.poisson(1e4).sf(10_300 - 1)
    assert surprise(10_300, 1e4, 0.0) == pytest.approx(stats.norm.isf(tail), abs=0.01)
    assert surprise(9_700, 1e4, 0.0) == pytest.approx(stats.norm.ppf(stats.poisson(1e4).cdf(9_700)), abs=0.01)
