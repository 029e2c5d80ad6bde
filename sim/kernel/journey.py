"""A contact's way through the center, compiled: `sim.center` function by function, under the same names.

Read `sim.center` first. What differs is only how things are kept: positions in arrays for objects, draws made when
they are needed and not when the contact comes (they are pure functions of the need, so nothing else changes).
"""

from __future__ import annotations

import math

from sim.bot import BotOutcome
from sim.clock import Turn
from sim.contact import Origin, Outcome
from sim.draws import Purpose
from sim.hours import DAY_S
from sim.kernel.arrivals import is_open_at, moment_in_span, next_opening
from sim.kernel.compiling import compiled
from sim.kernel.draws import uniform
from sim.kernel.events import schedule
from sim.kernel.floor import join, leave, rest, sessions_of, stop_resting
from sim.kernel.pools import begins, free_if_forgotten, is_over, new_contact
from sim.kernel.quantiles import normal_quantile, quantile
from sim.kernel.routing import select_agent, select_contact
from sim.kernel.rows import agent_at, bot_at, contact_at, line_at, need_at, skill_at, span_at, type_at
from sim.kernel.state import AT_BOT, NOBODY, WAITING, WITH_AGENT, Center
from sim.kernel.tallies import note_due, note_overtime, note_session, note_waiting, note_work

_TALK_END, _SERVICE_END = 0, 1  # the two events of a service, in this order


@compiled
def _draw(c: Center, contact: int, purpose: int, index: int) -> float:
    """A number of the contact's need."""
    return uniform(need_at(c, contact_at(c, contact).need).key, purpose, index, c.flip)


@compiled
def _time(c: Center, law: int, u: float) -> float:
    return quantile(c, law, u)


# --- Arrival and bot ----------------------------------------------------------------------------------------------


@compiled
def arrives(c: Center, contact: int) -> None:
    """An attempt begins: at the bot where there is one for it, else it asks for a person."""
    begins(c, contact)
    me = contact_at(c, contact)
    if me.origin == Origin.TRANSFER or not _bot_takes(c, contact):
        _asks_for_person(c, contact)
    else:
        _session_begins(c, contact)


@compiled
def _bot_takes(c: Center, contact: int) -> bool:
    """Whether a bot is awake, wanted, in order and free; notes on the contact why not."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    if its_type.bot == NOBODY or me.skip_bot or not (c.open or bot_at(c, its_type.bot).always_on):
        return False
    bot = bot_at(c, its_type.bot)
    if _draw(c, contact, Purpose.ENTERS_BOT, me.attempt) >= its_type.entry_share:
        me.bot = BotOutcome.OPTED_OUT
    elif bot.n_outages > 0:
        me.bot = BotOutcome.OUT_OF_ORDER
    elif line_at(c, sessions_of(c, its_type.bot)).n >= bot.max_sessions:
        me.bot = BotOutcome.REFUSED
    else:
        return True
    return False


@compiled
def _bot_end(c: Center, contact: int) -> int:
    """How a session ends (`sim.bot.BotType.outcomes`): the ease goes with the talk that has not happened yet."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    if _draw(c, contact, Purpose.LEAVES_BOT, me.attempt) < its_type.leaves_share:
        return BotOutcome.LEFT
    ease = its_type.noise_weight * normal_quantile(_draw(c, contact, Purpose.BOT_NOISE, me.attempt))
    if its_type.selectivity > 0.0:
        talk = _draw(c, contact, Purpose.TALK, need_at(c, me.need).conversations)
        ease -= its_type.selectivity * normal_quantile(talk)
    if not ease > its_type.contains_above:
        return BotOutcome.ESCALATED
    if _draw(c, contact, Purpose.WRONGLY_CLOSED, me.attempt) < its_type.wrong_share:
        return BotOutcome.WRONGLY_CLOSED
    return BotOutcome.SOLVED


