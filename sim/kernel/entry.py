"""Entry, compiled: `sim.center.entry` on records. Draws are made when they are needed, not when the contact comes."""

from __future__ import annotations

from sim.chance.draws import Purpose
from sim.codes import Turn
from sim.kernel.arrivals import moment_in_span
from sim.kernel.bots import bot_takes, session_begins
from sim.kernel.compiling import compiled, seldom
from sim.kernel.drawn import draw
from sim.kernel.events import schedule
from sim.kernel.pools import begins, goes_on_as
from sim.kernel.rows import contact_at
from sim.kernel.state import Center
from sim.kernel.waiting import asks_for_person


@compiled
def arrives(c: Center, contact: int) -> None:
    """An attempt begins: at the bot where there is one for it, else it asks for a person."""
    begins(c, contact)
    me = contact_at(c, contact)
    if goes_on_as(me.origin) or not bot_takes(c, contact):
        asks_for_person(c, contact)
    else:
        session_begins(c, contact)


@compiled
def returns(c: Center, contact: int) -> None:
    """A customer is back, or transferred."""
    me = contact_at(c, contact)
    me.n_events -= 1
    arrives(c, contact)


@seldom
def finds_moment(c: Center, contact: int) -> None:
    """The day has begun on which this customer comes back: at a moment of its opening hours."""
    me = contact_at(c, contact)
    u = draw(c, contact, Purpose.RETURN_MOMENT, me.attempt - 1)
    schedule(c, moment_in_span(c, me.type, me.returns_in, u), Turn.ARRIVAL, contact)
