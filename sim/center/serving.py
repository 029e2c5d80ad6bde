"""Serving: agents who come and go, talk and wrap up, and look for the next contact."""

from __future__ import annotations

from sim.center.comeback import outcome_of_service
from sim.center.contact import Contact
from sim.center.delight import delight_s
from sim.center.floor import Agent
from sim.center.fresh import talk_and_wrap_up
from sim.center.routing import select_contact
from sim.center.state import Center, ends
from sim.codes import Outcome, Turn
from sim.records.records import Overtime


def frees_line(c: Center, contact: Contact) -> None:
    """A line is free again: the customer has left, or the talk has ended."""
    if contact.type.uses_line:
        c.lines_in_use -= 1


def comes(c: Center, agent: Agent) -> None:
    """Present from now on; who still holds a contact from before goes on with it."""
    agent.shifts += 1
    if agent.shifts > 1:
        return  # one shift follows on another: the end of the first is still to come, at this very moment
    if agent.contact is None:
        looks_for_work(c, agent)
    else:
        note_overtime(c, agent)


def goes(c: Center, agent: Agent) -> None:
    """Time is up: the idle leave, the busy finish the contact in hand."""
    agent.shifts -= 1
    if agent.due:
        return
    agent.time_up_s = c.now_s
    if agent.contact is None:
        c.teams[agent.group].idle.remove(agent)


def serves(c: Center, agent: Agent, contact: Contact) -> None:
    """Talk and wrap-up, each with the factors of group, assist and hand-over."""
    skill = c.teams[agent.group].skill_of[contact.type.index]
    talk_s, wrap_up_s = talk_and_wrap_up(contact, c.sample)
    more_s = delight_s(c, contact)
    contact.need.conversations += 1
    contact.answered_s = c.now_s
    contact.group, contact.agent = agent.group, agent.position
    contact.talk_s = talk_s * (skill.talk_factor * contact.talk_factor * agent.talk_factor) + more_s
    contact.wrap_up_s = wrap_up_s * skill.wrap_up_factor
    agent.contact = contact
    talk_ends_s = contact.answered_s + contact.talk_s
    if contact.type.uses_line:
        order = (Turn.SERVICE_END, agent.group, agent.position, 0)
        c.at(talk_ends_s, order, frees_line, contact)
    order = (Turn.SERVICE_END, agent.group, agent.position, 1)
    c.at(talk_ends_s + contact.wrap_up_s, order, service_ends, agent)


def service_ends(c: Center, agent: Agent) -> None:
    """Talk and wrap-up are over: the outcome, and the next contact."""
    contact = agent.contact
    assert contact is not None
    agent.contact = None
    ends(c, contact, Outcome.SERVED)
    outcome_of_service(c, contact)
    if agent.due or stays_after_closing(c):
        looks_for_work(c, agent)
    else:
        note_overtime(c, agent)


def looks_for_work(c: Center, agent: Agent) -> None:
    """The next contact in line; with none, an agent who is due rests and one whose time is up goes."""
    team = c.teams[agent.group]
    contact = select_contact(team.model, c.lines, c.now_s)
    if contact is not None:
        serves(c, agent, contact)
    elif agent.due:
        team.rest(agent, c.now_s)
    else:
        note_overtime(c, agent)


def stays_after_closing(c: Center) -> bool:
    """After closing, whoever is still here serves until nobody waits."""
    return not c.open and not c.world.clears_at_close


def note_overtime(c: Center, agent: Agent) -> None:
    """Work since time was up."""
    c.overtime.append(Overtime(agent.group, agent.time_up_s, c.now_s))