@compiled
def _session_begins(c: Center, contact: int) -> None:
    """What a bot that is always free solves needs no event: it concerns nobody else."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    me.bot_end = _bot_end(c, contact)
    session_s = _time(c, its_type.session, _draw(c, contact, Purpose.SESSION, me.attempt))
    ends_s = c.now_s + session_s
    if me.bot_end == BotOutcome.SOLVED and me.origin == Origin.FRESH and bot_at(c, its_type.bot).always_free:
        _closed_by_bot(c, contact, ends_s)
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
        _closed_by_bot(c, contact, c.now_s)
        return
    me.bot = me.bot_end
    me.left_bot_s = c.now_s
    note_session(c, contact)
    if me.bot == BotOutcome.LEFT:
        _ends(c, contact, Outcome.LEFT_BOT)
        _may_redial(c, contact)
        is_over(c, contact)
    else:
        _handed_over(c, contact)


@compiled
def _closed_by_bot(c: Center, contact: int, at_s: float) -> None:
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
        _may_reconnect(c, contact, type_at(c, me.type).wrongly_closed_skips_bot)
    is_over(c, contact)


@compiled
def _handed_over(c: Center, contact: int) -> None:
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    me.talk_factor *= its_type.handover_talk_factor
    me.patience_factor = its_type.handover_patience_factor
    _asks_for_person(c, contact)


@compiled
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
        _handed_over(c, contact)


# --- Queue --------------------------------------------------------------------------------------------------------


@compiled
def _asks_for_person(c: Center, contact: int) -> None:
    """Joins the queue of its type, unless closed (lost) or every line is taken (blocked)."""
    me = contact_at(c, contact)
    its_type, need = type_at(c, me.type), need_at(c, me.need)
    me.state = WAITING
    need.wanted_person = True
    if not c.open and me.origin != Origin.TRANSFER:
        _ends(c, contact, Outcome.LOST)
        is_over(c, contact)
        return
    if its_type.uses_line:
        if c.lines_in_use >= c.n_lines:
            _ends(c, contact, Outcome.BLOCKED)
            _may_redial(c, contact)
            is_over(c, contact)
            return
        c.lines_in_use += 1
    me.queued_s = c.now_s
    agent = select_agent(c, me.type)
    if agent != NOBODY:
        _serves(c, agent, contact)
    elif its_type.balk_share > 0.0 and _draw(c, contact, Purpose.BALKS, me.attempt) < its_type.balk_share:
        _leaves_queue(c, contact, Outcome.BALKED)
    else:
        _waits(c, contact)


@compiled
def _waits(c: Center, contact: int) -> None:
    me = contact_at(c, contact)
    patience = type_at(c, me.type).patience
    join(c, me.type, contact)
    if patience != NOBODY:
        patience_s = _time(c, patience, _draw(c, contact, Purpose.PATIENCE, me.attempt))
        me.n_events += 1
        schedule(c, me.queued_s + patience_s * me.patience_factor, Turn.ABANDONMENT, contact)


@compiled
def patience_ends(c: Center, contact: int) -> None:
    """Whoever still waits gives up; of those who were served meanwhile only the slot was kept."""
    me = contact_at(c, contact)
    me.n_events -= 1
    if me.state == WAITING:
        _gives_up(c, contact)
    else:
        free_if_forgotten(c, contact)


@compiled
def _gives_up(c: Center, contact: int) -> None:
    leave(c, contact_at(c, contact).type, contact)
    note_waiting(c, contact, c.now_s)
    _leaves_queue(c, contact, Outcome.ABANDONED)


@compiled
def _leaves_queue(c: Center, contact: int, outcome: int) -> None:
    frees_line(c, contact)
    _ends(c, contact, outcome)
    _may_redial(c, contact)
    is_over(c, contact)


@compiled
def frees_line(c: Center, contact: int) -> None:
    """A line is free again: the customer has left, or the talk has ended."""
    if type_at(c, contact_at(c, contact).type).uses_line:
        c.lines_in_use -= 1


@compiled
def closes(c: Center) -> None:
    """At closing those waiting are served by whoever is present, or sent away."""
    c.open = False
    if c.clears_at_close:
        for line in range(c.n_types):
            while line_at(c, line).first != NOBODY:
                _gives_up(c, line_at(c, line).first)


# --- Agents -------------------------------------------------------------------------------------------------------


@compiled
def comes(c: Center, agent: int) -> None:
    """Present from now on; who still holds a contact from before goes on with it."""
    me = agent_at(c, agent)
    note_due(c, me.group, 1)
    me.shifts += 1
    if me.shifts > 1:
        return  # one shift follows on another: the end of the first is still to come, at this very moment
    if me.contact == NOBODY:
        _looks_for_work(c, agent)
    else:
        note_overtime(c, agent)


@compiled
def goes(c: Center, agent: int) -> None:
    """Time is up: the idle leave, the busy finish the contact in hand."""
    me = agent_at(c, agent)
    note_due(c, me.group, -1)
    me.shifts -= 1
    if me.shifts > 0:
        return
    me.time_up_s = c.now_s
    if me.contact == NOBODY:
        stop_resting(c, agent)


@compiled
def _serves(c: Center, agent: int, contact: int) -> None:
    """Talk and wrap-up, each with the factors of group, assist and hand-over."""
    me, who = contact_at(c, contact), agent_at(c, agent)
    its_type, need = type_at(c, me.type), need_at(c, me.need)
    skill = skill_at(c, who.group * c.n_types + me.type)
    talk_s = _time(c, its_type.talk, _draw(c, contact, Purpose.TALK, need.conversations))
    wrap_up_s = 0.0
    if its_type.wrap_up != NOBODY:
        wrap_up_s = _time(c, its_type.wrap_up, _draw(c, contact, Purpose.WRAP_UP, need.conversations))
    need.conversations += 1
    need.reached_person = True
    me.state = WITH_AGENT
    me.answered_s = c.now_s
    me.group, me.agent = who.group, agent
    me.talk_s = talk_s * (skill.talk_factor * me.talk_factor)
    me.wrap_up_s = wrap_up_s * skill.wrap_up_factor
    who.contact = contact
    talk_ends_s = me.answered_s + me.talk_s
    if its_type.uses_line:
        schedule(c, talk_ends_s, Turn.SERVICE_END, 2 * contact + _TALK_END)
    schedule(c, talk_ends_s + me.wrap_up_s, Turn.SERVICE_END, 2 * contact + _SERVICE_END)
    note_waiting(c, contact, me.answered_s)
    note_work(c, contact)


@compiled
def service_moves_on(c: Center, which: int) -> None:
    """The end of a talk, or of the service."""
    if which % 2 == _TALK_END:
        frees_line(c, which // 2)
    else:
        _service_ends(c, which // 2)


@compiled
def _service_ends(c: Center, contact: int) -> None:
    agent = contact_at(c, contact).agent
    who = agent_at(c, agent)
    who.contact = NOBODY
    _ends(c, contact, Outcome.SERVED)
    _outcome_of_service(c, contact)
    is_over(c, contact)
    if who.shifts > 0 or _stays_after_closing(c):
        _looks_for_work(c, agent)
    else:
        note_overtime(c, agent)


@compiled
def _looks_for_work(c: Center, agent: int) -> None:
    """The next contact in line; with none, an agent who is due rests and one whose time is up goes."""
    contact = select_contact(c, agent_at(c, agent).group)
    if contact != NOBODY:
        _serves(c, agent, contact)
    elif agent_at(c, agent).shifts > 0:
        rest(c, agent)
    else:
        note_overtime(c, agent)


@compiled
def _stays_after_closing(c: Center) -> bool:
    """After closing, whoever is still here serves until nobody waits."""
    return not c.open and not c.clears_at_close


# --- Outcome ------------------------------------------------------------------------------------------------------


@compiled
def _outcome_of_service(c: Center, contact: int) -> None:
    """Transferred, or resolved, or perhaps back again. The last leg decides."""
    me = contact_at(c, contact)
    its_type, need = type_at(c, me.type), need_at(c, me.need)
    conversation = need.conversations - 1
    share = its_type.transfer_share
    if share > 0.0 and _draw(c, contact, Purpose.TRANSFERRED, conversation) < share:
        now_s, factor = c.now_s, its_type.transfer_talk_factor
        _schedule_return(c, me.need, its_type.transfer_to, Origin.TRANSFER, factor, True, now_s)
        return
    rate = skill_at(c, me.group * c.n_types + me.type).resolution_rate
    if rate >= 1.0 or _draw(c, contact, Purpose.RESOLVED, conversation) < rate:
        me.resolved = True
        need.resolved_s = me.answered_s + me.talk_s
    else:
        _may_reconnect(c, contact, its_type.reconnect_skips_bot)


@compiled
def _may_redial(c: Center, contact: int) -> None:
    """After abandoning, balking, being blocked or leaving the bot: again, with the type's chance."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    share = its_type.redial_share
    if share > 0.0 and _draw(c, contact, Purpose.REDIALS, me.attempt) < share:
        delay_s = _time(c, its_type.redial_delay, _draw(c, contact, Purpose.REDIAL_DELAY, me.attempt))
        skip_bot = its_type.redial_skips_bot
        _returns_after(c, contact, delay_s, me.type, Origin.REDIAL, 1.0, skip_bot)


