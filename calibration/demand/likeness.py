"""Which weekdays are alike: joined as long as neither their level, nor their shape, nor their mix of queues differs.

The two most alike groups are joined first, and joining goes on while the least of their p-values, times the number
of tests, is at least SURE (the scheme of CHAID: Kass 1980, Applied Statistics 29, 119).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy import special

from calibration.demand.found import WeekdayTest

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Group = tuple[int, ...]

SURE = 0.004
"""Weekdays are kept apart where two groups would differ as much by chance less often than this. Over all steps of
joining about one record in twenty of seven equal weekdays is then held to have two classes."""
TESTS = 3
BLOCKS = 8
"""A day's shape is held in so many stretches of the day with about as many contacts each; fewer where days are few."""
ASSUMED_CV = 0.1
"""Between days of one weekday, where the record has too few weeks to tell."""


def joined_weekdays(
    counted: IntArray, days_of: dict[int, IntArray]
) -> tuple[tuple[Group, ...], tuple[WeekdayTest, ...]]:
    """Groups of weekdays that look alike, and the tests by which they were joined or kept apart.

    counted: contacts by day, interval and queue; days_of: the usual days of each weekday that is open
    """
    groups: list[Group] = [(weekday,) for weekday in sorted(days_of)]
    made: list[WeekdayTest] = []
    while len(groups) > 1:
        pairs = [(held(counted, days_of, groups, a, b), a, b) for a, b in combinations(groups, 2)]
        tests = [(min(test.level_p, test.shape_p), test, a, b) for test, a, b in pairs]
        _, best, a, b = max(tests, key=lambda one: one[0])
        if not best.joined:
            made += [test for _, test, _, _ in tests]
            break
        made.append(best)
        groups = sorted([*(group for group in groups if group not in (a, b)), tuple(sorted(a + b))])
    return tuple(groups), tuple(made)


def held(
    counted: IntArray, days_of: dict[int, IntArray], groups: list[Group], one: Group, other: Group
) -> WeekdayTest:
    """Two groups against each other; joined: whether they may be one."""
    by_group = {group: np.concatenate([days_of[weekday] for weekday in group]) for group in groups}
    totals = {group: counted[days].sum(axis=(1, 2)).astype(np.float64) for group, days in by_group.items()}
    level_p = level_test(list(totals.values()), totals[one], totals[other])
    a, b = counted[by_group[one]], counted[by_group[other]]
    hours_p = hotelling(*_in_blocks(a.sum(axis=2), b.sum(axis=2)))
    largest = np.argsort(-counted.sum(axis=(0, 1)), kind="stable")
    mix_p = hotelling(*_in_blocks(a.sum(axis=1)[:, largest], b.sum(axis=1)[:, largest]))
    shape_p = min(1.0, 2.0 * min(hours_p, mix_p))
    return WeekdayTest(one, other, level_p, shape_p, TESTS * min(level_p, shape_p / 2.0) >= SURE)


def level_test(all_groups: list[FloatArray], one: FloatArray, other: FloatArray) -> float:
    """p-value of equal mean totals: t = (m₁ − m₂) / √(V₁/n₁ + V₂/n₂), V = m + (cv · m)².

    The cv of days beyond chance is one for all groups, by moments; so a few days of each weekday suffice.
    """
    freedom = sum(len(group) - 1 for group in all_groups)
    beyond, square = 0.0, 0.0
    for group in all_groups:
        mean = group.mean()
        beyond += float(((group - mean) ** 2).sum() - (len(group) - 1) * mean)
        square += (len(group) - 1) * mean**2
    cv2 = max(beyond / square, 0.0) if freedom >= 3 and square > 0.0 else ASSUMED_CV**2
    variance = sum((group.mean() + cv2 * group.mean() ** 2) / len(group) for group in (one, other))
    if variance <= 0.0:
        return 1.0
    t = abs(one.mean() - other.mean()) / np.sqrt(variance)
    return float(2.0 * special.stdtr(max(freedom, 3), -t))


def hotelling(one: FloatArray, other: FloatArray) -> float:
    """p-value of equal mean vectors, rows days: T² = n₁n₂/(n₁+n₂) d'S⁻¹d, F(p, ν − p + 1) (Hotelling 1931).

    The covariance is the days' own, so it matters not that a day's late afternoon follows its early one.
    """
    p, freedom = one.shape[1], len(one) + len(other) - 2
    if p == 0 or freedom < p + 1:
        return 1.0
    residual = np.concatenate([one - one.mean(axis=0), other - other.mean(axis=0)])
    covariance = residual.T @ residual / freedom + 1e-12 * np.eye(p)
    difference = one.mean(axis=0) - other.mean(axis=0)
    weight = len(one) * len(other) / (len(one) + len(other))
    t2 = weight * float(difference @ np.linalg.solve(covariance, difference))
    return float(special.fdtrc(p, freedom - p + 1, (freedom - p + 1) / (freedom * p) * t2))


def _in_blocks(one: IntArray, other: IntArray) -> tuple[FloatArray, FloatArray]:
    """Shares of a day's contacts by blocks of columns, rows days; the last block follows from the others."""
    freedom = len(one) + len(other) - 2
    n = int(np.clip(freedom // 4 + 1, 2, BLOCKS))
    weight = (one.mean(axis=0) + other.mean(axis=0)).cumsum()
    block = np.minimum((weight - 1e-9) / max(weight[-1], 1e-9) * n, n - 1).astype(np.int64)
    used = np.unique(block)
    return _shares(one, block, used), _shares(other, block, used)


def _shares(counted: IntArray, block: IntArray, used: IntArray) -> FloatArray:
    sums = (
        np.stack([counted[:, block == b].sum(axis=1) for b in used[:-1]], axis=1) if len(used) > 1 else None
    )
    if sums is None:
        return np.zeros((len(counted), 0))
    return np.asarray(sums / np.maximum(counted.sum(axis=1, keepdims=True), 1))
