"""Cvs without their standard errors are those with them."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.demand.busyness import factor_cvs, fit_busyness
from tests.calibration.busy_records import CLOSES, OPENS, busy_counts, hump


def test_cvs_with_and_without_standard_errors_are_the_same():
    mean = np.tile(np.stack([hump(600.0), hump(90.0)], axis=1), (60, 1, 1))
    counted = busy_counts(np.random.default_rng(1), mean, (0.15, 0.3), 0.5, 0.2)[:, OPENS:CLOSES]
    expected, freedom = np.broadcast_to(counted.mean(axis=0), counted.shape), np.full(60, 60 / 59)
    slow = fit_busyness(counted, expected, freedom, ("a", "b"))
    day, interval = factor_cvs(counted, expected, freedom)
    assert day == pytest.approx([one.value for one in slow.day_cv_by_queue])
    assert interval == pytest.approx([one.value for one in slow.interval_cv_by_queue], abs=1e-9)
