"""Theory: how returns spread over the intervals after the contact that failed."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.composing.first_contacts import first_contacts, lag_shares, returning


@pytest.mark.parametrize("mean_delay_s", [20.0, 600.0, 7200.0])
def test_lag_shares_are_those_of_draws(mean_delay_s: float) -> None:
    """A million draws; each share within five standard errors: a false alarm in a hundred thousand runs."""
    rng = np.random.default_rng(1)
    n = 1_000_000
    lag = ((rng.uniform(0, 1800, n) + rng.exponential(mean_delay_s, n)) // 1800).astype(int)
    seen = np.bincount(lag[lag < 10], minlength=10) / n
    shares = lag_shares(mean_delay_s, 1800, 48)[:10]
    assert np.all(np.abs(seen - shares) <= 5 * np.sqrt(shares * (1 - shares) / n) + 1e-9)


def test_lag_shares_add_up_to_one() -> None:
    assert lag_shares(600, 1800, 480).sum() == pytest.approx(1.0)


def test_all_come_back_in_opening_hours() -> None:
    is_open = np.arange(48) < 20
    failed = np.where(is_open, 10.0, 0.0)
    back = returning(failed, lag_shares(3600, 1800, 48), is_open)
    assert back.sum() == pytest.approx(failed.sum())
    assert not back[~is_open].any()


def test_first_contacts_keep_the_days_sum_where_an_interval_would_be_negative() -> None:
    first = first_contacts(np.array([1.0, 20.0, 20.0]), np.array([3.0, 2.0, 2.0]))
    assert first.sum() == pytest.approx(34.0)
    assert first.min() == 0.0
