"""The floor, compiled: idle agents of a group, contacts in a line, sessions of a bot: lists threaded through records.

Joining, leaving from anywhere and finding the first take the same time in a team of 5 and of 5,000.
"""

from __future__ import annotations

from sim.kernel.compiling import compiled
from sim.kernel.rows import agent_at, contact_at, group_at, line_at
from sim.kernel.state import NOBODY, Center


@compiled
def rest(c: Center, agent: int) -> None:
    """The agent is free from now on; those free since the same instant stand in order of position."""
    now_s = c.now_s
    me = agent_at(c, agent)
    group = group_at(c, me.group)
    me.idle_since_s = now_s
    ahead = group.last_idle
    while ahead != NOBODY and ahead > agent and agent_at(c, ahead).idle_since_s == now_s:
        ahead = agent_at(c, ahead).previous
    behind = group.first_idle if ahead == NOBODY else agent_at(c, ahead).next
    me.previous, me.next = ahead, behind
    if ahead == NOBODY:
        group.first_idle = agent
    else:
        agent_at(c, ahead).next = agent
    if behind == NOBODY:
        group.last_idle = agent
    else:
        agent_at(c, behind).previous = agent


@compiled
def stop_resting(c: Center, agent: int) -> None:
    """Out of the idle of the group."""
    me = agent_at(c, agent)
    group = group_at(c, me.group)
    if me.previous == NOBODY:
        group.first_idle = me.next
    else:
        agent_at(c, me.previous).next = me.next
    if me.next == NOBODY:
        group.last_idle = me.previous
    else:
        agent_at(c, me.next).previous = me.previous


@compiled
def join(c: Center, line: int, contact: int) -> None:
    """To the end of a line."""
    me, queue = contact_at(c, contact), line_at(c, line)
    queue.n += 1
    me.previous, me.next = queue.last, NOBODY
    if queue.last == NOBODY:
        queue.first = contact
    else:
        contact_at(c, queue.last).next = contact
    queue.last = contact


@compiled
def leave(c: Center, line: int, contact: int) -> None:
    """Out of a line, from wherever the contact stands."""
    me, queue = contact_at(c, contact), line_at(c, line)
    queue.n -= 1
    if me.previous == NOBODY:
        queue.first = me.next
    else:
        contact_at(c, me.previous).next = me.next
    if me.next == NOBODY:
        queue.last = me.previous
    else:
        contact_at(c, me.next).previous = me.previous


@compiled
def n_waiting(c: Center, contact_type: int) -> int:
    """How many wait for a type of service."""
    return line_at(c, contact_type).n


@compiled
def sessions_of(c: Center, bot: int) -> int:
    """The line of a bot's sessions: those of the bots stand behind those of the types."""
    return c.n_types + bot
