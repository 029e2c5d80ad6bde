"""A center small enough for tests of the interface: two kinds of call, one team, a short day."""

from __future__ import annotations

from scenarios import Scenario, from_data


def small_center() -> Scenario:
    calls = {"channel": "voice", "arrivals": {"per_h": 30}, "talk_s": 240, "patience_s": 90}
    return from_data(
        {
            "name": "small",
            "label": "Small center",
            "calendar": {"days": 1, "interval_min": 60, "hours": {"mon-sun": "08:00-14:00"}},
            "contact_type": {
                "ask": {**calls, "label": "Asking", "service_target": "80/20"},
                "tell": {**calls, "service_target": "80/20"},
            },
            "agent_group": {"team": {"skills": ["ask", "tell"], "agents": {"present": 6}, "cost_per_h": 20}},
        }
    )
