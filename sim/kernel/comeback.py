"""Comebacks, compiled: `sim.center.comeback` on records."""

from __future__ import annotations

import math

from sim.chance.draws import CHASE_BITS, Purpose
from sim.codes import Origin, Outcome, Turn
from sim.kernel.arrivals import is_open_at, moment_in_span, next_opening
from sim.kernel.compiling import compiled, seldom
from sim.kernel.drawn import draw
from sim.kernel.events import schedule
from sim.kernel.pools import free_if_forgotten, new_contact
from sim.kernel.quantiles import quantile_at
from sim.kernel.record import NOBODY
from sim.kernel.rows import agent_at, bot_at, contact_at, need_at, skill_at, span_at, type_at
from sim.kernel.state import Center
from sim.world.hours import DAY_S


@compiled
def outcome_of_service(c: Center, contact: int) -> None:
    """Transferred, or resolved, or perhaps back again. The last leg decides; who only asks after work, nothing."""
    me = contact_at(c, contact)
    if me.chases:
        return
    its_type, conversation = type_at(c, me.type), me.conversation
    if its_type.notice_of != NOBODY:
        _notice_is_given(c, contact)
        return
    share = its_type.transfer_share
    if share > 0.0 and draw(c, contact, Purpose.TRANSFERRED, conversation) < share:
        to_type, factor = its_type.transfer_to, its_type.transfer_talk_factor
        _schedule_return(c, contact, to_type, Origin.TRANSFER, factor, True, c.now_s)
        return
    rate = skill_at(c, me.group * c.n_types + me.type).resolution_rate
    rate *= agent_at(c, me.agent).resolution_factor
    if rate >= 1.0 or draw(c, contact, Purpose.RESOLVED, conversation) < rate:
        me.resolved = True
        need_at(c, me.need).resolved_s = _talk_ended_s(c, contact)
    else:
        may_reconnect(c, contact, its_type.reconnect_skips_bot)


@seldom
def is_reached(c: Center, contact: int) -> bool:
    """Whether a proactive notice finds the customer."""
    share = type_at(c, contact_at(c, contact).type).notice_reach_share
    return draw(c, contact, Purpose.NOTICE_REACHES, 0) < share


@seldom
def _notice_is_given(c: Center, contact: int) -> None:
    """Of a customer who was reached: the next first contact of the type is spared, or there is one more, or both."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    me.resolved = is_reached(c, contact)
    if not me.resolved:
        return
    if draw(c, contact, Purpose.NOTICE_PREVENTS, 0) < its_type.notice_prevents_share:
        type_at(c, its_type.notice_of).n_spared += 1
    _may_come_again(c, contact, Origin.AFTER_NOTICE, its_type.reconnect_skips_bot)


@compiled
def _talk_ended_s(c: Center, contact: int) -> float:
    """When the customer has the answer: where talk and wrap-up are one piece of work, at its end."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    if its_type.is_deferred or not its_type.takes_whole_agent:
        return c.now_s
    return me.answered_s + me.talk_s


@compiled
def may_redial(c: Center, contact: int) -> None:
    """After abandoning, balking, being blocked or leaving the bot: again, with the type's chance."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    share = its_type.redial_share
    if share > 0.0 and draw(c, contact, Purpose.REDIALS, me.attempt) < share:
        u = draw(c, contact, Purpose.REDIAL_DELAY, me.attempt)
        delay_s = quantile_at(c, its_type.redial_delay, me.arrived_s, u)
        skip_bot = its_type.redial_skips_bot
        _returns_after(c, contact, delay_s, me.type, Origin.REDIAL, 1.0, skip_bot)


@compiled
def may_reconnect(c: Center, contact: int, skip_bot: bool) -> None:
    """After a contact that did not resolve the need: again, with the type's chance."""
    _may_come_again(c, contact, Origin.RECONNECT, skip_bot)


