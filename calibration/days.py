"""Which days tell what is usual: counts by half hour, classes of weekdays, days with holes or surges left out."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from calibration.bank_calls import FIRST_DAY, HALF_HOURS, TYPES, Calls
from calibration.records.contacts import BoolArray

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

N_DAYS = 151
"""January to May 1999."""


@dataclass(frozen=True)
class DayClass:
    """Weekdays that look alike, and when the bank answered: half hours of the day, first and one past the last."""

    weekdays: tuple[int, ...]
    """Monday = 0."""
    opens: int
    closes: int

    @property
    def span(self) -> slice:
        """The open half hours of the day."""
        return slice(self.opens, self.closes)


CLASSES = {
    "sun": DayClass((6,), 14, 48),
    "mon-thu": DayClass((0, 1, 2, 3), 14, 48),
    "fri": DayClass((4,), 14, 28),
    "sat": DayClass((5,), 40, 48),
}
WEEK = ("sun", "mon-thu", "mon-thu", "mon-thu", "mon-thu", "fri", "sat")

ENOUGH = 20.0
"""Half hours with a median below this are too small to tell a hole from chance."""
HOLE_SHARE, SURGE_FACTOR, SURGE_OVER = 0.25, 2.5, 25.0
OUTSIDE_SHARE = 0.05
SATURDAY_OPENS_S = (19.25 * 3600, 20.25 * 3600)
"""Saturdays open after sunset; those that opened around 20:00 stand for all."""


def weekdays() -> IntArray:
    """Weekday of each day from 1 January 1999, Monday = 0."""
    return np.array([(FIRST_DAY + timedelta(days=day)).weekday() for day in range(N_DAYS)])


def counts(calls: Calls, chosen: BoolArray) -> IntArray:
    """Chosen calls by day, half hour of joining and type: shape (days, 48, types); past midnight is left out."""
    inside = chosen & (calls.half_hour < HALF_HOURS) & (calls.day < N_DAYS)
    table = np.zeros((N_DAYS, HALF_HOURS, len(TYPES)), dtype=np.int64)
    kind = np.searchsorted(np.sort(TYPES), calls.contact_type[inside])
    place = np.argsort(TYPES)[kind]
    np.add.at(table, (calls.day[inside], calls.half_hour[inside], place), 1)
    return table


def usual_days(calls: Calls) -> dict[str, IntArray]:
    """Days of each class on which nothing was missing, closed or surging."""
    offered = counts(calls, calls.offered).sum(axis=2)
    days = {name: _whole_days(offered, CLASSES[name]) for name in ("sun", "mon-thu", "fri")}
    return days | {"sat": _saturdays(calls, offered)}


def days_with_holes(calls: Calls) -> IntArray:
    """Days that are missing, closed in part, or open at hours that are not theirs; days of surges are whole."""
    offered = counts(calls, calls.offered).sum(axis=2)
    holes = [_strange_days(offered, CLASSES[name]) for name in ("sun", "mon-thu", "fri")]
    never_opened = np.nonzero(offered.sum(axis=1) == 0)[0]
    return np.unique(np.concatenate([*holes, never_opened]))


def days_with_surges(calls: Calls) -> IntArray:
    """Days on which some half hour had far more calls than its class's usual."""
    offered = counts(calls, calls.offered).sum(axis=2)
    surges = [_of_class(one)[_marks(offered, one)[1]] for one in CLASSES.values()]
    return np.unique(np.concatenate(surges))


def _strange_days(offered: IntArray, day_class: DayClass) -> IntArray:
    days = _of_class(day_class)
    hole, _, outside = _marks(offered, day_class)
    return days[hole | outside]


def _of_class(day_class: DayClass) -> IntArray:
    return np.nonzero(np.isin(weekdays(), day_class.weekdays))[0]


def _whole_days(offered: IntArray, day_class: DayClass) -> IntArray:
    """Days without a hole, a surge, or hours that are not theirs (Fridays after a holiday go on to midnight).

    A hole: a half hour below a quarter of its median over the class. A surge: above 2.5 medians + 25.
    """
    hole, surge, outside = _marks(offered, day_class)
    return _of_class(day_class)[~(hole | surge | outside)]


def _marks(offered: IntArray, day_class: DayClass) -> tuple[BoolArray, BoolArray, BoolArray]:
    """For each day of the class: has a hole, has a surge, was open outside its hours."""
    days = _of_class(day_class)
    inside = offered[days, day_class.span]
    usual = np.median(inside, axis=0)
    holes = (inside < HOLE_SHARE * usual) & (usual >= ENOUGH)
    surges = inside > SURGE_FACTOR * usual + SURGE_OVER
    outside = offered[days].sum(axis=1) - inside.sum(axis=1)
    strange = outside > OUTSIDE_SHARE * inside.sum(axis=1)
    return holes.any(axis=1), surges.any(axis=1), strange


def _saturdays(calls: Calls, offered: IntArray) -> IntArray:
    """Saturdays that opened around 20:00, without a surge."""
    days = _of_class(CLASSES["sat"])
    calm = ~_marks(offered, CLASSES["sat"])[1]
    first = np.array([_first_answer_s(calls, day) for day in days])
    return days[calm & (first >= SATURDAY_OPENS_S[0]) & (first <= SATURDAY_OPENS_S[1])]


def _first_answer_s(calls: Calls, day: int) -> float:
    answered = calls.joined_s[(calls.day == day) & calls.answered & (calls.half_hour < HALF_HOURS)]
    return float(answered.min()) if len(answered) else float("nan")
