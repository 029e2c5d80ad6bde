"""`ccplan plan`: how many people on which shifts, confirmed by simulation, with bound and gap."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ccplan.certainty import shares_of_days
from ccplan.exits import CutShort, TargetUnreachable
from ccplan.options import output_options, seed_option, workers_option
from ccplan.planning import require_method
from ccplan.requirement import CHOICES, require_alone, requirement_command

if TYPE_CHECKING:
    from optimizer.options import Method
    from optimizer.plan import Plan
    from optimizer.uncertain.on_the_day import DayPlan


@click.command("plan", short_help="Requirement, shifts, confirmed by simulation.")
@click.argument("file", metavar="FILE")
@seed_option
@click.option(
    "--solver", default="highs", show_default=True, metavar="NAME", help="HiGHS, or any solver Pyomo knows."
)
@click.option(
    "--gap",
    type=click.FloatRange(min=0.0),
    default=0.005,
    show_default=True,
    metavar="X",
    help="Stop when the cost is proven to be within this share of the least.",
)
@click.option(
    "--time-limit",
    "time_limit_s",
    type=click.FloatRange(min=1.0),
    default=60.0,
    show_default=True,
    metavar="S",
    help="Seconds for one solve.",
)
@click.option(
    "--replications",
    type=click.IntRange(min=2),
    metavar="N",
    help="Fresh replications that confirm the plan; usually 40, more of short days, of a share of days 400.",
)
@workers_option
@click.option(
    "--method",
    type=click.Choice(("together", "in_turn")),
    help="Skills and shifts together, or requirement and then shifts; absent: together for several groups.",
)
@click.option(
    "--requirement",
    type=click.Choice(CHOICES),
    help="People needed by interval, by this method or by all side by side, simulated; no shifts are made.",
)
@click.option(
    "--lp",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The shift model as LP text.",
)
@click.option(
    "--certainty",
    metavar="X,Y",
    help="Plan for each of these shares of days on target, and show what certainty costs.",
)
@output_options
def plan(
    file: str,
    seed: int,
    solver: str,
    gap: float,
    time_limit_s: float,
    replications: int | None,
    workers: int | None,
    method: Method | None,
    requirement: str | None,
    lp: Path | None,
    certainty: str | None,
    json_to: str | None,
    out: Path | None,
) -> None:
    """Plan the people of a scenario: of the groups with agents = "plan", or of all where there is none.

    Several groups are planned together, skills and shifts in one model with the simulation beside it; one group by its
    requirement, from formulas and corrected by simulation, and shifts that cover it. Either way the plan is confirmed
    on customers that the search has not seen. Ctrl-C gives the best so far. Exit code 1: it misses its targets.
    """
    from scenarios import dump, load

    scenario = load(file)
    if requirement is not None:
        require_alone({"--lp": lp, "--certainty": certainty, "--method": method})
        requirement_command(scenario, requirement, seed, replications, workers, json_to, out)
        return
    shares = () if certainty is None else shares_of_days(certainty)
    require_method(method, bool(shares) or scenario.plan.target_probability is not None)
    from ccplan.certainty import deliver_certainty
    from ccplan.output import command_line, deliver, require_writable
    from ccplan.planning import planned
    from ccplan.running import pool_of
    from ccplan.studying import StudyRunner
    from optimizer.options import PlanOptions
    from results.gathering import gather_plan
    from results.plan_tables import plan_csv
    from results.shift_tables import WEEKS_FILE, weeks_csv
    from results.store import MANIFEST, STUDY, as_text, manifest_of, run_folder
    from scenarios import Study
    from sim.replicate import Asked

    folder = run_folder(f"{scenario.name}-{'certainty' if shares else 'plan'}", seed, out)
    require_writable(folder)
    began_s = time.monotonic()
    options = PlanOptions(seed, gap, time_limit_s, solver, replications=replications, method=method)
    with pool_of(workers) as pool:
        runner = StudyRunner(Study(scenario.name, scenario.label, scenario, ()), Asked(seed), folder, pool)
        if shares:
            deliver_certainty(scenario, shares, options, runner, began_s, json_to)
            return
        found, days = planned(scenario, options, runner, lp)
    data = gather_plan(found)
    figures, table = _told(found, days)
    manifest = manifest_of(
        command_line(),
        {scenario.name: scenario},
        began_s,
        seed=seed,
        replications=found.confirmed.replications,
    )
    files = {
        "plan.json": figures,
        "plan.csv": plan_csv(data, data.cases[0]),
        "scenario.toml": dump(found.scenario),
        STUDY: data.to_json(),
        "table.txt": table,
        MANIFEST: as_text(manifest),
        **({WEEKS_FILE: weeks_csv(data.cases[0])} if found.weeks else {}),
    }
    deliver(table, figures, files, folder, json_to)
    if found.is_cut_short:
        raise CutShort("the best plan so far is confirmed and written; the same command searches again")
    runner.discard_kept()
    if not found.holds:
        raise TargetUnreachable(
            "the plan misses its targets:\n" + "\n".join(f"  {miss}" for miss in found.misses)
        )


def _told(found: Plan, days: DayPlan | None) -> tuple[str, str]:
    """The plan as JSON and as a table, with what is done on the day where that is planned too."""
    from results.on_the_day import on_the_day_json, on_the_day_table
    from results.plan_json import plan_json
    from results.store import as_text
    from results.tables import plan_table

    answer, table = plan_json(found), plan_table(found)
    if days is not None:
        answer["plan"]["on_the_day"] = on_the_day_json(days)
        table = f"{on_the_day_table(days)}\n\n{table}"
    return as_text(answer), table
