"""Whether a center's level rises or falls over the months."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from calibration.estimate import Estimate

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Floats = npt.NDArray[np.floating]

DAYS_PER_MONTH = 365.25 / 12.0
SURE = 0.01
FEWEST_WEEKS = 6


def fit_trend(days: IntArray, observed: FloatArray, expected: FloatArray) -> Estimate:
    """Relative change of the level a month: a line through the weeks' observed ÷ expected contacts.

    Weeks, not days, as days of one week are busy together and would make the line seem surer than it is.
    """
    week = days // 7
    weeks = np.unique(week)
    n = len(weeks)
    if n < FEWEST_WEEKS:
        return Estimate(0.0, None, n, f"no trend can be told from {n} weeks")
    of_week = (week[None, :] == weeks[:, None]).astype(np.float64)
    weight = of_week @ expected
    ratio = (of_week @ observed) / weight
    slope, error = _line(weeks * 7.0 / DAYS_PER_MONTH, ratio, weight)
    p = 2.0 * special.stdtr(n - 2, -abs(slope) / error) if error > 0.0 else 1.0
    found = "a trend over the months" if p < SURE else "no trend that could be told from chance"
    return Estimate(slope, error, n, f"{found}, p = {p:.2g}, from {n} weeks")


def is_told(trend: Estimate) -> bool:
    """Whether the trend is one that could be told from chance."""
    return trend.note.startswith("a trend")


def trend_factors(trend: Estimate, days: IntArray, expected: FloatArray) -> FloatArray:
    """Of each day, its level by the trend ÷ the level of the profiles; 1 where there is no trend to be told."""
    if not is_told(trend):
        return np.ones(len(days))
    line = 1.0 + trend.value * (days - (days * expected).sum() / expected.sum()) / DAYS_PER_MONTH
    return np.asarray(np.maximum(line, 0.05))


def _line(at: Floats, value: Floats, weight: Floats) -> tuple[float, float]:
    """Slope of a weighted line and its standard error."""
    middle = (weight * at).sum() / weight.sum()
    level = (weight * value).sum() / weight.sum()
    square = (weight * (at - middle) ** 2).sum()
    slope = (weight * (at - middle) * (value - level)).sum() / square
    residual = value - level - slope * (at - middle)
    variance = (weight * residual**2).sum() / (len(at) - 2)
    return float(slope), float(np.sqrt(variance / square))
