"""Our engines, through the door that every command uses.

`python -m bench.peers.ours SYSTEM CONTACTS SEED ENGINE [REPLICATIONS WORKERS]`: one replication in this process,
or the contacts split into so many replications over so many workers.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from bench.peers.measured import Outcome, Simulate, measure
from bench.systems import System, many_agents, system_named
from sim.engines import EngineName
from sim.measures.result import Result
from sim.replicate import Asked, run
from sim.workers import worker_pool


def prepare(
    system: System, contacts: int, seed: int, engine: EngineName, replications: int = 1, n_workers: int = 1
) -> Simulate:
    """A run whose horizon holds the contacts; a short one before it has compiled, or loaded, what is compiled."""
    scenario = system.scenario(system.days_for(contacts / replications))
    small = many_agents(50) if system.name.startswith("agents-") else system
    run(small.scenario(days=1), Asked(seed=seed, replications=1, engine=engine))
    asked = Asked(seed=seed, replications=replications, engine=engine)

    def simulate() -> Outcome:
        with worker_pool(n_workers, engine) as executor:
            return outcome_of(run(scenario, asked, executor=executor))

    return simulate


def outcome_of(result: Result) -> Outcome:
    """Counts over all replications."""
    offered, abandoned = (
        tuple(_count(result, measure, name) for name in result.names("contact_type"))
        for measure in ("offered", "abandoned")
    )
    return Outcome(int(result.series("service_level").numerator.sum()), offered, abandoned)


def _count(result: Result, measure: str, contact_type: str) -> int:
    return int(result.series(measure, "contact_type", contact_type).numerator.sum())


def main() -> None:
    """SYSTEM CONTACTS SEED ENGINE [REPLICATIONS WORKERS]."""
    name, contacts, seed, word, *rest = sys.argv[1:]
    engine: EngineName = "simpy" if word == "simpy" else "compiled"
    replications, n_workers = (int(word) for word in rest) if rest else (1, 1)
    simulate = prepare(system_named(name), int(contacts), int(seed), engine, replications, n_workers)
    print(json.dumps(asdict(measure(simulate))))


if __name__ == "__main__":
    main()
