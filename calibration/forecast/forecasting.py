"""The coming weeks: expectations, limits, and how far the same method missed on the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from calibration.demand.busyness import Busyness, fit_busyness
from calibration.demand.days import Days
from calibration.forecast.accuracy import Accuracy, accuracy
from calibration.forecast.backtest import Progress, Residuals, backtest, residuals, tested_accuracy
from calibration.forecast.history import History, with_total
from calibration.forecast.limits import Limits, Spread, day_limits, interval_limits, spread_around
from calibration.forecast.seasonal import Expected, Method, expected

FloatArray = npt.NDArray[np.float64]

LATEST_DAYS = 7 * 104
"""Of a longer history the last two years are used."""


@dataclass(frozen=True)
class Forecast:
    """The coming days from start on, by interval and queue; figures of the sum of all queues stand last.

    intervals, by_day: 90 % limits; busyness: around such forecasts, by which the limits are set
    from_backtest: whether the busyness is that of forecasts of the history, or else that of days around their mean
    n_origins, n_tested, n_usual: forecasts of the history, days they cover, and how many of those were usual
    """

    history: History
    days: Days
    method: Method
    weeks: int
    expected: Expected
    intervals: Limits
    by_day: Limits
    busyness: Busyness
    spread: Spread
    from_backtest: bool
    n_origins: int
    n_tested: int
    n_usual: int
    accuracy: tuple[Accuracy, ...]

    @property
    def start(self) -> date:
        """The first day that is forecast: the one after the history's last."""
        return self.history.date(self.history.n_days)

    @property
    def dates(self) -> tuple[date, ...]:
        """All days that are forecast."""
        return tuple(self.start + timedelta(days=day) for day in range(7 * self.weeks))

    @property
    def day_mean(self) -> FloatArray:
        """Expected contacts by day and queue, the sum of all last."""
        return np.asarray(with_total(self.expected.mean.sum(axis=1)), dtype=np.float64)

    @property
    def interval_mean(self) -> FloatArray:
        """Expected contacts by day, interval and queue, the sum of all last."""
        return np.asarray(with_total(self.expected.mean), dtype=np.float64)

    def held_against(self, came: History) -> tuple[Accuracy, ...]:
        """How far it missed, once the days have come; of these the same weeks are taken, by the same queues."""
        first = (self.start - came.first_day).days
        days = came.days()
        counted = came.counted[first : first + 7 * self.weeks]
        n = len(counted)
        usual = days.usual[first : first + n]
        seen = np.asarray(with_total(counted), dtype=np.float64)
        by_interval = Limits(self.intervals.low[:n], self.intervals.high[:n])
        by_day = Limits(self.by_day.low[:n], self.by_day.high[:n])
        queues = self.history.queues
        return (
            *accuracy(seen, self.interval_mean[:n], by_interval, "interval", usual=usual, queues=queues),
            *accuracy(seen.sum(axis=1), self.day_mean[:n], by_day, "day", usual=usual, queues=queues),
        )


def _silent(done: int, of: int) -> None:
    """Nobody is told of progress."""


def forecast(
    history: History, weeks: int = 4, method: Method | None = None, progress: Progress = _silent
) -> Forecast:
    """The weeks after the history."""
    method = method or Method()
    history = history.latest(LATEST_DAYS)
    days = history.days()
    targets = np.arange(history.n_days, history.n_days + 7 * weeks)
    coming = expected(history, days, targets, method)
    tested = backtest(history, days, method, weeks, progress)
    around_mean = _around_the_mean(history, days)
    residual = residuals(tested)
    around = residual or around_mean
    spread = spread_around(around.came, around.mean, around.freedom)
    mean = np.asarray(with_total(coming.mean), dtype=np.float64)
    return Forecast(
        history=history,
        days=days,
        method=method,
        weeks=weeks,
        expected=coming,
        intervals=interval_limits(mean, coming.n, spread),
        by_day=day_limits(mean, coming.n, spread),
        busyness=fit_busyness(around.came, around.mean, around.freedom, history.queues),
        spread=spread,
        from_backtest=residual is not None,
        n_origins=tested.n_origins,
        n_tested=len(tested.days),
        n_usual=int(tested.usual.sum()),
        accuracy=tested_accuracy(
            tested, history.queues, spread_around(around_mean.came, around_mean.mean, around_mean.freedom)
        ),
    )


def _around_the_mean(history: History, days: Days) -> Residuals:
    """Usual days in opening hours, and the mean of their class for what was expected of them."""
    rows = np.nonzero(days.usual)[0]
    kind = days.class_of_day[rows]
    came = history.counted[rows] * days.is_open(history.n_intervals)[kind][:, :, None]
    mean = np.zeros((len(days.classes), *came.shape[1:]))
    for k in np.unique(kind):
        mean[k] = came[kind == k].mean(axis=0)
    n = np.bincount(kind, minlength=len(days.classes))[kind]
    return Residuals(came, mean[kind], np.where(n > 1, n / np.maximum(n - 1.0, 1.0), 0.0))
