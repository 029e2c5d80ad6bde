"""Waiting: the queue of each type, from asking for a person to being served or giving up."""

from __future__ import annotations

import math

from sim.center.aside import interrupts
from sim.center.comeback import leaves_ticket, may_be_chased, may_redial
from sim.center.contact import Contact, Place, order_of
from sim.center.serving import chats_go_on, frees_line, offered
from sim.center.state import Center, ends
from sim.chance.draws import Purpose
from sim.codes import Origin, Outcome, Turn
from sim.world.hours import DAY_S

_AGAIN = (Origin.REDIAL, Origin.RECONNECT)


def asks_for_person(c: Center, contact: Contact) -> None:
    """Joins the queue of its type, unless it comes after closing or finds every line taken.

    Deferred work is taken in at any time.
    """
    queueing = contact.type.queueing
    if not c.open and contact.origin is not Origin.TRANSFER and not queueing.is_deferred:
        _comes_after_closing(c, contact)
        return
    if contact.type.uses_line:
        if c.lines_in_use >= c.world.n_lines:
            ends(c, contact, Outcome.BLOCKED)
            may_redial(c, contact)
            return
        c.lines_in_use += 1
        contact.holds_line = True
    contact.queued_s = c.now_s
    contact.place = _place(c, contact)
    if queueing.chase is not None:
        may_be_chased(c, contact, c.now_s + queueing.chase.after_s)
    if offered(c, contact) or interrupts(c, contact):
        return
    if contact.balks:
        leaves_queue(c, contact, Outcome.BALKED)
    else:
        waits(c, contact)


def _comes_after_closing(c: Center, contact: Contact) -> None:
    """Leaves a ticket, with the type's chance, or is lost."""
    ticket = contact.type.queueing.ticket
    key, attempt = contact.need.key, contact.attempt
    if ticket is not None and c.sample.uniform(key, Purpose.TICKET, attempt) < ticket.share:
        ends(c, contact, Outcome.LEFT_TICKET)
        leaves_ticket(c, contact)
    else:
        ends(c, contact, Outcome.LOST)


def waits(c: Center, contact: Contact) -> None:
    """In line, until served, out of patience, or called back."""
    contact.calls_back = _is_called_back(c, contact)
    if contact.calls_back:
        frees_line(c, contact)
        contact.place = _place_of_callback(contact)
    c.queues[contact.type.index].join(contact)
    _awaits_others(c, contact)
    order = order_of(Turn.ABANDONMENT, contact.type.index, contact.need, contact.attempt)
    if contact.type.patience_s is not None and not contact.calls_back:
        gives_up_s = contact.queued_s + contact.patience_s * contact.patience_factor
        c.at(gives_up_s, order, patience_ends, contact)
    elif contact.type.notices is not None:
        c.at(_end_of_day_s(c), order, patience_ends, contact)


def _end_of_day_s(c: Center) -> float:
    """Closing, or midnight where the center does not close before: a notice is about today, and dropped then."""
    span = c.world.hours.span_at(c.now_s)
    midnight_s = (c.now_s // DAY_S + 1) * DAY_S
    return midnight_s if span is None else min(span[1], midnight_s)


def _place(c: Center, contact: Contact) -> Place:
    """The line of the type in which the contact stands, if it has to wait."""
    ahead = contact.type.queueing.ahead
    if ahead is None:
        return Place.PLAIN
    again = ahead.returns and contact.origin in _AGAIN
    if again or c.sample.uniform(contact.need.key, Purpose.VIP, 0) < ahead.vip_share:
        return Place.AHEAD
    return Place.PLAIN


def _place_of_callback(contact: Contact) -> Place:
    callback = contact.type.queueing.callback
    return contact.place if callback is None or callback.keeps_place else Place.LATER


def _is_called_back(c: Center, contact: Contact) -> bool:
    """Asked once, on joining: whether a callback is offered, and accepted."""
    callback = contact.type.queueing.callback
    if callback is None or not _expected_wait_s(c, contact, callback.mean_handle_s) > callback.offer_above_s:
        return False
    u = c.sample.uniform(contact.need.key, Purpose.CALLBACK_ACCEPTED, contact.attempt)
    return u < callback.accept_share


def _expected_wait_s(c: Center, contact: Contact, mean_handle_s: float) -> float:
    """(Waiting + 1) × mean handle ÷ people present with the skill: what an announcement would say."""
    n_present = sum(c.teams[group].n_due for rank in contact.type.ranks for group in rank)
    n_waiting = c.queues[contact.type.index].n
    return (n_waiting + 1) * mean_handle_s / n_present if n_present > 0 else math.inf


def _awaits_others(c: Center, contact: Contact) -> None:
    """At some wait a further group may take the contact: if somebody of it is free then, there and then."""
    later = [s for s in contact.type.queueing.waits_s if contact.queued_s + s > c.now_s]
    if later:
        order = order_of(Turn.TIMER, contact.type.index, contact.need, contact.attempt)
        c.at(contact.queued_s + later[0], order, others_may_take, contact)


def others_may_take(c: Center, contact: Contact) -> None:
    """The wait has come at which a further group may take the contact."""
    if not contact.waiting:
        return
    if offered(c, contact) or interrupts(c, contact):
        chats_go_on(c, contact)
    else:
        _awaits_others(c, contact)


def patience_ends(c: Center, contact: Contact) -> None:
    """Whoever still waits gives up."""
    if contact.waiting:
        gives_up(c, contact)


def gives_up(c: Center, contact: Contact) -> None:
    """Leaves the line, unserved."""
    c.queues[contact.type.index].leave(contact)
    leaves_queue(c, contact, Outcome.ABANDONED)
    chats_go_on(c, contact)


def leaves_queue(c: Center, contact: Contact, outcome: Outcome) -> None:
    """Gone without a person, and perhaps back later."""
    frees_line(c, contact)
    ends(c, contact, outcome)
    may_redial(c, contact)
