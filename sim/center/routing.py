"""How contacts and agents meet: the agent for a contact that arrives, the contact for an agent who frees."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.center.contact import Contact
from sim.center.floor import Agent, Line, Team
from sim.world.world import GroupModel, TypeModel


def select_agent(contact_type: TypeModel, teams: Sequence[Team]) -> Agent | None:
    """The free agent for a contact of this type, taken from the idle.

    Groups in order of rank; among equal ranks whoever has been idle longest; ties by group order, then position.
    """
    for rank in contact_type.ranks:
        best: Team | None = None
        for group in rank:
            team = teams[group]
            if team.idle and (best is None or team.idle[0].idle_since_s < best.idle[0].idle_since_s):
                best = team
        if best is not None:
            return best.idle.popleft()
    return None


def select_contact(group: GroupModel, lines: Sequence[Line], now_s: float) -> Contact | None:
    """The waiting contact that a free agent of this group takes, out of its line; None when nobody waits."""
    best: Line | None = None
    best_score = 0.0
    score = _SCORES[group.policy]
    for skill in group.skills:
        line = lines[skill.contact_type]
        head = line.head()
        if head is None:
            continue
        if score is None:
            return line.take()
        value = score(now_s - head.queued_s, skill.weight)
        if best is None or value > best_score:
            best, best_score = line, value
    return None if best is None else best.take()


# What the heads of the queues are compared by, larger first, ties by skill order; None: the skill order decides.
_SCORES: dict[str, Callable[[float, float], float] | None] = {
    "priority": None,
    "longest_wait": lambda waited_s, _weight: waited_s,
    "weighted_wait": lambda waited_s, weight: weight * waited_s,
}
