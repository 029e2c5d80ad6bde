"""Aside, compiled: `sim.center.aside` on records."""

from __future__ import annotations

from sim.kernel.compiling import compiled, seldom
from sim.kernel.floor import line_of, put_first
from sim.kernel.record import NOBODY
from sim.kernel.routing import select_to_interrupt
from sim.kernel.rows import agent_at, contact_at
from sim.kernel.serving import forgets_end, offered, out_of_hands, shelves_chats, takes
from sim.kernel.state import WAITING, Center


@compiled
def interrupts(c: Center, contact: int) -> bool:
    """Whether somebody puts work aside for a live contact."""
    agent = select_to_interrupt(c, contact)
    if agent == NOBODY:
        return False
    work = puts_aside(c, agent)
    takes(c, agent, contact)
    shelves_chats(c, agent)
    goes_back(c, work)
    return True


@seldom
def puts_aside(c: Center, agent: int) -> int:
    """Out of the hands, with what is left to do; nothing of it is lost."""
    who = agent_at(c, agent)
    contact = who.contact
    me = contact_at(c, contact)
    if not me.put_back:
        me.left_share, me.talk_before_s, me.wrap_up_before_s = 1.0, 0.0, 0.0
    planned_s = me.service_ends_s - who.works_since_s
    done_share = (c.now_s - who.works_since_s) / planned_s if planned_s > 0.0 else 0.0
    me.talk_before_s += me.talk_s * done_share
    me.wrap_up_before_s += me.wrap_up_s * done_share
    me.left_share *= 1.0 - done_share
    forgets_end(c, contact)
    out_of_hands(c, agent, contact)
    me.put_back, me.put_back_s = True, c.now_s
    return contact


@seldom
def goes_back(c: Center, contact: int) -> None:
    """Work put aside: to somebody free, or to the front of its queue, for anyone."""
    me = contact_at(c, contact)
    if not offered(c, contact):
        me.in_line = True
        me.state = WAITING
        put_first(c, line_of(c, me.type, me.place), contact)
