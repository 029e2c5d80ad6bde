"""The same demand with other people: one group for each set of contact types, knowing nothing else.

With one group that knows everything the demand is pooled: no arrangement of the same people does better on the whole.
With a group of its own for each type nothing is shared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scenarios import Scenario, from_data

# What ties types to the groups that are no longer there.
_OF_ROUTING = ("routed_to",)


def regrouped(scenario: Scenario, types_of: Mapping[str, Sequence[str]]) -> Scenario:
    """The scenario with these groups, group → its contact types, in place of its own; people are left open.

    A group is like the one most present of the groups that knew one of its types, and as quick as the quickest of them;
    no busier than the strictest of their caps allows.
    """
    data = scenario.as_dict()
    for declared in data["contact_type"].values():
        for key in _OF_ROUTING:
            declared.pop(key, None)
    known = data["agent_group"]
    data["agent_group"] = {name: _group(scenario, known, types) for name, types in types_of.items()}
    if "assist" in data:
        data["assist"]["groups"] = list(types_of)
    for part in ("sources", "label"):
        data.pop(part, None)
    _without_names(data.get("plan", {}))
    return from_data(data)


def _without_names(plan: dict[str, Any]) -> None:
    """A plan that names no groups: none of a design's options, and shifts for everybody."""
    for key in ("design", "guardrail"):
        plan.pop(key, None)
    for shift in plan.get("shift", ()):
        shift.pop("agent_groups", None)


def _group(scenario: Scenario, known: Mapping[str, Any], types: Sequence[str]) -> dict[str, Any]:
    knowing = [
        name
        for name, group in scenario.agent_group.items()
        if any(skill.contact_type in types for skill in group.skills)
    ]
    like = max(knowing, key=lambda name: scenario.agent_group[name].shrinkage.available_share)
    kept = {key: known[like][key] for key in ("concurrency", "cost_per_h", "shrinkage") if key in known[like]}
    caps = [known[name]["max_occupancy"] for name in knowing if "max_occupancy" in known[name]]
    if caps:
        kept["max_occupancy"] = min(caps)
    return {**kept, "skills": [_skill(scenario, name) for name in types], "agents": "plan"}


def _skill(scenario: Scenario, contact_type: str) -> dict[str, Any]:
    skills = [
        skill
        for group in scenario.agent_group.values()
        for skill in group.skills
        if skill.contact_type == contact_type
    ]
    own = scenario.contact_type[contact_type].resolution_rate
    resolution = [own if skill.resolution_rate is None else skill.resolution_rate for skill in skills]
    return {
        "contact_type": contact_type,
        "talk_factor": min((skill.talk_factor for skill in skills), default=1.0),
        "resolution_rate": max(resolution, default=own),
    }
