"""Days off: the ways in which a person's week may fall into days of work and days off."""

from __future__ import annotations

from itertools import combinations

from optimizer.horizon import A_WEEK

WorkWeek = tuple[int, ...]


def work_weeks(days_per_week: int, consecutive_days_off: bool) -> tuple[WorkWeek, ...]:
    """The days (0 … 6) on which a person works, for every allowed week; Sunday and Monday are neighbors.

    With five days a week and consecutive days off there are seven, otherwise C(7, 5) = 21.
    """
    n_off = A_WEEK - days_per_week
    if consecutive_days_off and 0 < n_off < A_WEEK:
        days_off = [{(first + step) % A_WEEK for step in range(n_off)} for first in range(A_WEEK)]
    else:
        days_off = [set(off) for off in combinations(range(A_WEEK), n_off)]
    return tuple(tuple(day for day in range(A_WEEK) if day not in off) for off in days_off)
