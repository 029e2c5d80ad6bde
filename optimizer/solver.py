"""The one door to solvers: a Pyomo model in, our own status, objective, bound and gap out.

HiGHS is the default (`optimizer.highs`: through `highspy`, a wheel, by Pyomo's new interface, which re-solves a
changed model fast); any other solver that Pyomo knows goes by its name. Nothing is printed. Models minimize.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import nullcontext, redirect_stdout
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Any

from optimizer.standing import follow, gap_between

DEFAULT = "highs"
# HiGHS keeps one scheduler a process: a later solve with another number of threads returns "unknown" and no
# solution, without a word. One thread, always; parallel work is over replications and designs.
N_THREADS = 1
_PROVEN = 1e-6  # relative gaps below are rounding


class Status(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    WITHIN_GAP = "within_gap"
    BEST_FOUND = "best_found"
    TIME_LIMIT_WITH_PLAN = "time_limit_with_plan"
    TIME_LIMIT_WITHOUT_PLAN = "time_limit_without_plan"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    INFEASIBLE_OR_UNBOUNDED = "infeasible_or_unbounded"
    ERROR = "error"

    @property
    def has_plan(self) -> bool:
        """Whether the model's variables hold a feasible solution."""
        return self in (Status.OPTIMAL, Status.WITHIN_GAP, Status.TIME_LIMIT_WITH_PLAN)


@dataclass(frozen=True)
class Solved:
    """What a solve found. `objective` is None without a solution, `lower_bound` where none was proven."""

    status: Status
    objective: float | None
    lower_bound: float | None
    seconds: float
    solver: str

    @property
    def gap(self) -> float | None:
        """(objective − lower bound) ÷ |objective|; None where one of them is missing."""
        if self.objective is None or self.lower_bound is None:
            return None
        return gap_between(self.objective, self.lower_bound)


class UnknownSolver(ValueError):  # noqa: N818 - it says what it is
    """No solver of this name can be used here; the sentence names the nearest one that can."""


def status_of(objective: float, lower_bound: float, gap: float) -> Status:
    """Optimal, within the gap that was asked for, or cut off by the time limit with a plan in hand."""
    found = gap_between(objective, lower_bound)
    if found <= _PROVEN:
        return Status.OPTIMAL
    return Status.WITHIN_GAP if found <= gap else Status.TIME_LIMIT_WITH_PLAN


class Solver:
    """A solver by name. Kept over several solves of one model, HiGHS is told only what has changed."""

    def __init__(self, name: str = DEFAULT) -> None:
        self.name = name
        self._is_new = name in _new_names()
        self._inner = _new(name) if self._is_new else _classic(name)

    def solve(
        self,
        model: Any,
        gap: float = 1e-4,
        time_limit_s: float | None = None,
        *,
        from_values: bool = False,
        by_interior_point: bool = False,
    ) -> Solved:
        """Minimize the model; with a plan, its variables hold the solution.

        gap: stop as soon as (objective − lower bound) ÷ |objective| is proven to be this small
        from_values: the variables' values are a first solution; only HiGHS makes use of it
        by_interior_point: HiGHS's interior point method, three times as fast on large models in fractions
        Who listens (`optimizer.standing`) hears of it while HiGHS works; other solvers work in silence.
        Ctrl-C ends the solve; KeyboardInterrupt is raised as soon as the solver has stopped.
        """
        if not _has_variables(model):
            return _looked_at(model, self.name)
        began = time.perf_counter()
        if self.name == DEFAULT:
            self._inner.hear, self._inner.from_values = follow(time_limit_s), from_values
            self._inner.by_interior_point = by_interior_point
        find = self._find if self._is_new else self._find_classic
        silence = nullcontext() if self.name == DEFAULT else redirect_stdout(StringIO())
        with silence:
            condition, objective, bound = find(model, gap, time_limit_s)
        seconds = time.perf_counter() - began
        bound = None if bound is None or not math.isfinite(bound) else bound
        if objective is None:
            return Solved(_without_solution(condition), None, bound, seconds, self.name)
        if bound is None or condition == "error":
            cut_off = condition == "time_limit"  # so early that nothing is proven yet
            status = Status.TIME_LIMIT_WITH_PLAN if cut_off else Status.ERROR
            return Solved(status, objective, bound, seconds, self.name)
        bound = min(bound, objective)
        return Solved(status_of(objective, bound, gap), objective, bound, seconds, self.name)

    def _find(
        self, model: Any, gap: float, time_limit_s: float | None
    ) -> tuple[str, float | None, float | None]:
        """Condition, objective and bound by Pyomo's new interface."""
        results = self._inner.solve(
            model,
            load_solutions=False,
            raise_exception_on_nonoptimal_result=False,
            threads=N_THREADS,
            rel_gap=gap,
            time_limit=time_limit_s,
        )
        if results.incumbent_objective is not None:
            results.solution_loader.load_vars()
        return (
            _CONDITIONS.get(results.termination_condition.name, "error"),
            results.incumbent_objective,
            results.objective_bound,
        )

    def _find_classic(
        self, model: Any, gap: float, time_limit_s: float | None
    ) -> tuple[str, float | None, float | None]:
        """The same by the interface that all older solvers share."""
        from pyomo.environ import Objective, value

        options = {_GAP_OPTION[self.name]: gap} if self.name in _GAP_OPTION else {}
        if "highs" in self.name:
            options["threads"] = N_THREADS
        limit = {} if time_limit_s is None else {"timelimit": time_limit_s}
        results = self._inner.solve(model, tee=False, load_solutions=False, options=options, **limit)
        condition = _CONDITIONS.get(str(results.solver.termination_condition), "error")
        if len(results.solution) == 0:
            return condition, None, None
        model.solutions.load_from(results)
        objective = value(next(iter(model.component_data_objects(Objective, active=True))))
        return condition, objective, float(results.problem.lower_bound)


