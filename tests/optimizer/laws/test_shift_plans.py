"""What every shift plan keeps, whatever the rules: cover, breaks, days off, limits, totals, presence when simulated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from optimizer.horizon import A_WEEK, FloatArray, IntArray, horizon_of
from optimizer.people import Effort, GroupPlan, NoPlan
from optimizer.shifts.days_off import work_weeks
from optimizer.shifts.of_group import shifts_of_group
from optimizer.shifts.problem import scheduled_heads
from optimizer.solver import Status
from optimizer.standing import gap_between
from scenarios import Scenario, from_data
from scenarios.calendar_days import DAY_S, WEEKDAYS, clock_s, weekdays_of
from sim.chance.sample import Sample
from sim.world.people import presence_of, present_s

STEP_S = 300  # fine enough for every shift and break drawn below
GAP = 0.005
NOBODY_AWAY = {"planned": 0.0, "absent": 0.0, "adherence": 1.0}
SHORTAGE = re.compile(r"(\w{3}) (\d\d:\d\d)-(\d\d:\d\d): (\d+) scheduled people short")


@dataclass(frozen=True)
class Planned:
    """A scenario, people required in each interval of its days, and the plan."""

    scenario: Scenario
    required: IntArray
    plan: GroupPlan

    @property
    def available_share(self) -> float:
        return self.scenario.agent_group["team"].shrinkage.available_share

    def stretch(self, day: int, from_s: float, length_s: float) -> IntArray:
        """Steps of the horizon in a stretch of time; what passes the end of a week comes back at its beginning."""
        first = round((day * DAY_S + from_s) / STEP_S)
        return np.arange(first, first + round(length_s / STEP_S)) % self.n_steps

    @property
    def n_steps(self) -> int:
        return self.scenario.calendar.days * DAY_S // STEP_S

    @property
    def is_open(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        found = np.zeros(self.n_steps, dtype=bool)
        for day in range(self.scenario.calendar.days):
            for opens_s, closes_s in self.scenario.calendar.open_spans_s(day):
                found[self.stretch(day, opens_s, closes_s - opens_s)] = True
        return found

    def rows_by_day(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each row of shifts on each day of the horizon on which it starts (day 0 is a Monday)."""
        for row in self.plan.rows:
            for day in range(self.scenario.calendar.days):
                if day % A_WEEK in weekdays_of(row["days"]):
                    yield day, row

    def heads(self) -> FloatArray:
        """Scheduled people at work in every step, breaks out, shrinkage not yet taken off."""
        found = np.zeros(self.n_steps)
        for day, row in self.rows_by_day():
            start_s = clock_s(row["start"])
            found[self.stretch(day, start_s, row["hours"] * 3600)] += row["people"]
            for each in row["breaks"]:
                away = self.stretch(day, start_s + each["after_h"] * 3600, each["min"] * 60)
                found[away] -= row["people"]
        return found

    def said_missing(self) -> FloatArray:
        """Scheduled people whom the plan reports missing, by step."""
        found = np.zeros(self.n_steps)
        for sentence in self.plan.uncovered:
            said = SHORTAGE.fullmatch(sentence)
            assert said, sentence
            from_s, to_s = clock_s(said[2]), clock_s(said[3])
            assert 0 <= from_s < to_s <= DAY_S, sentence
            for day in range(WEEKDAYS.index(said[1].lower()), self.scenario.calendar.days, A_WEEK):
                found[self.stretch(day, from_s, to_s - from_s)] += int(said[4])
        return found


