"""How contacts and agents meet: the agent for a contact that arrives, the contact for an agent with room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sim.center.contact import Contact, Place
from sim.center.floor import Agent, Team
from sim.center.state import Center
from sim.world.world import SkillModel


def select_agent(c: Center, contact: Contact) -> Agent | None:
    """The agent for a contact that has none: groups in order of rank, those of equal rank together."""
    for rank in contact.type.ranks:
        teams = [c.teams[group] for group in rank]
        able = [team for team in teams if may_take(c, team, contact, len(team.idle))]
        free = _with_room(c, able) if not contact.type.queueing.takes_whole_agent else _free(c, able)
        if free:
            return min(free, key=lambda agent: _order(c, agent))
    return None


def _free(c: Center, teams: Iterable[Team]) -> list[Agent]:
    """The longest idle of each team."""
    return [team.idle[0] for team in teams if team.idle and seat_is_free(c, team)]


def _with_room(c: Center, teams: Sequence[Team]) -> list[Agent]:
    """Who can take a chat, unless the team empties for a call that waits."""
    able = [team for team in teams if not empties(c, team)]
    return _free(c, able) + [agent for team in able for agent in team.with_room()]


def _order(c: Center, agent: Agent) -> tuple[float, float, int, int]:
    """Fewest in hand, or most where the group fills one agent first; then longest idle, or without a new contact."""
    stacks = c.teams[agent.group].model.chat.stacks
    held = -len(agent.hands) if stacks else len(agent.hands)
    return held, agent.since_s, agent.group, agent.position


def select_to_interrupt(c: Center, contact: Contact) -> Agent | None:
    """Who puts work aside for a live contact: of the first rank that has any, who began last."""
    if contact.type.queueing.is_deferred:
        return None
    for rank in contact.type.ranks:
        teams = [c.teams[group] for group in rank]
        able = [team for team in teams if may_take(c, team, contact, len(team.idle) + 1)]
        giving_way = [agent for team in able for agent in team.agents if agent.gives_way]
        if giving_way:
            return min(giving_way, key=lambda a: (-a.works_since_s, a.group, a.position))
    return None


def select_contact(c: Center, agent: Agent) -> Contact | None:
    """What an agent with room takes of what waits: live contacts, then callbacks that can wait, then deferred work."""
    team = c.teams[agent.group]
    if not agent.hands and not seat_is_free(c, team):
        return None
    usable = [skill for skill in team.model.skills if has_room_for(c, agent, skill)]
    live = [skill for skill in usable if not _is_deferred(c, skill)]
    contact = _best(c, agent, live, (Place.AHEAD, Place.PLAIN)) or _best(c, agent, live, (Place.LATER,))
    if contact is None and agent.due:
        deferred = [skill for skill in usable if _is_deferred(c, skill)]
        contact = _best(c, agent, deferred, (Place.AHEAD, Place.PLAIN))
    return contact


def _best(c: Center, agent: Agent, skills: Sequence[SkillModel], places: Sequence[Place]) -> Contact | None:
    """By priority of the types; among equals by the group's policy; ties by skill order."""
    score = _SCORES[c.teams[agent.group].model.policy]
    best: Contact | None = None
    best_score = 0.0
    for skill in skills:
        if best is not None and _priority(c, skill) > best.type.queueing.priority:
            break
        first = first_in_line(c, agent.group, skill.contact_type, places)
        if first is None:
            continue
        value = score(c.now_s - first.queued_s, skill.weight)
        if best is None or value > best_score:
            best, best_score = first, value
    return best


# What the first in line are compared by, larger first; a constant leaves it to the skill order.
_SCORES: dict[str, Callable[[float, float], float]] = {
    "priority": lambda _waited_s, _weight: 0.0,
    "longest_wait": lambda waited_s, _weight: waited_s,
    "weighted_wait": lambda waited_s, weight: weight * waited_s,
}


def first_in_line(c: Center, group: int, contact_type: int, places: Sequence[Place]) -> Contact | None:
    """Who comes first of those that this group may take by now."""
    for place in places:
        head = c.queues[contact_type].lines[place].head()
        if head is not None and c.now_s >= eligible_at_s(head, group):
            return head
    return None


def eligible_at_s(contact: Contact, group: int) -> float:
    """From when on a group may take a contact that waits; work put back is for anyone."""
    if contact.put_back:
        return contact.queued_s
    return contact.queued_s + contact.type.queueing.after_s.get(group, 0.0)


def may_take(c: Center, team: Team, contact: Contact, n_free: int) -> bool:
    """Whether the time for this group has come, and enough of its people would be free."""
    group = team.model.index
    if not n_free > team.skill_of[contact.type.index].free_above:
        return False
    return c.now_s >= eligible_at_s(contact, group)


def has_room_for(c: Center, agent: Agent, skill: SkillModel) -> bool:
    """One contact that takes the whole agent, or so many chats; the freed agent is counted among the free."""
    team = c.teams[agent.group]
    n_free = len(team.idle) + (not agent.hands)
    if not n_free > skill.free_above:
        return False
    if c.world.types[skill.contact_type].queueing.takes_whole_agent:
        return not agent.hands
    return has_room(c, agent) and not empties(c, team)


def has_room(c: Center, agent: Agent) -> bool:
    """Whether the agent can take anything more."""
    return not agent.hands or (agent.chats and len(agent.hands) < c.teams[agent.group].model.chat.limit)


def empties(c: Center, team: Team) -> bool:
    """Whether the group takes no new chats, as a call that it may take waits."""
    if not team.model.chat.empties_for_calls:
        return False
    calls = (skill.contact_type for skill in team.model.skills if _is_call(c, skill))
    places = (Place.AHEAD, Place.PLAIN)
    return any(first_in_line(c, team.model.index, call, places) is not None for call in calls)


def seat_is_free(c: Center, team: Team) -> bool:
    """Where heads are seats, work begins only while fewer are busy than there are seats."""
    return not c.world.counts_seats or team.n_busy < team.n_seats


def _is_deferred(c: Center, skill: SkillModel) -> bool:
    return c.world.types[skill.contact_type].queueing.is_deferred


def _is_call(c: Center, skill: SkillModel) -> bool:
    queueing = c.world.types[skill.contact_type].queueing
    return queueing.takes_whole_agent and not queueing.is_deferred


def _priority(c: Center, skill: SkillModel) -> int:
    return c.world.types[skill.contact_type].queueing.priority
