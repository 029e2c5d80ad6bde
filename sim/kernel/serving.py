"""Serving, compiled: `sim.center.serving` on records."""

from __future__ import annotations

import math

from sim.chance.draws import Purpose
from sim.codes import Outcome, SpellKind, Turn
from sim.kernel.chats import advance, end_of, next_to_end
from sim.kernel.clock_sums import note_chat, note_spell, note_waiting, note_work
from sim.kernel.comeback import outcome_of_service
from sim.kernel.compiling import compiled, seldom
from sim.kernel.drawn import draw, ends
from sim.kernel.events import cancel, schedule
from sim.kernel.experience import delight_s
from sim.kernel.floor import hands_of, join, leave, leave_shelf, line_of, rest, shelve
from sim.kernel.pools import free_if_forgotten, is_over
from sim.kernel.quantiles import quantile_at
from sim.kernel.record import NOBODY
from sim.kernel.routing import empties, first_in_line, has_room, seat_is_free, select_agent, select_contact
from sim.kernel.rows import (
    agent_at,
    contact_at,
    group_at,
    line_at,
    need_at,
    route_at,
    shelf_at,
    skill_at,
    type_at,
)
from sim.kernel.state import WITH_AGENT, Center

_TALK_END, _SERVICE_END = 0, 1  # of one agent at one instant, in this order


@compiled
def frees_line(c: Center, contact: int) -> None:
    """A line is free again: the customer has left, or the talk has ended."""
    me = contact_at(c, contact)
    if me.holds_line:
        me.holds_line = False
        c.lines_in_use -= 1


@compiled
def goes_on(c: Center, agent: int) -> None:
    """Take what waits while there is room; then rest, or go when time is up."""
    me = agent_at(c, agent)
    _takes_what_waits(c, agent)
    if me.n_in_hand == 0:
        if me.shifts > 0:
            rest(c, agent, c.now_s)
        else:
            note_spell(c, SpellKind.OVERTIME, me.group, me.time_up_s, c.now_s)
    if c.counts_seats:
        _fills_seats(c, me.group)


@compiled
def _takes_what_waits(c: Center, agent: int) -> None:
    while has_room(c, agent) and (agent_at(c, agent).shifts > 0 or stays_after_closing(c)):
        contact = select_contact(c, agent)
        if contact == NOBODY:
            break
        takes(c, agent, contact)
        chats_go_on(c, contact_at(c, contact).type)
    shelves_chats(c, agent)


@seldom
def _fills_seats(c: Center, group: int) -> None:
    """Where heads are seats, somebody idle may work on in the place of one whose time was up."""
    while seat_is_free(c, group):
        agent = shelf_at(c, group * c.n_shelves).first
        if agent == NOBODY:
            return
        since_s = agent_at(c, agent).since_s
        leave_shelf(c, agent)
        _takes_what_waits(c, agent)
        if agent_at(c, agent).n_in_hand == 0:
            rest(c, agent, since_s)
            return


@compiled
def stays_after_closing(c: Center) -> bool:
    """After closing, whoever is still here serves until nobody waits."""
    return not c.open and not c.clears_at_close


@compiled
def chats_go_on(c: Center, contact_type: int) -> None:
    """A call less waits: those who were to empty for it take chats again, first those that waited meanwhile."""
    its_type = type_at(c, contact_type)
    if not c.has_chats or not its_type.takes_whole_agent or its_type.is_deferred:
        return
    if not (c.open or stays_after_closing(c)):
        return
    for i in range(its_type.n_routes):
        _takes_chats_again(c, route_at(c, contact_type * c.n_groups + i).group)


@seldom
def _takes_chats_again(c: Center, group: int) -> None:
    if not group_at(c, group).empties_for_calls or empties(c, group):
        return
    for i in range(group_at(c, group).n_skills):
        contact_type = skill_at(c, group * c.n_types + i).looks_at
        if type_at(c, contact_type).takes_whole_agent:
            continue
        chat = first_in_line(c, group, contact_type, False)
        while chat != NOBODY and offered(c, chat):
            chat = first_in_line(c, group, contact_type, False)


