"""A small center by itself: M(t)/M/s(t)+M with heads as seats, its Kolmogorov equations integrated.

State (b, q): b busy, those who stay late included, and q waiting. A contact starts only while b < s. It stands beside
the simulation and knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from scenarios import Scenario, from_data

FloatArray = npt.NDArray[np.float64]
_MOST_WAITING = 30
_STEPS = 400  # Runge–Kutta steps of a period; halving them changes nothing within 1e-8


def delay_rates(
    per_h: Sequence[float], people: Sequence[int], served_per_h: float, leaves_per_h: float, period_h: float
) -> list[float]:
    """Arrivals that find s or more busy ÷ arrivals, by period, from an empty center."""
    most_busy = max(people)
    state = np.zeros((most_busy + 1, _MOST_WAITING + 1))
    state[0, 0] = 1.0
    found = []
    for rate, seats in zip(per_h, people, strict=True):
        state = _started(state, seats)
        flow = _flow(rate, seats, served_per_h, leaves_per_h, most_busy)
        state, delayed = _through_period(state, flow, seats, period_h)
        found.append(delayed)
    return found


def _started(state: FloatArray, seats: int) -> FloatArray:
    """Seats that are new at the period's start are taken by those who wait."""
    after = np.zeros_like(state)
    for (b, q), share in np.ndenumerate(state):
        start = min(max(seats - b, 0), q, len(state) - 1 - b)
        after[b + start, q - start] += share
    return after


def _flow(rate: float, seats: int, served: float, leaves: float, most_busy: int) -> FloatArray:
    """The generator, transposed: d state / dt = flow @ state."""
    shape = (most_busy + 1, _MOST_WAITING + 1)
    n = shape[0] * shape[1]
    flow = np.zeros((n, n))

    def add(before: tuple[int, int], after: tuple[int, int], per_h: float) -> None:
        i, j = (int(np.ravel_multi_index(one, shape)) for one in (before, after))
        flow[j, i] += per_h
        flow[i, i] -= per_h

    for b in range(shape[0]):
        for q in range(shape[1]):
            if b < seats and b < most_busy:
                add((b, q), (b + 1, q), rate)
            elif q < _MOST_WAITING:
                add((b, q), (b, q + 1), rate)
            if b:
                takes_next = b - 1 < seats and q > 0
                add((b, q), (b, q - 1) if takes_next else (b - 1, q), b * served)
            if q:
                add((b, q), (b, q - 1), q * leaves)
    return flow


def _through_period(
    state: FloatArray, flow: FloatArray, seats: int, period_h: float
) -> tuple[FloatArray, float]:
    """The state at the period's end, and the mean over it of the share with no seat free (trapezoids)."""
    vector, h = state.ravel(), period_h / _STEPS
    busy = np.zeros_like(state)
    busy[seats:] = 1.0
    full = [float(vector @ busy.ravel())]
    for _ in range(_STEPS):
        k1 = flow @ vector
        k2 = flow @ (vector + 0.5 * h * k1)
        k3 = flow @ (vector + 0.5 * h * k2)
        k4 = flow @ (vector + h * k3)
        vector = vector + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
        full.append(float(vector @ busy.ravel()))
    return vector.reshape(state.shape), float(np.trapezoid(full) / _STEPS)


# --- The day of six half hours -----------------------------------------------------------------------

PER_H = (12.0, 24.0, 36.0, 30.0, 15.0, 6.0)
SERVED_PER_H, LEAVES_PER_H, PERIOD_H = 4.0, 6.0, 0.5
FIRST = 16  # its first interval: 08:00


def six_half_hours(on_time_up: str = "seat", **target: float) -> Scenario:
    """A quarter of an hour of talk, ten minutes of patience; target P(delay) ≤ 0.25 in every period."""
    per_interval = [0.0] * 48
    per_interval[FIRST : FIRST + len(PER_H)] = [rate * PERIOD_H for rate in PER_H]
    return from_data(
        {
            "name": "six",
            "calendar": {
                "days": 1,
                "interval_min": 30,
                "hours": {"mon-sun": "08:00-11:00"},
                "on_time_up": on_time_up,
            },
            "contact_type": {
                "call": {
                    "channel": "voice",
                    "arrivals": {"per_interval": per_interval},
                    "talk_s": 3600.0 / SERVED_PER_H,
                    "patience_s": 3600.0 / LEAVES_PER_H,
                    "service_target": target or {"max_delay_rate": 0.25},
                }
            },
            "agent_group": {"team": {"skills": ["call"], "agents": "plan"}},
        }
    )


def exact_delay_rates(people: Sequence[int]) -> list[float]:
    """P(delay) in each of the six periods."""
    return delay_rates(PER_H, people, SERVED_PER_H, LEAVES_PER_H, PERIOD_H)
