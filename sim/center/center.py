"""The center, contact by contact: the readable engine on SimPy's clock, and the specification of the model.

Read `sim.center.entry.arrives` first and follow the contact: `bots`, `waiting`, `serving`, `comeback`, and perhaps
back again. Draws come with the contact; nothing here rolls dice on its own.
"""

from __future__ import annotations

from sim.center.days import begin
from sim.center.entry import returns
from sim.center.log import Log
from sim.center.own_routing import Routing, of_a_replication
from sim.center.state import Center, note
from sim.chance.sample import Sample
from sim.codes import SpellKind
from sim.world.world import World


def live(world: World, sample: Sample, routing: Routing | None = None) -> Log:
    """Live through warm-up, horizon and run-out, and on until every counted attempt has ended."""
    c = Center(world, sample, on_return=returns, routing=of_a_replication(routing))
    begin(c)
    ends_s = world.horizon_s + world.run_out_s
    while c.clock.peek() < ends_s or c.counted_under_way:
        c.clock.step()
    ends_s = max(ends_s, c.now_s)
    _closes_books(c, ends_s)
    return Log(c.needs, c.contacts, c.solved_at_once, c.spells, ends_s)


def _closes_books(c: Center, ends_s: float) -> None:
    """Spells that are not over count until now."""
    for agent in (agent for team in c.teams for agent in team.agents):
        if agent.chats:
            note(c, SpellKind.CHATTING, agent.group, agent.works_since_s, ends_s)
        elif agent.hands and agent.hands[0].type.queueing.is_deferred:
            note(c, SpellKind.DEFERRED_WORK, agent.group, agent.works_since_s, ends_s)
    for index, queue in enumerate(c.queues):
        for contact in queue.everybody():
            if contact.put_back:
                note(c, SpellKind.WAITING_AGAIN, index, contact.put_back_s, ends_s)