def requirement_is_covered_or_reported(found: Planned) -> None:
    asked = np.maximum(found.required, found.scenario.plan.min_present).ravel()
    per_step = np.repeat(asked, found.scenario.calendar.interval_s // STEP_S)
    heads = found.heads() + found.said_missing()
    short = found.is_open & (heads * found.available_share < per_step - 1e-6)
    assert not short.any(), np.flatnonzero(short)
    if found.scenario.plan.under_coverage == "forbidden":
        assert found.plan.uncovered == ()


def nobody_is_there_while_closed(found: Planned) -> None:
    assert not found.heads()[~found.is_open].any()


def most_present_is_kept(found: Planned) -> None:
    most = found.scenario.plan.max_present
    if most is not None:
        assert found.heads().max() <= scheduled_heads(most, found.available_share)


def breaks_lie_in_their_windows_one_after_the_other(found: Planned) -> None:
    rules = sorted(found.scenario.plan.breaks, key=lambda each: each.window_h)
    for row in found.plan.rows:
        due = [each for each in rules if each.window_h[0] + each.min / 60 <= row["hours"]]
        assert [each["min"] for each in row["breaks"]] == [each.min for each in due]
        last_end_h = 0.0
        for taken, rule in zip(row["breaks"], due, strict=True):
            assert rule.window_h[0] <= taken["after_h"] <= rule.window_h[1]
            assert taken["after_h"] >= last_end_h
            last_end_h = taken["after_h"] + taken["min"] / 60
        assert last_end_h <= row["hours"]


def shifts_are_of_the_kinds_allowed(found: Planned) -> None:
    rules = found.scenario.plan
    for row in found.plan.rows:
        assert row["people"] >= 1
        assert row["hours"] in rules.shift_lengths_h
        if rules.starts is not None:
            late_s = clock_s(row["start"]) - clock_s(rules.starts.from_)
            assert 0 <= late_s <= clock_s(rules.starts.to) - clock_s(rules.starts.from_)
            assert late_s % (rules.starts.every_min * 60) == 0


def totals_add_up(found: Planned) -> None:
    paid_h = sum(row["people"] * row["hours"] for _, row in found.rows_by_day())
    assert found.plan.paid_h == pytest.approx(paid_h)
    assert found.plan.cost == pytest.approx(paid_h * 12.5)
    assert 0.0 <= found.plan.lower_bound <= found.plan.cost
    if found.plan.status is Status.TIME_LIMIT_WITH_PLAN:
        return  # on a busy machine; then no gap was promised
    assert found.plan.status in (Status.OPTIMAL, Status.WITHIN_GAP)
    if not found.plan.uncovered:
        assert gap_between(found.plan.cost, found.plan.lower_bound) <= GAP + 1e-9


def whole_weeks_can_be_put_together(found: Planned) -> None:
    """Shifts a day = Σ people on a week that works on it, for some whole numbers of people."""
    rules = found.scenario.plan
    if rules.days_per_week is None or found.scenario.calendar.days < A_WEEK:
        return
    on_day = np.zeros(A_WEEK)
    for day, row in found.rows_by_day():
        on_day[day] += row["people"]
    weeks = work_weeks(rules.days_per_week, rules.consecutive_days_off)
    at_work = np.array([[day in week for week in weeks] for day in range(A_WEEK)], dtype=float)
    same = LinearConstraint(at_work, on_day, on_day)
    assert milp(np.ones(len(weeks)), constraints=same, integrality=np.ones(len(weeks))).success, on_day


def simulator_sees_the_same_people(found: Planned) -> None:
    """With nobody away, presence in the simulator is `present` ÷ available share to the second."""
    live = found.scenario.changed(
        {"agent_group.team.agents": found.plan.as_agents, "agent_group.team.shrinkage": NOBODY_AWAY}
    )
    interval_s = live.calendar.interval_s
    edges_s = np.arange(0.0, live.calendar.horizon_s + 1, interval_s)
    here_s = present_s(presence_of(live, "team", 0), Sample(1, 0), edges_s)
    assert here_s == pytest.approx(found.plan.present.ravel() / found.available_share * interval_s)


LAWS = (
    requirement_is_covered_or_reported,
    nobody_is_there_while_closed,
    most_present_is_kept,
    breaks_lie_in_their_windows_one_after_the_other,
    shifts_are_of_the_kinds_allowed,
    totals_add_up,
    whole_weeks_can_be_put_together,
    simulator_sees_the_same_people,
)

# Earliest start, latest start: half hours, and some of them too tight for two breaks in order.
windows_h = st.tuples(st.sampled_from([0.5, 1.0, 1.5]), st.sampled_from([0.0, 0.5, 1.0])).map(
    lambda drawn: [drawn[0], drawn[0] + drawn[1]]
)
pauses = st.fixed_dictionaries({"min": st.sampled_from([15, 30]), "window_h": windows_h})
rules_of_a_plan = st.fixed_dictionaries(
    {
        "shift_lengths_h": st.sampled_from([[2], [3], [2, 3], [2.5, 4]]),
        "breaks": st.lists(pauses, max_size=2),
        "min_present": st.integers(0, 1),
        "under_coverage": st.sampled_from(["priced", "forbidden"]),
    },
    optional={
        "max_present": st.integers(1, 4),
        "starts": st.just({"from": "08:30", "to": "10:00", "every_min": 30}),
    },
)
weeks_of_a_plan = st.fixed_dictionaries(
    {"days_per_week": st.sampled_from([2, 4, 5, 7]), "consecutive_days_off": st.booleans()}
)
shrinkages = st.sampled_from([{}, {"planned": 0.1, "absent": 0.05, "adherence": 0.9}])
day_hours = st.sampled_from(
    [
        {"mon-sun": "08:30-13:00"},
        {"mon-fri": ["08:00-11:00", "12:00-16:00"], "sat": "09:15-12:00", "sun": "closed"},
    ]
)
night_hours = st.sampled_from(
    [
        {"mon-sun": ["00:00-02:00", "21:30-24:00"]},
        {"mon-fri": "21:00-24:00", "sat": ["00:00-03:00", "22:00-24:00"], "sun": "00:00-01:00"},
    ]
)


def kept_by(data: st.DataObject, days: int, hours: dict[str, Any], rules: dict[str, Any]) -> None:
    """Draw a requirement, plan for it, and check every law; only a plan that must cover everything may not exist.

    Where a busy machine's time ran out before any shifts were found, nothing was claimed and nothing is checked.
    """
    scenario = from_data(
        {
            "name": "small",
            "calendar": {"days": days, "interval_min": 30, "hours": hours},
            "contact_type": {"call": {"channel": "voice", "arrivals": {"per_h": 1}, "talk_s": 60}},
            "agent_group": {
                "team": {
                    "skills": ["call"],
                    "agents": "plan",
                    "cost_per_h": 12.5,
                    "shrinkage": data.draw(shrinkages),
                }
            },
            "plan": rules,
        }
    )
    horizon = horizon_of(scenario.calendar)
    draws = np.random.default_rng(data.draw(st.integers(0, 999))).integers(0, 4, horizon.shape)
    required = np.where(horizon.is_open(), draws, 0)
    try:
        plan = shifts_of_group(scenario, "team", required, Effort(GAP, 20.0, "highs"))
    except NoPlan as no_plan:
        if "in the time allowed" in str(no_plan):
            reject()
        assert rules["under_coverage"] == "forbidden"
        return
    for law in LAWS:
        law(Planned(scenario, required, plan))


def fits_some_shift(rules: dict[str, Any]) -> bool:
    """What the check of a scenario asks of breaks."""
    longest_h = max(rules["shift_lengths_h"])
    return all(each["window_h"][0] + each["min"] / 60 <= longest_h for each in rules["breaks"]) and rules[
        "min_present"
    ] <= rules.get("max_present", 1)


@settings(max_examples=20, deadline=None)
@given(st.data(), st.sampled_from([1, 2, 5, 7, 14]), day_hours, rules_of_a_plan.filter(fits_some_shift))
def test_days_by_themselves(
    data: st.DataObject, days: int, hours: dict[str, Any], rules: dict[str, Any]
) -> None:
    kept_by(data, days, hours, rules)


@settings(max_examples=12, deadline=None)
@given(st.data(), day_hours, rules_of_a_plan.filter(fits_some_shift), weeks_of_a_plan)
def test_whole_weeks(
    data: st.DataObject, hours: dict[str, Any], rules: dict[str, Any], weeks: dict[str, Any]
) -> None:
    kept_by(data, 7, hours, {**rules, **weeks})


@settings(max_examples=12, deadline=None)
@given(
    st.data(),
    st.sampled_from([1, 3, 7]),
    night_hours,
    rules_of_a_plan.filter(fits_some_shift),
    st.just({}) | weeks_of_a_plan,
)
def test_over_midnight(
    data: st.DataObject, days: int, hours: dict[str, Any], rules: dict[str, Any], weeks: dict[str, Any]
) -> None:
    rules = {key: value for key, value in rules.items() if key != "starts"}
    kept_by(data, days, hours, {**rules, **(weeks if days == A_WEEK else {})})
