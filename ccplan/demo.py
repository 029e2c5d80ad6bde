"""`ccplan demo`: a shipped study from scenario to report, as a planner would do it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ccplan.options import seed_option, workers_option

if TYPE_CHECKING:
    from ccplan.studying import StudyRunner
    from optimizer.plan import Plan
    from scenarios import Study

STUDY_NAME = "bank-bot"
# A demo is seen through in minutes: a percent of cost is proven, and a design starts from the baseline's corrections.
_GAP = 0.01
_SOLVE_S = 15.0
_ROUNDS = 6
_ROUNDS_OF_DESIGN = 5
_WORKLOAD_REPLICATIONS = 20


@click.command("demo", short_help="Study bank-bot, from scenario to report.")
@click.option("--replications", type=click.IntRange(min=2), default=40, show_default=True, metavar="N")
@seed_option
@workers_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The run folder.  [default: runs/NAME-SEED]",
)
def demo(replications: int, seed: int, workers: int | None, out: Path | None) -> None:
    """Simulate a real bank's center as it is, plan it, plan two designs, and write the report.

    Every case meets the same customers; every plan is confirmed on customers that its search has not seen.
    """
    from ccplan.output import command_line, require_writable, write_folder
    from ccplan.report import write_report
    from ccplan.running import pool_of
    from ccplan.studying import StudyRunner
    from results.cases import CaseRun, cases_of
    from results.gathering import gather_study
    from results.store import MANIFEST, STUDY, as_text, manifest_of, run_folder
    from results.tables import comparison_table
    from results.waterfall import waterfalls
    from scenarios import load_study
    from sim.replicate import Asked

    study = load_study(STUDY_NAME)
    folder = run_folder(study.name, seed, out)
    require_writable(folder)
    began_s = time.monotonic()
    with pool_of(workers) as pool:
        runner = StudyRunner(study, Asked(seed), folder, pool)
        plans = plans_of(study, runner, replications)
        cases = cases_of(study, plans)
        runs = [
            CaseRun(
                case,
                plans[case.name].confirmed
                if case.plan
                else runner.simulate(case.scenario, replications, True),
            )
            for case in cases
        ]
        falls = waterfalls(study, runs, lambda scenario: runner.simulate(scenario, _WORKLOAD_REPLICATIONS))
    data = gather_study(study, runs, falls)
    scenarios = {scenario.name: scenario for scenario in study.scenarios}
    manifest = manifest_of(command_line(), scenarios, began_s, seed=seed, replications=replications)
    table = comparison_table(data)
    texts = {STUDY: data.to_json(), MANIFEST: as_text(manifest)}
    write_folder(folder, {**texts, "table.txt": table})
    runner.discard_kept()
    click.echo(table)
    click.echo(f"Report: {write_report(folder, texts[STUDY], texts[MANIFEST]).resolve()}")


def plans_of(study: Study, runner: StudyRunner, replications: int) -> dict[str, Plan]:
    """A confirmed plan for the baseline and each design; designs start from the baseline's corrections."""
    from optimizer.options import PlanOptions
    from optimizer.plan import plan

    plans: dict[str, Plan] = {}
    offsets = None
    for scenario in study.scenarios:
        rounds = _ROUNDS if offsets is None else _ROUNDS_OF_DESIGN
        options = PlanOptions(
            runner.alike.seed, _GAP, _SOLVE_S, replications=replications, most_rounds=rounds, offsets=offsets
        )
        with runner.line(f"planning {scenario.name}") as line:
            found = plan(scenario, options, simulate=runner.simulate_as_asked, note=line.note)
        plans[scenario.name] = found
        offsets = offsets or found.offsets
    return plans
