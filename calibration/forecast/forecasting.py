"""The coming weeks: expectations, limits, and how far the same method missed on the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from calibration.demand.busyness import Busyness
from calibration.demand.days import Days
from calibration.demand.fitting import fit_counts
from calibration.forecast.accuracy import Accuracy, accuracy
from calibration.forecast.backtest import Progress, backtest, residual_busyness, tested_accuracy
from calibration.forecast.history import History, with_total
from calibration.forecast.limits import Limits, Spread, day_limits, interval_limits, spread_of
from calibration.forecast.seasonal import Expected, Method, expected

FloatArray = npt.NDArray[np.float64]


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
    days = history.days()
    targets = np.arange(history.n_days, history.n_days + 7 * weeks)
    coming = expected(history, days, targets, method)
    tested = backtest(history, days, method, weeks, progress)
    around_mean = _around_the_mean(history)
    residual = residual_busyness(tested, history.queues, np.ones(len(tested.days), dtype=np.bool_))
    queues, total = residual or around_mean
    spread = spread_of(queues, total)
    mean = np.asarray(with_total(coming.mean), dtype=np.float64)
    return Forecast(
        history=history,
        days=days,
        method=method,
        weeks=weeks,
        expected=coming,
        intervals=interval_limits(mean, coming.n, spread),
        by_day=day_limits(mean, coming.n, spread),
        busyness=queues,
        spread=spread,
        from_backtest=residual is not None,
        n_origins=tested.n_origins,
        n_tested=len(tested.days),
        n_usual=int(tested.usual.sum()),
        accuracy=tested_accuracy(tested, history.queues, spread_of(*around_mean)),
    )


def _around_the_mean(history: History) -> tuple[Busyness, Busyness]:
    """Busyness of usual days around their class's mean, of the queues and of their sum."""
    first_day, interval_s = history.first_day, history.interval_s
    whole = history.counted.sum(axis=2, keepdims=True)
    return (
        fit_counts(history.counted, first_day, history.queues, interval_s).busyness,
        fit_counts(whole, first_day, ("all",), interval_s).busyness,
    )
