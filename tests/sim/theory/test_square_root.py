"""Theory: square-root staffing against its published formulas, and against the exact queues it approximates."""

from __future__ import annotations

import math

import mpmath
import pytest

from sim.theory import (
    ErlangA,
    beta_for_delay,
    erlang_c,
    garnett_delay,
    halfin_whitt_delay,
    normal_hazard,
    slack,
    square_root_staffing,
)


def hazard(z):
    return mpmath.npdf(z) / mpmath.ncdf(-z)


@pytest.mark.parametrize("z", [-40.0, -8.0, -1.0, 0.0, 0.7, 5.0, 24.9, 25.1, 60.0, 1e4])
def test_hazard(z):
    with mpmath.workdps(50):
        exact = hazard(mpmath.mpf(z))
    assert normal_hazard(z) == pytest.approx(float(exact), rel=1e-12, abs=1e-290)


@pytest.mark.parametrize("beta", [0.01, 0.5, 1.0, 2.5])
def test_halfin_whitt(beta):
    """[1 + β Φ(β) / φ(β)]⁻¹ as Halfin and Whitt print it; β = 1 gives 0.223."""
    with mpmath.workdps(30):
        exact = 1 / (1 + beta * mpmath.ncdf(beta) / mpmath.npdf(beta))
    assert halfin_whitt_delay(beta) == pytest.approx(float(exact), rel=1e-13)


@pytest.mark.parametrize("beta", [-2.0, -0.5, 0.0, 0.5, 2.0])
@pytest.mark.parametrize("ratio", [0.1, 1.0, 10.0])
def test_garnett(beta, ratio):
    with mpmath.workdps(30):
        root = mpmath.sqrt(ratio)
        exact = 1 / (1 + root * hazard(beta / root) / hazard(-beta))
    assert garnett_delay(beta, ratio) == pytest.approx(float(exact), rel=1e-12)


def test_without_patience_running_out_garnett_is_halfin_whitt():
    assert garnett_delay(0.8, 1e-10) == pytest.approx(halfin_whitt_delay(0.8), rel=1e-6)


def test_no_spare_people_and_nobody_leaves():
    assert halfin_whitt_delay(0.0) == halfin_whitt_delay(-1.0) == 1.0


@pytest.mark.parametrize("delay_rate", [0.001, 0.2, 0.5, 0.9, 0.9999])
@pytest.mark.parametrize("ratio", [0.0, 0.5, 3.0])
def test_beta_gives_back_its_delay(delay_rate, ratio):
    beta = beta_for_delay(delay_rate, ratio)
    again = garnett_delay(beta, ratio) if ratio else halfin_whitt_delay(beta)
    assert again == pytest.approx(delay_rate, rel=1e-10)


@pytest.mark.parametrize("beta", [0.2, 1.0])
def test_nears_erlang_c_as_centers_grow(beta):
    """The error shrinks like one over the square root of the size."""
    errors = [
        abs(erlang_c(n, n - beta * math.sqrt(n)) - halfin_whitt_delay(beta)) for n in (25, 2500, 10_000)
    ]
    assert errors[0] < 0.05
    assert errors[1] < errors[0] / 5.0
    assert errors[2] < errors[1] / 1.6


@pytest.mark.parametrize("beta", [-1.0, 0.0, 1.0])
def test_nears_erlang_a_as_centers_grow(beta):
    errors = []
    for n in (25, 2500, 10_000):
        load = n - beta * math.sqrt(n)
        errors.append(abs(ErlangA(n, load / 300.0, 300.0, 100.0).delay_rate - garnett_delay(beta, 3.0)))
    assert errors[0] < 0.15
    assert errors[1] < errors[0] / 5.0
    assert errors[2] < errors[1] / 1.6


def test_staffing_adds_beta_square_roots():
    people = square_root_staffing(100.0, 0.2, 360.0)
    assert slack(people, 100.0) == pytest.approx(beta_for_delay(0.2))
    assert square_root_staffing(100.0, 0.2, 360.0, mean_patience_s=120.0) < people


@pytest.mark.parametrize("delay_rate", [0.0, 1.0, -0.1])
def test_impossible_delay_is_refused(delay_rate):
    with pytest.raises(ValueError, match=r"^delay_rate: got .*, expected a share between 0 and 1$"):
        beta_for_delay(delay_rate)