@compiled
def _may_come_again(c: Center, contact: int, origin: int, skip_bot: bool) -> None:
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    share = its_type.reconnect_share
    if share > 0.0 and draw(c, contact, Purpose.RECONNECTS, me.attempt) < share:
        u = draw(c, contact, Purpose.RECONNECT_DELAY, me.attempt)
        delay_s = quantile_at(c, its_type.reconnect_delay, me.arrived_s, u)
        as_type, factor = its_type.reconnect_as, its_type.reconnect_talk_factor
        _returns_after(c, contact, delay_s, as_type, origin, factor, skip_bot)


@seldom
def leaves_ticket(c: Center, contact: int) -> None:
    """What came after closing goes on as deferred work."""
    ticket = type_at(c, contact_at(c, contact).type).ticket_as
    _schedule_return(c, contact, ticket, Origin.TICKET, 1.0, True, c.now_s)


@seldom
def may_be_chased(c: Center, contact: int, at_s: float) -> None:
    """At this moment the customer will look whether the work is done."""
    if at_s < math.inf:
        contact_at(c, contact).n_events += 1
        schedule(c, at_s, Turn.CHASE, contact)


@seldom
def chases(c: Center, contact: int) -> None:
    """Not done yet: the customer asks after it, with the type's chance, and will look again."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    me.n_events -= 1
    if me.outcome != Outcome.OPEN:
        free_if_forgotten(c, contact)
        return
    u = draw(c, contact, Purpose.CHASES, me.attempt << CHASE_BITS | me.n_looks)
    me.n_looks += 1
    if u < its_type.chase_share:
        _returns_after(c, contact, 0.0, its_type.chase_as, Origin.CHASE, 1.0, True)
    may_be_chased(c, contact, c.now_s + its_type.chase_every_s)


@seldom
def _returns_after(
    c: Center, contact: int, delay_s: float, as_type: int, origin: int, talk_factor: float, skip_bot: bool
) -> None:
    """When due; where nothing would take it then, by the type's own profile of the next opening hours.

    Deferred work is taken in at any time.
    """
    due_s = c.now_s + delay_s
    its_type = type_at(c, as_type)
    past_bot = skip_bot or contact_at(c, contact).chases
    bot_awake = its_type.bot != NOBODY and not past_bot and bot_at(c, its_type.bot).always_on
    if bot_awake or its_type.is_deferred or is_open_at(c, due_s):
        _schedule_return(c, contact, as_type, origin, talk_factor, skip_bot, due_s)
        return
    need = need_at(c, contact_at(c, contact).need)
    span = next_opening(c, due_s)
    if span == c.n_spans:
        need.n_open += 1  # the center never opens again: the need stays open
        return
    day_s = math.floor(span_at(c, span).opens_s / DAY_S) * DAY_S
    if day_s == c.day_s:
        u = draw(c, contact, Purpose.RETURN_MOMENT, need.n_attempts - 1)
        at_s = moment_in_span(c, as_type, span, u)
        _schedule_return(c, contact, as_type, origin, talk_factor, skip_bot, at_s)
    else:
        later = _returning(c, contact, as_type, origin, talk_factor, skip_bot)
        contact_at(c, later).returns_in = span
        schedule(c, day_s, Turn.NEW_DAY, later)  # another day's rates are not at hand: drawn when it begins


@compiled
def _schedule_return(
    c: Center, contact: int, as_type: int, origin: int, talk_factor: float, skip_bot: bool, at_s: float
) -> None:
    """The need stays open until then."""
    later = _returning(c, contact, as_type, origin, talk_factor, skip_bot)
    schedule(c, at_s, Turn.ARRIVAL, later)


@compiled
def _returning(c: Center, contact: int, as_type: int, origin: int, talk_factor: float, skip_bot: bool) -> int:
    """The attempt that is yet to come. Who asks after late work goes on asking for a person."""
    before = contact_at(c, contact)
    later = new_contact(c, before.need, as_type, origin)
    me = contact_at(c, later)
    me.chases = before.chases or origin == Origin.CHASE
    me.talk_factor = talk_factor
    me.skip_bot = skip_bot or me.chases
    me.n_events = 1
    return later
