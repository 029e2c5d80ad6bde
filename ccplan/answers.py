"""What the Python interface answers with: a simulation, and a comparison.

Each shows itself as a table, gives single figures with their intervals, rows for other programs, and pictures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ccplan.asking import require_measure, require_name, require_one_of
from ccplan.showing import Table, comparison_shown, frame_of, simulation_shown
from results import derived
from results.compare import comparison_data
from results.gathering import gather_study
from results.store import versions
from sim import paired
from sim.measures.estimates import Estimate
from sim.measures.result import Result
from sim.measures.scopes import Scope

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from results.cases import CaseRun
    from scenarios import Scenario, Study


@dataclass(frozen=True, repr=False)
class Simulation:
    """A scenario as simulated. `result` is what the engine gave, the sums of every replication included."""

    result: Result

    @property
    def scenario(self) -> Scenario:
        """What was simulated."""
        return self.result.scenario

    @property
    def seed(self) -> int:
        """The seed of all draws."""
        return self.result.seed

    @property
    def replications(self) -> int:
        """How many were run."""
        return self.result.replications

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """The program's version, and those of the libraries below it."""
        return versions()

    def value(
        self, measure: str, scope: Scope = "total", name: str = "", interval: int | None = None
    ) -> float | None:
        """One figure: of the whole center, or of one "contact_type", "agent_group", "channel" or "bot" by name.

        None where its denominator is zero.
        """
        return self.estimate(measure, scope, name, interval).value

    def estimate(
        self, measure: str, scope: Scope = "total", name: str = "", interval: int | None = None
    ) -> Estimate:
        """The same figure with the half-width of its 95 % interval; `interval` counts from 0 over the horizon."""
        require_measure(self.result, measure, scope)
        require_name(self.result, scope, name)
        if interval is None:
            return derived.figure(self.result, measure, scope, name)
        if not self.result.kept_by_interval(measure):
            reason = (
                "is not told by interval" if self.result.by_interval else "needs intervals=True in simulate"
            )
            raise ValueError(f"interval: '{measure}' {reason}")
        if not 0 <= interval < self.result.world.n_intervals:
            raise ValueError(f"interval: got {interval}, expected 0 to {self.result.world.n_intervals - 1}")
        return self.result.estimate(measure, scope, name, interval)

    def rows(self, intervals: bool = False) -> list[dict[str, Any]]:
        """Every figure as plain data, as `ccplan simulate --json` writes it."""
        return [dict(row) for row in self.result.rows(intervals)]

    def to_frame(self, intervals: bool = False) -> Any:
        """The rows as a pandas DataFrame; a sentence where pandas is not installed."""
        return frame_of(self.rows(intervals))

    def table(self) -> Table:
        """What customers get, by contact type and in total; prints, and shows in a notebook."""
        return simulation_shown(self.result)

    def figure(self, measure: str, ax: Axes | None = None) -> Axes:
        """One measure by the time of day where intervals were kept, else by contact type; gives the axes."""
        from ccplan.pictures import plot_by_name, plot_through_day

        require_measure(self.result, measure)
        plot = plot_through_day if self.result.kept_by_interval(measure) else plot_by_name
        return plot(self.result, measure, ax)

    def __repr__(self) -> str:
        return f"<simulation of {self.scenario.name}: seed {self.seed}, {self.replications} replications>"


@dataclass(frozen=True, repr=False)
class Comparison:
    """Designs and their baseline, lived through by the same customers. `runs`: the baseline's first."""

    study: Study
    runs: Sequence[CaseRun]

    @property
    def baseline(self) -> Simulation:
        """What the designs are held against."""
        return Simulation(self.runs[0].result)

    @cached_property
    def designs(self) -> Mapping[str, Simulation]:
        """The designs by name."""
        return {run.case.name: Simulation(run.result) for run in self.runs[1:]}

    @property
    def seed(self) -> int:
        """The seed of all draws."""
        return self.baseline.seed

    @property
    def replications(self) -> int:
        """How many were run of each."""
        return self.baseline.replications

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """The program's version, and those of the libraries below it."""
        return versions()

    def difference(
        self, measure: str, design: str | None = None, scope: Scope = "total", name: str = ""
    ) -> Estimate:
        """Design − baseline with the half-width that pairing earns; `design` may be left out where there is one."""
        ours = self.designs[require_one_of(tuple(self.designs), design, "design")].result
        theirs = self.baseline.result
        require_measure(ours, measure, scope)
        require_name(ours, scope, name)
        if scope == "total":
            return derived.difference(ours, theirs, measure)
        return paired.difference(ours, theirs, measure, scope, name)

    def deflection_rate(self, design: str | None = None) -> Estimate:
        """1 − needs that asked for or were sent to a person ÷ the same in the baseline."""
        chosen = self.designs[require_one_of(tuple(self.designs), design, "design")]
        return paired.deflection_rate(chosen.result, self.baseline.result)

    def rows(self) -> list[dict[str, Any]]:
        """Every figure of baseline and designs, and the differences, as `ccplan compare --json` writes them."""
        rows: list[dict[str, Any]] = comparison_data(self.study.name, [run.result for run in self.runs])[
            "measures"
        ]
        return rows

    def to_frame(self) -> Any:
        """The rows as a pandas DataFrame; a sentence where pandas is not installed."""
        return frame_of(self.rows())

    def table(self) -> Table:
        """What each design saves and leaves undone, and all side by side; prints, and shows in a notebook."""
        return comparison_shown(gather_study(self.study, self.runs))

    def figure(self, measure: str, ax: Axes | None = None) -> Axes:
        """One measure of the baseline and of every design, with the paired differences; gives the axes."""
        from ccplan.pictures import plot_side_by_side

        require_measure(self.baseline.result, measure)
        return plot_side_by_side(self, measure, ax)

    def __repr__(self) -> str:
        names = " and ".join(self.designs)
        return f"<{names} against {self.baseline.scenario.name}: {self.replications} replications each>"
