"""Kaplan-Meier against a table worked by hand, and against patience that we know because we drew it."""

import numpy as np
import pytest

from calibration.service.survival import kaplan_meier


def test_a_table_worked_by_hand():
    # Six callers: left at 2, answered at 3, left at 5 (two), answered at 5, answered at 8.
    waited = np.array([2.0, 3.0, 5.0, 5.0, 5.0, 8.0])
    left = np.array([True, False, True, True, False, False])
    survival = kaplan_meier(waited, left)
    # S(2) = 1 − 1/6; at 5 four still wait and two leave, the one answered at 5 among those at risk.
    assert survival.at(1.9) == 1.0
    assert survival.at(2.0) == pytest.approx(5 / 6)
    assert survival.at(4.9) == pytest.approx(5 / 6)
    assert survival.at(5.0) == pytest.approx(5 / 6 * 2 / 4)
    assert survival.at(100.0) == pytest.approx(5 / 12)
    assert survival.median_s == 5.0


def test_a_record_in_which_half_never_leave_has_no_median():
    survival = kaplan_meier(np.array([1.0, 2.0, 3.0]), np.array([True, False, False]))
    assert survival.median_s == float("inf")


@pytest.mark.parametrize("mean_wait_s", [60.0, 200.0, 800.0])
def test_known_patience_is_found_however_soon_callers_are_answered(mean_wait_s: float):
    # Tolerance: 4.5 standard errors (Greenwood's formula) at each of four times: false alarm 3e-5 for the test.
    rng = np.random.default_rng(7)
    patience, offered_wait = rng.exponential(300.0, 30_000), rng.exponential(mean_wait_s, 30_000)
    survival = kaplan_meier(np.minimum(patience, offered_wait), patience < offered_wait)
    for t_s in (20.0, 60.0, 120.0, 200.0):
        truth = np.exp(-t_s / 300.0)
        assert abs(survival.at(t_s) - truth) < 4.5 * greenwood(patience, offered_wait, t_s) * truth


def greenwood(patience: np.ndarray, offered_wait: np.ndarray, t_s: float) -> float:
    """Standard error of S(t) ÷ S(t):  √Σ d / (n (n − d)), here caller by caller."""
    waited = np.minimum(patience, offered_wait)
    order = np.argsort(waited)
    n = np.arange(len(waited), 0, -1)
    gone = ((patience < offered_wait)[order]) & (waited[order] <= t_s) & (n > 1)
    return float(np.sqrt((1.0 / (n[gone] * (n[gone] - 1.0))).sum()))
