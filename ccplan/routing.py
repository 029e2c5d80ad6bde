"""Routing of your own: `ccplan.simulate(scenario, engine="simpy", routing=...)`."""

from sim.center.own_routing import Routing, free_agents, waiting_contacts

__all__ = ["Routing", "free_agents", "waiting_contacts"]
