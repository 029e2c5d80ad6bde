"""What is said when the rules of [plan] leave no shifts, and what when a priced plan leaves people missing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from optimizer.horizon import horizon_of
from optimizer.people import Effort, GroupPlan, NoPlan
from optimizer.staffing import staff
from scenarios import from_data

HALF_PAST_SIX = 13  # half hours after midnight


def planned(hours: str, required: dict[int, int], days: int = 1, **rules: Any) -> GroupPlan:
    """The plan for people required in some half hours of every day."""
    scenario = from_data(
        {
            "name": "small",
            "calendar": {"days": days, "hours": {"mon-sun": hours}},
            "contact_type": {"call": {"channel": "voice", "arrivals": {"per_h": 1}, "talk_s": 60}},
            "agent_group": {"team": {"skills": ["call"], "agents": "plan"}},
            "plan": {"under_coverage": "forbidden", **rules},
        }
    )
    table = np.zeros(horizon_of(scenario.calendar).shape, dtype=np.int64)
    for half_hour, people in required.items():
        table[:, half_hour] = people
    return staff(scenario, "team", table, Effort(0.0, 20.0, "highs"))


def sentence(*args: Any, **rules: Any) -> str:
    with pytest.raises(NoPlan) as raised:
        planned(*args, **rules)
    return str(raised.value)


def test_no_shift_fits() -> None:
    assert sentence("08:00-10:00", {16: 1}, shift_lengths_h=[4]) == (
        "agent_group.team: Mon 08:00-08:30: people are needed, but no shift fits into the opening hours and "
        "starts of that day (the shortest is 4 h)"
    )


def test_nothing_covers_the_first_half_hour() -> None:
    starts = {"from": "07:00", "to": "08:00"}
    assert sentence("06:30-12:00", {HALF_PAST_SIX: 1}, shift_lengths_h=[4], starts=starts) == (
        "agent_group.team: Mon 06:30-07:00: people are needed, but the first shift starts at 07:00 and the last "
        "ends at 12:00"
    )


def test_most_present_is_below_the_requirement() -> None:
    assert sentence("06:30-12:00", {20: 5}, shift_lengths_h=[4], max_present=3) == (
        "agent_group.team: Mon 10:00-10:30: up to 5 scheduled people are needed, but max_present = 3 allows 3"
    )


def test_rules_that_only_together_leave_no_way() -> None:
    """All are on break at nine, and somebody is required then."""
    nine_only = [{"min": 60, "window_h": [1, 1]}]
    assert sentence("08:00-12:00", {18: 1}, shift_lengths_h=[4], breaks=nine_only) == (
        "agent_group.team:\n"
        "  Mon 09:00-09:30: under all rules together up to 1 of 1 scheduled people are missing\n"
        "  cannot hold together: 1 scheduled person needed Mon 09:00-09:30; "
        "a break of 60 min that starts 1 h into the shift\n"
        "  without breaks everything could be covered"
    )


def test_priced_shortages_are_told_by_stretches_of_one_number() -> None:
    """Shifts start at nine; before, one is required for half an hour and then two."""
    starts = {"from": "09:00", "to": "09:00"}
    required = {16: 1, 17: 2, 18: 1}
    plan = planned("08:00-12:00", required, shift_lengths_h=[3], starts=starts, under_coverage="priced")
    assert plan.uncovered == (
        "Mon 08:00-08:30: 1 scheduled people short",
        "Mon 08:30-09:00: 2 scheduled people short",
    )


def test_a_shortage_over_midnight_is_told_day_by_day() -> None:
    """Open around the clock for two days, with shifts from eight to four only."""
    everywhere = dict.fromkeys(range(48), 1)
    rules = {"shift_lengths_h": [8], "starts": {"from": "08:00", "to": "08:00"}, "under_coverage": "priced"}
    plan = planned("00:00-24:00", everywhere, days=2, **rules)
    fewer = "1 scheduled people short"
    assert plan.uncovered == (
        f"Mon 00:00-08:00: {fewer}",
        f"Mon 16:00-24:00: {fewer}",
        f"Tue 00:00-08:00: {fewer}",
        f"Tue 16:00-24:00: {fewer}",
    )
