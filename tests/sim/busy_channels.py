"""A busy morning of chats, calls and e-mails, with callbacks, tickets after closing, and customers who chase."""

from __future__ import annotations

from scenarios import Scenario, from_data


def morning() -> Scenario:
    """Two types of live contacts and one of deferred work in one team, too small for all of it."""
    return from_data(
        {
            "name": "busy-channels",
            "calendar": {"days": 1, "hours": {"mon-sun": "08:00-14:00"}, "warm_up_h": 0, "run_out_h": 0},
            "contact_type": {
                "chat": {"channel": "chat", "arrivals": {"per_h": 30}, "talk_s": 400, "patience_s": 120},
                "call": {
                    "channel": "voice",
                    "arrivals": {"per_h": 20},
                    "talk_s": 300,
                    "patience_s": 90,
                    "callback": {"offer_above_s": 0, "accept_share": 0.5, "reach_share": 0.5},
                    "when_closed": {"ticket_share": 0.5, "as": "mail"},
                },
                "mail": {
                    "channel": "email",
                    "arrivals": {"per_h": 10},
                    "talk_s": 300,
                    "due_h": 1,
                    "chase": {"after_h": 1, "share": 0.5, "as": "call"},
                },
            },
            "agent_group": {
                "team": {
                    "skills": ["call", "chat", "mail"],
                    "agents": {"present": 5},
                    "concurrency": {"chat": 3, "throughput": [1.0, 1.7, 2.2]},
                }
            },
        }
    )
