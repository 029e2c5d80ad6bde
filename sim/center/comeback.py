"""Comebacks: what a service has led to, the customers who contact again, and those who ask after late work."""

from __future__ import annotations

import math

from sim.center.contact import Contact, order_of
from sim.center.state import Center, Return, steps_of
from sim.chance.by_time import drawn
from sim.chance.draws import CHASE_BITS, Purpose
from sim.codes import Origin, Outcome, Turn
from sim.world.hours import DAY_S
from sim.world.rates import moment_within
from sim.world.world import Comeback

_RETURN_DRAWS = {
    Origin.REDIAL: (Purpose.REDIALS, Purpose.REDIAL_DELAY),
    Origin.RECONNECT: (Purpose.RECONNECTS, Purpose.RECONNECT_DELAY),
    Origin.AFTER_NOTICE: (Purpose.RECONNECTS, Purpose.RECONNECT_DELAY),
}


def outcome_of_service(c: Center, contact: Contact) -> None:
    """Transferred, or resolved, or perhaps back again. The last leg decides; who only asks after work, nothing."""
    if contact.chases:
        return
    if contact.type.notices is not None:
        notice_is_given(c, contact)
        return
    need, conversation = contact.need, contact.conversation
    transfer = contact.type.transfer
    if (
        transfer is not None
        and c.sample.uniform(need.key, Purpose.TRANSFERRED, conversation) < transfer.share
    ):
        onward = Return(need, transfer.to_type, Origin.TRANSFER, transfer.talk_factor)
        schedule_return(c, onward, c.now_s)
        return
    team = c.teams[contact.group]
    rate = team.skill_of[contact.type.index].resolution_rate * team.agents[contact.agent].resolution_factor
    if rate >= 1.0 or c.sample.uniform(need.key, Purpose.RESOLVED, conversation) < rate:
        contact.resolved = True
        need_met(contact, _talk_ended_s(c, contact))
    else:
        may_reconnect(c, contact)


def _talk_ended_s(c: Center, contact: Contact) -> float:
    """When the customer has the answer: where talk and wrap-up are one piece of work, at its end."""
    queueing = contact.type.queueing
    if queueing.is_deferred or not queueing.takes_whole_agent:
        return c.now_s
    return contact.answered_s + contact.talk_s


def is_reached(c: Center, contact: Contact) -> bool:
    """Whether a proactive notice finds the customer."""
    notices = contact.type.notices
    return (
        notices is not None
        and c.sample.uniform(contact.need.key, Purpose.NOTICE_REACHES) < notices.reach_share
    )


def notice_is_given(c: Center, contact: Contact) -> None:
    """Of a customer who was reached: the next first contact of the type is spared, or there is one more, or both."""
    notices = contact.type.notices
    contact.resolved = is_reached(c, contact)
    if notices is None or not contact.resolved:
        return
    if c.sample.uniform(contact.need.key, Purpose.NOTICE_PREVENTS) < notices.prevents_share:
        c.spared[notices.contact] += 1
    back = contact.type.reconnect
    if back is not None:
        may_return(c, contact, back, Origin.AFTER_NOTICE, back.skip_bot)


def need_met(contact: Contact, at_s: float) -> None:
    """The customer has what was wanted."""
    contact.need.resolved_s = at_s


def may_redial(c: Center, contact: Contact) -> None:
    """After abandoning, balking, being blocked or leaving the bot: again, with the type's chance."""
    back = contact.type.redial
    if back is not None:
        may_return(c, contact, back, Origin.REDIAL, back.skip_bot)


def may_reconnect(c: Center, contact: Contact, skip_bot: bool | None = None) -> None:
    """After a contact that did not resolve the need: again, with the type's chance."""
    back = contact.type.reconnect
    if back is not None:
        may_return(c, contact, back, Origin.RECONNECT, back.skip_bot if skip_bot is None else skip_bot)


def may_return(c: Center, contact: Contact, back: Comeback, origin: Origin, skip_bot: bool) -> None:
    """Comes back with a chance and after a delay that are the attempt's own draws."""
    chance, delay = _RETURN_DRAWS[origin]
    key, attempt = contact.need.key, contact.attempt
    if c.sample.uniform(key, chance, attempt) < back.share:
        due_s = c.now_s + drawn(back.delay_s, c.sample.uniform(key, delay, attempt), contact.arrived_s)
        past_bot = skip_bot or contact.chases
        returning = Return(contact.need, back.as_type, origin, back.talk_factor, past_bot, contact.chases)
        schedule_return(c, returning, when_open(c, returning, due_s))


def leaves_ticket(c: Center, contact: Contact) -> None:
    """What came after closing goes on as deferred work."""
    ticket = contact.type.queueing.ticket
    assert ticket is not None
    schedule_return(c, Return(contact.need, ticket.as_type, Origin.TICKET), c.now_s)


def may_be_chased(c: Center, contact: Contact, at_s: float) -> None:
    """At this moment the customer will look whether the work is done."""
    if at_s < math.inf:
        order = order_of(Turn.CHASE, contact.type.index, contact.need, contact.attempt)
        c.at(at_s, order, chases, contact)


def chases(c: Center, contact: Contact) -> None:
    """Not done yet: the customer asks after it, with the type's chance, and will look again."""
    chase = contact.type.queueing.chase
    if chase is None or contact.outcome is not Outcome.OPEN:
        return
    u = c.sample.uniform(contact.need.key, Purpose.CHASES, contact.attempt << CHASE_BITS | contact.n_looks)
    contact.n_looks += 1
    if u < chase.share:
        asking = Return(contact.need, chase.as_type, Origin.CHASE, chases=True)
        schedule_return(c, asking, when_open(c, asking, c.now_s))
    may_be_chased(c, contact, c.now_s + chase.every_s)


def schedule_return(c: Center, returning: Return, at_s: float | None) -> None:
    """The need stays open until then; None: for ever."""
    need = returning.need
    need.returns += 1
    if at_s is not None:
        returning = returning._replace(attempt=need.n_attempts)
        need.n_attempts += 1
        order = order_of(Turn.ARRIVAL, returning.as_type, need, returning.attempt)
        c.at(at_s, order, c.on_return, returning)


def when_open(c: Center, returning: Return, due_s: float) -> float | None:
    """The moment of a return: when due, or by the type's own profile of the next opening hours.

    Deferred work is taken in at any time.
    """
    contact_type, hours = c.world.types[returning.as_type], c.world.hours
    bot = contact_type.bot
    bot_awake = bot is not None and not returning.skip_bot and c.world.bots[bot.bot].always_on
    if bot_awake or contact_type.queueing.is_deferred or hours.is_open(due_s):
        return due_s
    span = hours.next_span(due_s)
    if span is None:
        return None  # the center never opens again: the need stays open
    day = int(span[0] // DAY_S)
    closes_s = min(span[1] - day * DAY_S, DAY_S)
    need = returning.need
    u = c.sample.uniform(need.key, Purpose.RETURN_MOMENT, need.n_attempts - 1)
    steps = steps_of(c, contact_type.index, day)
    return day * DAY_S + moment_within(steps, span[0] - day * DAY_S, closes_s, u)
