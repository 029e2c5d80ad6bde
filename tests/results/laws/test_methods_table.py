"""Laws: the worst target is told with what was wanted of it; on a share of days it is days that are told."""

from __future__ import annotations

import pytest

from optimizer.requirement.side_by_side import try_methods
from results.methods_table import methods_table
from scenarios import Scenario, from_data


def center(target: dict[str, object], plan: dict[str, object]) -> Scenario:
    """Two hours of twelve calls each."""
    call = {
        "channel": "voice",
        "arrivals": {"per_day": 24},
        "talk_s": 300,
        "patience_s": 120,
        "service_target": {**target, "over": "day"},
    }
    return from_data(
        {
            "name": "short",
            "calendar": {"days": 1, "interval_min": 60, "hours": {"mon-sun": "08:00-10:00"}},
            "contact_type": {"call": call},
            "agent_group": {"team": {"skills": ["call"], "agents": "plan"}},
            "plan": plan,
        }
    )


@pytest.mark.parametrize(
    ("target", "plan", "named", "wanted", "found_ends"),
    [
        ({"share": 0.8, "awt_s": 20}, {}, "in time", "at least 80.0 %", " %"),
        ({"max_mean_wait_s": 30}, {}, "mean wait", "at most 30.0 s", " s"),
        (
            {"max_mean_wait_s": 30},
            {"target_probability": 0.9},
            "mean wait, at most 30.0 s",
            "on 90.0 %",
            " % of days",
        ),
    ],
)
def test_the_worst_is_told_with_what_was_wanted(
    target: dict[str, object], plan: dict[str, object], named: str, wanted: str, found_ends: str
) -> None:
    tried = try_methods(center(target, plan), ["mol"], replications=20)
    told = {row.label: row.cells[0].text for row in methods_table(tried, "team").rows}
    assert told["Worst against its target"] == named
    assert told["… wanted"] == wanted
    assert told["… found"].endswith(found_ends)
    assert told["… in the period"] == "mon (day 1)"
    check = tried[0].checks[0].check
    assert (check.probability is not None) == told["… found"].startswith("on ")
