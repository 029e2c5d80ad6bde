"""Bots: who gets a session, and what comes of it."""

from __future__ import annotations

from sim.center.comeback import may_reconnect, may_redial, need_met
from sim.center.contact import Contact, order_of
from sim.center.state import Center, ends
from sim.center.waiting import asks_for_person
from sim.codes import BotOutcome, Outcome, Turn


def bot_takes(c: Center, contact: Contact) -> bool:
    """Whether a bot is awake, wanted, in order and free; notes on the contact why not."""
    bot = contact.type.bot
    if bot is None or contact.skip_bot or not (c.open or c.world.bots[bot.bot].always_on):
        return False
    if contact.bot_end == BotOutcome.OPTED_OUT:
        contact.bot = BotOutcome.OPTED_OUT
    elif c.bots[bot.bot].n_outages:
        contact.bot = BotOutcome.OUT_OF_ORDER
    elif len(c.bots[bot.bot].sessions) >= c.world.bots[bot.bot].max_sessions:
        contact.bot = BotOutcome.REFUSED
    else:
        return True
    return False


def session_begins(c: Center, contact: Contact) -> None:
    """A session, which lasts its full time unless an outage ends it. Its end depends on the queue at its beginning."""
    bot = contact.type.bot
    assert bot is not None
    if bot.at_peak is not None and c.queues[contact.type.index].n > bot.at_peak.waiting_above:
        contact.bot_end = contact.bot_end_at_peak
    c.bots[bot.bot].sessions[contact] = None
    of_contact = order_of(Turn.BOT_END, contact.type.index, contact.need, contact.attempt)
    order = (Turn.BOT_END, bot.bot, *of_contact[1:])
    c.at(c.now_s + contact.session_s, order, session_ends, contact)


def session_ends(c: Center, contact: Contact) -> None:
    """Contained, rightly or wrongly, left, or handed over to the agents."""
    bot = contact.type.bot
    assert bot is not None
    sessions = c.bots[bot.bot].sessions
    if contact not in sessions:
        return  # an outage has ended it
    del sessions[contact]
    outcome = BotOutcome(contact.bot_end)
    if outcome in (BotOutcome.SOLVED, BotOutcome.WRONGLY_CLOSED):
        closed_by_bot(c, contact, outcome)
        return
    contact.bot = outcome
    contact.left_bot_s = c.now_s
    if outcome is BotOutcome.LEFT:
        ends(c, contact, Outcome.LEFT_BOT)
        may_redial(c, contact)
    else:
        handed_over(c, contact)


def closed_by_bot(c: Center, contact: Contact, outcome: BotOutcome) -> None:
    """Contained: the need is met, or the customer finds out that it is not."""
    assert contact.type.bot is not None
    contact.bot = outcome
    contact.left_bot_s = c.now_s
    ends(c, contact, Outcome.CLOSED_BY_BOT)
    if outcome is BotOutcome.SOLVED:
        need_met(contact, c.now_s)
    else:
        may_reconnect(c, contact, contact.type.bot.wrongly_closed_skip_bot)


def handed_over(c: Center, contact: Contact) -> None:
    """On to a person, with more or less to talk about and more or less patience."""
    bot = contact.type.bot
    assert bot is not None
    contact.talk_factor *= bot.handover_talk_factor
    contact.patience_factor = bot.handover_patience_factor
    asks_for_person(c, contact)


def outage_begins(c: Center, bot: int) -> None:
    """The sessions under way are escalated, in the order in which they began."""
    state = c.bots[bot]
    state.n_outages += 1
    under_way, state.sessions = list(state.sessions), {}
    for contact in under_way:
        contact.bot = BotOutcome.ESCALATED
        contact.left_bot_s = c.now_s
        handed_over(c, contact)


def outage_ends(c: Center, bot: int) -> None:
    """In order again, unless another outage lasts."""
    c.bots[bot].n_outages -= 1
