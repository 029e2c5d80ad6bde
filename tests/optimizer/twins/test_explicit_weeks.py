"""Rest by counts against people: one variable for every week that one person may work, shift by shift.

Written from the rule alone and solved by scipy; only small worlds fit. Objective values are compared, never schedules.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from optimizer.horizon import A_WEEK, IntArray
from optimizer.people import Effort
from optimizer.shifts.days_off import work_weeks
from optimizer.shifts.found import found_for
from optimizer.shifts.problem import ShiftProblem
from optimizer.shifts.rosters import person_weeks, weeks_for
from optimizer.shifts.rules import ShiftRules
from optimizer.shifts.week_counts import choose_counts
from optimizer.shifts.week_model import Counts
from optimizer.solver import Solver, Status
from tests.optimizer.shift_worlds import HOUR_S, days, hours, people, problem, starts

OPEN_H = (6, 24)
EXACT = Effort(gap=0.0, time_limit_s=20.0, solver="highs")


def weeks_of_one_person(asked: ShiftProblem) -> list[tuple[tuple[int, int, int], ...]]:
    """Every week of (day, start in hours, length in hours) that one person may repeat, rest kept into next Monday."""
    rules, kinds = asked.rules, asked.kinds
    slot_h, n = asked.slots.slot_s / HOUR_S, asked.slots.n_per_day
    rest_h = (rules.min_rest_s or 0) / HOUR_S
    on_day = [
        [(day, round(k.start % n * slot_h), round(k.n_slots * slot_h)) for k in kinds if k.day == day]
        for day in range(A_WEEK)
    ]
    found = []
    for week in work_weeks(rules.days_per_week or 0, rules.consecutive_days_off):
        for shifts in product(*(on_day[day] for day in week)):
            following = zip(shifts, (*shifts[1:], shifts[0]), strict=True)
            if all(
                later[1] + 24 * ((later[0] - day) % A_WEEK or A_WEEK) >= start + length + rest_h
                for (day, start, length), later in following
            ):
                found.append(shifts)
    return found


def explicit_hours(asked: ShiftProblem) -> float | None:
    """The least paid hours of whole people; None where there are none."""
    weeks = weeks_of_one_person(asked)
    n_hours = 24 * A_WEEK
    cover = np.zeros((n_hours, len(weeks)))
    for column, week in enumerate(weeks):
        for day, start, length in week:
            cover[np.arange(24 * day + start, 24 * day + start + length) % n_hours, column] += 1
    paid = [sum(length for _, _, length in week) for week in weeks]
    needed = asked.needed.reshape(n_hours, -1).max(axis=1)
    if not weeks:
        return None if needed.any() else 0.0
    found = milp(paid, constraints=LinearConstraint(cover, needed, np.inf), integrality=np.ones(len(weeks)))
    return float(found.fun) if found.status == 0 else None


def rules_for(days_per_week: int, consecutive: bool, rest_h: int, lengths: tuple[int, ...]) -> ShiftRules:
    return ShiftRules(
        lengths_s=hours(*lengths),
        starts=starts(6, 18, 6),
        days_per_week=days_per_week,
        consecutive_days_off=consecutive,
        min_rest_s=rest_h * HOUR_S,
    )


wanted = st.lists(st.integers(0, 2), min_size=18 * 3, max_size=18 * 3)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(wanted, st.sampled_from([2, 3, 5]), st.sampled_from([9, 11, 14]), st.sampled_from([(6,), (6, 9)]))
def test_rest_by_counts_costs_what_people_cost(
    asked: list[int], days_per_week: int, rest_h: int, lengths: tuple[int, ...]
) -> None:
    horizon = days(*[OPEN_H] * A_WEEK)
    first, second, third = asked[:18], asked[18:36], asked[36:]
    required = people(horizon, first, second, third, first, second, third, first)
    shift = problem(horizon, required, rules_for(days_per_week, True, rest_h, lengths))
    solved, counts = found_for(shift, EXACT)
    explicit = explicit_hours(shift)
    if explicit is None:
        assert counts is None
        return
    assert counts is not None
    assert solved.objective == pytest.approx(explicit)
    assert solved.status is Status.OPTIMAL
    kept_by_everybody(shift, counts.people)


def test_whole_weeks_need_one_shift_more_than_the_days() -> None:
    """Five shifts a day are 35, and weeks of three days make 36: HiGHS once said 39, and called them optimal."""
    costs = {5: 30.0, 6: 36.0, 7: 42.0, 8: 48.0}
    tables = [{2: math.inf, 3: math.inf, 4: math.inf, **costs}] * A_WEEK
    choice, solved = choose_counts(tables, work_weeks(3, True), Solver(), 20.0, 6.0)
    assert choice is not None
    assert sum(choice.n_shifts) == 36
    assert solved.objective == pytest.approx(216.0)


def kept_by_everybody(shift: ShiftProblem, people_on_shifts: dict[tuple[int, int, int], int]) -> None:
    """People's weeks use up the shifts, have the right days, and leave the rest between days of one week."""
    counts = Counts(people_on_shifts, {}, {}, {})
    found = weeks_for(shift, counts, "highs")
    assert found is not None
    weeks = person_weeks(shift, counts, found)
    used: Counter[tuple[int, int, int]] = Counter()
    allowed = set(work_weeks(shift.rules.days_per_week or 0, shift.rules.consecutive_days_off))
    rest = (shift.rules.min_rest_s or 0) // shift.slots.slot_s
    n = shift.slots.n_per_day
    for week, n_people in weeks.items():
        assert tuple(day for day, _ in week) in allowed
        for day, key in week:
            used[key] += n_people
            following = dict(week).get((day + 1) % A_WEEK)
            if following is not None and len(week) < A_WEEK:
                assert following[0] % n + n >= key[0] % n + key[1] + rest
    assert used == Counter({key: count for key, count in people_on_shifts.items() if count})


def test_rest_costs_one_more_person() -> None:
    """One late shift a day up to Wednesday and one early one from Thursday on: nobody may go from late to early.

    Late ends at 24:00 and early begins at 06:00. Without rest one person works Monday to Friday; with eleven hours
    of it Wednesday's late and Thursday's early shift are two people's, who each work five days.
    """
    horizon = days(*[OPEN_H] * 5, None, None)
    asked: IntArray = people(horizon, [0] * 12 + [1] * 6)
    asked[3:5] = people(horizon, [1] * 6)[3:5]
    free, rested = rules_for(5, True, 0, (6,)), rules_for(5, True, 11, (6,))
    assert found_for(problem(horizon, asked, free), EXACT)[0].objective == 5 * 6
    assert found_for(problem(horizon, asked, rested), EXACT)[0].objective == 2 * 5 * 6
