"""Comebacks, compiled: `sim.center.comeback` on records."""

from __future__ import annotations

import math

from sim.chance.draws import Purpose
from sim.codes import Origin, Turn
from sim.kernel.arrivals import is_open_at, moment_in_span, next_opening
from sim.kernel.compiling import compiled
from sim.kernel.drawn import draw
from sim.kernel.events import schedule
from sim.kernel.pools import new_contact
from sim.kernel.quantiles import quantile_at
from sim.kernel.rows import agent_at, bot_at, contact_at, need_at, skill_at, span_at, type_at
from sim.kernel.state import NOBODY, Center
from sim.world.hours import DAY_S


@compiled
def outcome_of_service(c: Center, contact: int) -> None:
    """Transferred, or resolved, or perhaps back again. The last leg decides."""
    me = contact_at(c, contact)
    its_type, need = type_at(c, me.type), need_at(c, me.need)
    conversation = need.conversations - 1
    share = its_type.transfer_share
    if share > 0.0 and draw(c, contact, Purpose.TRANSFERRED, conversation) < share:
        now_s, factor = c.now_s, its_type.transfer_talk_factor
        schedule_return(c, me.need, its_type.transfer_to, Origin.TRANSFER, factor, True, now_s)
        return
    rate = skill_at(c, me.group * c.n_types + me.type).resolution_rate
    rate *= agent_at(c, me.agent).resolution_factor
    if rate >= 1.0 or draw(c, contact, Purpose.RESOLVED, conversation) < rate:
        me.resolved = True
        need.resolved_s = me.answered_s + me.talk_s
    else:
        may_reconnect(c, contact, its_type.reconnect_skips_bot)


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
        returns_after(c, contact, delay_s, me.type, Origin.REDIAL, 1.0, skip_bot)


@compiled
def may_reconnect(c: Center, contact: int, skip_bot: bool) -> None:
    """After a contact that did not resolve the need: again, with the type's chance."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    share = its_type.reconnect_share
    if share > 0.0 and draw(c, contact, Purpose.RECONNECTS, me.attempt) < share:
        u = draw(c, contact, Purpose.RECONNECT_DELAY, me.attempt)
        delay_s = quantile_at(c, its_type.reconnect_delay, me.arrived_s, u)
        as_type, factor = its_type.reconnect_as, its_type.reconnect_talk_factor
        returns_after(c, contact, delay_s, as_type, Origin.RECONNECT, factor, skip_bot)


@compiled
def returns_after(
    c: Center, contact: int, delay_s: float, as_type: int, origin: int, talk_factor: float, skip_bot: bool
) -> None:
    """When due; where nothing would take it then, by the type's own profile of the next opening hours."""
    me = contact_at(c, contact)
    due_s = c.now_s + delay_s
    bot = type_at(c, as_type).bot
    bot_awake = bot != NOBODY and not skip_bot and bot_at(c, bot).always_on
    if bot_awake or is_open_at(c, due_s):
        schedule_return(c, me.need, as_type, origin, talk_factor, skip_bot, due_s)
        return
    span = next_opening(c, due_s)
    if span == c.n_spans:
        need_at(c, me.need).returns = True  # the center never opens again: the need stays open
        return
    day_s = math.floor(span_at(c, span).opens_s / DAY_S) * DAY_S
    if day_s == c.day_s:
        u = draw(c, contact, Purpose.RETURN_MOMENT, me.attempt)
        at_s = moment_in_span(c, as_type, span, u)
        schedule_return(c, me.need, as_type, origin, talk_factor, skip_bot, at_s)
    else:
        later = returning(c, me.need, as_type, origin, talk_factor, skip_bot)
        contact_at(c, later).returns_in = span
        schedule(c, day_s, Turn.NEW_DAY, later)  # another day's rates are not at hand: drawn when it begins


@compiled
def schedule_return(
    c: Center, need: int, as_type: int, origin: int, talk_factor: float, skip_bot: bool, at_s: float
) -> None:
    """The need stays open until then."""
    contact = returning(c, need, as_type, origin, talk_factor, skip_bot)
    schedule(c, at_s, Turn.ARRIVAL, contact)


@compiled
def returning(c: Center, need: int, as_type: int, origin: int, talk_factor: float, skip_bot: bool) -> int:
    """The attempt that is yet to come."""
    contact = new_contact(c, need, as_type, origin)
    me = contact_at(c, contact)
    me.talk_factor = talk_factor
    me.skip_bot = skip_bot
    me.n_events = 1
    need_at(c, need).returns = True
    return contact
