"""Theory: arrivals against their rates, days against their busyness.

Every test states its chance of failing a right engine; together they come to 0.001.
"""

from __future__ import annotations

import math
from datetime import date, datetime

import numpy as np
import pytest
from scipy import special, stats

from scenarios import Scenario
from sim.chance.sample import Sample
from sim.world.arrivals import needs_of_day
from sim.world.hours import DAY_S
from sim.world.rates import daily_steps, expected_rates
from sim.world.world import world_of
from tests.sim.worlds import Table, center, team

ALARM = 1e-4  # of each test
N_DAYS = 400


def week(**arrivals: object) -> Scenario:
    """Open from 9 to 17, Sundays closed; Tuesdays busier; a rush on Thursday from 10:00 to 13:20."""
    call = {"channel": "voice", "arrivals": arrivals, "talk_s": 100}
    calendar = {"days": 7, "start": date(2026, 11, 9), "hours": {"mon-sat": "09:00-17:00", "sun": "closed"}}
    rush = {
        "name": "rush",
        "from": datetime(2026, 11, 12, 10),
        "to": datetime(2026, 11, 12, 13, 20),
        "factor": 3.0,
    }
    return center({"call": call}, {"team": team(1)}, calendar, event=[rush])


SHAPED = {"per_day": 120, "shape": [1, 4, 3, 2], "weekday": {"tue": 1.5}, "factor": 0.5}


@pytest.mark.parametrize(
    ("day", "factor"), [(0, 0.5), (1, 0.75), (3, 0.5), (6, 0.0)], ids=["Monday", "Tuesday", "rush", "closed"]
)
def test_expected_contacts_by_hand(day, factor):
    """Shares of 1, 4, 3 and 2 tenths in the four parts of two hours; the rush triples 10:00 to 13:20 of Thursday."""
    by_hour = np.zeros(24)
    by_hour[9:17] = np.repeat([6.0, 24.0, 18.0, 12.0], 2) * factor
    if day == 3:
        by_hour[10:13] *= 3.0
        by_hour[13] *= 1 + 2 / 3
    found = expected_rates(week(**SHAPED), "call", day).reshape(24, 2).sum(axis=1) * 1800
    assert found == pytest.approx(by_hour, abs=1e-9)


def sale(**keys: object) -> Scenario:
    """Calls, 120 a weekday from 9 to 17; refunds, 2 an hour around the clock; a sale of a day from Tuesday 21:00."""
    types = {
        "call": {"channel": "voice", "arrivals": {"per_day": 120, "weekday": {"tue": 1.5}}, "talk_s": 100},
        "refund": {"channel": "voice", "arrivals": {"per_h": 2}, "talk_s": 100},
    }
    calendar = {"days": 7, "start": date(2026, 11, 9), "hours": {"mon-sat": "09:00-17:00", "sun": "closed"}}
    event = {"name": "sale", "from": datetime(2026, 11, 10, 21), "to": datetime(2026, 11, 11, 21), **keys}
    return center(types, {"team": team(1, ["call", "refund"])}, calendar, event=[event])


def by_hour(scenario: Scenario, name: str, day: int) -> np.ndarray:
    return expected_rates(scenario, name, day).reshape(24, 2).sum(axis=1) * 1800


def test_an_event_with_a_shape_by_hand():
    """In its time 120 calls are usual, none on Tuesday evening; the sale brings 2 · 120, in parts of 8 h as 3, 0, 1."""
    shaped = sale(factor=2.0, shape=[3, 0, 1], contact_types=["call"])
    tuesday, wednesday = np.zeros(24), np.zeros(24)
    tuesday[9:17] = 180 / 8
    tuesday[21:] = wednesday[:5] = 180 / 8
    wednesday[13:21] = 60 / 8
    assert by_hour(shaped, "call", 1) == pytest.approx(tuesday, abs=1e-9)
    assert by_hour(shaped, "call", 2) == pytest.approx(wednesday, abs=1e-9)
    assert by_hour(shaped, "refund", 2) == pytest.approx(np.full(24, 2.0)), "not concerned"


def test_an_event_s_echo_by_hand():
    """Refunds three days later, at the same hours, and without the shape; the sale itself leaves them alone."""
    echo = {"after_days": 3, "factor": 1.5, "contact_types": ["refund"]}
    echoed = sale(factor=2.0, shape=[3, 0, 1], contact_types=["call"], echo=echo)
    friday, saturday = np.full(24, 2.0), np.full(24, 2.0)
    friday[21:] = saturday[:21] = 3.0
    assert by_hour(echoed, "refund", 2) == pytest.approx(np.full(24, 2.0))
    assert by_hour(echoed, "refund", 4) == pytest.approx(friday)
    assert by_hour(echoed, "refund", 5) == pytest.approx(saturday)
    assert by_hour(echoed, "call", 4)[9:17] == pytest.approx(np.full(8, 15.0)), "the echo is not for calls"


def test_a_flat_shape_changes_nothing_where_the_profile_is_flat():
    plain, shaped = (
        sale(factor=1.7, contact_types=["refund"], **more) for more in ({}, {"shape": [1, 1, 1, 1]})
    )
    for day in (1, 2):
        assert by_hour(shaped, "refund", day) == pytest.approx(by_hour(plain, "refund", day))


def many_days(scenario: Scenario, day: int, n: int = N_DAYS) -> list[np.ndarray]:
    """That day's moments of arrival in n replications."""
    steps = daily_steps(scenario, "call", day)
    return [needs_of_day(steps, 1.0, Sample(11, r), 0, day).arrived_s for r in range(n)]


