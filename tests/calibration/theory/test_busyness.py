"""Busyness is found as it was drawn, and its standard errors are what they say.

Over N samples the number outside 2 standard errors is binomial. For an estimate whose normal interval covers as it
says, 4.6 % lie outside; with variances from some hundred days the coverage is a little lower, about 9 % outside. The
tests allow what has probability 1e-4 at 10 %.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from calibration.demand import Busyness
from calibration.demand.busyness import fit_busyness, is_seen
from calibration.demand.normal_scores import coefficients, of_factors, of_scores
from calibration.estimate import Estimate
from tests.calibration.busy_records import CLOSES, OPENS, busy_counts, gamma_factors, hump

SAMPLES = 120
OUTSIDE = int(stats.binom.isf(1e-4, SAMPLES, 0.10))
QUEUES = ("orders", "refunds")


def fitted(seed: int, cvs: tuple[float, float], correlation: float, interval_cv: float) -> Busyness:
    """Of 100 days of two queues, expectations estimated by the days' mean."""
    rng = np.random.default_rng(seed)
    mean = np.tile(np.stack([hump(600.0), hump(250.0, 0.6)], axis=1), (100, 1, 1))
    counted = busy_counts(rng, mean, cvs, correlation, interval_cv)[:, OPENS:CLOSES]
    expected = np.broadcast_to(counted.mean(axis=0), counted.shape)
    return fit_busyness(counted, expected, np.full(100, 100 / 99), QUEUES)


@pytest.fixture(scope="module")
def busy() -> list[Busyness]:
    return [fitted(seed, (0.15, 0.25), 0.6, 0.15) for seed in range(SAMPLES)]


def outside(estimates: list[Estimate], truth: float) -> int:
    """How many lie more than two standard errors from the truth."""
    errors = [one.standard_error for one in estimates]
    assert None not in errors
    return sum(abs(one.value - truth) > 2.0 * float(one.standard_error or 0.0) for one in estimates)


def test_day_factors_are_within_their_standard_errors(busy: list[Busyness]):
    assert outside([one.day_cv_by_queue[0] for one in busy], 0.15) <= OUTSIDE
    assert outside([one.day_cv_by_queue[1] for one in busy], 0.25) <= OUTSIDE


def test_interval_factors_are_within_their_standard_errors(busy: list[Busyness]):
    assert outside([one.interval_cv for one in busy], 0.15) <= OUTSIDE


def test_correlation_is_within_its_standard_error(busy: list[Busyness]):
    assert outside([one.correlation for one in busy], 0.6) <= OUTSIDE
    assert outside([one.pairs[QUEUES] for one in busy], 0.6) <= OUTSIDE


def test_standard_errors_are_no_wider_than_they_need_be(busy: list[Busyness]):
    # Spread of the estimates over samples against their mean standard error; the spread of 120 has error 6.5 %.
    values = np.array([one.day_cv_by_queue[0].value for one in busy])
    said = np.mean([one.day_cv_by_queue[0].standard_error for one in busy])
    assert said == pytest.approx(values.std(), rel=0.3)


def test_estimates_are_right_on_average(busy: list[Busyness]):
    # 4 standard errors of the mean of 120 samples: false alarm 6e-5; bias of the root (cv² is unbiased) below 1 %.
    for truth, found in (
        (0.15, [one.day_cv_by_queue[0].value for one in busy]),
        (0.15, [one.interval_cv.value for one in busy]),
    ):
        assert np.mean(found) == pytest.approx(truth, abs=4 * np.std(found) / np.sqrt(SAMPLES) + 0.01 * truth)


def test_pure_poisson_counts_are_not_busy():
    # Each cv is told from none in about 5 % of samples: over 60 more than 11 have probability 1e-4 or less.
    none = [fitted(1000 + seed, (0.0, 0.0), 0.0, 0.0) for seed in range(60)]
    assert sum(is_seen(one.day_cv_by_queue[0]) for one in none) <= 11
    assert sum(is_seen(one.interval_cv) for one in none) <= 11
    assert np.mean([one.day_cv_by_queue[0].value for one in none]) < 0.02
    ratios = [one.variance_to_mean.value for one in none]
    assert np.mean(ratios) == pytest.approx(1.0, abs=4 * np.std(ratios) / np.sqrt(60))


def test_variance_to_mean_is_what_the_factors_make_of_it():
    # One queue of two empty: Σ (m + m² ((1 + d²)(1 + i²) − 1)) ÷ Σ m. Tolerance 4 standard errors of 40 samples.
    profile = hump(600.0)
    inside = profile[OPENS:CLOSES]
    wanted = 1.0 + ((1 + 0.15**2) * (1 + 0.1**2) - 1) * (inside**2).sum() / inside.sum()
    found = []
    for seed in range(40):
        mean = np.tile(np.stack([profile, 0.0 * profile], axis=1), (100, 1, 1))
        counted = busy_counts(np.random.default_rng(seed), mean, (0.15, 0.0), 0.0, 0.1)[:, OPENS:CLOSES]
        expected = np.broadcast_to(counted.mean(axis=0), counted.shape)
        found.append(fit_busyness(counted, expected, np.full(100, 100 / 99), QUEUES).variance_to_mean.value)
    assert np.mean(found) == pytest.approx(wanted, abs=4 * np.std(found) / np.sqrt(40))


def test_scores_and_factors_of_two_gammas():
    # Against the definition by plain sampling: 4 standard errors of a correlation from 4e5 pairs, (1 − r²)/√n, doubled
    # for the gammas' skew.
    rng = np.random.default_rng(5)
    z = rng.standard_normal((400_000, 2))
    other = 0.6 * z[:, 0] + np.sqrt(1 - 0.36) * z[:, 1]
    sampled = np.corrcoef(gamma_factors(z[:, 0], 0.9), gamma_factors(other, 0.3))[0, 1]
    one, two = coefficients(0.9), coefficients(0.3)
    assert of_factors(0.6, one, two) == pytest.approx(sampled, abs=8 * (1 - 0.36) / np.sqrt(400_000))
    assert of_scores(of_factors(0.6, one, two), one, two) == pytest.approx(0.6, abs=1e-9)


def test_equal_factors_correlate_by_one():
    assert of_factors(1.0, coefficients(0.5), coefficients(0.5)) == pytest.approx(1.0, abs=1e-4)
