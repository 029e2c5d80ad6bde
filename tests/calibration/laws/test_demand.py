"""Profiles, returns and busy days: nothing is lost between what was offered and what is fresh."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from calibration.bank_calls import FIRST_DAY, read_calls
from calibration.bank_demand import day_factors, lag_shares, returning
from calibration.bank_returns import followed
from calibration.days import CLASSES, N_DAYS, days_with_holes, usual_days, weekdays
from tests.calibration.records import row, write_calls


def test_lags_of_an_exponential_delay_add_up_and_begin_as_the_integral_says():
    # P(same half hour) = 1 − (m / Δ)(1 − exp(−Δ / m)), Δ = 1800 s.
    mean = 760.0
    lags = lag_shares(lambda t_s: 1.0 - np.exp(-t_s / mean))
    assert lags.sum() == pytest.approx(1.0, abs=1e-6)
    assert lags[0] == pytest.approx(1.0 - mean / 1800 * (1.0 - np.exp(-1800 / mean)), rel=1e-4)


def test_who_would_return_after_closing_returns_in_opening_hours():
    failed = np.zeros(48)
    failed[CLASSES["fri"].span] = 3.0
    back = returning(failed, "fri", np.array([0.2, 0.3, 0.5]))
    assert back.sum() == pytest.approx(failed.sum())
    assert back[28:].sum() == 0.0


def test_returns_are_those_beyond_who_would_have_called_anyway(tmp_path: Path):
    # Of 10 known who gave up 5 call again within the hour, of 10 served 2 do: (0.5 − 0.2) / (1 − 0.2) = 0.375.
    rows = []
    for i in range(10):
        rows.append(row(30_000 + i, waited_s=20, outcome="HANG", customer=f"G{i}"))
        rows.append(row(30_000 + i, waited_s=20, talk_s=60, customer=f"S{i}"))
    rows += [row(31_000 + i, waited_s=30, talk_s=60, customer=f"G{i}") for i in range(5)]
    rows += [row(31_000 + i, waited_s=30, talk_s=60, customer=f"S{i}") for i in range(2)]
    again = followed(read_calls(write_calls(tmp_path, rows)))
    first = again.contacts.joined_s % 86_400 < 31_000
    found = again.returns_after(again.contacts.abandoned & first, again.ordinary & first)
    assert found.seen_share == pytest.approx(0.375)
    assert found.known_share == 1.0
    assert found.cdf(np.array([0.0, 3600.0])).tolist() == pytest.approx([0.0, 1.0])
    assert found.mean_delay_s == pytest.approx(980.0, abs=30.0)  # from 30020 to 31000, by steps of 30 s


def test_the_next_call_of_an_unknown_caller_is_unknown(tmp_path: Path):
    rows = [row(30_000, waited_s=5, talk_s=60), row(30_100, waited_s=5, talk_s=60, customer="C1")]
    until_s = followed(read_calls(write_calls(tmp_path, rows))).until_s
    assert np.isnan(until_s[0])
    assert until_s[1] == np.inf


def test_a_call_back_that_reached_nobody_is_not_cut_off(tmp_path: Path):
    rows = [row(30_000, talk_s=4, type="TT"), row(30_000, talk_s=4), row(30_000, talk_s=40)]
    assert followed(read_calls(write_calls(tmp_path, rows))).cut_off.tolist() == [False, True, False]


def test_days_with_a_hole_or_a_surge_are_not_usual(tmp_path: Path):
    calls = read_calls(write_calls(tmp_path, five_months_of_working_days()))
    working = np.nonzero(np.isin(weekdays(), [0, 1, 2, 3]))[0].tolist()
    usual = usual_days(calls)["mon-thu"].tolist()
    assert sorted(set(working) - set(usual)) == [HOLE, SURGE]
    holes = days_with_holes(calls)
    assert HOLE in holes
    assert SURGE not in holes  # whole, only busy


HOLE, SURGE = 17, 24  # 18 and 25 January, days since the first


def five_months_of_working_days() -> list[str]:
    """30 calls in each of three half hours, Monday to Thursday; a day with a hole, a day with a surge."""
    rows = []
    for day in np.nonzero(np.isin(weekdays(), [0, 1, 2, 3]))[0].tolist():
        date = (FIRST_DAY + timedelta(days=day)).isoformat()
        for half_hour in (20, 21, 22):
            n = {(HOLE, 21): 3, (SURGE, 22): 200}.get((day, half_hour), 30)
            rows += [row(half_hour * 1800 + k, talk_s=60, date=date) for k in range(n)]
    return rows


def test_the_spread_of_days_is_found_beneath_the_chance_of_counts():
    # 129 days (no Saturdays) with a factor of cv 0.2 common to all types. Tolerance 4.5 standard errors, which are
    # cv / √(2 · 129), half as much again for the Poisson part: false alarm 7e-6. Correlation 1 by construction.
    rng = np.random.default_rng(3)
    factor = rng.gamma(25.0, 1 / 25.0, N_DAYS)
    means = np.zeros((48, 6))
    means[20] = 400.0, 100.0, 100.0, 100.0, 100.0, 100.0
    counted = rng.poisson(factor[:, None, None] * means)
    found = day_factors(
        counted, {name: np.nonzero(np.isin(weekdays(), one.weekdays))[0] for name, one in CLASSES.items()}
    )
    error = 0.2 / np.sqrt(2 * 129) * 1.5
    assert found.cv == pytest.approx(0.2, abs=4.5 * error)
    assert found.cv_by_type.tolist() == pytest.approx([0.2] * 6, abs=4.5 * error)
    assert found.correlation == pytest.approx(1.0, abs=0.15)
