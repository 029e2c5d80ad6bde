"""What the Python interface answers with: a plan that the simulator has confirmed, or has said where it misses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccplan.answers import Simulation
from ccplan.asking import require_one_of
from ccplan.showing import Table, frame_of, plan_shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from optimizer.plan import Plan
    from optimizer.uncertain.on_the_day import DayPlan
    from scenarios import Scenario


@dataclass(frozen=True, repr=False)
class ConfirmedPlan:
    """People on shifts, and the simulation that confirmed them. `found` is what the optimizer gave.

    on_the_day: people called in, sent home and outsourced on days of each class; None where nothing may be done
    """

    found: Plan
    on_the_day: DayPlan | None = None

    @property
    def scenario(self) -> Scenario:
        """The scenario with the planned people in place, ready to simulate."""
        return self.found.scenario

    @property
    def shifts(self) -> tuple[Mapping[str, Any], ...]:
        """Who comes when: group, start, hours, days, people, breaks."""
        return self.found.shifts

    @property
    def status(self) -> str:
        """What the solver says of its answer."""
        return self.found.status

    @property
    def cost(self) -> float:
        """Cost of a paid hour × paid hours, over the horizon."""
        return self.found.cost

    @property
    def lower_bound(self) -> float | None:
        """No people that hold (planned together), or no shifts for the requirement (in turn), cost less.

        None where nothing is proven.
        """
        from results.planned import bound_of

        return bound_of(self.found)

    @property
    def gap(self) -> float | None:
        """(cost − lower bound) ÷ cost; None without a bound."""
        from results.planned import gap_of

        return gap_of(self.found)

    @property
    def paid_h(self) -> float:
        """Paid hours over the horizon."""
        return self.found.paid_h

    @property
    def holds(self) -> bool:
        """Whether the confirming simulation met every target."""
        return self.found.holds

    @property
    def misses(self) -> tuple[str, ...]:
        """Where it did not, in words."""
        return self.found.misses

    @property
    def confirmed(self) -> Simulation:
        """The confirming simulation, by interval, on customers that the search had not seen."""
        return Simulation(self.found.confirmed)

    def to_frame(self) -> Any:
        """The shifts as a pandas DataFrame; a sentence where pandas is not installed."""
        return frame_of(self.shifts)

    def table(self) -> Table:
        """Status, cost and bound, shifts, and what customers get; prints, and shows in a notebook."""
        return plan_shown(self.found)

    def figure(self, group: str | None = None, ax: Axes | None = None) -> Axes:
        """People present against people needed over the horizon, of one group; gives the axes."""
        from ccplan.pictures import plot_plan

        names = tuple(self.found.requirement)
        return plot_plan(self.found, require_one_of(names, group, "group"), ax)

    def __repr__(self) -> str:
        kept = "holds" if self.holds else f"misses its target in {len(self.misses)} places"
        proven = "no lower bound" if self.gap is None else f"gap {100.0 * self.gap:.2f} %"
        return f"<plan of {self.scenario.name}: {kept}, {proven}>"
