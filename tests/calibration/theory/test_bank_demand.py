"""What the bank's record is known to say of its demand, found by the code that knows nothing of banks.

Known: half-hour counts vary 3.4 times as much as Poisson ones, days by a cv of 0.15; open Sunday to Thursday 7:00 to
24:00, Friday to 14:00, Saturday from about 20:00; two days missing.
"""

from __future__ import annotations

import pytest

from calibration.demand import Demand, fit_demand
from calibration.records.reading import read
from tests.calibration.records import DATA, needs_data

pytestmark = needs_data


@pytest.fixture(scope="module")
def demand() -> Demand:
    contacts = read(str(DATA / "calls_*.csv.xz"), "bank-1999").contacts
    assert contacts is not None
    return fit_demand(contacts, 1800)


def test_days_and_half_hours_vary_as_published(demand: Demand):
    busy = demand.busyness
    assert busy.variance_to_mean.value == pytest.approx(3.4, abs=0.4)
    assert busy.day_cv.value == pytest.approx(0.15, abs=2 * float(busy.day_cv.standard_error or 0.0))


def test_opening_hours(demand: Demand):
    hours = {weekday: one.hours(1800)[0] for one in demand.classes for weekday in one.weekdays}
    assert {hours[weekday] for weekday in (6, 0, 1, 2, 3)} == {"07:00-24:00"}
    assert hours[4] == "07:00-14:00"
    assert hours[5] in {"19:30-24:00", "20:00-24:00"}


def test_saturdays_are_told_to_have_no_steady_hours(demand: Demand):
    assert [one.name for one in demand.classes if one.unsteady] == ["sat"]


def test_missing_days_and_the_surge_of_february_are_set_apart(demand: Demand):
    kinds = {odd.date.isoformat(): odd.kind for odd in demand.odd_days}
    assert kinds["1999-01-11"] == kinds["1999-01-12"] == "missing"
    assert kinds["1999-02-14"] == "surge"
    assert not [odd for odd in demand.odd_days if odd.kind in {"busy", "quiet"}]
