"""A forecast for the terminal: days with their limits, and how far the same method missed on the history."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from calibration.forecast import Forecast
from calibration.forecast.accuracy import Accuracy, Measure, value_of
from results.tabling import Grid, row, text_of
from scenarios.calendar_days import WEEKDAYS

WIDTH = 98
MOST_DAYS = 7
TOO_FEW = "These are too few to set the limits by, which come from how usual days differ around their mean."
SHOWN: tuple[Measure, ...] = ("wape", "wape_of_chance", "mape", "bias")


def forecast_table(forecast: Forecast) -> str:
    """Method and history, the coming days, the queues, and the backtest."""
    parts = [_method(forecast), *_odd(forecast), text_of(_days(forecast)), text_of(_queues(forecast))]
    return "\n\n".join([*parts, *_backtest(forecast)])


def accuracy_table(found: tuple[Accuracy, ...], interval_min: int) -> str:
    """How far forecasts missed: usual days, and all of them."""
    names = {"interval": f"{interval_min} minutes", "day": "days"}
    lines = [
        row(
            f"{names[by]}, {days}",
            *(
                _share(value_of(found, measure, by, days)) if (measure, days) != ("mape", "all") else ""
                for measure in SHOWN
            ),
            _share(value_of(found, "within_limits", by, days), places=0),
            f"{next(one.n for one in found if (one.by, one.days, one.queue) == (by, days, None)):,}",
        )
        for by in (("interval", "day") if interval_min < 1440 else ("day",))
        for days in ("usual", "all")
        if any((one.by, one.days, one.queue) == (by, days, None) for one in found)
    ]
    heads = ("WAPE", "of chance\nalone", "MAPE", "bias", "within 90 %\nlimits", "counts")
    return text_of(Grid(heads, tuple(lines), corner="all queues"))


def _method(forecast: Forecast) -> str:
    history, weeks = forecast.history, forecast.weeks
    scaled = ", scaled to the level of the last two weeks" if forecast.method.level else ""
    last = history.date(history.n_days - 1)
    return _wrapped(
        f"Forecast of {weeks} week{'s' if weeks > 1 else ''} from {forecast.start} on: contacts offered to people, "
        f"the mean of the last {forecast.method.k} same weekdays{scaled}. History: {history.first_day} to {last}, "
        f"{int(history.counted.sum()):,} contacts on {history.n_days:,} days."
    )


def _odd(forecast: Forecast) -> Iterator[str]:
    """Days set apart, counted by kind, and the last of them in full."""
    odd = forecast.days.odd
    if not odd:
        return
    kinds = Counter(kind for kind, _ in groupby(sorted((one.kind, one.day) for one in odd), key=lambda x: x))
    told = ", ".join(f"{n} {kind}" for kind, n in sorted(Counter(kind for kind, _ in kinds).items()))
    days = len({one.day for one in odd})
    lines = [f"Set apart, {days} day{'s' if days > 1 else ''}: {told}. The last of them:"]
    lines += [f"  {WEEKDAYS[one.date.weekday()]} {one.date}  {one.reason}" for one in odd[-5:]]
    unsteady = [one.name for one in forecast.days.classes if one.unsteady]
    if unsteady:
        lines.append(
            f"On {' and '.join(unsteady)} fewer than half of the days are alike: hours change there."
        )
    yield "\n".join(lines)


def _days(forecast: Forecast) -> Grid:
    """The first week; a plain seasonal forecast says the same of the others."""
    mean, limits = forecast.day_mean[:, -1], forecast.by_day
    lines = [
        row(
            f"{WEEKDAYS[date.weekday()]} {date}" if forecast.weeks == 1 else WEEKDAYS[date.weekday()],
            f"{mean[day]:,.0f}",
            f"{limits.low[day, -1]:,.0f}",
            f"{limits.high[day, -1]:,.0f}",
            f"{forecast.expected.n[day]}",
        )
        for day, date in enumerate(forecast.dates[:MOST_DAYS])
    ]
    heads = ("expected", "90 % limits\nlow", "high", "days it is\nthe mean of")
    corner = "all queues" if forecast.weeks == 1 else f"each of the {forecast.weeks} weeks"
    return Grid(heads, tuple(lines), corner=corner)


def _queues(forecast: Forecast) -> Grid:
    """A week of each queue, and how busy its days and intervals are."""
    spread, week = forecast.spread, forecast.day_mean.sum(axis=0) / forecast.weeks
    lines = [
        row(name, f"{week[q]:,.0f}", f"{spread.day_cv[q]:.2f}", f"{spread.interval_cv[q]:.2f}")
        for q, name in enumerate([*forecast.history.queues, "all queues"])
    ]
    return Grid(("contacts\na week", "day cv", "interval cv"), tuple(lines), corner="queue")


def _backtest(forecast: Forecast) -> Iterator[str]:
    if not forecast.accuracy:
        yield _wrapped(
            f"No backtest: the history is shorter than {forecast.method.k + 1} weeks and a day. The limits come from "
            "how days differ around their mean, and may be too narrow."
        )
        return
    yield _wrapped(
        f"Backtest: the history forecast {forecast.n_origins} times from the days before, {forecast.n_tested} days, of "
        f"which {forecast.n_usual} were usual. WAPE: sum of misses ÷ contacts that came, and what of it Poisson chance "
        "alone would leave; MAPE: mean of miss ÷ came, of usual days; bias: (forecast − came) ÷ came."
    )
    if not forecast.from_backtest:
        yield _wrapped(TOO_FEW)
    yield accuracy_table(forecast.accuracy, forecast.history.interval_s // 60)


def _share(value: float, places: int = 1) -> str:
    return f"{100.0 * value:.{places}f} %"


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, WIDTH, break_on_hyphens=False))
