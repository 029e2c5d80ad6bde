"""Forecasts of a real bank's calls, ours beside a library's: python -m bench.forecasts [DATA_DIR].

January to April 1999 forecast May, and before that themselves from rolling origins. Every method gets the same days
(those with a hole or a surge replaced for the library by the mean of their weekday, as it takes no gaps) and is held
against the same counts. Writes results/published/bank-1999-forecast.md.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.page_forecasts import Told, page
from bench.peers.statsmodels_forecasts import holt_winters_by_day, holt_winters_by_half_hour
from calibration.forecast import Forecast, History, Method, forecast
from calibration.forecast.accuracy import Accuracy, accuracy
from calibration.forecast.history import history_of
from calibration.forecast.limits import Limits
from calibration.forecast.seasonal import expected
from calibration.records.reading import read

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data" / "bank-1999"
PAGE = ROOT / "results" / "published" / "bank-1999-forecast.md"
MAY = date(1999, 5, 1)
WEEKS = 4
Ahead = Callable[[History, IntArray], FloatArray]
"""Expected contacts by coming day and interval, of all queues, from the days before."""


def main(folder: Path, file: Path) -> None:
    """Forecasts by every method and writes the page."""
    came = bank_history(folder)
    told = [held(name, ahead, came) for name, ahead in methods().items()]
    may = made(came)
    file.write_text(page(told, may, may.held_against(came)), encoding="utf-8")
    print(f"{file} written")


def bank_history(folder: Path) -> History:
    """January to May by half hours."""
    contacts = read(str(folder / "calls_*.csv.xz"), "bank-1999").contacts
    assert contacts is not None
    return history_of(contacts, 1800)


def made(came: History) -> Forecast:
    """The command's own forecast of May, with its limits."""
    return forecast(came.until((MAY - came.first_day).days), WEEKS)


def ours() -> dict[str, Ahead]:
    """The plain method, and what is changed in it."""
    return {
        "mean of the last 4 same weekdays (`ccplan forecast`)": _seasonal(Method()),
        "the same with `--level`": _seasonal(Method(level=True)),
        "the last same weekday alone (`--same-weekdays 1`)": _seasonal(Method(k=1)),
        "the last 8 (`--same-weekdays 8`)": _seasonal(Method(k=8)),
    }


def methods() -> dict[str, Ahead]:
    """Ours and the library's."""
    return ours() | {
        "statsmodels, Holt-Winters by day, weekly season, × the weekday's profile": holt_winters_by_day,
        "statsmodels, Holt-Winters by half hour, weekly season": holt_winters_by_half_hour,
    }


def held(name: str, ahead: Ahead, came: History) -> Told:
    """The method's forecasts of the history from rolling origins, and of May from the four months before."""
    begin = (MAY - came.first_day).days
    past = came.until(begin)
    days = past.days()
    origins = range(35, begin, 7 * WEEKS)
    reached = [np.arange(origin, min(origin + 7 * WEEKS, begin)) for origin in origins]
    forecasts = [ahead(past.until(int(days_[0])), days_) for days_ in reached]
    chosen = np.concatenate(reached)
    tested = _figures(past.counted[chosen], np.concatenate(forecasts), days.usual[chosen])
    coming = np.arange(begin, begin + 7 * WEEKS)
    may = _figures(came.counted[coming], ahead(past, coming), came.days().usual[coming])
    return Told(name, tested, may)


def _figures(counted: IntArray, mean: FloatArray, usual: npt.NDArray[np.bool_]) -> tuple[Accuracy, ...]:
    """Errors of the sum of all queues; limits are not compared."""
    seen, wanted = counted.sum(axis=2)[:, :, None].astype(np.float64), mean[:, :, None]
    found: list[Accuracy] = []
    for by, a, f in (("interval", seen, wanted), ("day", seen.sum(axis=1), wanted.sum(axis=1))):
        none = Limits(np.zeros_like(f), np.zeros_like(f))
        found += accuracy(a, f, none, "day" if by == "day" else "interval", usual=usual, queues=())
    return tuple(found)


def _seasonal(method: Method) -> Ahead:
    def ahead(history: History, targets: IntArray) -> FloatArray:
        return expected(history, history.days(), targets, method).mean.sum(axis=2)

    return ahead


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA, PAGE)
