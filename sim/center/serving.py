"""Serving: agents who take contacts, talk and wrap up, and look for the next one."""

from __future__ import annotations

import math

from sim.center.chats import advance, next_end
from sim.center.comeback import outcome_of_service
from sim.center.contact import Contact, Place
from sim.center.delight import delight_s
from sim.center.floor import Agent, Team
from sim.center.fresh import talk_and_wrap_up
from sim.center.routing import empties, first_in_line, has_room, seat_is_free
from sim.center.state import Center, ends, note
from sim.chance.draws import Purpose
from sim.codes import Outcome, SpellKind, Turn

_TALK_END, _SERVICE_END = 0, 1  # of one agent at one instant, in this order


def frees_line(c: Center, contact: Contact) -> None:
    """A line is free again: the customer has left, or the talk has ended."""
    if contact.holds_line:
        contact.holds_line = False
        c.lines_in_use -= 1


def goes_on(c: Center, agent: Agent) -> None:
    """Take what waits while there is room; then rest, or go when time is up."""
    _takes_what_waits(c, agent)
    if not agent.hands:
        if agent.due:
            c.teams[agent.group].rest(agent, c.now_s)
        else:
            note(c, SpellKind.OVERTIME, agent.group, agent.time_up_s)
    if c.world.counts_seats:
        _fills_seats(c, c.teams[agent.group])


def _takes_what_waits(c: Center, agent: Agent) -> None:
    while has_room(c, agent) and (agent.due or stays_after_closing(c)):
        contact = c.routing.select_contact(c, agent)
        if contact is None:
            return
        takes(c, agent, contact)
        chats_go_on(c, contact)


def _fills_seats(c: Center, team: Team) -> None:
    """Where heads are seats, somebody idle may work on in the place of one whose time was up."""
    while team.idle and seat_is_free(c, team):
        agent = team.idle.popleft()
        _takes_what_waits(c, agent)
        if not agent.hands:
            team.idle.appendleft(agent)
            return


def stays_after_closing(c: Center) -> bool:
    """After closing, whoever is still here serves until nobody waits."""
    return not c.open and not c.world.clears_at_close


def chats_go_on(c: Center, call: Contact) -> None:
    """A call less waits: those who were to empty for it take chats again, first those that waited meanwhile."""
    queueing = call.type.queueing
    if not queueing.takes_whole_agent or queueing.is_deferred or not (c.open or stays_after_closing(c)):
        return
    for rank in call.type.ranks:
        for group in rank:
            _takes_chats_again(c, c.teams[group])


def _takes_chats_again(c: Center, team: Team) -> None:
    if not team.model.chat.empties_for_calls or empties(c, team):
        return
    places = (Place.AHEAD, Place.PLAIN)
    for skill in team.model.skills:
        if c.world.types[skill.contact_type].queueing.takes_whole_agent:
            continue
        chat = first_in_line(c, team.model.index, skill.contact_type, places)
        while chat is not None and offered(c, chat):
            chat = first_in_line(c, team.model.index, skill.contact_type, places)


# --- Work ---------------------------------------------------------------------------------------------------------


def offered(c: Center, contact: Contact) -> bool:
    """Whether somebody free takes a contact that waits for a person, there and then."""
    agent = c.routing.select_agent(c, contact)
    if agent is None:
        return False
    if not agent.hands:
        c.teams[agent.group].idle.remove(agent)
    takes(c, agent, contact)
    return True


def takes(c: Center, agent: Agent, contact: Contact) -> None:
    """Out of the queue, into the hands of an agent."""
    if contact.waiting:
        c.queues[contact.type.index].leave(contact)
        if contact.put_back:
            note(c, SpellKind.WAITING_AGAIN, contact.type.index, contact.put_back_s)
    contact.group, contact.agent = agent.group, agent.position
    if contact.type.queueing.takes_whole_agent:
        _begins_work(c, agent)
        agent.hands.append(contact)
    if contact.calls_back and not _is_reached(c, contact):
        _calls_in_vain(c, agent, contact)
    elif contact.type.queueing.takes_whole_agent:
        _serves(c, agent, contact)
    else:
        _joins_chats(c, agent, contact)


def _begins_work(c: Center, agent: Agent) -> None:
    """Idle no longer."""
    agent.works_since_s = c.now_s
    c.teams[agent.group].n_busy += 1


def _ends_work(c: Center, agent: Agent) -> None:
    """Nothing in hand any more."""
    c.teams[agent.group].n_busy -= 1


