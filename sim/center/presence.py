"""Presence: agents who come, and go when their time is up."""

from __future__ import annotations

from sim.center.aside import goes_back, puts_aside
from sim.center.floor import Agent
from sim.center.serving import goes_on
from sim.center.state import Center, note
from sim.codes import SpellKind


def comes(c: Center, agent: Agent) -> None:
    """Present from now on; who still holds a contact from before goes on with it."""
    team = c.teams[agent.group]
    team.n_due += 1
    team.n_seats = max(team.n_seats, team.n_due)
    agent.shifts += 1
    if agent.shifts > 1:
        return  # one shift follows on another: the end of the first is still to come, at this very moment
    if agent.hands:
        note(c, SpellKind.OVERTIME, agent.group, agent.time_up_s)
    goes_on(c, agent)


def goes(c: Center, agent: Agent) -> None:
    """Time is up: the idle leave, the busy finish what is in hand, or put it back where that may be."""
    team = c.teams[agent.group]
    team.n_due -= 1
    if c.open or c.world.clears_at_close:
        team.n_seats = team.n_due
    agent.shifts -= 1
    if agent.due:
        return
    agent.time_up_s = c.now_s
    if not agent.hands:
        team.idle.remove(agent)
    elif agent.gives_way:
        goes_back(c, puts_aside(c, agent))
