"""Aside: deferred work that gives way to a live contact, or that is put back when time is up."""

from __future__ import annotations

from sim.center.contact import Contact
from sim.center.floor import Agent
from sim.center.routing import select_to_interrupt
from sim.center.serving import offered, out_of_hands, takes
from sim.center.state import Center


def interrupts(c: Center, contact: Contact) -> bool:
    """Whether somebody puts work aside for a live contact."""
    agent = select_to_interrupt(c, contact)
    if agent is None:
        return False
    work = puts_aside(c, agent)
    takes(c, agent, contact)
    goes_back(c, work)
    return True


def puts_aside(c: Center, agent: Agent) -> Contact:
    """Out of the hands, with what is left to do; nothing of it is lost."""
    contact = agent.hands[0]
    planned_s = contact.service_ends_s - agent.works_since_s
    done_share = (c.now_s - agent.works_since_s) / planned_s if planned_s > 0.0 else 0.0
    contact.talk_before_s += contact.talk_s * done_share
    contact.wrap_up_before_s += contact.wrap_up_s * done_share
    contact.left_share *= 1.0 - done_share
    out_of_hands(c, agent, contact)
    contact.put_back, contact.put_back_s = True, c.now_s
    return contact


def goes_back(c: Center, contact: Contact) -> None:
    """Work put aside: to somebody free, or to the front of its queue, for anyone."""
    if not offered(c, contact):
        c.queues[contact.type.index].put_back(contact)