def _answers(c: Center, agent: Agent, contact: Contact) -> None:
    """The conversation begins, or is taken up again: talk and wrap-up with the factors of group, assist and hand-over.

    What somebody else has done of it before is done.
    """
    skill = c.teams[agent.group].skill_of[contact.type.index]
    if not contact.put_back:
        contact.drawn_s = talk_and_wrap_up(contact, c.sample)
        contact.conversation = contact.need.conversations
        contact.need.conversations += 1
        contact.answered_s = c.now_s
    talk_s, wrap_up_s = contact.drawn_s
    factor = skill.talk_factor * contact.talk_factor * agent.talk_factor
    contact.talk_s = talk_s * factor + delight_s(c, contact)
    contact.wrap_up_s = wrap_up_s * skill.wrap_up_factor
    if contact.put_back:
        contact.talk_s *= contact.left_share
        contact.wrap_up_s *= contact.left_share


def _serves(c: Center, agent: Agent, contact: Contact) -> None:
    """A contact that takes the whole agent: talk, then wrap-up."""
    _answers(c, agent, contact)
    talk_ends_s = c.now_s + contact.talk_s
    if contact.holds_line:
        c.at(talk_ends_s, (Turn.SERVICE_END, agent.group, agent.position, _TALK_END), frees_line, contact)
    _ends_at(c, agent, contact, talk_ends_s + contact.wrap_up_s)


def _joins_chats(c: Center, agent: Agent, contact: Contact) -> None:
    """One chat more: all in hand advance at another pace from now on."""
    advance(c, agent)
    if not agent.hands:
        _begins_work(c, agent)
    agent.hands.append(contact)
    agent.since_s = c.now_s
    _answers(c, agent, contact)
    contact.done_at_s = agent.progress_s + (contact.talk_s + contact.wrap_up_s)
    _foresees_end(c, agent)


def _foresees_end(c: Center, agent: Agent) -> None:
    """The next end among the chats in hand; what was foreseen before is void."""
    for chat in agent.hands:
        chat.service_ends_s = math.nan
    _ends_at(c, agent, *next_end(c, agent))


def _ends_at(c: Center, agent: Agent, contact: Contact, at_s: float) -> None:
    contact.service_ends_s = at_s
    order = (Turn.SERVICE_END, agent.group, agent.position, _SERVICE_END)
    c.at(at_s, order, service_ends, (agent, contact))


def service_ends(c: Center, whose: tuple[Agent, Contact]) -> None:
    """Talk and wrap-up are over: the outcome, and the next contact. Work put aside, or a new pace, voids the moment.

    Also where another has taken it up, and happens to end it at that very moment: in a turn of his own.
    """
    agent, contact = whose
    if contact not in agent.hands or contact.service_ends_s != c.now_s:
        return
    out_of_hands(c, agent, contact)
    if math.isnan(contact.answered_s):
        ends(c, contact, Outcome.UNREACHED)
    else:
        _adds_what_was_done_before(contact)
        ends(c, contact, Outcome.SERVED)
        outcome_of_service(c, contact)
    goes_on(c, agent)


def out_of_hands(c: Center, agent: Agent, contact: Contact) -> None:
    """The chats that remain advance at another pace."""
    whole = contact.type.queueing.takes_whole_agent
    if not whole:
        advance(c, agent)
    contact.service_ends_s = math.nan
    agent.hands.remove(contact)
    if agent.hands:
        _foresees_end(c, agent)
        return
    _ends_work(c, agent)
    if not whole:
        note(c, SpellKind.CHATTING, agent.group, agent.works_since_s)
    elif contact.type.queueing.is_deferred:
        note(c, SpellKind.DEFERRED_WORK, agent.group, agent.works_since_s)


def _adds_what_was_done_before(contact: Contact) -> None:
    if contact.put_back:
        contact.talk_s += contact.talk_before_s
        contact.wrap_up_s += contact.wrap_up_before_s


# --- Callbacks ----------------------------------------------------------------------------------------------------


def _is_reached(c: Center, contact: Contact) -> bool:
    callback = contact.type.queueing.callback
    assert callback is not None
    u = c.sample.uniform(contact.need.key, Purpose.CALLBACK_REACHED, contact.attempt)
    return u < callback.reach_share


def _calls_in_vain(c: Center, agent: Agent, contact: Contact) -> None:
    """The customer cannot be reached: an agent's time, and no conversation."""
    callback = contact.type.queueing.callback
    assert callback is not None
    ends_s = c.now_s + callback.in_vain_s
    note(c, SpellKind.CALLING_IN_VAIN, agent.group, c.now_s, ends_s)
    _ends_at(c, agent, contact, ends_s)
