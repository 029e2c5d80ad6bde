"""The fitted law of patience against callers whose patience we drew."""

import numpy as np
import pytest

from calibration.bank_patience import bank_patience
from calibration.service.survival import kaplan_meier
from tests.calibration.theory.test_kaplan_meier import greenwood


def two_kinds(n: int) -> tuple[np.ndarray, np.ndarray]:
    """30 % with a mean patience of 60 s, the others 900 s; offered waits of 150 s on average."""
    rng = np.random.default_rng(11)
    patience = rng.exponential(np.where(rng.random(n) < 0.3, 60.0, 900.0))
    return patience, rng.exponential(150.0, n)


def test_two_kinds_of_callers_are_told_apart():
    # At 4.5 Greenwood errors (the fit is at least as sure as Kaplan-Meier) at four times: false alarm below 3e-5.
    patience, offered_wait = two_kinds(40_000)
    waited, left = np.minimum(patience, offered_wait), patience < offered_wait
    fit = bank_patience(np.floor(waited), left)
    assert len(fit.means_s) == 2
    for t_s in (30.0, 100.0, 200.0, 300.0):
        truth = 0.3 * np.exp(-t_s / 60.0) + 0.7 * np.exp(-t_s / 900.0)
        error = greenwood(patience, offered_wait, t_s) * truth
        assert abs(fit.survival(np.array([t_s]))[0] - truth) < 4.5 * error


def test_one_kind_of_caller_is_one_exponential():
    # 4.5 standard errors of the maximum-likelihood mean, m / √(number who left): false alarm 7e-6.
    rng = np.random.default_rng(5)
    patience, offered_wait = rng.exponential(200.0, 20_000), rng.exponential(100.0, 20_000)
    left = patience < offered_wait
    fit = bank_patience(np.floor(np.minimum(patience, offered_wait)), left)
    assert sum(share * mean for share, mean in zip(fit.shares, fit.means_s, strict=True)) == pytest.approx(
        200.0 * (1 - fit.balk_share), abs=4.5 * 200.0 / np.sqrt(left.sum())
    )


def test_the_mean_wait_of_those_who_left_is_no_patience():
    patience, offered_wait = two_kinds(40_000)
    waited, left = np.minimum(patience, offered_wait), patience < offered_wait
    assert waited[left].mean() < 100.0  # mean patience is 648 s, its median 328 s
    assert kaplan_meier(waited, left).median_s == pytest.approx(328.0, rel=0.1)


def test_who_leaves_within_two_seconds_balks():
    waited = np.array([0.0, 1.0, 2.0, 50.0, 80.0, 90.0, 120.0, 200.0])
    left = np.array([True, True, False, True, False, True, False, False])
    assert bank_patience(waited, left).balk_share == pytest.approx(2 / 8)
