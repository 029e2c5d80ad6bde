"""Theory: offered load of the infinite-server model against its differential equation and its defining integral."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp
from scipy.special import ndtr

from sim.theory import (
    ConstantService,
    ExponentialService,
    LognormalService,
    offered_load_erl,
    offered_load_of_law_erl,
)

RATES_PER_S = np.array([0.02, 0.1, 0.4, 0.35, 0.0, 0.0, 0.2, 0.05])
INTERVAL_S = 900.0
SERVICES = [
    ExponentialService(400.0),
    ConstantService(700.0),
    LognormalService(300.0, 1.2),
    LognormalService(900.0, 1.5),
]


def integrated(rates, mean_handle_s, first):
    """m' = λ − m / E[S] by an adaptive Runge–Kutta rule, with ∫ m beside it, interval by interval."""
    ends, means, peaks = [], [], []
    for rate in rates:
        path = solve_ivp(
            lambda _, y, rate=rate: [rate - y[0] / mean_handle_s, y[0]],
            (0.0, INTERVAL_S),
            [first, 0.0],
            method="DOP853",
            rtol=1e-12,
            atol=1e-12,
        )
        peaks.append(path.y[0].max())
        first, area = path.y[:, -1]
        ends.append(first)
        means.append(area / INTERVAL_S)
    return np.array(ends), np.array(means), np.array(peaks)


@pytest.mark.parametrize("mean_handle_s", [20.0, 360.0, 5000.0])
@pytest.mark.parametrize("first", [0.0, 75.0])
def test_exponential_service_solves_the_differential_equation(mean_handle_s, first):
    load = offered_load_erl(RATES_PER_S, INTERVAL_S, mean_handle_s, start_erl=first)
    ends, means, peaks = integrated(RATES_PER_S, mean_handle_s, first)
    np.testing.assert_allclose(load.end_erl, ends, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(load.mean_erl, means, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(load.peak_erl, peaks, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(load.start_erl, [first, *ends[:-1]], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("mean_handle_s", [1.0, 360.0, 50_000.0])
def test_a_repeating_period_is_what_many_periods_settle_at(mean_handle_s):
    many = offered_load_erl(np.tile(RATES_PER_S, 400), INTERVAL_S, mean_handle_s)
    load = offered_load_erl(RATES_PER_S, INTERVAL_S, mean_handle_s, repeats=True)
    for name in ("start_erl", "end_erl", "mean_erl", "peak_erl"):
        np.testing.assert_allclose(getattr(load, name), getattr(many, name)[-8:], rtol=1e-11, atol=1e-11)
    assert load.start_erl[0] == pytest.approx(load.end_erl[-1], rel=1e-13)


@pytest.mark.parametrize("service", SERVICES, ids=repr)
@pytest.mark.parametrize("repeats", [False, True])
def test_any_law_equals_the_defining_integral(service, repeats):
    """m(t) = ∫ λ(t − s) P(S > s) ds, the tail of S integrated numerically between the interval borders."""
    load = offered_load_of_law_erl(RATES_PER_S, INTERVAL_S, service, repeats=repeats)
    n, periods = len(RATES_PER_S), 400 if repeats else 1
    borders = np.arange(n * periods + 1) * INTERVAL_S
    pieces = [_integral_of_tail(service, a, b) for a, b in itertools.pairwise(borders.tolist())]
    back = np.tile(RATES_PER_S, periods)
    for k in range(n):
        lags = range(k + 1) if not repeats else range(len(pieces))
        expected = sum(back[k - lag] * pieces[lag] for lag in lags)
        assert load.end_erl[k] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def _integral_of_tail(service, a, b):
    if isinstance(service, ConstantService):
        return max(0.0, min(b, service.mean_s) - a)
    middle = min(max(a, service.mean_s), b)
    pieces = [
        quad(lambda s: _tail(service, s), *ends, epsabs=1e-11)[0] for ends in ((a, middle), (middle, b))
    ]
    return sum(pieces)


def _tail(service, s):
    if isinstance(service, ExponentialService):
        return math.exp(-s / service.mean_s)
    sigma = math.sqrt(math.log(1.0 + service.cv**2))
    location = math.log(service.mean_s) - sigma**2 / 2.0
    return ndtr(-(math.log(s) - location) / sigma) if s > 0.0 else 1.0


@pytest.mark.parametrize("service", SERVICES, ids=repr)
def test_mean_of_any_law_is_the_average_over_fine_steps(service):
    """The mean in an interval against Simpson's rule over the ends of 60 small intervals, 15 s each."""
    load = offered_load_of_law_erl(RATES_PER_S, INTERVAL_S, service)
    fine = offered_load_of_law_erl(np.repeat(RATES_PER_S, 60), INTERVAL_S / 60, service, steps=1)
    weights = np.array([1.0, *[4.0, 2.0] * 29, 4.0, 1.0]) / 180.0
    path = np.concatenate(([0.0], fine.end_erl))
    for k in range(len(RATES_PER_S)):
        assert load.mean_erl[k] == pytest.approx(weights @ path[60 * k : 60 * k + 61], rel=1e-4)
        assert load.peak_erl[k] <= path[60 * k : 60 * k + 61].max() * (1.0 + 1e-12)


@pytest.mark.parametrize("repeats", [False, True])
def test_the_general_formula_agrees_with_the_exponential_one(repeats):
    general = offered_load_of_law_erl(RATES_PER_S, INTERVAL_S, ExponentialService(360.0), repeats=repeats)
    special = offered_load_erl(RATES_PER_S, INTERVAL_S, 360.0, repeats=repeats)
    for name in ("start_erl", "end_erl", "mean_erl", "peak_erl"):
        np.testing.assert_allclose(getattr(general, name), getattr(special, name), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("service", SERVICES, ids=repr)
def test_work_is_conserved_over_a_repeating_period(service):
    """Averaged over the period, the load is the mean rate times the mean service time."""
    load = offered_load_of_law_erl(RATES_PER_S, INTERVAL_S, service, repeats=True)
    assert load.mean_erl.mean() == pytest.approx(RATES_PER_S.mean() * service.mean_s, rel=1e-11)


def test_even_arrivals_settle_at_rate_times_mean():
    load = offered_load_erl([0.25] * 50, INTERVAL_S, 360.0)
    assert load.end_erl[-1] == pytest.approx(90.0, rel=1e-12)
    settled = offered_load_erl([0.25] * 3, INTERVAL_S, 360.0, repeats=True)
    np.testing.assert_allclose(settled.mean_erl, 90.0, rtol=1e-12)


def test_after_a_rise_the_work_is_still_to_come():
    """Constant service S: the load climbs for S seconds and then stays, while a stationary formula jumps."""
    load = offered_load_of_law_erl([0.0, 0.1, 0.1], 600.0, ConstantService(300.0))
    np.testing.assert_allclose(load.start_erl, [0.0, 0.0, 30.0])
    np.testing.assert_allclose(load.end_erl, [0.0, 30.0, 30.0])
    np.testing.assert_allclose(load.mean_erl, [0.0, 22.5, 30.0])  # half of 30 for 300 s, then 30 for 300 s


@pytest.mark.parametrize("rates", [[], [0.1, -0.1], [float("nan")], [[0.1]]])
def test_impossible_rates_are_refused(rates):
    expected = "rates_per_s: expected one row of finite rates, zero or more, one an interval"
    with pytest.raises(ValueError, match=f"^{expected}$"):
        offered_load_erl(rates, INTERVAL_S, 360.0)
