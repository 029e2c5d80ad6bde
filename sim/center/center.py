"""The center, contact by contact: the readable engine on SimPy's clock, and the specification of the model.

Read `sim.center.entry.arrives` first and follow the contact: `bots`, `waiting`, `serving`, `comeback`, and perhaps
back again. Draws come with the contact; nothing here rolls dice on its own.
"""

from __future__ import annotations

from sim.center.days import begin
from sim.center.entry import returns
from sim.center.log import Log
from sim.center.state import Center
from sim.chance.sample import Sample
from sim.world.world import World


def live(world: World, sample: Sample) -> Log:
    """Live through warm-up, horizon and run-out, and on until every counted attempt has ended."""
    c = Center(world, sample, on_return=returns)
    begin(c)
    ends_s = world.horizon_s + world.run_out_s
    while c.clock.peek() < ends_s or c.counted_under_way:
        c.clock.step()
    return Log(c.needs, c.contacts, c.solved_at_once, c.overtime, max(ends_s, c.now_s))
