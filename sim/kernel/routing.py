"""How contacts and agents meet, compiled: `sim.center.routing` on arrays."""

from __future__ import annotations

from sim.kernel.compiling import compiled
from sim.kernel.floor import leave, stop_resting
from sim.kernel.rows import agent_at, contact_at, group_at, line_at, route_at, skill_at, type_at
from sim.kernel.state import NOBODY, PRIORITY, WEIGHTED_WAIT, Center


@compiled
def select_agent(c: Center, contact_type: int) -> int:
    """The free agent for a contact of this type, taken from the idle; NOBODY when all are busy.

    Groups in order of rank; among equal ranks whoever has been idle longest; ties by group order, then position.
    """
    best = NOBODY
    rank = 0
    for i in range(type_at(c, contact_type).n_routes):
        route = route_at(c, contact_type * c.n_groups + i)
        if best != NOBODY and route.rank > rank:
            break
        agent = group_at(c, route.group).first_idle
        if agent == NOBODY:
            continue
        if best == NOBODY or agent_at(c, agent).idle_since_s < agent_at(c, best).idle_since_s:
            best = agent
            rank = route.rank
    if best != NOBODY:
        stop_resting(c, best)
    return best


@compiled
def select_contact(c: Center, group: int) -> int:
    """The waiting contact that a free agent of this group takes, out of its line; NOBODY when nobody waits."""
    policy = group_at(c, group).policy
    best = NOBODY
    best_score = 0.0
    for i in range(group_at(c, group).n_skills):
        contact_type = skill_at(c, group * c.n_types + i).looks_at
        head = line_at(c, contact_type).first
        if head == NOBODY:
            continue
        score = c.now_s - contact_at(c, head).queued_s
        if policy == WEIGHTED_WAIT:
            score *= skill_at(c, group * c.n_types + contact_type).weight
        if best == NOBODY or score > best_score:
            best = head
            best_score = score
        if policy == PRIORITY:
            break
    if best != NOBODY:
        leave(c, contact_at(c, best).type, best)
    return best
