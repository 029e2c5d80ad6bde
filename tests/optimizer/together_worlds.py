"""Small centers of several groups: what the tests of skills and shifts planned together share."""

from __future__ import annotations

from typing import Any

from optimizer.draws import SEARCH_DRAWS_FROM
from optimizer.options import PlanOptions
from optimizer.people import Effort, groups_to_plan
from optimizer.together.frame import Frame, frame_of
from optimizer.together.trials import Trials
from scenarios import Scenario, from_data

EFFORT = Effort(0.0, 20.0, "highs")
QUICK = PlanOptions(time_limit_s=10.0, search_replications=40, replications=20, most_rounds=2)


def calls(per_h: float, talk_s: float = 300.0, **target: object) -> dict[str, Any]:
    """Calls of people who wait some ten minutes; with a target where one is given."""
    asked = {"service_target": target} if target else {}
    return {"channel": "voice", "arrivals": {"per_h": per_h}, "talk_s": talk_s, "patience_s": 600.0, **asked}


def team(skills: str, cost_per_h: float = 20.0, **more: object) -> dict[str, Any]:
    """People to be planned."""
    return {"skills": skills.split(), "cost_per_h": cost_per_h, "agents": "plan", **more}


def center(
    contact_type: dict[str, Any], agent_group: dict[str, Any], plan: dict[str, Any], **calendar: object
) -> Scenario:
    """A center that is open from eight to twelve, hour by hour, where nothing else is said."""
    hours = {"days": 1, "interval_min": 60, "hours": {"mon-sun": "08:00-12:00"}, **calendar}
    return from_data(
        {
            "name": "together",
            "calendar": hours,
            "contact_type": contact_type,
            "agent_group": agent_group,
            "plan": plan,
        }
    )


def n_center(kind: str = "intervals", **more: object) -> Scenario:
    """Two types: one group knows the first, the other both."""
    promised = {"share": 0.8, "awt_s": 60, "over": "day"}
    types = {"a": calls(60, **promised), "b": calls(40, **promised)}
    groups = {"own": team("a"), "both": team("b a", 28.0)}
    return center(types, groups, {"kind": kind, **dict(more.pop("plan", {}))}, **more)  # type: ignore[call-overload]


def frame(scenario: Scenario) -> Frame:
    """Its groups and columns."""
    return frame_of(scenario, groups_to_plan(scenario))


def trials(scenario: Scenario, first: int = SEARCH_DRAWS_FROM) -> Trials:
    """Simulations of it from some replication on."""
    return Trials(scenario, 1, first)
