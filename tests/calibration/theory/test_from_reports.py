"""Means from interval reports, against records whose means we know."""

import numpy as np
import pytest
from scipy import stats

from calibration.service import TooFewError, patience_from_report, talk_from_report


def test_abandonments_over_waiting_time_is_the_rate_of_leaving():
    # Over 200 reports of 48 intervals the true mean is within 1.96 standard errors; binomial false alarm 1e-4 for 93 %
    # (a standard error from 48 intervals is a little small).
    within = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        patience, offered_wait = rng.exponential(240.0, (48, 40)), rng.exponential(90.0, (48, 40))
        waited = np.minimum(patience, offered_wait).sum(axis=1)
        found = patience_from_report(waited, (patience < offered_wait).sum(axis=1).astype(float)).mean_s
        within += abs(found.value - 240.0) < 1.96 * found.standard_error
    assert within >= stats.binom.ppf(1e-4, 200, 0.93)


def test_handle_time_over_contacts_is_their_mean():
    found = talk_from_report(np.array([3000.0, 4400.0, np.nan, 0.0]), np.array([10.0, 14.0, 3.0, 0.0]))
    assert found.mean_s.value == pytest.approx(7400 / 24)
    # Two intervals with contacts: (3000 − 10 R)² + (4400 − 14 R)², k / (k − 1) = 2.
    spread = np.sqrt(2 * ((3000 - 74000 / 24) ** 2 + (4400 - 14 * 7400 / 24) ** 2))
    assert found.mean_s.standard_error == pytest.approx(spread / 24)
    assert found.mean_s.n == 24
    assert found.law == {"law": "exponential", "mean": pytest.approx(7400 / 24)}
    assert "assumed exponential" in found.assumes


def test_a_single_interval_tells_no_error():
    assert patience_from_report(np.array([300.0]), np.array([2.0])).mean_s.standard_error is None


def test_reports_that_tell_nothing_say_so():
    with pytest.raises(TooFewError, match="no abandonments"):
        patience_from_report(np.array([300.0]), np.array([0.0]))
    with pytest.raises(TooFewError, match="no handle time"):
        talk_from_report(np.array([np.nan]), np.array([0.0]))
