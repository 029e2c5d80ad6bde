"""Which customers a search draws, who simulates them for it, and who hears of it."""

from __future__ import annotations

from collections.abc import Callable

from scenarios import Scenario
from sim.measures.result import Result
from sim.replicate import Asked

# The search draws customers from replications that no confirmation ever uses.
SEARCH_DRAWS_FROM = 1_000_000
# Hears what is being done; what follows SO_FAR (`optimizer.standing`) is what the whole search has found by then.
Note = Callable[[str], None]
Simulate = Callable[[Scenario, Asked], Result]
