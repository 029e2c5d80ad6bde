"""Which targets people without end would miss: figures known by hand, and limits that bind."""

from __future__ import annotations

from typing import Any

import pytest

from optimizer.people import NoPlan
from optimizer.reach import require_attainable, require_reachable
from scenarios import Scenario, from_data
from sim.replicate import Asked, run


def center(target: dict[str, Any] | str = "80/20", **changes: Any) -> Scenario:
    """Sixty calls an hour of four minutes, four erlangs."""
    call = {
        "channel": "voice",
        "arrivals": {"per_h": 60},
        "talk_s": 240,
        "patience_s": {"law": "exponential", "mean": 120},
        "service_target": target,
    }
    scenario = from_data(
        {
            "name": "small",
            "calendar": {"days": 1, "hours": {"mon-sun": "08:00-18:00"}},
            "contact_type": {"call": call},
            "agent_group": {"team": {"skills": ["call"], "agents": "plan"}},
        }
    )
    return scenario.changed(changes) if changes else scenario


def refused(scenario: Scenario) -> str:
    """What is said; empty where the targets can be reached."""
    try:
        require_reachable(scenario, run, Asked(seed=3))
    except NoPlan as said:
        return str(said)
    return ""


def test_what_people_without_end_hold_is_not_refused() -> None:
    assert (
        refused(center({"share": 0.99, "awt_s": 1, "max_abandonment_rate": 0.01, "max_mean_wait_s": 1})) == ""
    )


@pytest.mark.parametrize(("most", "is_refused"), [(3, True), (7, False)])
def test_a_limit_on_people_present_binds_where_nothing_may_be_missed(most: int, is_refused: bool) -> None:
    rules = {"max_present": most, "under_coverage": "forbidden"}
    said = refused(center({"share": 0.8, "awt_s": 20, "over": "day"}, plan=rules))
    assert said.endswith(f"more is not possible with max_present = {most}") is is_refused
    assert bool(said) is is_refused


def test_where_missing_is_priced_a_limit_is_the_plan_s_own_matter() -> None:
    assert refused(center(plan={"max_present": 1, "under_coverage": "priced"})) == ""


def test_an_outsourcer_s_people_bind_in_any_case() -> None:
    said = refused(center(**{"agent_group.team.outsourced": {"per_h": 20, "max_people": 2}}))
    assert said.endswith("more is not possible with agent_group.team.outsourced.max_people = 2")


def test_help_that_comes_too_late() -> None:
    routes = [{"group": "team", "rank": 1}, {"group": "help", "rank": 2, "after_s": 30}]
    late = center(
        {"share": 0.8, "awt_s": 20, "over": "day"},
        **{
            "agent_group.help": {"skills": ["call"], "agents": "plan"},
            "agent_group.team.agents": {"present": 3},
            "contact_type.call.routed_to": routes,
        },
    )
    assert refused(late).endswith("while agent_group.help may take it only after 30 s of waiting")
    routes[1]["after_s"] = 10
    assert refused(late.changed({"contact_type.call.routed_to": routes})) == ""


def test_people_who_are_given_are_not_planned() -> None:
    given = center(
        **{
            "contact_type.chat": {"channel": "chat", "arrivals": {"per_h": 30}, "talk_s": 300},
            "agent_group.chats": {"skills": ["chat"], "agents": "plan"},
            "agent_group.team.agents": {"present": 3},
        }
    )
    assert refused(given).endswith(
        "while the people of agent_group.team, who take it, are given and not planned"
    )


@pytest.mark.parametrize(
    ("target", "patience_s", "n_said"),
    [
        ({"share": 1.0, "awt_s": 20}, 120.0, 1),
        ({"share": 0.999, "awt_s": 20}, 120.0, 0),
        ({"max_delay_rate": 0.0, "max_mean_wait_s": 0.0}, 120.0, 2),
        ({"min_answer_rate": 1.0, "max_abandonment_rate": 0.0}, 120.0, 2),
        ({"min_answer_rate": 1.0, "max_abandonment_rate": 0.0}, None, 0),  # nobody hangs up
    ],
)
def test_what_is_only_approached(target: dict[str, Any], patience_s: float | None, n_said: int) -> None:
    law = None if patience_s is None else {"law": "exponential", "mean": patience_s}
    scenario = center(target, **{"contact_type.call.patience_s": law})
    said = ""
    try:
        require_attainable(scenario)
    except NoPlan as reason:
        said = str(reason)
    assert said.count("is approached with more people, but never reached by any number of them") == n_said
