"""What a contact's need has drawn, and how an attempt ends: small things that the whole journey uses."""

from __future__ import annotations

from sim.kernel.compiling import compiled
from sim.kernel.draws import uniform
from sim.kernel.rows import contact_at, need_at
from sim.kernel.state import Center


@compiled
def draw(c: Center, contact: int, purpose: int, index: int) -> float:
    """A number of the contact's need."""
    return uniform(need_at(c, contact_at(c, contact).need).key, purpose, index, c.flip)


@compiled
def ends(c: Center, contact: int, outcome: int) -> None:
    """An attempt is over."""
    me = contact_at(c, contact)
    me.outcome = outcome
    me.ended_s = c.now_s
