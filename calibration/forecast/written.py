"""A forecast as files: a table of demand, and a scenario that puts it in the place of another one's demand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from calibration.composing.statements import rounded
from calibration.demand.found import clock
from calibration.estimate import Estimate
from calibration.forecast.forecasting import Forecast
from scenarios import Scenario
from scenarios.faults import in_key
from scenarios.writing import toml_value

PLACES = 3


def demand_csv(forecast: Forecast) -> str:
    """A row an interval of all coming days, from midnight on: date, clock time, expected contacts by queue."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["date", "from", *forecast.history.queues])
    for day, date in enumerate(forecast.dates):
        for interval in range(forecast.history.n_intervals):
            said = [f"{round(value, PLACES):g}" for value in forecast.expected.mean[day, interval]]
            rows.writerow([date.isoformat(), clock(interval, forecast.history.interval_s), *said])
    return text.getvalue()


def scenario_text(forecast: Forecast, base: Scenario, extends: str, name: str, table: str) -> str:
    """A file that extends the base: its dates, the table for its demand, and busyness around the forecast.

    The records count everyone who was offered to people: those who called again and those whom a bot handed over are
    in them already. So redials and reconnects are off, and no forecast contact enters a bot.
    """
    weeks = f"{forecast.weeks} week{'s' if forecast.weeks > 1 else ''} from {forecast.start.isoformat()}"
    head = [
        f"name = {toml_value(name)}",
        f"extends = {toml_value(extends)}",
        f"summary = {toml_value(f'{base.label}: the demand forecast for {weeks}.')}",
    ]
    return "\n".join([*head, *_tables(_data(forecast, base, table))]) + "\n"


def _tables(data: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for header, table in data.items():
        yield f"\n[{header}]"
        yield from (f"{in_key(key)} = {toml_value(value)}" for key, value in table.items())


def _data(forecast: Forecast, base: Scenario, table: str) -> dict[str, dict[str, Any]]:
    """Tables by their headers."""
    data: dict[str, dict[str, Any]] = {
        "calendar": {
            "start": forecast.start,
            "days": 7 * forecast.weeks,
            "interval_min": forecast.history.interval_s // 60,
            "warm_up_h": 0,
            "run_out_h": 0,
        },
        "busyness": {
            "day_cv": rounded(forecast.spread.day_cv[-1], 3),
            "correlation": rounded(min(max(forecast.busyness.correlation.value, 0.0), 1.0), 2),
            "interval_cv": rounded(forecast.busyness.interval_cv.value, 3),
        },
    }
    names = forecast.history.queues
    data |= {f"contact_type.{in_key(name)}": _type(forecast, base, name, table) for name in names}
    for bot, one in base.bot.items():
        served = [name for name in names if name in one.contact_type]
        data |= {f"bot.{in_key(bot)}.contact_type.{in_key(name)}": {"entry_share": 0.0} for name in served}
    data["sources"] = _sources(forecast)
    return data


def _type(forecast: Forecast, base: Scenario, name: str, table: str) -> dict[str, Any]:
    """Demand from the table, and nobody who calls again is counted twice."""
    off = [key for key in ("redial", "reconnect") if getattr(base.contact_type[name], key) is not None]
    day_cv = forecast.busyness.day_cv_by_queue[forecast.history.queues.index(name)]
    arrivals = {"file": table, "column": name}
    return {"arrivals": arrivals, "day_cv": rounded(day_cv.value, 3), **{key: {"share": 0.0} for key in off}}


def _sources(forecast: Forecast) -> dict[str, Any]:
    """Where the table and its busyness come from."""
    k, first = forecast.method.k, forecast.history.first_day
    last = forecast.history.date(forecast.history.n_days - 1)
    says = f"mean of the last {k} same weekdays of {first.isoformat()} to {last.isoformat()}"
    found: dict[str, Any] = {}
    for name, day_cv in zip(forecast.history.queues, forecast.busyness.day_cv_by_queue, strict=True):
        found[f"contact_type.{name}.arrivals.file"] = {"says": says}
        found[f"contact_type.{name}.day_cv"] = _source(day_cv, forecast)
    found["busyness.correlation"] = _source(forecast.busyness.correlation, forecast)
    found["busyness.interval_cv"] = _source(forecast.busyness.interval_cv, forecast)
    return found


def _source(one: Estimate, forecast: Forecast) -> dict[str, Any]:
    what = "around forecasts of the history" if forecast.from_backtest else "around the mean of usual days"
    entry: dict[str, Any] = {"says": f"{one.note}; {what}", "n": one.n}
    if one.standard_error is not None:
        entry["standard_error"] = {"value": rounded(one.standard_error, 2)}
    return entry
