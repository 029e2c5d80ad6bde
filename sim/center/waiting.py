"""Waiting: the queue of each type, from asking for a person to being served or giving up."""

from __future__ import annotations

from sim.center.comeback import may_redial
from sim.center.contact import Contact
from sim.center.routing import select_agent
from sim.center.serving import frees_line, serves
from sim.center.state import Center, ends
from sim.codes import Origin, Outcome, Turn


def asks_for_person(c: Center, contact: Contact) -> None:
    """Joins the queue of its type, unless closed (lost) or every line is taken (blocked)."""
    if not c.open and contact.origin is not Origin.TRANSFER:
        ends(c, contact, Outcome.LOST)
        return
    if contact.type.uses_line:
        if c.lines_in_use >= c.world.n_lines:
            ends(c, contact, Outcome.BLOCKED)
            may_redial(c, contact)
            return
        c.lines_in_use += 1
    contact.queued_s = c.now_s
    agent = select_agent(contact.type, c.teams)
    if agent is not None:
        serves(c, agent, contact)
    elif contact.balks:
        leaves_queue(c, contact, Outcome.BALKED)
    else:
        waits(c, contact)


def waits(c: Center, contact: Contact) -> None:
    """In line, until served or out of patience."""
    c.lines[contact.type.index].join(contact)
    if contact.type.patience_s is not None:
        gives_up_s = contact.queued_s + contact.patience_s * contact.patience_factor
        order = (Turn.ABANDONMENT, contact.type.index, contact.need.day, contact.need.k, contact.attempt)
        c.at(gives_up_s, order, patience_ends, contact)


def patience_ends(c: Center, contact: Contact) -> None:
    """Whoever still waits gives up."""
    if contact.waiting:
        gives_up(c, contact)


def gives_up(c: Center, contact: Contact) -> None:
    """Leaves the line, unserved."""
    contact.waiting = False
    leaves_queue(c, contact, Outcome.ABANDONED)


def leaves_queue(c: Center, contact: Contact, outcome: Outcome) -> None:
    """Gone without a person, and perhaps back later."""
    frees_line(c, contact)
    ends(c, contact, outcome)
    may_redial(c, contact)
