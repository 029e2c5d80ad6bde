"""Plans as commands make them: with what is done on the day, where the scenario says what may be; and why not."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ccplan.exits import TargetUnreachable
from scenarios import Fault, FaultyInput, Scenario

if TYPE_CHECKING:
    from ccplan.studying import StudyRunner
    from optimizer.options import Method, PlanOptions
    from optimizer.plan import Plan
    from optimizer.uncertain.on_the_day import DayPlan


@dataclass(frozen=True)
class Planning:
    """A planning command at work: what is planned and how, who simulates, since when, and where its answer goes."""

    scenario: Scenario
    options: PlanOptions
    runner: StudyRunner
    began_s: float
    json_to: str | None

    def deliver(
        self, name: str, answer: Mapping[str, object], table: str, files: Mapping[str, str], replications: int
    ) -> None:
        """Print the table; write it with the answer (`name`.json), these files and the manifest."""
        from ccplan.output import command_line, deliver
        from results.store import MANIFEST, as_text, manifest_of

        scenarios, seed = {self.scenario.name: self.scenario}, self.options.seed
        manifest = manifest_of(command_line(), scenarios, self.began_s, seed=seed, replications=replications)
        figures = as_text(answer)
        whole = {f"{name}.json": figures, **files, "table.txt": table, MANIFEST: as_text(manifest)}
        deliver(table, figures, whole, self.runner.folder, self.json_to)


@contextmanager
def at_work(
    scenario: Scenario,
    kind: str,
    options: PlanOptions,
    workers: int | None,
    json_to: str | None,
    out: Path | None,
) -> Iterator[Planning]:
    """A planning command with its workers, into a run folder named after the scenario and the kind of question."""
    from ccplan.output import require_writable
    from ccplan.running import pool_of
    from ccplan.studying import StudyRunner
    from results.store import run_folder
    from scenarios import Study
    from sim.replicate import Asked

    folder = run_folder(f"{scenario.name}-{kind}", options.seed, out)
    require_writable(folder)
    began_s = time.monotonic()
    with pool_of(workers) as pool:
        study = Study(scenario.name, scenario.label, scenario, ())
        yield Planning(
            scenario, options, StudyRunner(study, Asked(options.seed), folder, pool), began_s, json_to
        )


@contextmanager
def saying_why(scenario: Scenario) -> Iterator[None]:
    """Where there is no plan, the reason in the planner's words; where there is no such solver, the fault."""
    from optimizer.people import NoPlan
    from optimizer.solver import UnknownSolver
    from sim.theory import UnreachableTarget

    try:
        yield
    except (NoPlan, UnreachableTarget) as reason:
        raise TargetUnreachable(f"{scenario.name}: no plan: {reason}") from reason
    except UnknownSolver as fault:
        raise FaultyInput([Fault("ccplan plan", "--solver", str(fault))]) from fault


def require_method(method: Method | None, of_days: bool) -> None:
    """Fault where a method is asked for that cannot plan for shares of days, and shares of days are asked for."""
    if method == "together" and of_days:
        from optimizer.options import ONLY_IN_TURN

        raise FaultyInput([Fault("ccplan plan", "--method", "got 'together'", ONLY_IN_TURN)])


def planned(
    scenario: Scenario, options: PlanOptions, runner: StudyRunner, lp: Path | None
) -> tuple[Plan, DayPlan | None]:
    """The plan as commands make it: where there is none, the reason in words."""
    with saying_why(scenario):
        return plan_and_days(scenario, options, runner, lp)


def plan_and_days(
    scenario: Scenario,
    options: PlanOptions,
    runner: StudyRunner,
    lp: Path | None = None,
    what: str = "planning",
) -> tuple[Plan, DayPlan | None]:
    """The plan; and where [plan] on_the_day stands, what is done on days of each class."""
    from optimizer.plan import plan
    from optimizer.uncertain.on_the_day import plan_on_the_day

    simulate = runner.simulate_as_asked
    with runner.line(what) as line:
        if scenario.plan.on_the_day is None:
            executor = runner.executor
            found = plan(scenario, options, simulate=simulate, note=line.note, lp=lp, executor=executor)
            return found, None
        days = plan_on_the_day(scenario, options, simulate=simulate, note=line.note, lp=lp)
        return days.plan, days
