"""Forecasts by statsmodels' Holt-Winters (Winters 1960, Management Science 6, 324), on the same days as ours."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calibration.forecast import History, Method
from calibration.forecast.seasonal import expected, usable_days

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def holt_winters_by_day(history: History, targets: IntArray) -> FloatArray:
    """Exponential smoothing of daily totals with a multiplicative week, spread by the weekday's mean profile."""
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    filled = _filled(history)
    fitted = ExponentialSmoothing(
        filled.sum(axis=1), seasonal="mul", seasonal_periods=7, initialization_method="estimated"
    ).fit()
    profile = expected(history, history.days(), targets, Method()).mean.sum(axis=2)
    share = profile / np.maximum(profile.sum(axis=1, keepdims=True), 1e-12)
    return np.asarray(share * np.asarray(fitted.forecast(len(targets)))[:, None])


def holt_winters_by_half_hour(history: History, targets: IntArray) -> FloatArray:
    """Exponential smoothing of half hours with an additive week of 336 of them."""
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    n = history.n_intervals
    fitted = ExponentialSmoothing(
        _filled(history).ravel(), seasonal="add", seasonal_periods=7 * n, initialization_method="heuristic"
    ).fit()
    return np.maximum(np.asarray(fitted.forecast(len(targets) * n)).reshape(-1, n), 0.0)


def _filled(history: History) -> FloatArray:
    """Contacts by day and interval; days that are no example replaced by the mean of their weekday's that are."""
    days = history.days()
    usable, weekday = usable_days(history, days), history.weekday(np.arange(history.n_days))
    filled = history.counted.sum(axis=2).astype(np.float64)
    for day in np.nonzero(~usable)[0]:
        alike = usable & (weekday == weekday[day])
        filled[day] = filled[alike].mean(axis=0) if alike.any() else filled[day]
    return filled
