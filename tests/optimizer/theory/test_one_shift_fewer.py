"""One person fewer on a shift, by hand: when they were at work, and who is then left."""

from __future__ import annotations

import numpy as np

from optimizer.one_shift_fewer import fewer, one_shift_fewer, times_of
from optimizer.people import GroupPlan
from optimizer.plan import PlanOptions, plan
from optimizer.solver import Status
from tests.optimizer.shift_worlds import days
from tests.optimizer.uncertain_worlds import small_center


def hours_of(start: str, hours: float, on: str, n_days: int) -> list[tuple[int, int]]:
    horizon = days(*[(0.0, 24.0)] * n_days)
    row = {"start": start, "hours": hours, "days": on, "people": 2, "breaks": []}
    return [(int(day), int(hour)) for day, hour in zip(*np.nonzero(times_of(row, horizon)), strict=True)]


def test_times_of_a_shift() -> None:
    assert hours_of("08:00", 3.0, "mon-sun", 1) == [(0, 8), (0, 9), (0, 10)]
    assert hours_of("08:30", 1.0, "mon-sun", 1) == [(0, 8), (0, 9)]  # half of each
    assert hours_of("23:00", 2.0, "mon", 2) == [(0, 23), (1, 0)]
    assert hours_of("23:00", 2.0, "tue", 2) == [(1, 23)]  # two days do not repeat
    assert hours_of("23:00", 2.0, "sun", 7) == [(0, 0), (6, 23)]  # a week does


def test_who_is_left() -> None:
    present = np.array([[0.0, 2.7, 0.9, 3.6]])
    at_work = np.array([[False, True, True, False]])
    assert fewer(present, at_work, 0.9).tolist() == [[0, 1, 0, 3]]


def test_equal_shifts_are_left_out_once() -> None:
    horizon = days((8.0, 12.0))
    rows = tuple(
        {"start": "08:00", "hours": 2.0, "days": "mon-sun", "people": n, "breaks": []} for n in (1, 3)
    )
    present = np.zeros(horizon.shape)
    present[0, 8:10] = 4.0
    group = GroupPlan({}, present, 8.0, 8.0, 8.0, Status.OPTIMAL, rows)
    (left,) = one_shift_fewer(group, horizon, 1.0)
    assert left[0, 8:10].tolist() == [3, 3]


def test_a_plan_for_a_share_of_days_keeps_no_shift_it_can_do_without() -> None:
    """The search goes on where offsets end, and what it gives is confirmed as before."""
    center = small_center(target_probability=0.6)
    found = plan(center, PlanOptions(gap=0.0, search_replications=100, replications=100, most_rounds=2))
    assert found.iterations > 2
    assert found.lower_bound == found.cost
    assert found.holds
