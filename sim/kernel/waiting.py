"""Waiting, compiled: `sim.center.waiting` on records."""

from __future__ import annotations

from sim.chance.draws import Purpose
from sim.codes import Origin, Outcome, Turn
from sim.kernel.comeback import may_redial
from sim.kernel.compiling import compiled
from sim.kernel.drawn import draw, ends
from sim.kernel.events import schedule
from sim.kernel.floor import join, leave
from sim.kernel.pools import free_if_forgotten, is_over
from sim.kernel.quantiles import quantile_at
from sim.kernel.routing import select_agent
from sim.kernel.rows import contact_at, line_at, need_at, type_at
from sim.kernel.serving import frees_line, serves
from sim.kernel.state import NOBODY, WAITING, Center
from sim.kernel.tallies import note_waiting


@compiled
def asks_for_person(c: Center, contact: int) -> None:
    """Joins the queue of its type, unless closed (lost) or every line is taken (blocked)."""
    me = contact_at(c, contact)
    its_type, need = type_at(c, me.type), need_at(c, me.need)
    me.state = WAITING
    need.wanted_person = True
    if not c.open and me.origin != Origin.TRANSFER:
        ends(c, contact, Outcome.LOST)
        is_over(c, contact)
        return
    if its_type.uses_line:
        if c.lines_in_use >= c.n_lines:
            ends(c, contact, Outcome.BLOCKED)
            may_redial(c, contact)
            is_over(c, contact)
            return
        c.lines_in_use += 1
    me.queued_s = c.now_s
    agent = select_agent(c, me.type)
    if agent != NOBODY:
        serves(c, agent, contact)
    elif its_type.balk_share > 0.0 and draw(c, contact, Purpose.BALKS, me.attempt) < its_type.balk_share:
        leaves_queue(c, contact, Outcome.BALKED)
    else:
        waits(c, contact)


@compiled
def waits(c: Center, contact: int) -> None:
    """In line, until served or out of patience."""
    me = contact_at(c, contact)
    patience = type_at(c, me.type).patience
    join(c, me.type, contact)
    if patience != NOBODY:
        u = draw(c, contact, Purpose.PATIENCE, me.attempt)
        patience_s = quantile_at(c, patience, me.arrived_s, u)
        me.n_events += 1
        schedule(c, me.queued_s + patience_s * me.patience_factor, Turn.ABANDONMENT, contact)


@compiled
def patience_ends(c: Center, contact: int) -> None:
    """Whoever still waits gives up; of those who were served meanwhile only the slot was kept."""
    me = contact_at(c, contact)
    me.n_events -= 1
    if me.state == WAITING:
        gives_up(c, contact)
    else:
        free_if_forgotten(c, contact)


@compiled
def gives_up(c: Center, contact: int) -> None:
    """Leaves the line, unserved."""
    leave(c, contact_at(c, contact).type, contact)
    note_waiting(c, contact, c.now_s)
    leaves_queue(c, contact, Outcome.ABANDONED)


@compiled
def leaves_queue(c: Center, contact: int, outcome: int) -> None:
    """Gone without a person, and perhaps back later."""
    frees_line(c, contact)
    ends(c, contact, outcome)
    may_redial(c, contact)
    is_over(c, contact)


@compiled
def closes(c: Center) -> None:
    """At closing those waiting are served by whoever is present, or sent away."""
    c.open = False
    if c.clears_at_close:
        for line in range(c.n_types):
            while line_at(c, line).first != NOBODY:
                gives_up(c, line_at(c, line).first)
