"""The method held against the history itself: forecast from the days before, look at what came, go on.

Rolling origin (Tashman 2000, International Journal of Forecasting 16, 437): at each origin the days before it alone
are looked at, so what kind of day a day was is judged without knowing what follows. Origins lie as far apart as the
forecast reaches, so each day is forecast once, at the distances at which it would be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.demand.days import Days
from calibration.forecast.accuracy import Accuracy, accuracy
from calibration.forecast.history import History, with_total
from calibration.forecast.limits import (
    Limits,
    Spread,
    day_limits,
    forecast_freedom,
    interval_limits,
    spread_around,
)
from calibration.forecast.seasonal import Expected, Method, expected

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Progress = Callable[[int, int], None]

MOST_ORIGINS = 26
"""The latest ones: what was years ago says little of the coming weeks."""
FEWEST_DAYS = 30
"""Usual days forecast, below which how far they missed is not told."""


@dataclass(frozen=True)
class Backtest:
    """Days of the history as they were forecast. origin: the number of the forecast each comes from."""

    days: IntArray
    origin: IntArray
    came: IntArray
    forecast: Expected
    usual: BoolArray

    @property
    def n_origins(self) -> int:
        """How often the history was forecast."""
        return len(np.unique(self.origin))

    @property
    def told(self) -> BoolArray:
        """Days from which busyness is told: usual ones that were forecast from any."""
        return self.usual & (self.forecast.n > 0)


def backtest(history: History, days: Days, method: Method, weeks: int, progress: Progress) -> Backtest:
    """Forecast the history `weeks` weeks at a time, from the first day that has k weeks and one before it.

    days: what kind of day each is, by the whole record; it says which forecasts are of usual days, and nothing else
    """
    origins = range(7 * (method.k + 1), history.n_days, 7 * weeks)[-MOST_ORIGINS:]
    parts: list[tuple[IntArray, Expected]] = []
    for done, origin in enumerate(origins):
        progress(done, len(origins))
        past = history.until(origin)
        targets = np.arange(origin, min(origin + 7 * weeks, history.n_days))
        parts.append((targets, expected(past, past.days(), targets, method)))
    progress(len(origins), len(origins))
    chosen = np.concatenate([targets for targets, _ in parts]) if parts else np.zeros(0, dtype=np.int64)
    shape = history.counted.shape[1:]
    means = [part.mean for _, part in parts] or [np.zeros((0, *shape))]
    n = [part.n for _, part in parts] or [np.zeros(0, dtype=np.int64)]
    origin_of = [np.full(len(targets), i) for i, (targets, _) in enumerate(parts)] or [
        np.zeros(0, dtype=np.int64)
    ]
    return Backtest(
        days=chosen,
        origin=np.concatenate(origin_of),
        came=history.counted[chosen],
        forecast=Expected(np.concatenate(means), np.concatenate(n)),
        usual=days.usual[chosen],
    )


@dataclass(frozen=True)
class Residuals:
    """What came and what was forecast of days from which busyness is told, in opening hours."""

    came: IntArray
    mean: FloatArray
    freedom: FloatArray


def residuals(tested: Backtest, chosen: BoolArray | None = None) -> Residuals | None:
    """Of the chosen days; None where too few were forecast."""
    rows = tested.told if chosen is None else tested.told & chosen
    if rows.sum() < FEWEST_DAYS:
        return None
    mean = tested.forecast.mean[rows]
    inside = np.where(mean.sum(axis=2, keepdims=True) > 0.0, tested.came[rows], 0)
    return Residuals(inside, mean, forecast_freedom(tested.forecast.n[rows]))


def tested_accuracy(tested: Backtest, queues: tuple[str, ...], otherwise: Spread) -> tuple[Accuracy, ...]:
    """How far the forecasts missed; each origin's limits come from how far the others did.

    otherwise: the spread by which limits are set where there are too few other origins
    """
    if len(tested.days) == 0:
        return ()
    mean = np.asarray(with_total(tested.forecast.mean), dtype=np.float64)
    came = np.asarray(with_total(tested.came), dtype=np.float64)
    shape = mean.shape
    by_interval = Limits(np.zeros(shape), np.zeros(shape))
    by_day = Limits(np.zeros((shape[0], shape[2])), np.zeros((shape[0], shape[2])))
    for origin in np.unique(tested.origin):
        rows = tested.origin == origin
        others = residuals(tested, ~rows)
        spread = spread_around(others.came, others.mean, others.freedom) if others else otherwise
        for limits, found in (
            (by_interval, interval_limits(mean[rows], tested.forecast.n[rows], spread)),
            (by_day, day_limits(mean[rows], tested.forecast.n[rows], spread)),
        ):
            limits.low[rows], limits.high[rows] = found.low, found.high
    usual = tested.usual
    return (
        *accuracy(came, mean, by_interval, "interval", usual=usual, queues=queues),
        *accuracy(came.sum(axis=1), mean.sum(axis=1), by_day, "day", usual=usual, queues=queues),
    )
