"""Ciw: a network of one node, with reneging distributions and priority classes.

Where several groups serve one queue (the N-design) the node is a subclass of Ciw's, as its documentation has it for
custom behavior: free servers are looked for by the group's rank, and a freed server looks only at its own types.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import ciw  # type: ignore[import-untyped, import-not-found, unused-ignore]

from bench.peers.measured import Outcome, Simulate, UnableError, main
from bench.systems import AWT_S, ContactType, System


def prepare(system: System, contacts: int, seed: int) -> Simulate:
    """A simulation of the network; its draws come from Ciw's own, global generator."""
    ciw.seed(seed)
    names = [kind.name for kind in system.types]
    network = ciw.create_network(
        arrival_distributions={k.name: [ciw.dists.Exponential(k.arrivals_per_s)] for k in system.types},
        service_distributions={k.name: [ciw.dists.Exponential(1 / k.mean_handle_s)] for k in system.types},
        reneging_time_distributions={
            k.name: [ciw.dists.Exponential(1 / k.mean_patience_s)] for k in system.types
        },
        priority_classes=_priorities(system),
        number_of_servers=[system.n_agents],
        routing={name: ciw.routing.TransitionMatrix([[0.0]]) for name in names},
    )
    node = type("Node", (Groups,), {"system": system}) if len(system.groups) > 1 else None
    simulation = ciw.Simulation(network, node_class=node)

    def simulate() -> Outcome:
        simulation.simulate_until_max_customers(contacts, method="Finish")
        records = simulation.get_all_records(only=["service", "renege"])
        in_time = sum(record.record_type == "service" and record.waiting_time <= AWT_S for record in records)
        ended = Counter((record.customer_class, record.record_type) for record in records)
        abandoned = tuple(ended[name, "renege"] for name in names)
        return Outcome(
            in_time, tuple(ended[name, "service"] + ended[name, "renege"] for name in names), abandoned
        )

    return simulate


def _priorities(system: System) -> dict[str, int]:
    """One order for all groups, as Ciw's priorities belong to the customers: the order of the last group's skills."""
    order = system.groups[-1].skills
    if any(list(group.skills) != [t for t in order if t in group.skills] for group in system.groups):
        raise UnableError("Ciw's priorities are the customers' own: groups cannot prefer differently")
    return {system.types[t].name: rank for rank, t in enumerate(order)}


class Groups(ciw.Node):  # type: ignore[misc]
    """Groups of servers with skills before one queue a type; a subclass names the system."""

    system: System
    freed: Any = None  # the server that has just freed

    def find_free_server(self, ind: Any) -> Any:
        """A free server for the customer, by the rank of its group."""
        free = [server for server in self.servers if not server.busy]
        for g in self._type_of(ind).groups:
            for server in free:
                if self._group_of(server) == g:
                    return server
        return None

    def begin_service_if_possible_release(self, next_individual: Any, newly_free_server: Any) -> None:
        """A server has freed: only what it may take is looked at."""
        self.freed = newly_free_server
        super().begin_service_if_possible_release(next_individual, newly_free_server)
        self.freed = None

    def choose_next_customer(self) -> Any:
        """The first in line that the freed server may take; at an arrival, whoever has just come.

        At an arrival those who came before wait for others' servers, or there are none free.
        """
        if self.freed is None:
            return max((line[-1] for line in self.individuals if line), key=lambda ind: ind.arrival_date)
        g = self._group_of(self.freed)
        waiting = (ind for line in self.individuals for ind in line if not ind.server)
        return next((ind for ind in waiting if g in self._type_of(ind).groups), None)

    def _type_of(self, ind: Any) -> ContactType:
        return next(kind for kind in self.system.types if kind.name == ind.customer_class)

    def _group_of(self, server: Any) -> int:
        """The first servers are the first group's."""
        number = server.id_number
        for g, group in enumerate(self.system.groups):
            if number <= group.n_agents:
                return g
            number -= group.n_agents
        raise ValueError(f"server {server.id_number} is nobody's")


if __name__ == "__main__":
    main(prepare)
