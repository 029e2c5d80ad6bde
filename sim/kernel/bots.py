"""Bots, compiled: `sim.center.bots` on records."""

from __future__ import annotations

from sim.chance.draws import Purpose
from sim.codes import BotOutcome, Origin, Outcome, Turn
from sim.kernel.clock_sums import note_session
from sim.kernel.comeback import may_reconnect, may_redial
from sim.kernel.compiling import compiled, seldom
from sim.kernel.drawn import draw, ends
from sim.kernel.events import schedule
from sim.kernel.floor import join, leave, n_waiting, sessions_of
from sim.kernel.pools import free_if_forgotten, is_over
from sim.kernel.quantiles import normal_quantile, quantile_at
from sim.kernel.record import NOBODY
from sim.kernel.rows import bot_at, contact_at, line_at, need_at, type_at
from sim.kernel.state import AT_BOT, Center
from sim.kernel.waiting import asks_for_person


@compiled
def bot_takes(c: Center, contact: int) -> bool:
    """Whether a bot is awake, wanted, in order and free; notes on the contact why not."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    if its_type.bot == NOBODY or me.skip_bot or not (c.open or bot_at(c, its_type.bot).always_on):
        return False
    bot = bot_at(c, its_type.bot)
    if draw(c, contact, Purpose.ENTERS_BOT, me.attempt) >= its_type.entry_share:
        me.bot = BotOutcome.OPTED_OUT
    elif bot.n_outages > 0:
        me.bot = BotOutcome.OUT_OF_ORDER
    elif line_at(c, sessions_of(c, its_type.bot)).n >= bot.max_sessions:
        me.bot = BotOutcome.REFUSED
    else:
        return True
    return False


@compiled
def bot_end(c: Center, contact: int) -> int:
    """How a session ends (`sim.world.bot.BotType.outcomes`): the ease goes with the talk that has not happened yet."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    if draw(c, contact, Purpose.LEAVES_BOT, me.attempt) < its_type.leaves_share:
        return BotOutcome.LEFT
    ease = its_type.noise_weight * normal_quantile(draw(c, contact, Purpose.BOT_NOISE, me.attempt))
    if its_type.selectivity > 0.0:
        talk = draw(c, contact, Purpose.TALK, need_at(c, me.need).conversations)
        ease -= its_type.selectivity * normal_quantile(talk)
    contains_above, wrong_share = its_type.contains_above, its_type.wrong_share
    if its_type.waiting_above != NOBODY and n_waiting(c, me.type) > its_type.waiting_above:
        contains_above, wrong_share = its_type.peak_contains_above, its_type.peak_wrong_share
    if not ease > contains_above:
        return BotOutcome.ESCALATED
    if draw(c, contact, Purpose.WRONGLY_CLOSED, me.attempt) < wrong_share:
        return BotOutcome.WRONGLY_CLOSED
    return BotOutcome.SOLVED


@compiled
def session_begins(c: Center, contact: int) -> None:
    """What a bot solves that is always free, whatever the queue, needs no event: it concerns nobody else."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    me.bot_end = bot_end(c, contact)
    session_s = quantile_at(c, its_type.session, me.arrived_s, draw(c, contact, Purpose.SESSION, me.attempt))
    ends_s = c.now_s + session_s
    unnoticed = its_type.waiting_above == NOBODY and bot_at(c, its_type.bot).always_free
    if unnoticed and me.bot_end == BotOutcome.SOLVED and me.origin == Origin.FRESH:
        closed_by_bot(c, contact, ends_s)
        return
    me.state = AT_BOT
    join(c, sessions_of(c, its_type.bot), contact)
    me.n_events += 1
    schedule(c, ends_s, Turn.BOT_END, contact)


@compiled
def session_ends(c: Center, contact: int) -> None:
    """Contained, rightly or wrongly, left, or handed over to the agents."""
    me = contact_at(c, contact)
    me.n_events -= 1
    if me.state != AT_BOT:  # an outage has ended it
        free_if_forgotten(c, contact)
        return
    leave(c, sessions_of(c, type_at(c, me.type).bot), contact)
    if me.bot_end < BotOutcome.ESCALATED:
        closed_by_bot(c, contact, c.now_s)
        return
    me.bot = me.bot_end
    me.left_bot_s = c.now_s
    note_session(c, contact)
    if me.bot == BotOutcome.LEFT:
        ends(c, contact, Outcome.LEFT_BOT)
        may_redial(c, contact)
        is_over(c, contact)
    else:
        handed_over(c, contact)


@compiled
def closed_by_bot(c: Center, contact: int, at_s: float) -> None:
    """Contained: the need is met, or the customer finds out that it is not."""
    me = contact_at(c, contact)
    me.bot = me.bot_end
    me.left_bot_s = at_s
    note_session(c, contact)
    me.outcome = Outcome.CLOSED_BY_BOT
    me.ended_s = at_s
    if me.bot == BotOutcome.SOLVED:
        need_at(c, me.need).resolved_s = at_s
    else:
        need = need_at(c, me.need)
        need.closed_s, need.closed_type, need.closed_arrived_s = at_s, me.type, me.arrived_s
        may_reconnect(c, contact, type_at(c, me.type).wrongly_closed_skips_bot)
    is_over(c, contact)


@compiled
def handed_over(c: Center, contact: int) -> None:
    """On to a person, with more or less to talk about and more or less patience."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    me.talk_factor *= its_type.handover_talk_factor
    me.patience_factor = its_type.handover_patience_factor
    asks_for_person(c, contact)


@seldom
def outage_begins(c: Center, bot: int) -> None:
    """The sessions under way are escalated, in the order in which they began."""
    bot_at(c, bot).n_outages += 1
    line = sessions_of(c, bot)
    while line_at(c, line).first != NOBODY:
        contact = line_at(c, line).first
        leave(c, line, contact)
        contact_at(c, contact).bot = BotOutcome.ESCALATED
        contact_at(c, contact).left_bot_s = c.now_s
        note_session(c, contact)
        handed_over(c, contact)
