"""Serving, compiled: `sim.center.serving` on records."""

from __future__ import annotations

from sim.chance.draws import Purpose
from sim.codes import Outcome, Turn
from sim.kernel.comeback import outcome_of_service
from sim.kernel.compiling import compiled
from sim.kernel.drawn import draw, ends
from sim.kernel.events import schedule
from sim.kernel.experience import delight_s
from sim.kernel.floor import rest, stop_resting
from sim.kernel.pools import is_over
from sim.kernel.quantiles import quantile_at
from sim.kernel.routing import select_contact
from sim.kernel.rows import agent_at, contact_at, need_at, skill_at, type_at
from sim.kernel.state import NOBODY, WITH_AGENT, Center
from sim.kernel.tallies import note_due, note_overtime, note_waiting, note_work

_TALK_END, _SERVICE_END = 0, 1  # the two events of a service, in this order


@compiled
def frees_line(c: Center, contact: int) -> None:
    """A line is free again: the customer has left, or the talk has ended."""
    if type_at(c, contact_at(c, contact).type).uses_line:
        c.lines_in_use -= 1


@compiled
def comes(c: Center, agent: int) -> None:
    """Present from now on; who still holds a contact from before goes on with it."""
    me = agent_at(c, agent)
    note_due(c, me.group, 1)
    me.shifts += 1
    if me.shifts > 1:
        return  # one shift follows on another: the end of the first is still to come, at this very moment
    if me.contact == NOBODY:
        looks_for_work(c, agent)
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
def serves(c: Center, agent: int, contact: int) -> None:
    """Talk and wrap-up, each with the factors of group, assist and hand-over."""
    me, who = contact_at(c, contact), agent_at(c, agent)
    its_type, need = type_at(c, me.type), need_at(c, me.need)
    skill = skill_at(c, who.group * c.n_types + me.type)
    u = draw(c, contact, Purpose.TALK, need.conversations)
    talk_s = quantile_at(c, its_type.talk, me.arrived_s, u)
    wrap_up_s = 0.0
    if its_type.wrap_up != NOBODY:
        u = draw(c, contact, Purpose.WRAP_UP, need.conversations)
        wrap_up_s = quantile_at(c, its_type.wrap_up, me.arrived_s, u)
    more_s = delight_s(c, contact) if c.delights else 0.0
    need.conversations += 1
    need.reached_person = True
    me.state = WITH_AGENT
    me.answered_s = c.now_s
    me.group, me.agent = who.group, agent
    me.talk_s = talk_s * (skill.talk_factor * me.talk_factor * who.talk_factor) + more_s
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
        service_ends(c, which // 2)


@compiled
def service_ends(c: Center, contact: int) -> None:
    """Talk and wrap-up are over: the outcome, and the next contact."""
    agent = contact_at(c, contact).agent
    who = agent_at(c, agent)
    who.contact = NOBODY
    ends(c, contact, Outcome.SERVED)
    outcome_of_service(c, contact)
    is_over(c, contact)
    if who.shifts > 0 or stays_after_closing(c):
        looks_for_work(c, agent)
    else:
        note_overtime(c, agent)


@compiled
def looks_for_work(c: Center, agent: int) -> None:
    """The next contact in line; with none, an agent who is due rests and one whose time is up goes."""
    contact = select_contact(c, agent_at(c, agent).group)
    if contact != NOBODY:
        serves(c, agent, contact)
    elif agent_at(c, agent).shifts > 0:
        rest(c, agent)
    else:
        note_overtime(c, agent)


@compiled
def stays_after_closing(c: Center) -> bool:
    """After closing, whoever is still here serves until nobody waits."""
    return not c.open and not c.clears_at_close
