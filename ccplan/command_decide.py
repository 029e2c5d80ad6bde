"""`ccplan decide`: which design, together with its people: cheapest that holds, proven and confirmed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ccplan.exits import TargetUnreachable
from ccplan.options import output_options, seed_option, workers_option

if TYPE_CHECKING:
    from ccplan.studying import StudyRunner
    from optimizer.design.answer import Answer, DesignOptions
    from scenarios import Scenario, Study


@click.command("decide", short_help="Designs and staffing together, under a budget and guardrails.")
@click.argument("file", metavar="STUDY | FILE")
@seed_option
@click.option(
    "--replications",
    type=click.IntRange(min=2),
    metavar="N",
    help="Fresh replications that confirm each plan; usually 40, of a share of days 400.",
)
@click.option(
    "--most-plans",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="Designs to plan people for at most; the answer says what is left open.",
)
@click.option(
    "--in-turn",
    is_flag=True,
    help="Plan each group's shifts after its requirement, not all together: quicker, and dearer.",
)
@click.option(
    "--frontier",
    metavar="MEASURE",
    help="What is held against cost.  [default: effort where it is told, else need_resolution_rate]",
)
@click.option(
    "--whole-frontier",
    is_flag=True,
    help="Plan also what is too dear to be chosen, but may be on the frontier.",
)
@click.option(
    "--break-even/--no-break-even",
    default=True,
    show_default=True,
    help="Find the containment from which the bots pay.",
)
@workers_option
@output_options
def decide(
    file: str,
    seed: int,
    replications: int | None,
    most_plans: int,
    in_turn: bool,
    frontier: str | None,
    whole_frontier: bool,
    break_even: bool,
    workers: int | None,
    json_to: str | None,
    out: Path | None,
) -> None:
    """Choose among the options of a scenario ([plan] design), or among a study's baseline and designs.

    Every combination within the budget gets a lower bound; people are planned for those that may be the cheapest.
    All meet the same customers. Exit code 1: no design holds its service targets and guardrails.
    """
    study = _study(file)
    from ccplan.output import command_line, deliver, require_writable
    from ccplan.running import pool_of
    from ccplan.studying import StudyRunner
    from optimizer.design.answer import DesignOptions
    from optimizer.options import Method, PlanOptions
    from results.design_json import decision_json
    from results.design_picture import frontier_svg
    from results.design_tables import decision_table
    from results.store import MANIFEST, as_text, manifest_of, run_folder
    from scenarios import dump
    from sim.replicate import Asked

    _require_measure(frontier, study)
    folder = run_folder(f"{study.name}-decide", seed, out)
    require_writable(folder)
    began_s = time.monotonic()
    method: Method | None = "in_turn" if in_turn else None
    plans = PlanOptions(seed=seed, replications=replications, method=method)
    options = DesignOptions(plans, most_plans, frontier, whole_frontier, break_even)
    with pool_of(workers) as pool:
        runner = StudyRunner(study, Asked(seed), folder, pool)
        answer = _decided(study, options, runner)
    table, figures = decision_table(answer), as_text(decision_json(answer))
    scenarios = {scenario.name: scenario for scenario in study.scenarios}
    manifest = manifest_of(command_line(), scenarios, began_s, seed=seed, replications=_replications(answer))
    files = {"decision.json": figures, "table.txt": table, MANIFEST: as_text(manifest)}
    files |= {"frontier.svg": frontier_svg(answer)} if answer.frontier else {}
    files |= {f"designs/{name}.toml": dump(center) for name, center in _planned(answer).items()}
    deliver(table, figures, files, folder, json_to)
    if answer.choice.is_cut_short:
        raise KeyboardInterrupt  # the best so far is written, and what was simulated is kept
    runner.discard_kept()
    if answer.choice.best is None:
        raise TargetUnreachable(f"{study.name}: no design holds its service targets and guardrails")


def _study(file: str) -> Study:
    """The study, or one of a scenario alone; fault where there is nothing to choose between."""
    from scenarios import Fault, FaultyInput, Scenario, load_any
    from scenarios.choosing import options_of
    from scenarios.study import Study

    loaded = load_any(file)
    if isinstance(loaded, Scenario):
        if not options_of(loaded):
            expected = 'options, such as { options = [{ "assist.groups" = ["team"], per_month = 400 }] }'
            raise FaultyInput([Fault(file, "plan.design", "missing", expected)])
        return Study(loaded.name, loaded.label, loaded, ())
    return loaded


def _require_measure(measure: str | None, study: Study) -> None:
    """Fault where the frontier is asked of something that is not measured, or is neither good nor bad."""
    from scenarios import Fault, FaultyInput
    from scenarios.faults import nearest
    from scenarios.guardrails import FELT, MEASURES, usual_sense

    if measure is None:
        return
    good = [name for name in MEASURES if usual_sense(name) is not None]
    if measure not in good:
        raise FaultyInput(
            [
                Fault(
                    "ccplan decide",
                    "--frontier",
                    f"got '{measure}'",
                    "a measure that is good or bad in itself, such as effort",
                    nearest(measure, good),
                )
            ]
        )
    if measure in FELT and study.baseline.experience is None:
        found = f"{measure} is not told by {study.baseline.name}"
        raise FaultyInput([Fault("ccplan decide", "--frontier", found, "a table [experience]")])


def _decided(study: Study, options: DesignOptions, runner: StudyRunner) -> Answer:
    """The answer; where the baseline itself has no people the reason, in the planner's words."""
    from optimizer.design.answer import decide as decide_design

    with runner.line("deciding") as line:
        return decide_design(
            study, options, simulate=runner.simulate_as_asked, note=line.note, executor=runner.executor
        )


def _replications(answer: Answer) -> int | None:
    """Of the last confirmation."""
    confirmed = answer.choice.confirmed
    return None if confirmed is None else confirmed.result.replications


def _planned(answer: Answer) -> dict[str, Scenario]:
    """The designs that were planned, with their people, ready to simulate."""
    return {one.candidate.key: one.plan.scenario for one in answer.choice.planned}
