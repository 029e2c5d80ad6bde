"""Weekday classes, opening hours, holes and events are found where they were put, and hardly ever elsewhere."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from calibration.demand import Demand, fit_counts
from calibration.demand.trend import is_told
from tests.calibration.busy_records import CLOSES, MONDAY, OPENS, busy_counts, hump, weeks

HALF_HOUR_S = 1800
ALIKE = {weekday: hump(600.0)[:, None] for weekday in range(5)}
IntArray = npt.NDArray[np.int64]


def counted(
    seed: int, n_weeks: int = 17, by_weekday: dict[int, npt.NDArray[np.float64]] | None = None
) -> IntArray:
    """Busy days (cv 0.15) and half hours (cv 0.1) of a center that is open on weekdays from 8 to 20."""
    rng = np.random.default_rng(seed)
    return busy_counts(rng, weeks(n_weeks, by_weekday or ALIKE), (0.15,), interval_cv=0.1)


def fitted(counts: IntArray) -> Demand:
    return fit_counts(counts, MONDAY, ("calls",), HALF_HOUR_S)


@pytest.fixture(scope="module")
def nothing_happened() -> list[Demand]:
    return [fitted(counted(seed)) for seed in range(40)]


def test_ordinary_busyness_is_no_event(nothing_happened: list[Demand]):
    # Four kinds of alarm at most at 5 % a record: at 20 % together more than 19 of 40 have probability 4e-5.
    alarms = sum(bool(demand.odd_days) for demand in nothing_happened)
    assert alarms <= int(stats.binom.isf(1e-4, 40, 0.2))


def test_weekdays_alike_are_joined(nothing_happened: list[Demand]):
    # Kept apart by chance in less than 5 % of records: more than 9 of 40 have probability 2e-5.
    together = sum(
        [one.name for one in demand.classes] == ["mon-fri", "sat, sun"] for demand in nothing_happened
    )
    assert together >= 31


def test_opening_hours_are_those_of_the_contacts(nothing_happened: list[Demand]):
    assert nothing_happened[0].hours() == {"mon-fri": ("08:00-20:00",), "sat, sun": ("closed",)}


def test_profile_is_within_its_standard_errors(nothing_happened: list[Demand]):
    # Of 24 half hours × 40 records, 5 % lie outside 1.96 standard errors; those of one record go together by the day
    # factor, so the tolerance is 4 times the spread of the records' own shares.
    outside = []
    for demand in nothing_happened:
        off = np.abs(demand.mean[0, OPENS:CLOSES, 0] - hump(600.0)[OPENS:CLOSES])
        outside.append((off > 1.96 * demand.standard_error[0, OPENS:CLOSES, 0]).mean())
    assert np.mean(outside) == pytest.approx(0.05, abs=4 * np.std(outside) / np.sqrt(40))


def test_weekdays_of_another_level_are_apart():
    # Mondays 1.5 times as many: 0.41 by the log, 11 standard errors of 17 weeks against 68 days.
    demand = fitted(counted(1, by_weekday=ALIKE | {0: hump(900.0)[:, None]}))
    assert [one.name for one in demand.classes] == ["mon", "tue-fri", "sat, sun"]
    apart = [test for test in demand.tests if not test.joined]
    assert all(test.level_p < 1e-6 for test in apart)


def test_weekdays_of_another_shape_are_apart_though_their_level_is_the_same():
    demand = fitted(counted(2, by_weekday=ALIKE | {4: hump(600.0, peak=0.2)[:, None]}))
    assert [one.name for one in demand.classes] == ["mon-thu", "fri", "sat, sun"]
    assert min(test.shape_p for test in demand.tests if not test.joined) < 1e-6


def test_weekdays_of_other_queues_are_apart_though_their_sum_is_the_same():
    usual = np.stack([hump(300.0), hump(300.0)], axis=1)
    mixed = dict.fromkeys(range(5), usual) | {2: np.stack([hump(200.0), hump(400.0)], axis=1)}
    counts = busy_counts(np.random.default_rng(9), weeks(17, mixed), (0.1, 0.1), 0.9)
    demand = fit_counts(counts, MONDAY, ("a", "b"), HALF_HOUR_S)
    assert [one.name for one in demand.classes] == ["mon, tue, thu, fri", "wed", "sat, sun"]


def test_each_strange_day_is_found_for_what_it_is():
    counts = counted(4)
    counts[15] = 0  # Tuesday of the third week: no record
    counts[21, 22:26] = 0  # an outage from 11:00 to 13:00
    counts[30, 30] *= 6  # a surge from 15:00
    counts[38] = counts[38] * 2  # a busy Thursday
    counts[46, OPENS:CLOSES] //= 3  # a quiet Friday
    counts[54, 6:14] = 10  # open in the night before a Saturday
    found = {odd.day: odd for odd in fitted(counts).odd_days}
    assert {day: odd.kind for day, odd in found.items()} == {
        15: "missing",
        21: "hole",
        30: "surge",
        38: "busy",
        46: "quiet",
        54: "other hours",
    }
    assert (found[21].first, found[21].past) == (22, 26)
    assert found[21].date == MONDAY + timedelta(days=21)
    assert found[21].reason == f"a hole from 11:00-13:00: 0 contacts where {found[21].usual:.0f} are usual"
    assert (found[30].first, found[30].past) == (30, 31)
    assert found[38].factor == pytest.approx(2.0, rel=0.5)


def test_a_strange_day_is_in_no_profile():
    counts = counted(5)
    with_surge = counts.copy()
    with_surge[30, 30] *= 8
    without, demand = fitted(counts), fitted(with_surge)
    assert not demand.usual[30]
    assert demand.classes[0].n_usual == without.classes[0].n_usual - 1
    assert demand.mean[0, 30, 0] < without.mean[0, 30, 0] + 3 * without.standard_error[0, 30, 0]


def test_a_trend_is_told_and_busyness_is_measured_around_it():
    # Doubling over 52 weeks: 8 % of the mean level a month. Around the line d = 0.15, with it about 0.24.
    n = 52
    level = np.linspace(2 / 3, 4 / 3, 7 * n)[:, None, None]
    counts = busy_counts(np.random.default_rng(6), weeks(n, ALIKE) * level, (0.15,), interval_cv=0.1)
    demand = fitted(counts)
    trend = demand.trend_per_month
    assert is_told(trend)
    assert trend.value == pytest.approx(2 / 3 / (7 * n / 30.44), abs=4 * float(trend.standard_error or 0.0))
    found = demand.busyness.day_cv
    assert found.value == pytest.approx(0.15, abs=4 * float(found.standard_error or 0.0))


def test_no_trend_is_told_where_there_is_none(nothing_happened: list[Demand]):
    # At 1 % a record: more than 5 of 40 have probability 1e-5.
    assert sum(is_told(demand.trend_per_month) for demand in nothing_happened) <= 5


def test_a_few_contacts_a_day_are_no_reason_for_alarm_nor_for_closing():
    # 30 a day, on average 0.2 to 2 a half hour; still open from 8 to 20 in most records.
    thin = {weekday: hump(30.0)[:, None] for weekday in range(5)}
    found = [fitted(counted(seed, by_weekday=thin)) for seed in range(20)]
    assert sum(bool(one.odd_days) for one in found) <= int(stats.binom.isf(1e-4, 20, 0.2))
    assert sum(one.hours().get("mon-fri") == ("08:00-20:00",) for one in found) >= 14


def test_nights_with_hardly_anybody_are_open():
    always = np.full(48, 0.3)
    always[OPENS:CLOSES] += hump(600.0)[OPENS:CLOSES]
    demand = fitted(counted(7, by_weekday=dict.fromkeys(range(7), always[:, None])))
    assert demand.hours() == {"mon-sun": ("00:00-24:00",)}


def test_one_week_is_enough_for_a_profile_and_says_what_it_cannot_tell():
    demand = fitted(counted(8, n_weeks=1))
    assert demand.per_week[0] == pytest.approx(3000, rel=0.3)
    assert demand.trend_per_month.note == "no trend can be told from 1 weeks"
