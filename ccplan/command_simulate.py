"""`ccplan simulate`: what customers get from a scenario, each figure with its interval."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ccplan.options import (
    execution_options,
    output_options,
    require_one_size,
    scheme_of,
    scheme_options,
    size_options,
    usual_replications,
)

if TYPE_CHECKING:
    from sim.engines import EngineName
    from sim.measures.result import Result


@click.command("simulate", short_help="What customers get from a scenario.")
@click.argument("file", metavar="FILE")
@size_options
@execution_options
@scheme_options
@click.option("--intervals", is_flag=True, help="Figures of single intervals as well, in the JSON.")
@click.option("--log", is_flag=True, help="Write every contact's events to events.csv; in one process.")
@output_options
def simulate(
    file: str,
    replications: int | None,
    precision: float | None,
    seed: int,
    engine: EngineName,
    workers: int | None,
    antithetic: bool,
    stratify: bool,
    intervals: bool,
    log: bool,
    json_to: str | None,
    out: Path | None,
) -> None:
    """Run a scenario (a file or a shipped name) and print what customers get.

    Runs --replications (20 unless said otherwise, 100 with --stratify), or goes on until the service level is known
    to --precision.
    """
    require_one_size(replications, precision)
    scheme = scheme_of(antithetic, stratify, replications)
    from scenarios import load

    scenario = load(file)  # faulty input is refused before anything heavy is loaded
    from ccplan.output import require_writable
    from ccplan.running import pool_of, simulated
    from results.store import run_folder
    from sim.replicate import Asked

    folder = run_folder(scenario.name, seed, out)
    require_writable(folder)
    began_s = time.monotonic()
    asked = Asked(
        seed, replications or usual_replications(scheme), precision, intervals, engine=engine, scheme=scheme
    )
    if log:
        from ccplan.logged import logged

        with logged(scenario, asked, folder) as (result, events):
            _deliver(result, began_s, folder, json_to, events)
        return
    with pool_of(workers, engine) as pool:
        result, kept = simulated(scenario, asked, folder, pool)
    _deliver(result, began_s, folder, json_to)
    kept.discard()


def _deliver(
    result: Result, began_s: float, folder: Path, json_to: str | None, events: Path | None = None
) -> None:
    """The run folder, with the log of contacts where there is one; JSON; and the table on the screen."""
    from ccplan.output import command_line, deliver
    from results.gathering import gather_simulation
    from results.simulation import simulation_data
    from results.store import MANIFEST, STUDY, as_text, manifest_of
    from results.tables import simulation_table

    scenario = result.scenario
    figures = as_text(simulation_data(result, result.by_interval))
    table = simulation_table(result)
    manifest = manifest_of(
        command_line(),
        {scenario.name: scenario},
        began_s,
        seed=result.seed,
        replications=result.replications,
        scheme=result.scheme,
    )
    files: dict[str, str | Path] = {
        "simulation.json": figures,
        STUDY: gather_simulation(result).to_json(),
        "table.txt": table,
        MANIFEST: as_text(manifest),
    }
    if events is not None:
        files[events.name] = events
    deliver(table, figures, files, folder, json_to)
