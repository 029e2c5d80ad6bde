"""The demand of any shipped scenario can be given to other groups: nothing in it still names those that are gone."""

from __future__ import annotations

import pytest

from optimizer.together.regrouped import regrouped
from scenarios import load
from scenarios.shipped import catalog_entries


@pytest.mark.parametrize("name", [entry.name for entry in catalog_entries() if entry.kind == "scenario"])
def test_other_groups_can_take_the_demand(name: str) -> None:
    """One group for all that is known to anybody; the demand is what it was."""
    scenario = load(name)
    known = [
        contact_type
        for contact_type in scenario.contact_type
        if any(
            skill.contact_type == contact_type for g in scenario.agent_group.values() for skill in g.skills
        )
    ]
    pooled = regrouped(scenario, {"everyone": known})
    assert list(pooled.agent_group) == ["everyone"]
    assert [skill.contact_type for skill in pooled.agent_group["everyone"].skills] == known
    for contact_type in known:
        assert pooled.contact_type[contact_type].arrivals == scenario.contact_type[contact_type].arrivals


def test_shifts_of_some_groups_are_shifts_for_everybody() -> None:
    """A ready-made shift that only one group may work."""
    scenario = load("skills-and-shifts")
    shift = {"from": "16:00", "to": "20:00", "agent_groups": ["both"]}
    own = scenario.changed({"plan.shift": [{"from": "08:00", "to": "20:00"}, shift]})
    pooled = regrouped(own, {"everyone": ["north", "south"]})
    assert [each.agent_groups for each in pooled.plan.shift or ()] == [None, None]
