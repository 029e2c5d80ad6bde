"""The floor: agents who are idle or at work, and the queues in front of them, while the readable engine runs."""

from __future__ import annotations

import math
from collections import deque

from sim.center.contact import Contact, Place
from sim.chance.sample import Sample
from sim.world.world import GroupModel, SkillModel


class Agent:
    """One position of a group, with its shifts under way; what is in hand may outlast them."""

    __slots__ = (
        "group",
        "hands",
        "position",
        "progress_s",
        "progressed_at_s",
        "resolution_factor",
        "shifts",
        "since_s",
        "talk_factor",
        "time_up_s",
        "works_since_s",
    )

    def __init__(self, group: int, position: int) -> None:
        self.group = group
        self.position = position
        self.shifts = 0
        self.hands: list[Contact] = []  # one contact that takes the whole agent, or chats, first come first
        self.since_s = math.nan  # idle since; with chats in hand, when the last one was taken
        self.time_up_s = math.nan
        self.talk_factor = 1.0
        self.resolution_factor = 1.0
        self.works_since_s = math.nan  # without a pause
        self.progress_s = 0.0  # of each chat since the first, in seconds worked alone (`sim.center.chats`)
        self.progressed_at_s = math.nan

    def __repr__(self) -> str:
        return f"agent {self.position} of group {self.group}"

    @property
    def due(self) -> bool:
        """Present by head count or shift."""
        return self.shifts > 0

    @property
    def chats(self) -> bool:
        """Holds one chat or more."""
        return bool(self.hands) and not self.hands[0].type.queueing.takes_whole_agent

    @property
    def gives_way(self) -> bool:
        """Does work that a live contact may interrupt."""
        return bool(self.hands) and self.hands[0].type.queueing.interruptible


class Team:
    """The agents of a group; the idle ones in order of how long they have been idle."""

    def __init__(self, model: GroupModel) -> None:
        self.model = model
        self.agents = [Agent(model.index, position) for position in range(model.presence.n_positions)]
        self.skill_of: dict[int, SkillModel] = {skill.contact_type: skill for skill in model.skills}
        self.idle: deque[Agent] = deque()
        self.n_due = 0
        self.n_busy = 0
        self.n_seats = 0  # as many as are due; after closing, as many as were

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
        agent.since_s = now_s
        behind: list[Agent] = []
        while self.idle and self.idle[-1].since_s == now_s and self.idle[-1].position > agent.position:
            behind.append(self.idle.pop())
        self.idle.append(agent)
        self.idle.extend(reversed(behind))

    def with_room(self) -> list[Agent]:
        """Who holds chats and may take one more."""
        limit = self.model.chat.limit
        return [agent for agent in self.agents if agent.chats and agent.due and len(agent.hands) < limit]


class Line:
    """Contacts that wait, first come first served. Those who gave up are dropped when met."""

    def __init__(self) -> None:
        self._contacts: deque[Contact] = deque()

    def join(self, contact: Contact) -> None:
        """To the end of the line."""
        self._contacts.append(contact)

    def put_back(self, contact: Contact) -> None:
        """To its front; where the contact once stood it may still be in the list."""
        if contact in self._contacts:
            self._contacts.remove(contact)
        self._contacts.appendleft(contact)

    def head(self) -> Contact | None:
        """Who has waited longest, if anybody waits."""
        contacts = self._contacts
        while contacts and not contacts[0].waiting:
            contacts.popleft()
        return contacts[0] if contacts else None

    def everybody(self) -> list[Contact]:
        """All who wait, in order."""
        return [contact for contact in self._contacts if contact.waiting]


class Queue:
    """All who wait for one type of service."""

    def __init__(self) -> None:
        self.lines = {place: Line() for place in Place}
        self.n = 0

    def join(self, contact: Contact) -> None:
        """To the end of its line."""
        self._enters(contact)
        self.lines[contact.place].join(contact)

    def put_back(self, contact: Contact) -> None:
        """To the front of its line, for anyone to take."""
        self._enters(contact)
        self.lines[contact.place].put_back(contact)

    def leave(self, contact: Contact) -> None:
        """Served, or gone."""
        contact.waiting = False
        self.n -= 1

    def everybody(self) -> list[Contact]:
        """All who wait, line after line."""
        return [contact for line in self.lines.values() for contact in line.everybody()]

    def _enters(self, contact: Contact) -> None:
        contact.waiting = True
        self.n += 1
