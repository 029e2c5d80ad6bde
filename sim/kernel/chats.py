"""Chats side by side, compiled: `sim.center.chats` on records."""

from __future__ import annotations

from sim.kernel.compiling import compiled
from sim.kernel.floor import hands_of
from sim.kernel.record import NOBODY
from sim.kernel.rows import agent_at, contact_at, line_at, pace_at
from sim.kernel.state import Center


@compiled
def advance(c: Center, agent: int) -> None:
    """Let the agent's clock catch up with the center's."""
    me = agent_at(c, agent)
    if me.n_in_hand > 0:
        me.progress_s += (c.now_s - me.progressed_at_s) * _pace(c, agent)
    else:
        me.progress_s = 0.0
    me.progressed_at_s = c.now_s


@compiled
def next_to_end(c: Center, agent: int) -> int:
    """Which chat in hand is done first, if nothing changes."""
    first = line_at(c, hands_of(c, agent)).first
    chat = contact_at(c, first).next
    while chat != NOBODY:
        if contact_at(c, chat).done_at_s < contact_at(c, first).done_at_s:
            first = chat
        chat = contact_at(c, chat).next
    return first


@compiled
def end_of(c: Center, agent: int, chat: int) -> float:
    """When a chat in hand is done, if nothing changes."""
    left_s = max(contact_at(c, chat).done_at_s - agent_at(c, agent).progress_s, 0.0)
    return c.now_s + left_s / _pace(c, agent)


@compiled
def _pace(c: Center, agent: int) -> float:
    me = agent_at(c, agent)
    return pace_at(c, me.group * c.most_chats + me.n_in_hand - 1).pace
