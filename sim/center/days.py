"""Days: what midnight brings onto the clock, and the doors that open and close."""

from __future__ import annotations

import numpy as np

from sim.center.bots import outage_begins, outage_ends
from sim.center.entry import next_fresh
from sim.center.fresh import first_attempts
from sim.center.presence import comes, goes
from sim.center.state import Center, steps_of
from sim.center.waiting import gives_up
from sim.codes import Turn
from sim.records.records import BoolArray, FloatArray
from sim.world.first_contacts import needs_that_come
from sim.world.hours import DAY_S
from sim.world.world import TypeModel


def begin(c: Center) -> None:
    """People present when the run starts come first; then the first day."""
    world = c.world
    for team in c.teams:
        for position in team.model.presence.present_before(c.sample, world.starts_s):
            comes(c, team.agents[position])
    begin_outages(c)
    presence_of_day(c, world.first_day - 1)
    c.at(world.starts_s, (Turn.NEW_DAY,), new_day, world.first_day)


def new_day(c: Center, day: int) -> None:
    """Bring the day's arrivals, comings and goings, openings and closings onto the clock."""
    if day >= c.world.last_day:
        raise RuntimeError(f"contacts of the horizon still wait after {day} days: the queue has no end")
    doors_of_day(c, day)
    for team in c.teams:
        team.people_of_day(c.sample, day)
    presence_of_day(c, day)
    for contact_type in c.world.types:
        fresh_of_day(c, contact_type, day)
    c.at((day + 1) * DAY_S, (Turn.NEW_DAY,), new_day, day + 1)


def fresh_of_day(c: Center, contact_type: TypeModel, day: int) -> None:
    """The day's first attempts of a type: those without events are facts at once, the others take their turns.

    Those before the run's start never happen.
    """
    steps = steps_of(c, contact_type.index, day)
    needs = needs_that_come(contact_type, steps, c.sample, day).since(c.world.starts_s - day * DAY_S)
    arrived_s = day * DAY_S + needs.arrived_s
    awake = bot_always_takes(c, contact_type, arrived_s)
    c.fresh[contact_type.index], solved = first_attempts(contact_type, needs, c.sample, day, awake)
    c.solved_at_once.append(solved)
    next_fresh(c, contact_type.index)


def bot_always_takes(c: Center, contact_type: TypeModel, arrived_s: FloatArray) -> BoolArray:
    """Arrivals that a bot without limit or outage takes, whatever the queue: in the open hours, or at any time."""
    bot = contact_type.bot
    if contact_type.index in c.world.noticed:  # any of them may be spared: each takes its turn
        return np.zeros(len(arrived_s), dtype=np.bool_)
    if bot is None or bot.at_peak is not None or not c.world.bots[bot.bot].always_free:
        return np.zeros(len(arrived_s), dtype=np.bool_)
    if c.world.bots[bot.bot].always_on:
        return np.ones(len(arrived_s), dtype=np.bool_)
    return c.world.hours.are_open(arrived_s)


def doors_of_day(c: Center, day: int) -> None:
    """Put the day's openings and closings on the clock."""
    hours = c.world.hours
    for moments, opening in ((hours.opens_s, True), (hours.closes_s, False)):
        for moment_s in moments:
            if day * DAY_S <= moment_s < (day + 1) * DAY_S and moment_s >= c.now_s:
                c.at(moment_s, (Turn.OPENING, opening), opens if opening else closes)


def presence_of_day(c: Center, day: int) -> None:
    """Put the day's comings and goings on the clock."""
    for team in c.teams:
        changes = team.model.presence.changes(c.sample, day)
        for at_s, position, is_coming in changes.rows():
            if at_s >= c.now_s:
                turn, action = (Turn.COMING, comes) if is_coming else (Turn.GOING, goes)
                c.at(at_s, (turn, team.model.index, position), action, team.agents[position])


def opens(c: Center, _: None) -> None:
    """Contacts are taken from now on."""
    c.open = True
    for team in c.teams:
        team.n_seats = team.n_due


def closes(c: Center, _: None) -> None:
    """At closing those waiting are served by whoever is present, or sent away.

    Deferred work stays, and so does who was promised a call.
    """
    c.open = False
    if c.world.clears_at_close:
        for queue in c.queues:
            for contact in queue.everybody():
                if not (contact.type.queueing.is_deferred or contact.calls_back):
                    gives_up(c, contact)


def begin_outages(c: Center) -> None:
    """Put all outages on the clock; those of before the run begin with it."""
    for bot in c.world.bots:
        for start_s, end_s in bot.outages_s:
            for at_s, action in ((start_s, outage_begins), (end_s, outage_ends)):
                c.at(max(at_s, c.world.starts_s), (Turn.OUTAGE, bot.index), action, bot.index)
