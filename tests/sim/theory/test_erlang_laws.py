"""Laws: what must hold in every queue, over random systems from one person to 300, light to overloaded."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.theory import ErlangA, ErlangC, erlang_b

every = settings(database=None, deadline=None, derandomize=True, max_examples=150)
sizes = st.integers(1, 300)
ratios = st.floats(0.05, 3.0)
handles_s = st.floats(5.0, 2000.0)
patiences_s = st.floats(0.5, 1e5)
balk_shares = st.sampled_from([0.0, 0.0, 0.1, 0.7, 1.0])
times_s = st.floats(0.0, 2000.0)

ROUNDING = 1e-11


@st.composite
def queues(draw, balking=balk_shares):
    n, handle_s = draw(sizes), draw(handles_s)
    return ErlangA(n, n * draw(ratios) / handle_s, handle_s, draw(patiences_s), draw(balking))


def with_one_more(queue):
    return ErlangA(
        queue.n_agents + 1,
        queue.arrival_rate_per_s,
        queue.mean_handle_s,
        queue.mean_patience_s,
        queue.balk_share,
    )


@every
@given(queues(), times_s)
def test_one_more_person_never_worsens_service(queue, t_s):
    more = with_one_more(queue)
    assert more.service_level(t_s) >= queue.service_level(t_s) - ROUNDING
    assert more.answer_rate >= queue.answer_rate - ROUNDING
    for name in ("abandonment_rate", "delay_rate", "mean_wait_s", "mean_queue_length", "occupancy"):
        assert getattr(more, name) <= getattr(queue, name) * (1.0 + ROUNDING), name


@every
@given(queues())
def test_everyone_is_answered_or_abandons(queue):
    """Answers counted from the density of waits, abandonment from the queue's length."""
    assert queue.answer_rate + queue.abandonment_rate == pytest.approx(1.0, abs=ROUNDING)


@every
@given(queues())
def test_abandonment_is_patience_running_out_in_the_queue(queue):
    """λ P(abandon) = θ E[Q] + λ balk P(delay)."""
    leaving = queue.mean_queue_length / queue.mean_patience_s
    leaving += queue.arrival_rate_per_s * queue.balk_share * queue.delay_rate
    assert queue.arrival_rate_per_s * (1.0 - queue.answer_rate) == pytest.approx(leaving, rel=1e-7, abs=1e-10)


@every
@given(queues())
def test_little(queue):
    """E[Q] = λ E[W], the mean wait found from its own tail: E[W] = ∫ P(W > t) dt, by a sum over 200 steps."""
    longest_s = queue.mean_patience_s if queue.mean_wait_s == 0.0 else _longest_wait_s(queue)
    steps = [k / 200 for k in range(201)]
    # t = longest v³ puts most moments near zero, where the tail falls steepest; dt = longest 3 v² dv.
    integral = sum(queue.wait_exceeds(longest_s * v**3) * longest_s * 3.0 * v * v / 200 for v in steps[:-1])
    assert queue.arrival_rate_per_s * integral == pytest.approx(queue.mean_queue_length, rel=0.01, abs=1e-9)


def _longest_wait_s(queue):
    """A wait that hardly anyone has, from below the mean by doubling."""
    t_s = queue.mean_wait_s
    while queue.wait_exceeds(t_s) > 1e-6 * max(queue.delay_rate, 1e-300):
        t_s *= 1.5
    return t_s


@every
@given(queues(), times_s, times_s)
def test_waits_are_a_distribution(queue, one_s, other_s):
    shorter, longer = sorted((one_s, other_s))
    assert queue.service_level(0.0) == pytest.approx(1.0 - queue.delay_rate, abs=ROUNDING)
    assert queue.wait_exceeds(0.0) == pytest.approx(queue.delay_rate * (1.0 - queue.balk_share), abs=ROUNDING)
    assert queue.service_level(shorter) <= queue.service_level(longer) + ROUNDING
    assert queue.wait_exceeds(longer) <= queue.wait_exceeds(shorter) + ROUNDING
    assert queue.service_level(longer) <= queue.answer_rate + ROUNDING
    assert queue.service_level(longer) + queue.wait_exceeds(longer) <= 1.0 + ROUNDING


@every
@given(queues(), st.floats(0.01, 100.0))
def test_minutes_and_seconds_agree(queue, unit):
    slower = ErlangA(
        queue.n_agents,
        queue.arrival_rate_per_s / unit,
        queue.mean_handle_s * unit,
        queue.mean_patience_s * unit,
        queue.balk_share,
    )
    assert slower.service_level(20.0 * unit) == pytest.approx(queue.service_level(20.0), rel=1e-9)
    assert slower.abandonment_rate == pytest.approx(queue.abandonment_rate, rel=1e-9)
    assert slower.mean_wait_s == pytest.approx(queue.mean_wait_s * unit, rel=1e-9)


@every
@given(sizes, st.floats(0.05, 0.95), handles_s)
def test_endless_patience_is_erlang_c(n, ratio, handle_s):
    """Abandonment takes away at most E[W] / patience of the contacts, here below 1e-9 of them."""
    patient = ErlangA(n, n * ratio / handle_s, handle_s, 1e15)
    everyone_waits = ErlangC(n, n * ratio / handle_s, handle_s)
    assert patient.delay_rate == pytest.approx(everyone_waits.delay_rate, rel=1e-6)
    assert patient.mean_wait_s == pytest.approx(everyone_waits.mean_wait_s, rel=1e-6)
    assert patient.service_level(20.0) == pytest.approx(everyone_waits.service_level(20.0), rel=1e-6)
    assert patient.wait_exceeds(20.0) == pytest.approx(everyone_waits.wait_exceeds(20.0), rel=1e-6)


@every
@given(sizes, ratios, handles_s)
def test_no_patience_is_erlang_b(n, ratio, handle_s):
    """Patience of a billionth of a handle time, and balking of everyone: both lose whom they cannot serve."""
    lost = erlang_b(n, n * ratio)
    impatient = ErlangA(n, n * ratio / handle_s, handle_s, 1e-9 * handle_s / n)
    balking = ErlangA(n, n * ratio / handle_s, handle_s, 60.0, balk_share=1.0)
    for queue in (impatient, balking):
        assert queue.delay_rate == pytest.approx(lost, rel=1e-7)
        assert queue.abandonment_rate == pytest.approx(lost, rel=1e-7)
        assert queue.service_level(20.0) == pytest.approx(1.0 - lost, abs=1e-7)


@every
@given(st.integers(1, 300), ratios, handles_s)
def test_patience_as_long_as_service_is_a_poisson_number(n, ratio, handle_s):
    """θ = μ: M/M/∞, whoever waits or talks leaves at the same rate, so P(N ≥ n) is a Poisson tail."""
    load = n * ratio
    below = math.fsum(math.exp(k * math.log(load) - load - math.lgamma(k + 1)) for k in range(n))
    queue = ErlangA(n, load / handle_s, handle_s, handle_s)
    assert 1.0 - queue.delay_rate == pytest.approx(below, abs=1e-11)