@pytest.mark.parametrize("day", [0, 1, 3])
def test_counts_by_interval_follow_the_rates(day):
    """Chi-square over the intervals with any expected contact."""
    scenario = week(**SHAPED)
    expected = expected_rates(scenario, "call", day) * 1800 * N_DAYS
    moments = np.concatenate(many_days(scenario, day))
    counts = np.histogram(moments, np.arange(49) * 1800.0)[0]
    some = expected > 0
    assert counts[~some].sum() == 0
    statistic = float(((counts[some] - expected[some]) ** 2 / expected[some]).sum())
    assert statistic < stats.chi2.isf(ALARM, int(some.sum()))


def test_moments_within_a_day_follow_the_cumulative_rate():
    """Kolmogorov and Smirnov: given their number, moments are a sample from the profile."""
    scenario = week(**SHAPED)
    steps = daily_steps(scenario, "call", 3)
    moments = np.concatenate(many_days(scenario, 3))
    shares = steps.expected_until(moments) / steps.cumulative[-1]
    assert stats.kstest(shares, "uniform").pvalue > ALARM


def test_daily_totals_are_poisson():
    """Σ (n − m)² ÷ m over days is chi-square with as many degrees, from either side."""
    mean = 60.0
    totals = np.array([len(moments) for moments in many_days(week(per_day=60), 0, 2000)])
    statistic = float(((totals - mean) ** 2 / mean).sum())
    assert stats.chi2.isf(1 - ALARM / 2, 2000) < statistic < stats.chi2.isf(ALARM / 2, 2000)


def test_gaps_are_exponential_whatever_the_rate():
    """In expected contacts instead of seconds the gaps have mean 1; the first one of each of 2000 days."""
    scenario = week(**SHAPED)
    steps = daily_steps(scenario, "call", 1)
    first = [moments[0] for moments in many_days(scenario, 1, 2000)]
    assert stats.kstest(steps.expected_until(np.array(first)), "expon").pvalue > ALARM


def test_arrivals_by_hour_come_around_the_clock():
    """Also while the center is closed."""
    counts = np.array([len(moments) for moments in many_days(week(per_h=10), 6)])
    assert abs(counts.mean() - 240) < stats.norm.isf(ALARM / 2) * math.sqrt(240 / N_DAYS)


def busy(day_cv: float, correlation: float) -> Scenario:
    call: Table = {"channel": "voice", "arrivals": {"per_h": 60}, "talk_s": 1}
    busyness = {"day_cv": day_cv, "correlation": correlation}
    return center({"a": call, "b": call}, {"team": team(1, ["a", "b"])}, busyness=busyness)


def factors(scenario: Scenario, n: int) -> np.ndarray:
    """Day factors of both types, n replications of the first day."""
    types = world_of(scenario).types
    return np.array([[t.day_factor.at(Sample(5, r), t.stream, 0) for t in types] for r in range(n)])


@pytest.mark.parametrize("day_cv", [0.1, 0.5])
def test_busyness_is_gamma_with_mean_one_and_the_given_cv(day_cv):
    """The whole law by Kolmogorov and Smirnov, and both moments within their sampling error."""
    found = factors(busy(day_cv, 0.0), 8000)[:, 0]
    shape = 1 / day_cv**2
    assert stats.kstest(found, stats.gamma(shape, scale=1 / shape).cdf).pvalue > ALARM
    limit = stats.norm.isf(ALARM / 2)
    assert abs(found.mean() - 1) < limit * day_cv / math.sqrt(8000)
    excess = 6 / shape  # kurtosis of the gamma law above the normal law's
    assert abs(found.var() / day_cv**2 - 1) < limit * math.sqrt((2 + excess) / 8000)


@pytest.mark.parametrize("correlation", [0.0, 0.6, 1.0])
def test_busyness_is_correlated_across_types(correlation):
    """Correlation of the normal scores, by Fisher's z."""
    found = factors(busy(0.3, correlation), 8000)
    if correlation == 1.0:
        assert np.array_equal(found[:, 0], found[:, 1])
        return
    shape = 1 / 0.09
    scores = special.ndtri(special.gammainc(shape, found * shape))
    seen = float(np.corrcoef(scores.T)[0, 1])
    apart = abs(math.atanh(seen) - math.atanh(correlation))
    assert apart < stats.norm.isf(ALARM / 2) / math.sqrt(8000 - 3)


def test_days_are_independent():
    """Lag-one correlation over 4000 days of one replication."""
    one = world_of(busy(0.3, 0.5)).types[0]
    found = np.array([one.day_factor.at(Sample(5, 0), one.stream, day) for day in range(4000)])
    seen = float(np.corrcoef(found[1:], found[:-1])[0, 1])
    assert abs(seen) < stats.norm.isf(ALARM / 2) / math.sqrt(3999)


def test_a_busy_day_brings_the_same_customers_sooner_and_more_of_them():
    steps = daily_steps(busy(0.1, 0.0), "a", 0)
    quiet, rushed = (needs_of_day(steps, factor, Sample(5, 0), 0, 0) for factor in (1.0, 2.0))
    n = len(quiet.arrived_s)
    assert np.array_equal(rushed.keys[:n], quiet.keys)
    assert rushed.arrived_s[:n] == pytest.approx(quiet.arrived_s / 2)
    assert len(rushed.arrived_s) > 1.8 * n
    assert rushed.arrived_s.max() < DAY_S
