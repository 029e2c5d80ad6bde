"""`ccplan plan`: how many people on which shifts, confirmed by simulation, with bound and gap."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ccplan.certainty import deliver_certainty, shares_of_days
from ccplan.choices import deliver_choices, units_of
from ccplan.options import output_options, require_apart, seed_option, workers_option
from ccplan.planning import at_work, require_method
from ccplan.requirement import CHOICES, requirement_command
from ccplan.single_plan import deliver_plan

if TYPE_CHECKING:
    from optimizer.options import Method


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
    help="The model as LP text: the joint model with its cuts, or a group's shifts.",
)
@click.option(
    "--certainty",
    metavar="X,Y",
    help="Plan for each of these shares of days on target, and show what certainty costs.",
)
@click.option(
    "--over",
    metavar="X,Y",
    help="Plan for targets over each of interval, day, week, horizon (or all), and show what each costs.",
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
    over: str | None,
    json_to: str | None,
    out: Path | None,
) -> None:
    """Plan the people of a scenario: of the groups with agents = "plan", or of all where there is none.

    Several groups are planned together, skills and shifts in one model with the simulation beside it; one group by its
    requirement, from formulas and corrected by simulation, and shifts that cover it. Either way the plan is confirmed
    on customers that the search has not seen. Ctrl-C gives the best so far. Exit code 1: it misses its targets.
    """
    from scenarios import load

    scenario = load(file)
    require_apart({"--requirement": requirement, "--certainty": certainty, "--over": over, "--lp": lp})
    require_apart({"--requirement": requirement, "--method": method})
    if requirement is not None:
        requirement_command(scenario, requirement, seed, replications, workers, json_to, out)
        return
    shares = () if certainty is None else shares_of_days(certainty)
    units = () if over is None else units_of(scenario, over)
    require_method(method, bool(shares) or scenario.plan.target_probability is not None)
    from optimizer.options import PlanOptions

    kind = "certainty" if shares else "choices" if units else "plan"
    options = PlanOptions(seed, gap, time_limit_s, solver, replications=replications, method=method)
    with at_work(scenario, kind, options, workers, json_to, out) as planning:
        if shares:
            deliver_certainty(planning, shares)
        elif units:
            deliver_choices(planning, units)
        else:
            deliver_plan(planning, lp)
