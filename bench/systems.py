"""The systems that every peer simulates: exponential laws, one queue a type, first come first served within a type.

A type goes to its groups in order of rank; who waits too long leaves. An agent who frees takes the types in the order
of the group's skills.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scenarios import Scenario, from_data, load
from scenarios.contact_types import ContactType as Declared
from scenarios.laws import Exponential

AWT_S = 20.0
DAY_S = 86400.0
SQUARE_ROOT_FACTOR = 0.3  # β of square-root staffing


@dataclass(frozen=True)
class ContactType:
    """One kind of call, and the groups that may take it by rank (positions in `System.groups`)."""

    name: str
    arrivals_per_s: float
    mean_handle_s: float
    mean_patience_s: float
    groups: tuple[int, ...]


@dataclass(frozen=True)
class Group:
    """Agents, and the types they take, the preferred one first (positions in `System.types`)."""

    name: str
    n_agents: int
    skills: tuple[int, ...]


@dataclass(frozen=True)
class System:
    """A center as all peers know it."""

    name: str
    title: str
    types: tuple[ContactType, ...]
    groups: tuple[Group, ...]

    @property
    def arrivals_per_s(self) -> float:
        """All contacts per second."""
        return sum(kind.arrivals_per_s for kind in self.types)

    @property
    def n_agents(self) -> int:
        """All agents."""
        return sum(group.n_agents for group in self.groups)

    def days_for(self, contacts: float) -> int:
        """Whole days in which about so many contacts arrive."""
        return max(1, round(contacts / (self.arrivals_per_s * DAY_S)))

    def scenario(self, days: int, extra: int = 0) -> Scenario:
        """The system as our engines take it: that many days around the clock, no warm-up, no run-out.

        `extra` agents are added to the last group.
        """
        last = len(self.groups) - 1
        return from_data(
            {
                "name": self.name,
                "calendar": {"days": days, "warm_up_h": 0, "run_out_h": 0},
                "contact_type": {
                    kind.name: {
                        "channel": "voice",
                        "arrivals": {"per_h": kind.arrivals_per_s * 3600.0},
                        "talk_s": kind.mean_handle_s,
                        "patience_s": kind.mean_patience_s,
                        "service_target": {"share": 0.8, "awt_s": AWT_S},
                        "routed_to": [
                            {"group": self.groups[g].name, "rank": rank}
                            for rank, g in enumerate(kind.groups, start=1)
                        ],
                    }
                    for kind in self.types
                },
                "agent_group": {
                    group.name: {
                        "skills": [self.types[i].name for i in group.skills],
                        "agents": {"present": group.n_agents + (extra if g == last else 0)},
                    }
                    for g, group in enumerate(self.groups)
                },
            }
        )


def erlang_a() -> System:
    """M/M/52+M at 50 erlangs: 0.25 calls a second of 200 s, patience 200 s."""
    call = ContactType("call", 0.25, 200.0, 200.0, groups=(0,))
    return System("erlang-a", "M/M/52+M at 50 erlangs", (call,), (Group("team", 52, skills=(0,)),))


def n_design() -> System:
    """The N-design as it is shipped: its rates, times and people are read from the scenario.

    Type a overflows to the group that takes both, and prefers b.
    """
    shipped = load("n-design")
    names, groups = list(shipped.contact_type), list(shipped.agent_group)
    types = tuple(_contact_type(name, kind, groups) for name, kind in shipped.contact_type.items())
    people = tuple(
        Group(
            name, group.agents.present or 0, tuple(names.index(skill.contact_type) for skill in group.skills)
        )
        for name, group in shipped.agent_group.items()
    )
    return System("n-design", "N-design with priority overflow", types, people)


def _contact_type(name: str, declared: Declared, groups: list[str]) -> ContactType:
    """A shipped type; a fault where it is not what every peer can simulate."""
    per_h, talk, patience = declared.arrivals.per_h, declared.talk_s, declared.patience_s
    if per_h is None or not isinstance(talk, Exponential) or not isinstance(patience, Exponential):
        raise ValueError(f"{name}: peers need a constant rate, exponential talk and patience")
    routes = sorted(declared.routed_to or (), key=lambda route: route.rank)
    by_rank = tuple(groups.index(route.group) for route in routes)
    return ContactType(name, per_h / 3600.0, talk.mean, patience.mean, by_rank)


def many_agents(n_agents: int) -> System:
    """M/M/n+M with n agents under the load n − β √n, handle time and patience 200 s as in `erlang_a`."""
    load_erl = n_agents - SQUARE_ROOT_FACTOR * math.sqrt(n_agents)
    call = ContactType("call", load_erl / 200.0, 200.0, 200.0, groups=(0,))
    name = f"agents-{n_agents}"
    return System(name, f"M/M/{n_agents}+M", (call,), (Group("team", n_agents, skills=(0,)),))


COMPARED = {"erlang-a": erlang_a, "n-design": n_design}


def system_named(name: str) -> System:
    """A system by its name: one of `COMPARED`, or "agents-N"."""
    if name.startswith("agents-"):
        return many_agents(int(name.removeprefix("agents-")))
    return COMPARED[name]()
