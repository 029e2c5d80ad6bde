"""The floor, compiled: agents on their shelves, contacts in lines, sessions of a bot: lists threaded through records.

Joining, leaving from anywhere and finding the first take the same time in a team of 5 and of 5,000; only those who
hold chats are put in order one by one.
"""

from __future__ import annotations

from sim.kernel.compiling import compiled, seldom
from sim.kernel.record import NOBODY
from sim.kernel.rows import agent_at, contact_at, group_at, line_at, shelf_at, type_at
from sim.kernel.state import N_PLACES, Center


@compiled
def rest(c: Center, agent: int, since_s: float) -> None:
    """The agent is free since then."""
    agent_at(c, agent).since_s = since_s
    _put_on_shelf(c, agent, 0)


@seldom
def shelve(c: Center, agent: int) -> None:
    """Who holds chats and has room, or does work that gives way, stands where the next contact finds them."""
    me = agent_at(c, agent)
    leave_shelf(c, agent)
    if me.shifts == 0:
        return
    if me.contact == NOBODY:
        if me.n_in_hand < group_at(c, me.group).chat_limit:
            _put_on_shelf(c, agent, me.n_in_hand)
    elif type_at(c, contact_at(c, me.contact).type).interruptible:
        me.since_s = me.works_since_s
        _put_on_shelf(c, agent, c.n_shelves - 1)


@compiled
def _put_on_shelf(c: Center, agent: int, which: int) -> None:
    """In order of time; those of the same instant in order of position."""
    me = agent_at(c, agent)
    shelf = shelf_at(c, me.group * c.n_shelves + which)
    me.shelf = which
    shelf.n += 1
    ahead = shelf.last
    while ahead != NOBODY and _stands_before(c, agent, ahead):
        ahead = agent_at(c, ahead).previous
    behind = shelf.first if ahead == NOBODY else agent_at(c, ahead).next
    me.previous, me.next = ahead, behind
    if ahead == NOBODY:
        shelf.first = agent
    else:
        agent_at(c, ahead).next = agent
    if behind == NOBODY:
        shelf.last = agent
    else:
        agent_at(c, behind).previous = agent


@compiled
def _stands_before(c: Center, agent: int, other: int) -> bool:
    mine_s, its_s = agent_at(c, agent).since_s, agent_at(c, other).since_s
    return mine_s < its_s or (mine_s == its_s and agent < other)


@compiled
def leave_shelf(c: Center, agent: int) -> None:
    """Out of the idle of the group, or of those with room."""
    me = agent_at(c, agent)
    if me.shelf == NOBODY:
        return
    shelf = shelf_at(c, me.group * c.n_shelves + me.shelf)
    me.shelf = NOBODY
    shelf.n -= 1
    if me.previous == NOBODY:
        shelf.first = me.next
    else:
        agent_at(c, me.previous).next = me.next
    if me.next == NOBODY:
        shelf.last = me.previous
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
def put_first(c: Center, line: int, contact: int) -> None:
    """To the front of a line."""
    me, queue = contact_at(c, contact), line_at(c, line)
    queue.n += 1
    me.previous, me.next = NOBODY, queue.first
    if queue.first == NOBODY:
        queue.last = contact
    else:
        contact_at(c, queue.first).previous = contact
    queue.first = contact


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
def line_of(c: Center, contact_type: int, place: int) -> int:
    """The line of a type: those who go ahead, the others, callbacks that can wait."""
    return place * c.n_types + contact_type


@compiled
def n_waiting(c: Center, contact_type: int) -> int:
    """How many wait for a type of service."""
    n = 0
    for place in range(N_PLACES):
        n += line_at(c, line_of(c, contact_type, place)).n
    return n


@compiled
def sessions_of(c: Center, bot: int) -> int:
    """The line of a bot's sessions: those of the bots stand behind those of the types."""
    return N_PLACES * c.n_types + bot


@compiled
def hands_of(c: Center, agent: int) -> int:
    """The line of the chats in an agent's hands."""
    return N_PLACES * c.n_types + c.n_bots + agent
