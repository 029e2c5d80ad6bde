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
    from optimizer.options import Method, PlanOptions
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
    scenario: Scenario, options: PlanOptions, runner: StudyRunner, lp: Path | None = None
) -> tuple[Plan, DayPlan | None]:
    """The plan; and where [plan] on_the_day stands, what is done on days of each class."""
    from optimizer.plan import plan
    from optimizer.uncertain.on_the_day import plan_on_the_day

    simulate = runner.simulate_as_asked
    with runner.line("planning") as line:
        if scenario.plan.on_the_day is None:
            executor = runner.executor
            found = plan(scenario, options, simulate=simulate, note=line.note, lp=lp, executor=executor)
            return found, None
        days = plan_on_the_day(scenario, options, simulate=simulate, note=line.note, lp=lp)
        return days.plan, days
