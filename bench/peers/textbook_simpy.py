"""SimPy as its documentation writes a bank with customers who renege: a process a customer, `request | timeout`.

Groups are priority resources; a customer asks first where an agent is free, else everywhere it may be served at once
and takes whoever comes first.
"""

from __future__ import annotations

import random
from collections.abc import Generator
from typing import Any

import simpy

from bench.peers.measured import Outcome, Simulate, main
from bench.systems import AWT_S, ContactType, System

Process = Generator[simpy.Event, Any, None]


class Center:
    """The resources, the generator of chance, and what is counted."""

    def __init__(self, system: System, contacts: int, seed: int) -> None:
        self.system, self.contacts = system, contacts
        self.env = simpy.Environment()
        self.random = random.Random(seed)
        self.agents = [simpy.PriorityResource(self.env, capacity=group.n_agents) for group in system.groups]
        self.in_time = 0
        self.offered, self.abandoned = [0] * len(system.types), [0] * len(system.types)

    def run(self) -> Outcome:
        """Until so many have come and all are gone."""
        for t in range(len(self.system.types)):
            self.env.process(self.source(t))
        self.env.run()
        return Outcome(self.in_time, tuple(self.offered), tuple(self.abandoned))

    def source(self, t: int) -> Process:
        """Customers of one type, one after the other."""
        kind = self.system.types[t]
        while True:
            yield self.env.timeout(self.random.expovariate(kind.arrivals_per_s))
            if sum(self.offered) == self.contacts:
                return
            self.offered[t] += 1
            self.env.process(self.customer(t, kind))

    def customer(self, t: int, kind: ContactType) -> Process:
        """Ask, wait as long as patience lasts, be served."""
        came_s = self.env.now
        requests = self.requests(t, kind)
        patience = self.env.timeout(self.random.expovariate(1.0 / kind.mean_patience_s))
        yield simpy.AnyOf(self.env, [*requests, patience])
        taken = next((request for request in requests if request.triggered), None)
        for request in requests:
            if request is not taken:
                request.cancel()
        if taken is None:
            self.abandoned[t] += 1
            return
        self.in_time += self.env.now - came_s <= AWT_S
        yield self.env.timeout(self.random.expovariate(1.0 / kind.mean_handle_s))
        taken.resource.release(taken)

    def requests(self, t: int, kind: ContactType) -> list[Any]:
        """One request where an agent is free, by rank; where none is, one for each group."""
        for g in kind.groups:
            if self.agents[g].count < self.agents[g].capacity:
                return [self.agents[g].request(priority=self.system.groups[g].skills.index(t))]
        return [self.agents[g].request(priority=self.system.groups[g].skills.index(t)) for g in kind.groups]


def prepare(system: System, contacts: int, seed: int) -> Simulate:
    """A center, ready to run."""
    return Center(system, contacts, seed).run


if __name__ == "__main__":
    main(prepare)
