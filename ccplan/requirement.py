"""`ccplan plan --requirement`: people needed by interval, by one method or by all of them, without shifts."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ccplan.exits import NothingKept, TargetUnreachable

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from optimizer.requirement.side_by_side import Tried
    from scenarios import Scenario

CHOICES = ("sipp", "lagged_sipp", "mol", "simulated", "all")
_REPLICATIONS = 200


def requirement_command(
    scenario: Scenario,
    choice: str,
    seed: int,
    replications: int | None,
    workers: int | None,
    json_to: str | None,
    out: Path | None,
) -> None:
    """Print each method's people and what customers get from them; run folder and JSON as every command has them.

    Exit code 1: no people meet a target, or the simulated requirement misses one on fresh customers.
    """
    from ccplan.output import command_line, deliver, require_writable
    from ccplan.running import pool_of
    from results.requirement_tables import requirement_csv, requirement_json, requirement_text
    from results.store import MANIFEST, as_text, manifest_of, run_folder
    from scenarios import dump

    folder = run_folder(f"{scenario.name}-requirement", seed, out)
    require_writable(folder)
    began_s = time.monotonic()
    n = replications or _REPLICATIONS
    with pool_of(workers) as pool:
        tried = _tried(scenario, choice, seed, n, pool)
    figures, table = as_text(requirement_json(tried)), requirement_text(tried)
    manifest = manifest_of(command_line(), {scenario.name: scenario}, began_s, seed=seed, replications=n)
    files = {
        "requirement.json": figures,
        "requirement.csv": requirement_csv(tried),
        "scenario.toml": dump(tried[-1].scenario),
        "table.txt": table,
        MANIFEST: as_text(manifest),
    }
    deliver(table, figures, files, folder, json_to)
    _require_held(tried[-1])


def _tried(
    scenario: Scenario, choice: str, seed: int, replications: int, pool: Executor | None
) -> list[Tried]:
    from ccplan.progress import ProgressLine
    from optimizer.draws import SEARCH_DRAWS_FROM
    from optimizer.people import NoPlan
    from optimizer.reach import require_reachable
    from optimizer.requirement.methods import METHODS, Search
    from optimizer.requirement.side_by_side import try_methods
    from sim.replicate import Asked, run
    from sim.theory import UnreachableTarget

    methods = [method for method in METHODS if choice in (method, "all")]
    line = ProgressLine(f"{scenario.name}: requirement")
    try:
        simulate = partial(run, executor=pool)
        if "simulated" in methods:
            require_reachable(scenario, simulate, Asked(seed, first_replication=SEARCH_DRAWS_FROM))
        return try_methods(scenario, methods, Search(seed), replications, simulate=simulate, note=line.note)
    except (NoPlan, UnreachableTarget) as reason:
        raise TargetUnreachable(f"{scenario.name}: no requirement: {reason}") from reason
    except KeyboardInterrupt as interrupt:
        raise NothingKept("of a requirement nothing is kept: the same command begins anew") from interrupt
    finally:
        line.close()


def _require_held(last: Tried) -> None:
    """A formula may miss, that is what the table shows; the simulated requirement may not."""
    if last.method != "simulated":
        return
    kept = [one.settled for one in last.needed.values() if one.settled is not None]
    misses = [miss for settled in kept for miss in settled.misses] or [str(one.check) for one in last.missed]
    if misses:
        raise TargetUnreachable(
            "the requirement misses its targets:\n" + "\n".join(f"  {miss}" for miss in misses)
        )
