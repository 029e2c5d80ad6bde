"""The floor: agents who are idle or at work, and the queues in front of them, while the readable engine runs."""

from __future__ import annotations

import math
from collections import deque

from sim.center.contact import Contact
from sim.chance.sample import Sample
from sim.world.world import GroupModel, SkillModel


class Agent:
    """One position of a group, with its shifts under way; a contact in hand may outlast them."""

    __slots__ = (
        "contact",
        "group",
        "idle_since_s",
        "position",
        "resolution_factor",
        "shifts",
        "talk_factor",
        "time_up_s",
    )

    def __init__(self, group: int, position: int) -> None:
        self.group = group
        self.position = position
        self.shifts = 0
        self.contact: Contact | None = None
        self.idle_since_s = math.nan
        self.time_up_s = math.nan
        self.talk_factor = 1.0
        self.resolution_factor = 1.0

    @property
    def due(self) -> bool:
        """Present by head count or shift."""
        return self.shifts > 0


class Team:
    """The agents of a group; the idle ones in order of how long they have been idle."""

    def __init__(self, model: GroupModel) -> None:
        self.model = model
        self.agents = [Agent(model.index, position) for position in range(model.presence.n_positions)]
        self.skill_of: dict[int, SkillModel] = {skill.contact_type: skill for skill in model.skills}
        self.idle: deque[Agent] = deque()

    def people_of_day(self, sample: Sample, day: int) -> None:
        """Who sits in the positions on this day, and how fast and how well each of them works."""
        if self.model.traits is not None:
            factors = self.model.traits.factors(sample, day)
            for agent, talk, resolution in zip(
                self.agents, *(each.tolist() for each in factors), strict=True
            ):
                agent.talk_factor, agent.resolution_factor = talk, resolution

    def rest(self, agent: Agent, now_s: float) -> None:
        """The agent is free from now on; those free since the same instant stand in order of position."""
        agent.idle_since_s = now_s
        behind: list[Agent] = []
        while self.idle and self.idle[-1].idle_since_s == now_s and self.idle[-1].position > agent.position:
            behind.append(self.idle.pop())
        self.idle.append(agent)
        self.idle.extend(reversed(behind))


class Line:
    """The contacts of one type that wait, first come first served. Those who gave up are dropped when met."""

    def __init__(self) -> None:
        self._contacts: deque[Contact] = deque()

    def join(self, contact: Contact) -> None:
        """To the end of the line."""
        contact.waiting = True
        self._contacts.append(contact)

    def head(self) -> Contact | None:
        """Who has waited longest, if anybody waits."""
        contacts = self._contacts
        while contacts and not contacts[0].waiting:
            contacts.popleft()
        return contacts[0] if contacts else None

    def take(self) -> Contact:
        """The head leaves the line to be served."""
        contact = self._contacts.popleft()
        contact.waiting = False
        return contact

    @property
    def n_waiting(self) -> int:
        """How many wait."""
        return sum(contact.waiting for contact in self._contacts)

    def everybody(self) -> list[Contact]:
        """All who wait, in order."""
        return [contact for contact in self._contacts if contact.waiting]
