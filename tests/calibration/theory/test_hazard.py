"""The rate of leaving, and what is made of it, against rates that are known."""

import numpy as np
import pytest

from calibration.service.hazard import hazard, short_abandon_s


def test_an_exponential_leaves_at_the_same_rate_at_all_times():
    # 4.5 standard errors at each of 120 points that stand alike in tens: false alarm 1e-4.
    rng = np.random.default_rng(8)
    patience, offered_wait = rng.exponential(250.0, 20_000), rng.exponential(200.0, 20_000)
    waited = np.minimum(patience, offered_wait)
    found = hazard(waited, patience < offered_wait, np.ones(20_000), 400.0)
    assert (np.abs(found.per_s - 1 / 250.0) < 4.5 * found.standard_errors).all()


def test_a_step_in_the_rate_is_seen_where_it_is():
    # 1/50 a second in the first 100 s, then 1/500; 20 s from the step and beyond: within 4.5 standard errors.
    rng = np.random.default_rng(9)
    early, late = rng.exponential(50.0, 20_000), 100.0 + rng.exponential(500.0, 20_000)
    patience = np.where(early < 100.0, early, late)
    found = hazard(np.minimum(patience, 400.0), patience < 400.0, np.ones(20_000), 400.0)
    truth = np.where(found.times_s < 100.0, 1 / 50.0, 1 / 500.0)
    apart = np.abs(found.times_s - 100.0) > 20.0
    assert (np.abs(found.per_s - truth) < 4.5 * found.standard_errors)[apart].all()


def test_haste_ends_where_the_rate_falls():
    # Rates 0.02 a second up to 4 s, then 0.004: leaving in 0 to t at 1.5 times the later rate ends at
    # (0.08 + 0.004 (t − 4)) / t = 0.006, t = 32, so all ten seconds; with 0.02 up to 0.5 s it ends at 4 s.
    rng = np.random.default_rng(10)
    for until_s, expected in ((4.0, 10), (0.5, 4)):
        early, late = rng.exponential(50.0, 400_000), until_s + rng.exponential(250.0, 400_000)
        patience = np.where(early < until_s, early, late)
        threshold, why = short_abandon_s(np.minimum(patience, 120.0), patience < 120.0)
        assert threshold == pytest.approx(expected, abs=1)
        assert "1.5 times as often" in why


def test_without_haste_the_usual_threshold_stands():
    rng = np.random.default_rng(11)
    patience = rng.exponential(250.0, 5000)
    assert short_abandon_s(np.minimum(patience, 120.0), patience < 120.0)[0] == 5