# --- Work ---------------------------------------------------------------------------------------------------------


@compiled
def offered(c: Center, contact: int) -> bool:
    """Whether somebody free takes a contact that waits for a person, there and then."""
    agent = select_agent(c, contact)
    if agent == NOBODY:
        return False
    leave_shelf(c, agent)
    takes(c, agent, contact)
    shelves_chats(c, agent)
    return True


@compiled
def shelves_chats(c: Center, agent: int) -> None:
    """Who holds chats stands where the next one finds them."""
    me = agent_at(c, agent)
    if me.n_in_hand > 0 and me.contact == NOBODY:
        shelve(c, agent)


@compiled
def takes(c: Center, agent: int, contact: int) -> None:
    """Out of the queue, into the hands of an agent."""
    me, who = contact_at(c, contact), agent_at(c, agent)
    if me.in_line:
        me.in_line = False
        leave(c, line_of(c, me.type, me.place), contact)
        if me.put_back:
            note_spell(c, SpellKind.WAITING_AGAIN, me.type, me.put_back_s, c.now_s)
    me.state = WITH_AGENT
    me.group, me.agent = who.group, agent
    if type_at(c, me.type).takes_whole_agent:
        _begins_work(c, agent)
        who.contact = contact
        who.n_in_hand = 1
        if me.calls_back and not _is_reached(c, contact):
            _calls_in_vain(c, contact)
        else:
            _serves(c, contact)
    else:
        _joins_chats(c, agent, contact)


@compiled
def _begins_work(c: Center, agent: int) -> None:
    """Idle no longer."""
    me = agent_at(c, agent)
    me.works_since_s = c.now_s
    group_at(c, me.group).n_busy += 1


@compiled
def _answers(c: Center, contact: int) -> None:
    """The conversation begins, or is taken up again: talk and wrap-up with the factors of group, assist and hand-over.

    What somebody else has done of it before is done.
    """
    me = contact_at(c, contact)
    its_type, need = type_at(c, me.type), need_at(c, me.need)
    skill = skill_at(c, me.group * c.n_types + me.type)
    if not me.put_back:
        me.conversation = need.conversations
        need.conversations += 1
        need.reached_person = True
        me.answered_s = c.now_s
        note_waiting(c, contact, c.now_s)
    talk_s = quantile_at(c, its_type.talk, me.arrived_s, draw(c, contact, Purpose.TALK, me.conversation))
    wrap_up_s = 0.0
    if its_type.wrap_up != NOBODY:
        u = draw(c, contact, Purpose.WRAP_UP, me.conversation)
        wrap_up_s = quantile_at(c, its_type.wrap_up, me.arrived_s, u)
    more_s = delight_s(c, contact) if c.delights and its_type.notice_of == NOBODY else 0.0
    factor = skill.talk_factor * me.talk_factor * agent_at(c, me.agent).talk_factor
    me.talk_s = talk_s * factor + more_s
    me.wrap_up_s = wrap_up_s * skill.wrap_up_factor
    if me.put_back:
        me.talk_s *= me.left_share
        me.wrap_up_s *= me.left_share


@compiled
def _serves(c: Center, contact: int) -> None:
    """A contact that takes the whole agent: talk, then wrap-up."""
    _answers(c, contact)
    me = contact_at(c, contact)
    talk_ends_s = c.now_s + me.talk_s
    if me.holds_line:
        schedule(c, talk_ends_s, Turn.SERVICE_END, 2 * contact + _TALK_END)
    _ends_at(c, contact, talk_ends_s + me.wrap_up_s)
    its_type = type_at(c, me.type)
    if not its_type.is_deferred:
        note_work(c, contact)
    elif its_type.interruptible:
        shelve(c, me.agent)


