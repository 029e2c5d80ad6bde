"""Small worlds for the choice of a design: one team, a short day, a bot that may be bought."""

from __future__ import annotations

from typing import Any

from scenarios import Scenario, Study, from_data

BUY = "bot.menu.contact_type.call.entry_share"
POINT = "bot.menu.contact_type.call.operating_point"


def shop(**plan: Any) -> Scenario:
    """Calls for one team from 8 to 12; a bot that nobody enters until it is bought."""
    call = {
        "channel": "voice",
        "arrivals": {"per_day": 160, "shape": [3, 4, 4, 3]},
        "talk_s": 240,
        "patience_s": 120,
        "resolution_rate": 0.95,
        "reconnect": {"share": 0.8, "delay_h": 0.5, "skip_bot": True},
        "service_target": "80/20",
    }
    points = [{"solved": 30, "wrongly_closed": 2}, {"solved": 45, "wrongly_closed": 25}]
    part = {"entry_share": 0.0, "operating_point": 0.0, "operating_points": points, "session_s": 30}
    return from_data(
        {
            "name": "shop",
            "calendar": {"days": 1, "interval_min": 60, "hours": {"mon-sun": "08:00-12:00"}},
            "contact_type": {"call": {**call, "wrong_answer": {"bot": 0.1, "cost": 10}}},
            "agent_group": {"team": {"skills": ["call"], "agents": "plan", "cost_per_h": 20}},
            "bot": {"menu": {"contact_type": {"call": part}, "price": {"per_session": 0.05}}},
            "plan": {"kind": "intervals", **plan},
        }
    )


def options() -> list[dict[str, Any]]:
    """The bot at either point, and assist."""
    return [
        {"label": "careful", BUY: 0.9, POINT: 0.0, "per_month": 300},
        {"label": "eager", BUY: 0.9, POINT: 1.0, "per_month": 400},
        {"label": "assist", "assist.groups": ["team"], "assist.talk_factor": 0.9, "per_month": 200},
    ]


def alone(scenario: Scenario) -> Study:
    """A study of one scenario: its options are what there is to choose."""
    return Study(scenario.name, scenario.label, scenario, ())
