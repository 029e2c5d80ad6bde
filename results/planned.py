"""What this room reads of a plan: the optimizer's `Plan` has it, and so may anything else.

A lower bound of 0 is that of a search that has proven nothing; it leaves the program as none, and the gap with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from scenarios import Scenario
from sim.measures.result import Result


class Planned(Protocol):
    """A plan after the simulator has confirmed it, or has said where it misses."""

    @property
    def scenario(self) -> Scenario:
        """The scenario with the planned people in place."""

    @property
    def status(self) -> str:
        """What the solver says of its answer."""

    @property
    def method(self) -> str:
        """How it was searched: skills and shifts "together", or requirement and shifts "in_turn"."""

    @property
    def is_cut_short(self) -> bool:
        """Whether the search was interrupted, so that this is the best it had by then."""

    @property
    def cost(self) -> float:
        """Cost of paid hours over the horizon."""

    @property
    def spare(self) -> float:
        """What its service above the targets is worth, over the horizon."""

    @property
    def lower_bound(self) -> float:
        """Together: no people that hold cost less; in turn: no shifts for the requirement. 0: nothing is proven."""

    @property
    def gap(self) -> float:
        """(cost − lower bound) ÷ cost."""

    @property
    def paid_h(self) -> float:
        """Paid hours over the horizon."""

    @property
    def requirement(self) -> Mapping[str, npt.NDArray[np.integer[Any]]]:
        """Group → people needed in each interval of the horizon."""

    @property
    def people(self) -> Mapping[str, npt.NDArray[np.float64]]:
        """Group → people present in each interval after breaks and shrinkage."""

    @property
    def shifts(self) -> Sequence[Mapping[str, Any]]:
        """Rows: group, start, hours, days, people, breaks."""

    @property
    def weeks(self) -> Sequence[Mapping[str, Any]]:
        """Rows: group, people, shifts by day of the week; of people whose rest is planned."""

    @property
    def confirmed(self) -> Result:
        """The simulation that confirmed it, by interval, on fresh draws."""

    @property
    def holds(self) -> bool:
        """Whether the target holds in every interval."""

    @property
    def misses(self) -> Sequence[str]:
        """Where it does not."""

    @property
    def iterations(self) -> int:
        """Rounds of plan and simulation."""

    @property
    def seconds(self) -> float:
        """Time that the planning took."""


class Bounded(Protocol):
    """A cost and the bound below it."""

    @property
    def cost(self) -> float:
        """Money over the horizon."""

    @property
    def lower_bound(self) -> float:
        """Nothing cheaper can be; 0 where nothing is proven."""


def bound_of(plan: Bounded) -> float | None:
    """The lower bound; None where nothing is proven of a plan that costs something."""
    return plan.lower_bound if plan.lower_bound > 0.0 or plan.cost <= 0.0 else None


def gap_of(plan: Bounded) -> float | None:
    """(cost − lower bound) ÷ cost; None without a bound."""
    bound = bound_of(plan)
    if bound is None:
        return None
    return max(0.0, plan.cost - bound) / plan.cost if plan.cost > 0.0 else 0.0
