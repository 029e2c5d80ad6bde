"""Theory: Erlang C against its states in exact fractions and, in large systems, in 60 digits of mpmath."""

from __future__ import annotations

import math
from fractions import Fraction

import mpmath
import pytest

from sim.theory import ErlangC, erlang_c

HANDLE_S = 240.0


def delay_from_states(n, load):
    """Weights a^k / k! below n; in the queue they fall by ρ each, so they add up to π_n / (1 − ρ)."""
    weight = total = mpmath.mpf(1)
    for k in range(1, n):
        weight = weight * load / k
        total += weight
    waiting = weight * load / n / (1 - load / n)
    return waiting / (total + waiting), total / (total + waiting)


@pytest.mark.parametrize("n", [1, 2, 5, 20, 100, 500, 1000, 5000, 20_000])
@pytest.mark.parametrize("ratio", [0.2, 0.5, 0.8, 0.95, 0.999])
def test_measures_equal_the_states(n, ratio):
    rate = n * ratio / HANDLE_S
    queue = ErlangC(n, rate, HANDLE_S)
    with mpmath.workdps(60):
        load = mpmath.mpf(rate) * mpmath.mpf(HANDLE_S)
        delay, at_once = delay_from_states(n, load)
        wait = delay * HANDLE_S / (n - load)
        leaving = (n - load) / HANDLE_S
        expected = {
            "delay_rate": delay,
            "mean_wait_s": wait,
            "mean_answer_s": wait,
            "mean_queue_length": delay * load / (n - load),
            "occupancy": load / n,
        }
        found = {name: getattr(queue, name) for name in expected}
        for t_s in (0.0, 20.0, 200.0):
            late = delay * mpmath.exp(-leaving * t_s)
            expected |= {f"late {t_s}": late, f"within {t_s}": at_once + delay - late}
            found |= {f"late {t_s}": queue.wait_exceeds(t_s), f"within {t_s}": queue.service_level(t_s)}
        # n − a is a difference: near saturation it keeps 16 digits less those of n / (n − a), here at most 3.
        for name, exact in expected.items():
            assert _error(found[name], exact) < 1e-11, name


def _error(value, exact):
    if exact < mpmath.mpf("1e-290"):
        return 0.0 if value < 1e-280 else math.inf
    return abs(mpmath.mpf(value) / exact - 1)


def test_two_people_by_hand():
    """a = 1, n = 2: weights 1, 1, then 1/2, 1/4, … so one third must wait."""
    assert erlang_c(2, 1.0) == pytest.approx(float(Fraction(1, 3)), rel=1e-15)


def test_one_person_is_m_m_1():
    """M/M/1: everyone who finds the person busy waits, C = ρ and E[W] = ρ / (μ − λ)."""
    queue = ErlangC(1, 0.8 / 60.0, 60.0)
    assert queue.delay_rate == pytest.approx(0.8, rel=1e-14)
    assert queue.mean_wait_s == pytest.approx(0.8 * 60.0 / 0.2, rel=1e-13)


@pytest.mark.parametrize("load", [5.0, 5.5, 50.0])
def test_with_as_much_work_as_people_there_is_no_steady_state(load):
    queue = ErlangC(5, load / HANDLE_S, HANDLE_S)
    assert (queue.delay_rate, queue.service_level(20.0), queue.wait_exceeds(1e6), queue.occupancy) == (
        1,
        0,
        1,
        1,
    )
    assert queue.mean_wait_s == queue.mean_queue_length == math.inf
    assert queue.answer_rate == pytest.approx(5.0 / load)
