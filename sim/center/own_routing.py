"""Routing of a planner's own, for the readable engine: who takes a contact, and what an agent takes, in Python.

`Routing` decides as the model does (`sim.center.routing`). A planner's own derives from it and decides otherwise in
one of its two methods or in both; what is chosen must be possible, and is checked. It is asked when a contact comes,
when further groups may take it, and when an agent has room for more; None leaves everybody where they are until then.
"""

from __future__ import annotations

from copy import deepcopy

from sim.center.contact import Contact
from sim.center.floor import Agent
from sim.center.routing import (
    eligible_at_s,
    empties,
    has_room_for,
    may_take,
    seat_is_free,
    select_agent,
    select_contact,
)
from sim.center.state import Center


class Routing:
    """How contacts and agents meet in the model. Each replication gets a copy of its own."""

    def select_agent(self, center: Center, contact: Contact) -> Agent | None:
        """The agent for a contact that asks for a person; None: it waits."""
        return select_agent(center, contact)

    def select_contact(self, center: Center, agent: Agent) -> Contact | None:
        """What an agent with room takes of what waits; None: nothing."""
        return select_contact(center, agent)


def free_agents(center: Center, contact: Contact) -> list[Agent]:
    """Everybody who could take a contact now, in order of rank, group and time without work."""
    found: list[Agent] = []
    for team in (center.teams[group] for rank in contact.type.ranks for group in rank):
        if not may_take(center, team, contact, len(team.idle)):
            continue
        if contact.type.queueing.takes_whole_agent:
            found += team.idle if seat_is_free(center, team) else ()
        elif not empties(center, team):
            found += [*(team.idle if seat_is_free(center, team) else ()), *team.with_room()]
    return found


def waiting_contacts(center: Center, agent: Agent) -> list[Contact]:
    """Everybody whom an agent could take now, in order of the group's skills; within a type in order of the line."""
    team = center.teams[agent.group]
    if not agent.hands and not seat_is_free(center, team):
        return []
    return [
        contact
        for skill in team.model.skills
        if has_room_for(center, agent, skill)
        for contact in center.queues[skill.contact_type].everybody()
        if center.now_s >= eligible_at_s(contact, agent.group)
        and (agent.due or not contact.type.queueing.is_deferred)
    ]


class Checked(Routing):
    """A planner's own routing, of which a choice that is not possible is refused with a sentence."""

    def __init__(self, own: Routing) -> None:
        self._own = own

    def select_agent(self, center: Center, contact: Contact) -> Agent | None:
        """The own routing's agent, who must be able to take the contact."""
        agent = self._own.select_agent(center, contact)
        if agent is not None and not any(agent is free for free in free_agents(center, contact)):
            raise ValueError(
                f"select_agent: gave {agent!r}, expected one of free_agents(center, contact), or None"
            )
        return agent

    def select_contact(self, center: Center, agent: Agent) -> Contact | None:
        """The own routing's contact, whom the agent must be able to take."""
        contact = self._own.select_contact(center, agent)
        if contact is not None and not any(contact is one for one in waiting_contacts(center, agent)):
            raise ValueError(
                f"select_contact: gave {contact!r}, expected one of waiting_contacts(center, agent), or None"
            )
        return contact


def of_a_replication(own: Routing | None) -> Routing:
    """The model's routing, or a fresh copy of a planner's own: what it remembers ends with the replication."""
    return Routing() if own is None else Checked(deepcopy(own))
