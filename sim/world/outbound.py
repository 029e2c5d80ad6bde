"""Proactive notices, as deferred work of their own: a contact type for each group that gives them, named by no file.

It stands behind all declared types, so that nobody's position or draws change, and is named after its key:
`GROUP.proactive`. It is left out of what is told by contact type (`sim.measures.stack`).
"""

from __future__ import annotations

from dataclasses import dataclass

from scenarios import Scenario
from scenarios.agent_groups import AgentGroup, Proactive, Skill
from scenarios.contact_types import ContactType, Reconnect
from scenarios.demand import Arrivals
from scenarios.laws import Constant
from scenarios.quantities import frozen

FIRST_STREAM = 1 << 20  # of notices: behind those of all contact types, whichever a design adds
_LAST_PRIORITY = 1 << 20
_AT_ONCE = Constant(value=0.0)


@dataclass(frozen=True)
class Notices:
    """What a group's notices do: about which type, how many customers they reach, how many contacts they spare."""

    group: int
    contact: int
    reach_share: float
    prevents_share: float


def with_outbound(scenario: Scenario) -> Scenario:
    """The same scenario, its notices among the contact types and skills."""
    giving = {
        name: group
        for name, group in scenario.agent_group.items()
        if group.proactive is not None and outbound_name(name) not in scenario.contact_type
    }
    if not giving:
        return scenario
    types = {outbound_name(name): _as_type(group.proactive) for name, group in giving.items()}
    groups = {name: _with_skill(name, group) for name, group in giving.items()}
    return scenario.model_copy(
        update={
            "contact_type": frozen({**scenario.contact_type, **types}),
            "agent_group": frozen({**scenario.agent_group, **groups}),
        }
    )


def outbound_name(group: str) -> str:
    """What the contact type of a group's notices is called; names in files have no dots."""
    return f"{group}.proactive"


def is_outbound(type_name: str) -> bool:
    """Whether the contact type of this name stands for a group's notices."""
    return type_name.endswith(".proactive")


def notices_of(scenario: Scenario, type_name: str) -> Notices | None:
    """The notices that the contact type of this name stands for, in a scenario that has them among its types."""
    if not is_outbound(type_name):
        return None
    name = type_name.removesuffix(".proactive")
    said = scenario.agent_group[name].proactive
    assert said is not None
    return Notices(
        group=list(scenario.agent_group).index(name),
        contact=list(scenario.contact_type).index(said.contact),
        reach_share=said.reach_share,
        prevents_share=said.prevents_share,
    )


def _as_type(said: Proactive | None) -> ContactType:
    """Work that is begun after everything else, and finished: a customer is on the line. Who calls back reconnects."""
    assert said is not None
    delay_h = said.calls_back_after_h or _AT_ONCE
    back = Reconnect.model_validate({"share": said.calls_back_share, "delay_h": delay_h, "as": said.contact})
    return ContactType.model_construct(
        channel="message",
        arrivals=Arrivals(per_day=said.per_day),
        talk_s=said.talk_s,
        priority=_LAST_PRIORITY,
        day_cv=0.0,
        reconnect=back,
    )


def _with_skill(name: str, group: AgentGroup) -> AgentGroup:
    skill = Skill.model_construct(contact_type=outbound_name(name))
    return group.model_copy(update={"skills": (*group.skills, skill)})
