"""`ccplan compare`: designs against a baseline, on the same customers."""

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
)

if TYPE_CHECKING:
    from sim.engines import EngineName


@click.command("compare", short_help="Designs against a baseline, on the same customers.")
@click.argument("files", metavar="STUDY | BASELINE DESIGN…", nargs=-1, required=True)
@size_options
@execution_options
@scheme_options
@output_options
def compare(
    files: tuple[str, ...],
    replications: int | None,
    precision: float | None,
    seed: int,
    engine: EngineName,
    workers: int | None,
    antithetic: bool,
    stratify: bool,
    json_to: str | None,
    out: Path | None,
) -> None:
    """Hold designs against a baseline: a study, or two and more scenarios, the first of them the baseline.

    All meet the same customers, so differences have narrow intervals. Replications are added until the half-width of
    each service-level difference is at most --precision (else the study's own), or --replications are done.
    """
    require_one_size(replications, precision)
    scheme = scheme_of(antithetic, stratify, replications)
    from ccplan.inputs import study_from_files

    study = study_from_files(files)
    from ccplan.output import command_line, deliver, require_writable
    from ccplan.running import pool_of
    from ccplan.studying import StudyRunner
    from results.cases import cases_of
    from results.compare import comparison_data
    from results.gathering import gather_study
    from results.store import MANIFEST, STUDY, as_text, manifest_of, run_folder
    from results.tables import comparison_table
    from sim.replicate import Asked

    folder = run_folder(study.name, seed, out)
    require_writable(folder)
    began_s = time.monotonic()
    with pool_of(workers, engine) as pool:
        runner = StudyRunner(study, Asked(seed, engine=engine, scheme=scheme), folder, pool)
        runs = runner.run_cases(cases_of(study), replications, precision or study.precision)
    data = gather_study(study, runs)
    figures = as_text(comparison_data(study.name, [run.result for run in runs]))
    n_done = runs[0].result.replications
    scenarios = {scenario.name: scenario for scenario in study.scenarios}
    manifest = manifest_of(command_line(), scenarios, began_s, seed=seed, replications=n_done, scheme=scheme)
    table = comparison_table(data)
    files_out = {
        "comparison.json": figures,
        STUDY: data.to_json(),
        "table.txt": table,
        MANIFEST: as_text(manifest),
    }
    deliver(table, figures, files_out, folder, json_to)
    runner.discard_kept()
