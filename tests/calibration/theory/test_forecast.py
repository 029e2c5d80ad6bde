"""Limits hold as often as they say, and misses are those that chance and busyness must leave."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from calibration.forecast import Forecast, History, forecast
from calibration.forecast.accuracy import poisson_miss, value_of
from calibration.forecast.limits import Spread, day_limits, interval_limits
from tests.calibration.busy_records import MONDAY, busy_counts, hump, weeks

CENTERS = 8
N_WEEKS, AHEAD = 20, 4


@pytest.fixture(scope="module")
def held() -> list[tuple[Forecast, History]]:
    """Forecasts of four weeks from sixteen, and what then came; two queues, days cv 0.15, half hours 0.1."""
    made = []
    for seed in range(CENTERS):
        mean = weeks(N_WEEKS, dict.fromkeys(range(5), np.stack([hump(500.0), hump(200.0, 0.6)], axis=1)))
        counts = busy_counts(np.random.default_rng(seed), mean, (0.15, 0.15), 0.7, 0.1)
        came = History(MONDAY, 1800, ("orders", "refunds"), counts)
        made.append((forecast(came.until(7 * (N_WEEKS - AHEAD)), AHEAD), came))
    return made


@pytest.mark.parametrize("queue", [None, "orders", "refunds"])
@pytest.mark.parametrize("by", ["day", "interval"])
def test_limits_hold_nine_times_of_ten(held: list[tuple[Forecast, History]], by: str, queue: str | None):
    # Shares by center, as days of one center share their forecast; 4.5 standard errors of their mean, and 2 points for
    # the spread being estimated from 55 days and counts being whole (which widens limits, by at most two points here).
    shares = [value_of(made.held_against(came), "within_limits", by, "all", queue) for made, came in held]
    error = np.std(shares, ddof=1) / np.sqrt(CENTERS)
    assert np.mean(shares) == pytest.approx(0.9, abs=4.5 * error + 0.02)


def test_the_backtest_says_beforehand_how_far_it_will_miss(held: list[tuple[Forecast, History]]):
    said = np.array([value_of(made.accuracy, "wape", "interval") for made, _ in held])
    missed = np.array([value_of(made.held_against(came), "wape", "interval") for made, came in held])
    assert said.mean() == pytest.approx(
        missed.mean(), abs=4.5 * np.std(said - missed, ddof=1) / np.sqrt(CENTERS)
    )


def test_without_busyness_a_mean_of_four_misses_by_chance_and_a_quarter_of_its_variance():
    # √(1 + 1/4) times the miss of Poisson chance alone, normal from some ten contacts on: within 3 %, as 20 days × 24
    # half hours × 6 centers leave a standard error of 1.4 % of it (√(π/2 − 1) / √2880).
    ratios = []
    for seed in range(6):
        counts = busy_counts(
            np.random.default_rng(seed),
            weeks(N_WEEKS, dict.fromkeys(range(5), hump(2000.0)[:, None])),
            (0.0,),
        )
        came = History(MONDAY, 1800, ("calls",), counts)
        found = forecast(came.until(7 * (N_WEEKS - AHEAD)), AHEAD).held_against(came)
        ratios.append(value_of(found, "wape", "interval") / value_of(found, "wape_of_chance", "interval"))
    assert np.mean(ratios) == pytest.approx(np.sqrt(1.25), rel=4.5 * 0.014)


def test_the_miss_of_chance_is_poisson_s_mean_deviation():
    for mean in (0.3, 4.0, 37.5):
        k = np.arange(0, 400)
        assert poisson_miss(np.array([mean]))[0] == pytest.approx(
            (np.abs(k - mean) * stats.poisson(mean).pmf(k)).sum(), rel=1e-9
        )


def test_limits_have_the_variance_of_the_formula():
    # One day of two intervals, 100 and 300 contacts, the mean of four: V = 1.25 (400 + 400² c²),
    # c² = 0.2² + 1.04 · 0.1² · (100² + 300²) / 400²; limits of the negative binomial law with it.
    mean, spread = np.array([[[100.0], [300.0]]]), Spread(np.array([0.2]), np.array([0.1]))
    variance = 1.25 * (400 + 400**2 * (0.04 + 1.04 * 0.01 * (100**2 + 300**2) / 400**2))
    size = 400**2 / (variance - 400)
    law = stats.nbinom(size, size / (size + 400))
    found = day_limits(mean, np.array([4]), spread)
    assert (found.low[0, 0], found.high[0, 0]) == (law.ppf(0.05), law.ppf(0.95))
    inside = interval_limits(mean, np.array([4]), spread)
    variance = 1.25 * (100 + 100**2 * (1.04 * 1.01 - 1.0))
    size = 100**2 / (variance - 100)
    assert inside.high[0, 0, 0] == stats.nbinom(size, size / (size + 100)).ppf(0.95)
