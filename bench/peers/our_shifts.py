"""Our shift model on the same day: one variable a shift and one a break start, solved by HiGHS to a gap of 0.

`python -m bench.peers.our_shifts`, a question on standard input.
"""

from __future__ import annotations

from importlib.metadata import version

import numpy as np

from bench.days import OPENS_H, Day, day_named
from bench.peers.covered import TIME_LIMIT_S, Question, answer
from optimizer.horizon import Horizon
from optimizer.shifts.day_search import search_by_days
from optimizer.shifts.of_group import person_shifts
from optimizer.shifts.problem import shift_problem
from optimizer.shifts.rules import HOUR_S, BreakRule, ShiftRules


def solve(question: Question) -> tuple[list[int], float, str]:
    """People at work by interval, paid hours, status."""
    day = day_named(question.day)
    interval_s = HOUR_S // day.per_h
    opens = OPENS_H * day.per_h
    horizon = Horizon(interval_s, (((OPENS_H * HOUR_S, (OPENS_H + day.open_h) * HOUR_S),),), (0,))
    required = np.zeros(horizon.shape, dtype=np.int64)
    required[0, opens : opens + day.n] = question.needed
    problem = shift_problem(required, horizon, rules_of(day), 1.0)
    solved, counts = search_by_days(problem, "highs", 0.0, TIME_LIMIT_S)
    if counts is None:
        raise RuntimeError(f"no shifts: {solved.status.value}")
    shifts = person_shifts(problem, counts)
    staffed = np.zeros(horizon.n_intervals_per_day, dtype=np.int64)
    for (_, (start_s, length_s, breaks, _)), n in shifts.items():
        staffed[start_s // interval_s : (start_s + length_s) // interval_s] += n
        for after_s, break_s in breaks:
            first = (start_s + after_s) // interval_s
            staffed[first : first + break_s // interval_s] -= n
    paid_h = sum(n * length_s for (_, (_, length_s, _, _)), n in shifts.items()) / HOUR_S
    return staffed[opens : opens + day.n].tolist(), paid_h, solved.status.value


def rules_of(day: Day) -> ShiftRules:
    """The day's shifts and breaks."""
    interval_s = HOUR_S // day.per_h
    return ShiftRules(
        lengths_s=tuple(n * interval_s for n in day.lengths),
        breaks=tuple(
            BreakRule(each.n * interval_s, each.first * interval_s, each.last * interval_s)
            for each in day.breaks
        ),
    )


if __name__ == "__main__":
    answer(solve, f"highspy {version('highspy')}")
