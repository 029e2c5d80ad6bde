"""Chats side by side: processor sharing among the contacts in an agent's hands.

With n chats each advances at the pace throughput[n] ÷ n of a chat worked alone. All in hand advance alike, so one
clock per agent is enough: `progress_s` counts the lone seconds that each chat has been given since the hands were
empty, and a chat is done when that clock has moved on by its own work.
"""

from __future__ import annotations

from sim.center.contact import Contact
from sim.center.floor import Agent
from sim.center.state import Center


def advance(c: Center, agent: Agent) -> None:
    """Let the agent's clock catch up with the center's."""
    if agent.hands:
        elapsed_s = c.now_s - agent.progressed_at_s
        agent.progress_s += elapsed_s * _pace(c, agent)
    else:
        agent.progress_s = 0.0
    agent.progressed_at_s = c.now_s


def next_end(c: Center, agent: Agent) -> tuple[Contact, float]:
    """Which chat in hand is done first, and when, if nothing changes."""
    first = min(agent.hands, key=lambda contact: contact.done_at_s)
    left_s = max(first.done_at_s - agent.progress_s, 0.0)
    return first, c.now_s + left_s / _pace(c, agent)


def _pace(c: Center, agent: Agent) -> float:
    return c.teams[agent.group].model.chat.paces[len(agent.hands) - 1]
