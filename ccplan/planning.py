"""Plans as commands make them: with what is done on the day, where the scenario says what may be; and why not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ccplan.exits import TargetUnreachable
from scenarios import Fault, FaultyInput, Scenario

if TYPE_CHECKING:
    from ccplan.studying import StudyRunner
    from optimizer.options import PlanOptions
    from optimizer.plan import Plan
    from optimizer.uncertain.on_the_day import DayPlan


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


def planned(
    scenario: Scenario, options: PlanOptions, runner: StudyRunner, lp: Path | None
) -> tuple[Plan, DayPlan | None]:
    """The plan; and where [plan] on_the_day stands, what is done on days of each class."""
    from optimizer.plan import plan
    from optimizer.uncertain.on_the_day import plan_on_the_day

    line = runner.line("planning")
    try:
        with saying_why(scenario):
            if scenario.plan.on_the_day is None:
                simulate = runner.simulate_as_asked
                return plan(
                    scenario, options, simulate=simulate, note=line.note, lp=lp, executor=runner.executor
                ), None
            days = plan_on_the_day(
                scenario, options, simulate=runner.simulate_as_asked, note=line.note, lp=lp
            )
            return days.plan, days
    finally:
        line.close()
