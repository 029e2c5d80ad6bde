"""A month as it was: its own arrivals and people put through the model, and what really happened, counted alike.

Offered are the calls that joined the agents' queue or were answered at once; abandoned those of them who hung up;
the wait of those answered at once is 0, and that of those who left counts as long as they waited. A call belongs
to the half hour of joining, on both sides.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.bank_calls import FIRST_DAY, HALF_HOURS, TYPES, Calls, month_of
from calibration.days import CLASSES, N_DAYS, days_with_holes, weekdays
from calibration.people.heads import whole_heads
from calibration.records.contacts import BoolArray
from scenarios import Scenario
from sim.measures.result import Result

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

AWT_S = 20.0
COLUMNS = ("offered", "abandoned", "waited_s", "within_awt")
MEASURES = {"abandonment_rate": 1, "mean_wait_s": 2, "service_level": 3}
"""Measure names, and the column that is divided by offered."""
YEAR = FIRST_DAY.year


@dataclass(frozen=True)
class Month:
    """One month: which of its days are counted, and when each was open."""

    number: int
    days: IntArray
    """Days since 1 January 1999, all of the month."""
    counted: BoolArray
    """By day of the month: nothing missing, no holiday."""
    saturday_opens: int
    """Half hour of the day from which Saturdays count."""

    @property
    def name(self) -> str:
        """English name of the month."""
        return calendar.month_name[self.number]

    @property
    def open(self) -> BoolArray:
        """Half hours that count: shape (days of the month, 48)."""
        table = np.zeros((len(self.days), HALF_HOURS), dtype=np.bool_)
        for name, day_class in CLASSES.items():
            opens = self.saturday_opens if name == "sat" else day_class.opens
            rows = np.isin(weekdays()[self.days], day_class.weekdays) & self.counted
            table[rows, opens : day_class.closes] = True
        return table


@dataclass(frozen=True)
class Simulated:
    """What the model says of a month: by hour (replications, 24, columns), by type (replications, types, columns)."""

    by_hour: FloatArray
    by_type: FloatArray


def months(calls: Calls) -> list[Month]:
    """The months of the record."""
    holes = days_with_holes(calls)
    number = month_of(np.arange(N_DAYS))
    return [_month(calls, int(one), np.nonzero(number == one)[0], holes) for one in np.unique(number)]


def _month(calls: Calls, number: int, days: IntArray, holes: IntArray) -> Month:
    """Saturdays count from the half hour in which the last of them opened, as they follow the sun."""
    saturdays = [day for day in days if weekdays()[day] == 5 and day not in holes]
    opened = [calls.half_hour[(calls.day == day) & calls.answered].min() for day in saturdays]
    opens = int(max(opened, default=CLASSES["sat"].opens))
    return Month(number, days, ~np.isin(days, holes), opens)


def observed(calls: Calls, month: Month) -> FloatArray:
    """What happened, by hour of the day: shape (24, columns)."""
    chosen = calls.of(_counted_calls(calls, month))
    return _totals(chosen, chosen.half_hour // 2, 24)


def observed_by_type(calls: Calls, month: Month) -> FloatArray:
    """What happened, by contact type: shape (types, columns)."""
    chosen = calls.of(_counted_calls(calls, month))
    place = {name: i for i, name in enumerate(TYPES)}
    return _totals(chosen, np.array([place[name] for name in chosen.contact_type.tolist()]), len(TYPES))


def _totals(calls: Calls, cell: IntArray, n_cells: int) -> FloatArray:
    within = calls.answered & (calls.waited_s <= AWT_S)
    columns = (np.ones(len(cell)), calls.abandoned, calls.waited_s, within)
    return np.column_stack([np.bincount(cell, weights=column, minlength=n_cells) for column in columns])


def _counted_calls(calls: Calls, month: Month) -> BoolArray:
    inside = calls.offered & (calls.half_hour < HALF_HOURS) & np.isin(calls.day, month.days)
    table = np.zeros((N_DAYS, HALF_HOURS), dtype=np.bool_)
    table[month.days] = month.open
    return inside & table[calls.day, np.minimum(calls.half_hour, HALF_HOURS - 1)]


def month_scenario(
    center: Scenario, month: Month, offered: IntArray | FloatArray, people: FloatArray
) -> Scenario:
    """The center in that month: its half-hour counts as expected arrivals, its people, no bot.

    Redials and reconnects are in the counts already, so nobody calls again in the model; nor are there busy days
    beyond those that the counts show. `offered` and `people`: by day since 1 January 1999 and half hour.
    """
    data = center.as_dict()
    for key in ("bot", "busyness", "plan", "sources"):
        data.pop(key, None)
    for column, name in enumerate(TYPES):
        table = data["contact_type"][name.lower()]
        for key in ("redial", "reconnect", "resolution_rate", "day_cv"):
            table.pop(key, None)
        counted = offered[month.days][:, :, column] * month.open
        table["arrivals"] = {"per_interval": counted.ravel().tolist()}
    heads = [whole_heads(row) for row in people[month.days] * month.open]
    data["agent_group"]["team"]["agents"] = {"present_per_interval": np.concatenate(heads).tolist()}
    data["calendar"] = _calendar(month)
    return Scenario.model_validate(data | {"name": f"{center.name}-{month.name.lower()}"})


def _calendar(month: Month) -> dict[str, Any]:
    opens = f"{month.saturday_opens // 2:02d}:{month.saturday_opens % 2 * 30:02d}"
    first = date(YEAR, month.number, 1)
    return {
        "start": first,
        "days": len(month.days),
        "interval_min": 30,
        "hours": {"sun-thu": "07:00-24:00", "fri": "07:00-14:00", "sat": f"{opens}-24:00"},
        "closed": [first + timedelta(days=int(i)) for i in np.nonzero(~month.counted)[0]],
        "warm_up_h": 0.0,
        "run_out_h": 0.0,
    }


def simulated(result: Result) -> FloatArray:
    """The same table from the model, one for each replication: shape (replications, 24, columns)."""
    table = np.zeros((result.replications, 24, len(COLUMNS)))
    for i in range(result.world.n_intervals):
        hour = i % HALF_HOURS // 2
        for measure, column in MEASURES.items():
            series = result.series(measure, interval=i)
            table[:, hour, column] += series.numerator
            if column == 1 and series.denominator is not None:
                table[:, hour, 0] += series.denominator
    return table


def simulated_by_type(result: Result) -> FloatArray:
    """The model's table by contact type: shape (replications, types, columns); parts of a type added up."""
    table = np.zeros((result.replications, len(TYPES), len(COLUMNS)))
    for name in result.scenario.contact_type:
        row = TYPES.index(name.partition("_")[0].upper())
        for measure, column in MEASURES.items():
            series = result.series(measure, "contact_type", name)
            table[:, row, column] += series.numerator
            if column == 1 and series.denominator is not None:
                table[:, row, 0] += series.denominator
    return table
