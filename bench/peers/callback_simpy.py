"""SimPy in its fastest form: timeouts with callbacks, no processes, no resources; queues are ours.

A patience timeout is scheduled only for those who wait; when it comes for somebody answered meanwhile, it does nothing.
"""

from __future__ import annotations

import random
from collections import deque
from math import log
from typing import Any

import simpy
from simpy.events import Timeout

from bench.peers.measured import Outcome, Simulate, main
from bench.systems import AWT_S, System

# A customer is a list: it is smaller and faster than an object with names.
TYPE, CAME_S, GROUP, WAITING = range(4)


class Center:
    """Free agents, queues and counters; every method with an event is a callback."""

    def __init__(self, system: System, contacts: int, seed: int) -> None:
        self.env = simpy.Environment()
        self.uniform = random.Random(seed).random
        self.arrivals_s = [1.0 / kind.arrivals_per_s for kind in system.types]
        self.handle_s = [kind.mean_handle_s for kind in system.types]
        self.patience_s = [kind.mean_patience_s for kind in system.types]
        self.routes = [kind.groups for kind in system.types]
        self.free = [group.n_agents for group in system.groups]
        self.queues: list[deque[list[Any]]] = [deque() for _ in system.types]
        self.takes = [[self.queues[t] for t in group.skills] for group in system.groups]
        self.to_arrive, self.in_time = contacts, 0
        self.offered, self.abandoned = [0] * len(system.types), [0] * len(system.types)

    def run(self) -> Outcome:
        """Until so many have come and all are gone."""
        for t in range(len(self.arrivals_s)):
            self.after(self.arrivals_s[t], t, self.arrive)
        self.env.run()
        return Outcome(self.in_time, tuple(self.offered), tuple(self.abandoned))

    def after(self, mean_s: float, value: object, callback: Any) -> None:
        """Call back with `value` after an exponential time."""
        Timeout(self.env, -mean_s * log(1.0 - self.uniform()), value).callbacks.append(callback)

    def arrive(self, event: Any) -> None:
        """Somebody comes, is served or waits; the next one is on the way."""
        if self.to_arrive == 0:
            return
        self.to_arrive -= 1
        t = event._value
        self.offered[t] += 1
        self.after(self.arrivals_s[t], t, self.arrive)
        customer = [t, self.env._now, -1, False]
        for g in self.routes[t]:
            if self.free[g]:
                self.free[g] -= 1
                self.serve(customer, g)
                return
        customer[WAITING] = True
        self.queues[t].append(customer)
        self.after(self.patience_s[t], customer, self.give_up)

    def serve(self, customer: list[Any], g: int) -> None:
        """An agent of group g takes a customer."""
        self.in_time += self.env._now - customer[CAME_S] <= AWT_S
        customer[GROUP] = g
        self.after(self.handle_s[customer[TYPE]], g, self.end_service)

    def end_service(self, event: Any) -> None:
        """An agent frees and takes the first customer of the first queue that is not empty."""
        g = event._value
        for queue in self.takes[g]:
            while queue:
                customer = queue.popleft()
                if customer[WAITING]:
                    customer[WAITING] = False
                    self.serve(customer, g)
                    return
        self.free[g] += 1

    def give_up(self, event: Any) -> None:
        """Patience ends: whoever still waits leaves, and is passed over when its turn would come."""
        customer = event._value
        if customer[WAITING]:
            customer[WAITING] = False
            self.abandoned[customer[TYPE]] += 1


def prepare(system: System, contacts: int, seed: int) -> Simulate:
    """A center, ready to run."""
    return Center(system, contacts, seed).run


if __name__ == "__main__":
    main(prepare)
