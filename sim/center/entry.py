"""Entry: first attempts in their turn, and customers who are back."""

from __future__ import annotations

from sim.center.bots import bot_takes, session_begins
from sim.center.comeback import is_reached
from sim.center.contact import Contact, order_of
from sim.center.fresh import draw_bot_outcome, later_attempt
from sim.center.state import Center, Return, is_counted, note
from sim.center.waiting import asks_for_person
from sim.codes import Origin, SpellKind, Turn


def next_fresh(c: Center, type_index: int) -> None:
    """Put the next first attempt of the day on the clock."""
    contact = next(c.fresh[type_index], None)
    if contact is not None:
        order = order_of(Turn.ARRIVAL, type_index, contact.need, 0)
        c.at(contact.arrived_s, order, fresh_arrives, contact)


def fresh_arrives(c: Center, contact: Contact) -> None:
    """A need's first contact, unless a notice has made it needless."""
    if c.spared[contact.type.index] > 0:
        c.spared[contact.type.index] -= 1
        note(c, SpellKind.PREVENTED, contact.type.index, c.now_s)
        next_fresh(c, contact.type.index)
        return
    if contact.type.notices is not None and not is_reached(c, contact):
        contact.talk_factor = 0.0
    contact.need.index = len(c.needs)
    c.needs.append(contact.need)
    next_fresh(c, contact.type.index)
    arrives(c, contact)


def arrives(c: Center, contact: Contact) -> None:
    """An attempt begins: at the bot where there is one for it, else it asks for a person."""
    c.contacts.append(contact)
    c.counted_under_way += is_counted(c, contact)
    if contact.origin in (Origin.TRANSFER, Origin.TICKET):
        asks_for_person(c, contact)
    elif bot_takes(c, contact):
        session_begins(c, contact)
    else:
        asks_for_person(c, contact)


def returns(c: Center, returning: Return) -> None:
    """A customer is back, or transferred."""
    need = returning.need
    need.returns -= 1
    contact_type = c.world.types[returning.as_type]
    contact = later_attempt(need, contact_type, c.sample, returning.attempt, c.now_s)
    contact.origin = returning.origin
    contact.talk_factor = returning.talk_factor
    contact.skip_bot = returning.skip_bot
    contact.chases = returning.chases
    if not returning.skip_bot:
        draw_bot_outcome(contact, c.sample)
    arrives(c, contact)
