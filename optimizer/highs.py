"""HiGHS behind Pyomo's new interface, with what that lacks: progress, a clean end at Ctrl-C, a start, limits that end.

Pyomo's own way leaves one more interrupt callback in the solver with every solve of a kept model, lets an interrupt
fly through HiGHS as an exception, and forgets to lift a time limit; so the solve itself is done here.
HiGHS looks at the clock and at its callbacks between steps only; while it makes cuts for a large integer model, a step
may take many seconds (github.com/ERGO-Code/HiGHS/issues/885), and so long it outlasts its limit or a Ctrl-C.
"""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import StringIO
from types import FrameType
from typing import Any

import highspy
import numpy as np
from pyomo.contrib.solver.solvers.highs import Highs as PyomoHighs

from optimizer.standing import HeardValues, known

_EVERY_S = 0.2
_MOST_PEOPLE = 1e6  # on any shift
_STRATEGY = int(highspy.IisStrategy.kIisStrategyFromLp) + int(highspy.IisStrategy.kIisStrategyIrreducible)


class Highs(PyomoHighs):  # type: ignore[misc] # Pyomo has no types
    """A kept HiGHS model. `hear` is told incumbent and bound; `from_values`: start where the variables are."""

    hear: HeardValues | None = None
    from_values = False
    by_interior_point = False

    def __init__(self, **options: Any) -> None:
        _reset_scheduler()
        super().__init__(**options)

    def _solve(self) -> Any:
        """Pyomo's hook: the model is in HiGHS by now, and the options are in the active configuration."""
        asked, highs = self._active_config, self._solver_model
        options = {
            "output_flag": False,
            "threads": asked.threads,
            "mip_rel_gap": asked.rel_gap,
            "solver": "ipm" if self.by_interior_point else "choose",
            "time_limit": math.inf if asked.time_limit is None else _counted_s(highs) + asked.time_limit,
        }
        for name, value in options.items():
            highs.setOptionValue(name, value)
        _bound_whole_numbers(highs)
        if self.from_values:
            self._pass_values()
        with _watched(highs, self.hear):
            highs.run()
        return self._postsolve(StringIO())

    def irreducible(self, model: Any, time_limit_s: float) -> tuple[list[Any], list[Any]]:
        """Constraints, and variables at an upper bound, that fractions of people cannot keep together; none: they can.

        Without any one of them the others could be kept (unless the time was too short to find out).
        """
        self._active_config = self.config(value={"load_solutions": False}, preserve_implicit=True)
        self.set_instance(model)
        highs = self._solver_model
        options = {
            "threads": 1,
            "iis_time_limit": time_limit_s,
            "iis_strategy": _STRATEGY,
            "output_flag": False,
        }
        for name, value in options.items():
            highs.setOptionValue(name, value)
        # HiGHS's own way with the relaxation of an integer model calls rules a conflict that hold in fractions.
        columns = np.arange(highs.getNumCol(), dtype=np.int32)
        kinds = np.full(len(columns), highspy.HighsVarType.kContinuous)
        highs.changeColsIntegrality(len(columns), columns, kinds)
        _, found = highs.getIis()
        variables = {column: self._vars[key][0] for key, column in self._pyomo_var_to_solver_var_map.items()}
        upper = (highspy.IisBoundStatus.kIisBoundStatusUpper, highspy.IisBoundStatus.kIisBoundStatusBoxed)
        at_upper = [
            variables[column]
            for column, bound in zip(found.col_index_, found.col_bound_, strict=True)
            if highspy.IisBoundStatus(bound) in upper
        ]
        return [self._solver_con_to_pyomo_con_map[row] for row in found.row_index_], at_upper

    def _pass_values(self) -> None:
        """Hand the values that variables have over as a first solution.

        HiGHS completes it where variables have none, checks it, and passes over one that does not fit.
        """
        numbers = self._pyomo_var_to_solver_var_map.items()
        values = {column: self._vars[key][0].value for key, column in numbers}
        known = {column: value for column, value in values.items() if value is not None}
        columns, start = (
            np.array(list(known), dtype=np.int32),
            np.array(list(known.values()), dtype=np.double),
        )
        self._solver_model.setSolution(len(known), columns, start)


class _Watch:
    """Called by HiGHS many times a second: tells how far it is, and ends the solve where somebody wants it to end."""

    def __init__(self, hear: HeardValues | None) -> None:
        self.hear = hear
        self.raised: BaseException | None = None
        self._told_s = time.monotonic()

    def __call__(self, event: Any) -> None:
        """What is raised in here must not cross the solver: it is kept, and the solve ends."""
        try:
            self._tell(event.data_out)
        except BaseException as raised:
            self.raised = raised
        event.interrupt(self.raised is not None)  # said every time: HiGHS remembers it into the next run

    def _tell(self, state: Any) -> None:
        now_s = time.monotonic()
        if self.hear is not None and now_s - self._told_s >= _EVERY_S:
            self._told_s = now_s
            self.hear(known(state.mip_primal_bound), known(state.mip_dual_bound))

    def on_interrupt(self, _number: int, _frame: FrameType | None) -> None:
        """Ctrl-C."""
        self.raised = KeyboardInterrupt()


@contextmanager
def _watched(highs: Any, hear: HeardValues | None) -> Iterator[None]:
    """Watch one run; afterwards raise what ended it. Ctrl-C comes to the main thread only."""
    watch = _Watch(hear)
    is_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, watch.on_interrupt) if is_main else None
    events = (highs.cbMipInterrupt, highs.cbSimplexInterrupt, highs.cbIpmInterrupt)
    for event in events:
        event.subscribe(watch)
    try:
        yield
    finally:
        for event in events:
            event.unsubscribe(watch)
        if is_main:
            signal.signal(signal.SIGINT, before)
    if watch.raised is not None:
        raise watch.raised


def _bound_whole_numbers(highs: Any) -> None:
    """An upper bound far above any plan for whole numbers that have none, and that cost something: others show no end.

    Without one HiGHS has called people optimal at 1.67 h where 1.33 h are, on seven variables, with presolve and
    without (1.10 to 1.15); the smallest such model stands in the tests of two stages.
    """
    model = highs.getLp()
    if not len(model.integrality_):
        return
    lower, upper = np.array(model.col_lower_), np.array(model.col_upper_)
    is_whole = np.array([kind == highspy.HighsVarType.kInteger for kind in model.integrality_])
    costs = np.array(model.col_cost_) >= 0.0
    columns = np.flatnonzero(is_whole & costs & (upper >= highspy.kHighsInf)).astype(np.int32)
    if len(columns):
        highs.changeColsBounds(len(columns), columns, lower[columns], np.full(len(columns), _MOST_PEOPLE))


def _counted_s(highs: Any) -> float:
    """What HiGHS counts against a limit before it starts: of a kept linear model the time of all its runs.

    Of a model with whole numbers it counts the run itself.
    """
    is_whole = any(kind != highspy.HighsVarType.kContinuous for kind in highs.getLp().integrality_)
    return 0.0 if is_whole else float(highs.getRunTime())


@cache
def _reset_scheduler() -> None:
    """Once a process: whoever solved with other threads before us has left a scheduler that fails silently."""
    highspy.Highs.resetGlobalScheduler(True)
