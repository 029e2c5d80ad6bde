"""The plain seasonal method by hand, and what it passes over."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pytest

from calibration.forecast import History, Method, forecast
from calibration.forecast.backtest import backtest
from calibration.forecast.columns import keyed, matched, outside_share
from calibration.forecast.limits import Limits
from calibration.forecast.written import demand_csv
from scenarios import FaultyInput, load
from tests.calibration.busy_records import CLOSES, MONDAY, OPENS, busy_counts, hump, weeks

QUEUES = ("calls", "chats")


def counts_of(n_weeks: int, seed: int = 1) -> npt.NDArray[np.int64]:
    mean = np.stack([hump(400.0), hump(100.0, 0.7)], axis=1)
    return busy_counts(np.random.default_rng(seed), weeks(n_weeks, dict.fromkeys(range(5), mean)), (0.1, 0.1))


def history(counts: npt.NDArray[np.int64]) -> History:
    return History(MONDAY, 1800, QUEUES, counts)


def test_a_coming_monday_is_the_mean_of_the_last_four():
    counts = counts_of(10)
    found = forecast(history(counts), weeks=2)
    mondays = counts[[42, 49, 56, 63]]
    assert found.expected.mean[0] == pytest.approx(mondays.mean(axis=0))
    assert found.expected.mean[7] == pytest.approx(mondays.mean(axis=0))
    assert found.start == MONDAY + timedelta(weeks=10)
    assert found.dates[13] == MONDAY + timedelta(days=83)


def test_closed_days_have_no_contacts_and_no_limits():
    found = forecast(history(counts_of(10)), weeks=1)
    assert found.day_mean[5:].sum() == 0.0
    assert found.by_day.high[5:].sum() == 0.0
    assert found.interval_mean[:5, :OPENS].sum() == found.interval_mean[:5, CLOSES:].sum() == 0.0


def test_a_day_on_which_something_happened_is_passed_over():
    counts = counts_of(10)
    counts[63, 30] *= 9  # the last Monday has a surge
    counts[56] = 0  # the one before is missing
    found = forecast(history(counts), weeks=1)
    assert found.expected.mean[0] == pytest.approx(counts[[28, 35, 42, 49]].mean(axis=0))
    assert found.expected.n[0] == 4


def test_the_level_is_that_of_the_last_two_weeks():
    counts = np.zeros((70, 48, 2), dtype=np.int64)
    for week in range(10):
        counts[7 * week : 7 * week + 5, OPENS:CLOSES] = 40 if week < 8 else 46
    plain = forecast(history(counts), weeks=1)
    scaled = forecast(history(counts), weeks=1, method=Method(level=True))
    assert plain.expected.mean[0, 20, 0] == pytest.approx(43.0)
    assert scaled.expected.mean[0, 20, 0] == pytest.approx(46.0)


def silent(*_: int) -> None:
    pass


def test_the_backtest_knows_nothing_of_what_follows():
    counts = counts_of(16)
    one = history(counts)
    tested = backtest(one, one.days(), Method(), 4, silent)
    changed = counts.copy()
    last = tested.days[tested.origin == 0].max() + 1
    changed[last:] = 3 * changed[last:] + 1
    other = history(changed)
    again = backtest(other, other.days(), Method(), 4, silent)
    first = tested.origin == 0
    assert np.array_equal(tested.forecast.mean[first], again.forecast.mean[first])
    assert tested.days.tolist() == list(range(35, 112))


def test_a_short_history_has_limits_but_no_backtest():
    found = forecast(history(counts_of(4)), weeks=1)
    assert found.accuracy == ()
    assert not found.from_backtest
    assert np.all(found.by_day.low[:5] < found.day_mean[:5])
    assert np.all(found.by_day.high[:5] > found.day_mean[:5])


def test_the_sum_s_limits_are_narrower_than_the_sum_of_limits():
    found = forecast(history(counts_of(16)), weeks=1)
    limits: Limits = found.by_day
    assert np.all(limits.high[:5, -1] < limits.high[:5, :-1].sum(axis=1))


def test_the_table_has_every_interval_of_the_horizon():
    found = forecast(history(counts_of(8)), weeks=2)
    lines = demand_csv(found).splitlines()
    assert lines[0] == "date,from,calls,chats"
    assert len(lines) == 1 + 14 * 48
    assert lines[1].startswith(f"{date(2026, 3, 2)},00:00,0,0")
    calls = sum(float(line.split(",")[2]) for line in lines[1:])
    assert calls == pytest.approx(found.expected.mean[:, :, 0].sum(), abs=1e-3 * 14 * 24)


def test_queues_go_to_the_types_of_their_names():
    counts = counts_of(6)
    one = History(MONDAY, 1800, ("NE", "Regular customer"), counts)
    found = matched(one, load("bank-1999"))
    assert found.history.queues == ("ps", "ne")
    assert np.array_equal(found.history.counted[:, :, 1], counts[:, :, 0])
    some = matched(History(MONDAY, 1800, ("NE", "fax"), counts), load("bank-1999"))
    assert some.left_out == {"fax": int(counts[:, :, 1].sum())}
    assert keyed(one).queues == ("ne", "regular_customer")


def test_contacts_at_hours_when_the_scenario_is_closed_are_counted():
    """The bank is closed on Fridays from 14:00 on: of a Friday's contacts those after it, of no other's any."""
    counts = counts_of(6)
    one = matched(History(MONDAY, 1800, ("PS", "NE"), counts), load("bank-1999")).history
    mean = forecast(one, weeks=1).expected.mean
    assert outside_share(one, mean, load("bank-1999")) == pytest.approx(mean[4, 28:].sum() / mean.sum())


def test_no_queue_of_a_scenario_s_types_is_a_fault():
    with pytest.raises(FaultyInput) as faulty:
        matched(history(counts_of(6)), load("bank-1999"))
    assert str(faulty.value.faults[0]) == (
        "bank-1999: contact_type: no type for the queue 'calls', expected one of ps, pe, in, ne, nw, tt"
    )


def test_of_many_years_the_last_two_are_used():
    counts = np.full((7 * 400, 1, 1), 100) + np.random.default_rng(1).integers(-10, 10, (7 * 400, 1, 1))
    found = forecast(History(MONDAY, 86_400, ("calls",), counts), weeks=1)
    assert found.history.n_days == 7 * 104
    assert found.start == MONDAY + timedelta(weeks=400)
    assert found.n_origins == 26
