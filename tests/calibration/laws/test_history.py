"""Both sides of the history count alike, and a month's scenario holds that month."""

from datetime import date

import numpy as np
import pytest

from calibration.bank_calls import TYPES, Calls, read_calls
from calibration.days import N_DAYS, counts
from calibration.history import (
    Month,
    month_scenario,
    observed,
    observed_by_type,
    simulated,
    simulated_by_type,
)
from scenarios import load
from sim.replicate import Asked, run
from tests.calibration.records import row, write_calls

JANUARY = Month(1, np.arange(31), np.isin(np.arange(31), [3, 5, 8]), 38)  # Monday 4, Wednesday 6, Saturday 9


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Calls:
    """A morning of 200 calls on Monday, six on Wednesday, and calls that do not count."""
    monday = [row(36_000 + 9 * k, talk_s=60, date="1999-01-04") for k in range(200)]
    wednesday = [
        row(36_000, talk_s=60, date="1999-01-06"),
        row(36_001, waited_s=20, talk_s=60, date="1999-01-06"),
        row(36_002, waited_s=21, talk_s=60, date="1999-01-06", type="NW"),
        row(36_003, waited_s=10, outcome="HANG", date="1999-01-06", type="NW"),
        row(36_004, outcome="HANG", date="1999-01-06"),
        row(39_600, waited_s=49, outcome="HANG", date="1999-01-06"),
    ]
    others = [
        row(36_000, talk_s=60, date="1999-01-05"),  # a day that does not count
        row(20_000, talk_s=60, date="1999-01-06"),  # before opening
        row(60_000, talk_s=60, date="1999-01-09"),  # before Saturday's opening
        row(36_000, talk_s=60, date="1999-02-01"),
    ]
    folder = tmp_path_factory.mktemp("record")
    return read_calls(write_calls(folder, monday + wednesday + others))


def test_what_happened_by_hour(calls: Calls):
    seen = observed(calls, JANUARY)
    # offered, abandoned, seconds waited, answered within 20 s
    assert seen[10].tolist() == [204, 1, 51, 202]
    assert seen[11].tolist() == [1, 1, 49, 0]
    assert seen.sum() == seen[10:12].sum()


def test_by_type_is_the_same_total(calls: Calls):
    by_type = observed_by_type(calls, JANUARY)
    assert by_type[TYPES.index("NW")].tolist() == [2, 1, 31, 0]
    assert by_type.sum(axis=0).tolist() == observed(calls, JANUARY).sum(axis=0).tolist()


def test_a_month_s_scenario_has_its_arrivals_people_and_closed_days(calls: Calls):
    people = np.full((N_DAYS, 48), 2.0)
    month = month_scenario(load("bank-1999"), JANUARY, counts(calls, calls.offered), people)
    per_interval = month.contact_type["ps"].arrivals.per_interval
    assert isinstance(per_interval, tuple)
    assert sum(per_interval) == 200 + 3
    assert per_interval[3 * 48 + 20] == 200
    heads = np.array(month.agent_group["team"].agents.present_per_interval).reshape(31, 48)
    assert heads[3].tolist() == [0] * 14 + [2] * 34
    assert heads[8].tolist() == [0] * 38 + [2] * 10
    assert date(1999, 1, 5) in month.calendar.closed
    assert not month.bot
    assert month.contact_type["ps"].redial is None


def test_the_model_is_counted_by_the_same_definitions(calls: Calls):
    people = np.full((N_DAYS, 48), 7.0)
    month = month_scenario(load("bank-1999"), JANUARY, counts(calls, calls.offered), people)
    result = run(month, Asked(seed=1, replications=3, by_interval=True))
    said = simulated(result).sum(axis=(0, 1))
    assert said[0] / 3 == pytest.approx(result.value("offered"))
    assert said[1] / said[0] == pytest.approx(result.value("abandonment_rate"))
    assert said[2] / said[0] == pytest.approx(result.value("mean_wait_s"))
    assert said[3] / said[0] == pytest.approx(result.value("service_level"))
    assert simulated_by_type(result).sum(axis=(0, 1)).tolist() == pytest.approx(said.tolist())