def write_lp(model: Any, path: Path, name_of: Callable[[Any], str] | None = None) -> None:
    """The model as LP text, with the names of its rules and variables, for other solvers and for reading."""
    path.write_text(lp_text(model, name_of), encoding="utf-8", newline="\n")


def lp_text(model: Any, name_of: Callable[[Any], str] | None = None) -> str:
    """The model in CPLEX LP format, in the order in which it was built.

    name_of: another name for each variable and constraint than the model's own, allowed in LP text
    """
    from pyomo.repn.plugins.lp_writer import LPWriter

    text = StringIO()
    named = {} if name_of is None else {"labeler": name_of}
    LPWriter().write(model, text, symbolic_solver_labels=name_of is None, **named)
    return text.getvalue()


# Pyomo's two vocabularies of how a solve ended, in ours; whatever is missing ("unknown" above all) is an error.
_CONDITIONS = {
    "convergenceCriteriaSatisfied": "done",
    "optimal": "done",
    "feasible": "done",
    "maxTimeLimit": "time_limit",
    "provenInfeasible": "infeasible",
    "locallyInfeasible": "infeasible",
    "infeasible": "infeasible",
    "infeasibleOrUnbounded": "infeasible_or_unbounded",
    "unbounded": "unbounded",
}
_GAP_OPTION = {
    "appsi_highs": "mip_rel_gap",
    "cbc": "ratio",
    "cplex": "mip_tolerances_mipgap",
    "glpk": "mipgap",
    "gurobi": "MIPGap",
    "scip": "limits/gap",
}


def _without_solution(condition: str) -> Status:
    """The status where no solution came; "done" without a solution is an error too."""
    return {
        "time_limit": Status.TIME_LIMIT_WITHOUT_PLAN,
        "infeasible": Status.INFEASIBLE,
        "unbounded": Status.UNBOUNDED,
        "infeasible_or_unbounded": Status.INFEASIBLE_OR_UNBOUNDED,
    }.get(condition, Status.ERROR)


def _has_variables(model: Any) -> bool:
    from pyomo.environ import Var

    return next(model.component_data_objects(Var), None) is not None


def _looked_at(model: Any, name: str) -> Solved:
    """A model without variables, which solvers call unknown: it is what it is."""
    from pyomo.environ import Constraint, Objective, value

    if not all(
        constraint.slack() >= 0.0 for constraint in model.component_data_objects(Constraint, active=True)
    ):
        return Solved(Status.INFEASIBLE, None, None, 0.0, name)
    objective = float(value(next(model.component_data_objects(Objective, active=True))))
    return Solved(Status.OPTIMAL, objective, objective, 0.0, name)


def _new_names() -> set[str]:
    import pyomo.environ  # noqa: F401 - registers the solvers
    from pyomo.contrib.solver.common.factory import SolverFactory

    return set(SolverFactory)


def _new(name: str) -> Any:
    from pyomo.contrib.solver.common.factory import SolverFactory

    if name == DEFAULT:
        from optimizer.highs import Highs

        return Highs()
    return _available(name, SolverFactory(name))


def _classic(name: str) -> Any:
    from pyomo.environ import SolverFactory

    known = {each for each in SolverFactory if not each.startswith("_")} | _new_names()
    if name not in known:
        nearest = get_close_matches(name, sorted(known), n=1)
        meant = nearest[0] if nearest else DEFAULT
        raise UnknownSolver(f"solver: unknown solver '{name}'; did you mean '{meant}'?")
    return _available(name, SolverFactory(name))


def _available(name: str, solver: Any) -> Any:
    """The solver, if it can run here."""
    try:
        usable = bool(solver.available(exception_flag=False))
    except TypeError:  # the new interface takes no argument
        usable = bool(solver.available())
    if not usable:
        raise UnknownSolver(f"solver: '{name}' is not installed here; '{DEFAULT}' always is")
    return solver
