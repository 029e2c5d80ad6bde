"""The plain seasonal method: an interval of a coming Monday is the mean of the last four Mondays' same interval.

Few methods do better a week and more ahead (Taylor 2008, Management Science 54, 253; for a survey Ibrahim, Ye,
L'Ecuyer and Shen 2016, International Journal of Forecasting 32, 865), and everyone can check it by hand. Days on
which the record has a hole or something happened are passed over for the ones before them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.demand.days import Days
from calibration.forecast.history import History

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

RECENT_DAYS = 14


@dataclass(frozen=True)
class Method:
    """k: how many same weekdays are averaged; level: whether all is scaled to the last two weeks."""

    k: int = 4
    level: bool = False


@dataclass(frozen=True)
class Expected:
    """Expected contacts by coming day, interval and queue, and from how many days each day's are."""

    mean: FloatArray
    n: IntArray


def expected(history: History, days: Days, targets: IntArray, method: Method) -> Expected:
    """Of the targets: days counted from the first of the history, after its end."""
    usable, open_by_class = usable_days(history, days), days.is_open(history.n_intervals)
    by_weekday = [
        _of_weekday(history, days, usable, open_by_class, weekday, method.k) for weekday in range(7)
    ]
    mean = np.stack([mean for mean, _ in by_weekday])
    n = np.array([n for _, n in by_weekday])
    level = _level(history, days, mean) if method.level else 1.0
    weekday = history.weekday(targets)
    return Expected(level * mean[weekday], n[weekday])


def usable_days(history: History, days: Days) -> BoolArray:
    """Usual days; where hours change over the record also those open at other times, as these are the latest."""
    usable = days.usual.copy()
    happened = np.zeros(history.n_days, dtype=np.bool_)
    happened[[odd.day for odd in days.odd if odd.kind in {"missing", "surge", "busy", "quiet"}]] = True
    for k, one in enumerate(days.classes):
        if one.unsteady:
            own = days.class_of_day == k
            usable[own] = ((history.counted.sum(axis=(1, 2)) > 0) & ~happened)[own]
    return usable


def _of_weekday(
    history: History, days: Days, usable: BoolArray, open_by_class: BoolArray, weekday: int, k: int
) -> tuple[FloatArray, int]:
    """Mean of the last k usable days of a weekday in its opening hours; zeros of a weekday never seen."""
    own = np.nonzero(usable & (history.weekday(np.arange(history.n_days)) == weekday))[0][-k:]
    if len(own) == 0:
        return np.zeros(history.counted.shape[1:]), 0
    is_open = open_by_class[days.class_of_day[own[0]]]
    return history.counted[own].mean(axis=0) * is_open[:, None], len(own)


def _level(history: History, days: Days, mean: FloatArray) -> float:
    """Contacts of the usual days of the last two weeks ÷ what the means say of them."""
    recent = np.arange(max(history.n_days - RECENT_DAYS, 0), history.n_days)
    recent = recent[days.usual[recent]]
    wanted = mean[history.weekday(recent)].sum()
    return float(history.counted[recent].sum() / wanted) if wanted > 0.0 else 1.0