@compiled
def _may_reconnect(c: Center, contact: int, skip_bot: bool) -> None:
    """After a contact that did not resolve the need: again, with the type's chance."""
    me = contact_at(c, contact)
    its_type = type_at(c, me.type)
    share = its_type.reconnect_share
    if share > 0.0 and _draw(c, contact, Purpose.RECONNECTS, me.attempt) < share:
        delay_s = _time(c, its_type.reconnect_delay, _draw(c, contact, Purpose.RECONNECT_DELAY, me.attempt))
        as_type, factor = its_type.reconnect_as, its_type.reconnect_talk_factor
        _returns_after(c, contact, delay_s, as_type, Origin.RECONNECT, factor, skip_bot)


@compiled
def _returns_after(
    c: Center, contact: int, delay_s: float, as_type: int, origin: int, talk_factor: float, skip_bot: bool
) -> None:
    """When due; where nothing would take it then, by the type's own profile of the next opening hours."""
    me = contact_at(c, contact)
    due_s = c.now_s + delay_s
    bot = type_at(c, as_type).bot
    bot_awake = bot != NOBODY and not skip_bot and bot_at(c, bot).always_on
    if bot_awake or is_open_at(c, due_s):
        _schedule_return(c, me.need, as_type, origin, talk_factor, skip_bot, due_s)
        return
    span = next_opening(c, due_s)
    if span == c.n_spans:
        need_at(c, me.need).returns = True  # the center never opens again: the need stays open
        return
    day_s = math.floor(span_at(c, span).opens_s / DAY_S) * DAY_S
    if day_s == c.day_s:
        u = _draw(c, contact, Purpose.RETURN_MOMENT, me.attempt)
        at_s = moment_in_span(c, as_type, span, u)
        _schedule_return(c, me.need, as_type, origin, talk_factor, skip_bot, at_s)
    else:
        later = _returning(c, me.need, as_type, origin, talk_factor, skip_bot)
        contact_at(c, later).returns_in = span
        schedule(c, day_s, Turn.NEW_DAY, later)  # another day's rates are not at hand: drawn when it begins


