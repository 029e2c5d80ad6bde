"""Comebacks: what a service has led to, and the customers who contact again."""

from __future__ import annotations

from sim.center.contact import Contact
from sim.center.state import Center, Return, steps_of
from sim.chance.by_time import drawn
from sim.chance.draws import Purpose
from sim.codes import Origin, Turn
from sim.world.hours import DAY_S
from sim.world.rates import moment_within
from sim.world.world import Comeback

_RETURN_DRAWS = {
    Origin.REDIAL: (Purpose.REDIALS, Purpose.REDIAL_DELAY),
    Origin.RECONNECT: (Purpose.RECONNECTS, Purpose.RECONNECT_DELAY),
}


def outcome_of_service(c: Center, contact: Contact) -> None:
    """Transferred, or resolved, or perhaps back again. The last leg decides."""
    need, conversation = contact.need, contact.need.conversations - 1
    transfer = contact.type.transfer
    if (
        transfer is not None
        and c.sample.uniform(need.key, Purpose.TRANSFERRED, conversation) < transfer.share
    ):
        onward = Return(need, transfer.to_type, Origin.TRANSFER, transfer.talk_factor, skip_bot=True)
        schedule_return(c, onward, c.now_s)
        return
    team = c.teams[contact.group]
    rate = team.skill_of[contact.type.index].resolution_rate * team.agents[contact.agent].resolution_factor
    if rate >= 1.0 or c.sample.uniform(need.key, Purpose.RESOLVED, conversation) < rate:
        contact.resolved = True
        need_met(contact, contact.answered_s + contact.talk_s)
    else:
        may_reconnect(c, contact)


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
        delay_s = drawn(back.delay_s, c.sample.uniform(key, delay, attempt), contact.arrived_s)
        returning = Return(contact.need, back.as_type, origin, back.talk_factor, skip_bot)
        schedule_return(c, returning, when_open(c, returning, c.now_s + delay_s, attempt))


def schedule_return(c: Center, returning: Return, at_s: float | None) -> None:
    """The need stays open until then; None: for ever."""
    returning.need.returns += 1
    if at_s is not None:
        need = returning.need
        order = (Turn.ARRIVAL, returning.as_type, need.day, need.k, need.n_attempts)
        c.at(at_s, order, c.on_return, returning)


def when_open(c: Center, returning: Return, due_s: float, attempt: int) -> float | None:
    """The moment of a return: when due, or by the type's own profile of the next opening hours."""
    contact_type, hours = c.world.types[returning.as_type], c.world.hours
    bot = contact_type.bot
    bot_awake = bot is not None and not returning.skip_bot and c.world.bots[bot.bot].always_on
    if bot_awake or hours.is_open(due_s):
        return due_s
    span = hours.next_span(due_s)
    if span is None:
        return None  # the center never opens again: the need stays open
    day = int(span[0] // DAY_S)
    closes_s = min(span[1] - day * DAY_S, DAY_S)
    u = c.sample.uniform(returning.need.key, Purpose.RETURN_MOMENT, attempt)
    steps = steps_of(c, contact_type.index, day)
    return day * DAY_S + moment_within(steps, span[0] - day * DAY_S, closes_s, u)
