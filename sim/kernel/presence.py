"""Presence, compiled: `sim.center.presence` on records."""

from __future__ import annotations

from sim.codes import SpellKind
from sim.kernel.aside import goes_back, puts_aside
from sim.kernel.clock_sums import note_due, note_spell
from sim.kernel.compiling import seldom
from sim.kernel.floor import leave_shelf
from sim.kernel.record import NOBODY
from sim.kernel.rows import agent_at, contact_at, group_at, type_at
from sim.kernel.serving import goes_on
from sim.kernel.state import Center


@seldom
def comes(c: Center, agent: int) -> None:
    """Present from now on; who still holds a contact from before goes on with it."""
    me = agent_at(c, agent)
    note_due(c, me.group, 1)
    group = group_at(c, me.group)
    group.n_seats = max(group.n_seats, group.n_due)
    me.shifts += 1
    if me.shifts > 1:
        return  # one shift follows on another: the end of the first is still to come, at this very moment
    if me.n_in_hand > 0:
        note_spell(c, SpellKind.OVERTIME, me.group, me.time_up_s, c.now_s)
    goes_on(c, agent)


@seldom
def goes(c: Center, agent: int) -> None:
    """Time is up: the idle leave, the busy finish what is in hand, or put it back where that may be."""
    me = agent_at(c, agent)
    note_due(c, me.group, -1)
    if c.open or c.clears_at_close:
        group_at(c, me.group).n_seats = group_at(c, me.group).n_due
    me.shifts -= 1
    if me.shifts > 0:
        return
    me.time_up_s = c.now_s
    leave_shelf(c, agent)
    if me.contact != NOBODY and type_at(c, contact_at(c, me.contact).type).interruptible:
        goes_back(c, puts_aside(c, agent))
