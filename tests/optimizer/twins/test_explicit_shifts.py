"""Shifts with counted breaks against the obvious model: one variable for every shift with every choice of breaks.

Written from the rules alone, in minutes, and solved by scipy; only small worlds fit. Objective values are compared,
never schedules: there are many best ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from optimizer.horizon import Horizon, IntArray
from optimizer.shifts.days_off import work_weeks
from optimizer.shifts.offers import HOUR_S, BreakRule, Offer, Overtime, Starts
from optimizer.shifts.rules import ShiftRules
from optimizer.shifts.search import search
from optimizer.shifts.week_model import WeekModel
from optimizer.solver import Solver, Status
from tests.optimizer.shift_worlds import days, hours, pause, people, problem, solved

DAY_MIN = 1440
STEP_MIN = 15  # every time below is a multiple of it
N_PER_DAY = DAY_MIN // STEP_MIN


def pattern(horizon: Horizon, day: int, start_min: int, length_min: int, breaks: Any) -> IntArray:
    """1 for every quarter of an hour of the horizon at which somebody on this shift is at work."""
    at_work = np.zeros(horizon.n_days * N_PER_DAY, dtype=np.int64)

    def quarters(from_min: int, for_min: int) -> IntArray:
        first = day * N_PER_DAY + from_min // STEP_MIN
        return np.arange(first, first + for_min // STEP_MIN) % len(at_work)

    at_work[quarters(start_min, length_min)] = 1
    for after_min, minutes in breaks:
        at_work[quarters(start_min + after_min, minutes)] = 0
    return at_work


def ways_to_break(length_min: int, rules: tuple[BreakRule, ...]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every choice of breaks, in order, inside their windows and the shift."""
    due = [rule for rule in rules if (rule.from_s + rule.length_s) // 60 <= length_min]
    choices = [
        [(after, rule.length_s // 60) for after in range(rule.from_s // 60, rule.to_s // 60 + 1, STEP_MIN)]
        for rule in due
    ]
    for taken in product(*choices):
        ends = [after + minutes for after, minutes in taken]
        if all(end <= length_min for end in ends) and all(
            end <= following[0] for end, following in zip(ends, taken[1:], strict=False)
        ):
            yield taken


def explicit_hours(horizon: Horizon, required: IntArray, rules: ShiftRules) -> float | None:
    """The least paid hours by explicit enumeration; None where no shifts cover the requirement."""
    columns, costs, of_day, short, limited = [], [], [], [], []
    for day, spans in enumerate(horizon.open_spans_s):
        for (opens, closes), offer in product(spans, rules.offers):
            goes_round = horizon.repeats and (opens, closes) == (0, 86400)
            for start_s in starts_of(offer, opens, closes, horizon.interval_s):
                first = len(columns)
                if start_s + offer.length_s <= closes or goes_round:
                    for breaks in ways_to_break(offer.length_s // 60, offer.breaks):
                        columns.append(pattern(horizon, day, start_s // 60, offer.length_s // 60, breaks))
                        at_work_h = columns[-1].sum() * STEP_MIN / 60
                        costs.append(offer.cost_h + rules.overstaffing_h * at_work_h)
                        of_day.append(day)
                        short.append(offer.is_part_time)
                if offer.most is not None:
                    limited.append((range(first, len(columns)), offer.most))
    cover = np.array(columns, dtype=np.int64).reshape(-1, horizon.n_days * N_PER_DAY).T
    most = [(np.isin(np.arange(len(columns)), list(which)), limit) for which, limit in limited]
    if rules.part_time_share_max is not None:
        share = np.where(short, 1.0 - rules.part_time_share_max, -rules.part_time_share_max)
        most += [(share * (np.array(of_day) == day), 0) for day in range(horizon.n_days)]
    return solved_by_scipy(horizon, required, rules, cover, np.array(costs), np.array(of_day), most)


def starts_of(offer: Offer, opens: int, closes: int, interval_s: int) -> range:
    """When a shift may start within open hours."""
    if offer.starts is None:
        return range(opens, closes, interval_s)
    at = offer.starts.from_s
    return range(at, at + 1) if opens <= at < closes else range(0)


def solved_by_scipy(
    horizon: Horizon,
    required: IntArray,
    rules: ShiftRules,
    cover: IntArray,
    paid_h: Any,
    of_day: Any,
    most_on: Any,
) -> float | None:
    """Columns, then people by work week, then people missing by quarter, in one integer program."""
    n_shifts, needed = len(paid_h), np.repeat(required.ravel(), horizon.interval_s // 60 // STEP_MIN)
    weeks = [] if rules.days_per_week is None else work_weeks(rules.days_per_week, rules.consecutive_days_off)
    n_missing = len(needed) if rules.may_miss else 0
    if n_shifts + len(weeks) + n_missing == 0:
        return None if needed.any() else 0.0
    price_h = rules.missing_price_h(horizon.interval_s) * STEP_MIN * 60 / horizon.interval_s
    price_h += rules.overstaffing_h * STEP_MIN / 60
    costs = np.concatenate([paid_h, np.zeros(len(weeks)), np.full(n_missing, price_h)])
    rows = np.hstack([cover, np.zeros((len(needed), len(weeks))), np.eye(len(needed))[:, :n_missing]])
    most = np.inf if rules.max_present is None else rules.max_present
    limits = [LinearConstraint(rows, needed, np.inf)]
    limits.append(
        LinearConstraint(np.hstack([cover, np.zeros((len(needed), len(weeks) + n_missing))]), -np.inf, most)
    )
    for which, limit in most_on:
        row = np.concatenate([which, np.zeros(len(weeks) + n_missing)])
        limits.append(LinearConstraint(row, -np.inf, limit))
    if weeks:
        at_work = np.array([[day in week for week in weeks] for day in range(7)], dtype=float)
        starts = np.array([[float(day == of) for of in of_day] for day in range(7)])
        same = np.hstack([starts, -at_work, np.zeros((7, n_missing))])
        limits.append(LinearConstraint(same, 0, 0))
    found = milp(costs, constraints=limits, integrality=np.ones(len(costs)), bounds=Bounds(0, np.inf))
    assert found.status in (0, 2), found.message
    return float(found.fun) if found.status == 0 else None


def agree(horizon: Horizon, required: IntArray, rules: ShiftRules) -> None:
    found, _ = solved(problem(horizon, required, rules))
    explicit = explicit_hours(horizon, required, rules)
    if explicit is None:
        assert found.status is Status.INFEASIBLE
    else:
        assert found.objective == pytest.approx(explicit)
        assert found.lower_bound == pytest.approx(explicit)


windows = st.tuples(st.sampled_from([0.5, 1.0, 1.5]), st.sampled_from([0.0, 0.5, 1.0]))
pauses = st.builds(
    lambda minutes, window: pause(minutes, window[0], window[0] + window[1]),
    st.sampled_from([15, 30, 45]),
    windows,
)
some_breaks = st.lists(pauses, max_size=2).map(
    lambda found: tuple(sorted(found, key=lambda b: (b.from_s, b.to_s)))
)
some_rules = st.builds(
    ShiftRules,
    lengths_s=st.sampled_from([hours(2), hours(3), hours(2, 3), hours(2.5, 4)]),
    breaks=some_breaks,
    max_present=st.none() | st.integers(3, 5),
    may_miss=st.booleans(),
)
wanted = st.lists(st.integers(0, 3), min_size=10, max_size=10)
slowly = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(slowly, max_examples=20)
@given(some_rules, wanted)
def test_one_day(rules: ShiftRules, asked: list[int]) -> None:
    horizon = days((8, 13), interval_h=0.5)
    agree(horizon, people(horizon, asked), rules)


ready_made = st.builds(
    lambda half, length_h, cost, most, breaks: Offer(
        round(length_h * HOUR_S), cost, Starts(half * 1800, half * 1800, 86400), breaks, most=most
    ),
    st.integers(16, 22),
    st.sampled_from([1.5, 2, 3]),
    st.sampled_from([1.0, 1.5, 5.4]),
    st.none() | st.integers(0, 2),
    some_breaks,
)


@settings(slowly, max_examples=20)
@given(some_rules, st.lists(ready_made, min_size=1, max_size=6), wanted)
def test_ready_made_shifts_with_costs_and_limits(
    rules: ShiftRules, offers: list[Offer], asked: list[int]
) -> None:
    horizon = days((8, 13), interval_h=0.5)
    agree(horizon, people(horizon, asked), replace(rules, ready_made=tuple(offers)))


@settings(slowly, max_examples=20)
@given(
    some_rules,
    wanted,
    st.sampled_from([None, 0.0, 0.3, 0.5]),
    st.none()
    | st.builds(Overtime, st.sampled_from([1800, 3600]), st.just(1800), st.sampled_from([1.0, 1.5])),
    st.none() | st.sampled_from([0.0, 0.7, 30.0]),
    st.sampled_from([0.0, 0.1]),
)
def test_part_time_overtime_and_prices(
    rules: ShiftRules,
    asked: list[int],
    part_time: float | None,
    overtime: Overtime | None,
    missing_per_h: float | None,
    overstaffing_h: float,
) -> None:
    horizon = days((8, 13), interval_h=0.5)
    changed = replace(
        rules,
        part_time_share_max=part_time,
        overtime=overtime,
        missing_per_h=missing_per_h,
        overstaffing_h=overstaffing_h,
    )
    agree(horizon, people(horizon, asked), changed)


@slowly
@given(some_rules, wanted)
def test_a_day_that_goes_round_midnight(rules: ShiftRules, asked: list[int]) -> None:
    horizon = days((0, 24), interval_h=1.5)
    agree(horizon, people(horizon, [*asked, 0, 1, 0, 2, 1, 1]), rules)


@slowly
@given(some_rules, wanted, st.sampled_from([2, 4, 5]), st.booleans())
def test_a_week_of_work_days_and_days_off(
    rules: ShiftRules, asked: list[int], days_per_week: int, consecutive: bool
) -> None:
    horizon = days(*[(8, 12)] * 5, (9, 12), None, interval_h=1)
    required = people(horizon, asked[:4], asked[4:8], asked[1:5], asked[3:7], asked[5:9], asked[7:10])
    with_weeks = ShiftRules(
        rules.lengths_s, None, rules.breaks, days_per_week, consecutive, 0, rules.max_present, rules.may_miss
    )
    agree(horizon, required, with_weeks)


@settings(slowly, max_examples=4)
@given(some_rules, wanted, st.sampled_from([2, 5]), st.booleans())
def test_days_one_by_one_cost_what_the_whole_week_costs(
    rules: ShiftRules, asked: list[int], days_per_week: int, consecutive: bool
) -> None:
    """The master over days, and the search over the whole week that nights need, on a week that both can plan."""
    horizon = days(*[(8, 12)] * 4, (9, 12), None, (8, 11), interval_h=1)
    required = people(horizon, asked[:4], asked[4:8], asked[1:5], asked[3:7], asked[5:8])
    with_weeks = ShiftRules(rules.lengths_s, None, rules.breaks, days_per_week, consecutive, may_miss=True)
    asked_for = problem(horizon, required, with_weeks)
    one_by_one, _ = solved(asked_for)
    together, _ = search(asked_for, Solver(), 0.0, 30.0)
    assert one_by_one.status is together.status is Status.OPTIMAL
    assert one_by_one.objective == together.objective


@pytest.mark.parametrize("seed", [2, 27])
def test_a_week_in_parts_costs_what_it_costs_at_once(seed: int) -> None:
    """Seeds at which days alone do not find the best plan, or the relaxation takes longer than everything else."""
    horizon = days(*[(0, 24)] * 7, interval_h=2)
    required = np.random.default_rng(seed).integers(0, 4, horizon.shape)
    rules = ShiftRules(hours(6, 8), breaks=(pause(120, 2, 4),), days_per_week=5 if seed % 2 else None)
    asked_for = problem(horizon, required, rules)
    in_parts, _ = search(asked_for, Solver(), 0.0, 20.0)
    at_once = Solver().solve(WeekModel(asked_for).model, 0.0)
    assert in_parts.status is at_once.status is Status.OPTIMAL
    assert in_parts.objective == pytest.approx(at_once.objective)
