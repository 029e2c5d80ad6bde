"""A simulation's figures as plain data, as `--json` writes them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sim.measures.result import Result


def simulation_data(result: Result, intervals: bool = False) -> dict[str, Any]:
    """Scenario, seed, replications, and every measure with its half-width; intervals only on request.

    `seconds` of simulation is left out: the same run gives the same bytes. The manifest has the machine.
    """
    induced = {} if result.induced is None else {"induced": asdict(result.induced)}
    return {
        "scenario": result.scenario.name,
        "seed": result.seed,
        "replications": result.replications,
        "engine": result.engine,
        "seconds": round(result.seconds, 3),
        "contacts": result.contacts,
        **induced,
        "measures": list(result.rows(intervals)),
    }
