"""A forecast as plain data for JSON: coming days and intervals with limits, accuracy, days set apart."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from calibration.demand.found import clock
from calibration.estimate import Estimate
from calibration.forecast import Forecast
from calibration.forecast.limits import SHARE

PLACES = 3


def forecast_data(forecast: Forecast) -> dict[str, Any]:
    """All of it; queue null is the sum of all queues."""
    history = forecast.history
    return {
        "forecast": "contacts offered to people",
        "method": {"same_weekdays": forecast.method.k, "level": forecast.method.level},
        "history": {
            "from": history.first_day.isoformat(),
            "days": history.n_days,
            "contacts": int(history.counted.sum()),
            "usual_days": int(forecast.days.usual.sum()),
        },
        "start": forecast.start.isoformat(),
        "weeks": forecast.weeks,
        "interval_min": history.interval_s // 60,
        "limits": SHARE,
        "limits_from": "backtest" if forecast.from_backtest else "days around their mean",
        "days": _days(forecast),
        "intervals": _intervals(forecast),
        "busyness": _busyness(forecast),
        "backtest": {
            "origins": forecast.n_origins,
            "days": forecast.n_tested,
            "usual_days": forecast.n_usual,
            "accuracy": [asdict(one) for one in forecast.accuracy],
        },
        "set_apart": [
            {"date": odd.date.isoformat(), "kind": odd.kind, "reason": odd.reason, "observed": odd.observed}
            | {
                "usual": round(odd.usual, PLACES),
                "factor": round(odd.factor, PLACES) if odd.usual > 0.0 else None,
            }
            for odd in forecast.days.odd
        ],
    }


def _days(forecast: Forecast) -> list[dict[str, Any]]:
    mean, limits = forecast.day_mean, forecast.by_day
    return [
        {
            "date": date.isoformat(),
            "queue": queue,
            "expected": round(float(mean[day, q]), PLACES),
            "low": float(limits.low[day, q]),
            "high": float(limits.high[day, q]),
            "mean_of_days": int(forecast.expected.n[day]),
        }
        for day, date in enumerate(forecast.dates)
        for q, queue in enumerate([*forecast.history.queues, None])
    ]


def _intervals(forecast: Forecast) -> list[dict[str, Any]]:
    """Intervals in which anything is expected."""
    mean, limits = forecast.interval_mean, forecast.intervals
    return [
        {
            "date": date.isoformat(),
            "from": clock(interval, forecast.history.interval_s),
            "queue": queue,
            "expected": round(float(mean[day, interval, q]), PLACES),
            "low": float(limits.low[day, interval, q]),
            "high": float(limits.high[day, interval, q]),
        }
        for day, date in enumerate(forecast.dates)
        for interval in range(forecast.history.n_intervals)
        for q, queue in enumerate([*forecast.history.queues, None])
        if mean[day, interval, q] > 0.0
    ]


def _busyness(forecast: Forecast) -> dict[str, Any]:
    found = forecast.busyness
    return {
        "day_cv": {
            queue: _estimate(one)
            for queue, one in zip(forecast.history.queues, found.day_cv_by_queue, strict=True)
        },
        "interval_cv": _estimate(found.interval_cv),
        "correlation": _estimate(found.correlation),
    }


def _estimate(one: Estimate) -> dict[str, Any]:
    return {"value": one.value, "standard_error": one.standard_error, "n": one.n, "note": one.note}