@seldom
def _joins_chats(c: Center, agent: int, contact: int) -> None:
    """One chat more: all in hand advance at another pace from now on."""
    me, who = contact_at(c, contact), agent_at(c, agent)
    advance(c, agent)
    if who.n_in_hand == 0:
        _begins_work(c, agent)
    join(c, hands_of(c, agent), contact)
    who.n_in_hand += 1
    who.since_s = c.now_s
    _answers(c, contact)
    me.done_at_s = who.progress_s + (me.talk_s + me.wrap_up_s)
    _foresees_end(c, agent)


@seldom
def _foresees_end(c: Center, agent: int) -> None:
    """The next end among the chats in hand; what was foreseen before is void."""
    chat = line_at(c, hands_of(c, agent)).first
    while chat != NOBODY:
        contact_at(c, chat).service_ends_s = math.nan
        chat = contact_at(c, chat).next
    chat = next_to_end(c, agent)
    _ends_at(c, chat, end_of(c, agent, chat))


@compiled
def _ends_at(c: Center, contact: int, at_s: float) -> None:
    me = contact_at(c, contact)
    me.service_ends_s = at_s
    me.n_events += 1
    schedule(c, at_s, Turn.SERVICE_END, 2 * contact + _SERVICE_END)


@seldom
def forgets_end(c: Center, contact: int) -> None:
    """The end that was foreseen will not be: whoever takes up the rest has a turn of his own."""
    contact_at(c, contact).n_events -= 1
    cancel(c, Turn.SERVICE_END, 2 * contact + _SERVICE_END)


@compiled
def service_moves_on(c: Center, which: int) -> None:
    """The end of a talk, or of the service."""
    if which % 2 == _TALK_END:
        frees_line(c, which // 2)
    else:
        _service_ends(c, which // 2)


@compiled
def _service_ends(c: Center, contact: int) -> None:
    """Talk and wrap-up are over: the outcome, and the next contact. A new pace voids the moment."""
    me = contact_at(c, contact)
    me.n_events -= 1
    if me.service_ends_s != c.now_s:
        free_if_forgotten(c, contact)
        return
    agent = me.agent
    out_of_hands(c, agent, contact)
    if math.isnan(me.answered_s):
        note_waiting(c, contact, c.now_s)
        ends(c, contact, Outcome.UNREACHED)
    else:
        if me.put_back:
            me.talk_s += me.talk_before_s
            me.wrap_up_s += me.wrap_up_before_s
        ends(c, contact, Outcome.SERVED)
        outcome_of_service(c, contact)
    is_over(c, contact)
    goes_on(c, agent)


@compiled
def out_of_hands(c: Center, agent: int, contact: int) -> None:
    """The chats that remain advance at another pace."""
    me, who = contact_at(c, contact), agent_at(c, agent)
    its_type = type_at(c, me.type)
    me.service_ends_s = math.nan
    if its_type.takes_whole_agent:
        who.contact = NOBODY
        who.n_in_hand = 0
        group_at(c, who.group).n_busy -= 1
        if its_type.is_deferred:
            leave_shelf(c, agent)
            note_spell(c, SpellKind.DEFERRED_WORK, who.group, who.works_since_s, c.now_s)
        return
    advance(c, agent)
    leave(c, hands_of(c, agent), contact)
    who.n_in_hand -= 1
    leave_shelf(c, agent)
    note_chat(c, contact)
    if who.n_in_hand > 0:
        _foresees_end(c, agent)
        return
    group_at(c, who.group).n_busy -= 1
    note_spell(c, SpellKind.CHATTING, who.group, who.works_since_s, c.now_s)


# --- Callbacks ----------------------------------------------------------------------------------------------------


@compiled
def _is_reached(c: Center, contact: int) -> bool:
    me = contact_at(c, contact)
    return draw(c, contact, Purpose.CALLBACK_REACHED, me.attempt) < type_at(c, me.type).reach_share


@seldom
def _calls_in_vain(c: Center, contact: int) -> None:
    """The customer cannot be reached: an agent's time, and no conversation."""
    me = contact_at(c, contact)
    ends_s = c.now_s + type_at(c, me.type).in_vain_s
    note_spell(c, SpellKind.CALLING_IN_VAIN, me.group, c.now_s, ends_s)
    _ends_at(c, contact, ends_s)
