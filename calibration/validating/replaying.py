"""The scenario of a history: its laws as they are, the history's own arrivals and people, nothing that calls again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import numpy as np

from calibration.validating.heads import Heads
from calibration.validating.history import History, awt_of
from calibration.validating.opening import hours_of
from scenarios import Scenario

Change = Callable[[dict[str, Any]], None]

IN_THE_ARRIVALS = (
    "redial",
    "reconnect",
    "transfer",
    "chase",
    "callback",
    "prevention",
    "induced",
    "when_closed",
)
"""Of a contact type: what brings contacts again is in the records already, and would come twice.

A callback would take customers out of a queue in which, by the records, they stayed.
"""
NOT_REPLAYED = ("bot", "busyness", "event", "customers", "plan", "sources")
"""Records begin at the agents' queue, and hold their own busy days."""


def replayed(scenario: Scenario, history: History, heads: Heads, change: Change | None = None) -> Scenario:
    """The history as a scenario; `change` alters its tables before it is checked."""
    data = deepcopy(scenario.as_dict())
    for key in NOT_REPLAYED:
        data.pop(key, None)
    data["calendar"] = _calendar(scenario, history, heads)
    _arrivals(data["contact_type"], scenario, history)
    _people(data["agent_group"], heads)
    if change is not None:
        change(data)
    return Scenario.model_validate(data | {"name": f"{scenario.name}-replayed"})


def _calendar(scenario: Scenario, history: History, heads: Heads) -> dict[str, Any]:
    calendar = {
        "start": history.contacts.first_day,
        "days": history.n_days,
        "interval_min": heads.step_s // 60,
        "at_close": scenario.calendar.at_close,
        "on_time_up": "seat",
        "warm_up_h": 0.0,
        "run_out_h": 0.0,
    }
    hours = hours_of(scenario, history)
    return calendar if hours is None else calendar | {"hours": hours}


def _arrivals(tables: dict[str, Any], scenario: Scenario, history: History) -> None:
    contacts, awt_s = history.contacts, awt_of(scenario)
    for position, table in enumerate(tables.values()):
        for key in IN_THE_ARRIVALS:
            table.pop(key, None)
        moments_s = np.sort(contacts.joined_s[contacts.queue == position])
        table["arrivals"] = {"replay": moments_s.tolist()} if len(moments_s) else {"per_day": 0.0}
        table["service_target"] = {"share": 0.8, "awt_s": float(awt_s[position]), "over": "day"}


def _people(tables: dict[str, Any], heads: Heads) -> None:
    for name, table in tables.items():
        table["agents"] = {"present_per_interval": heads.of_group(name).tolist()}
        for key in ("newcomers", "attrition_per_year", "shrinkage", "proactive", "support"):
            table.pop(key, None)


def laws_changed(changes: Mapping[str, Mapping[str, Any]]) -> Change:
    """Keys of contact types set: {type: {key: value}}."""

    def change(data: dict[str, Any]) -> None:
        for name, values in changes.items():
            data["contact_type"][name].update(values)

    return change