@compiled
def _schedule_return(
    c: Center, need: int, as_type: int, origin: int, talk_factor: float, skip_bot: bool, at_s: float
) -> None:
    contact = _returning(c, need, as_type, origin, talk_factor, skip_bot)
    schedule(c, at_s, Turn.ARRIVAL, contact)


@compiled
def _returning(c: Center, need: int, as_type: int, origin: int, talk_factor: float, skip_bot: bool) -> int:
    contact = new_contact(c, need, as_type, origin)
    me = contact_at(c, contact)
    me.talk_factor = talk_factor
    me.skip_bot = skip_bot
    me.n_events = 1
    need_at(c, need).returns = True
    return contact


@compiled
def finds_moment(c: Center, contact: int) -> None:
    """The day has begun on which this customer comes back: at a moment of its opening hours."""
    me = contact_at(c, contact)
    u = _draw(c, contact, Purpose.RETURN_MOMENT, me.attempt - 1)
    schedule(c, moment_in_span(c, me.type, me.returns_in, u), Turn.ARRIVAL, contact)


@compiled
def returns(c: Center, contact: int) -> None:
    """A customer is back, or transferred."""
    me = contact_at(c, contact)
    me.n_events -= 1
    need_at(c, me.need).returns = False
    arrives(c, contact)


@compiled
def _ends(c: Center, contact: int, outcome: int) -> None:
    me = contact_at(c, contact)
    me.outcome = outcome
    me.ended_s = c.now_s
