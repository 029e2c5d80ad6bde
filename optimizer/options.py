"""How to search for a plan, and what a search gives before anybody has confirmed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from optimizer.horizon import IntArray
from optimizer.people import GroupPlan, groups_to_plan
from optimizer.solver import DEFAULT
from scenarios import Scenario

# Replications of a round and of the confirmation. Of 400 days a share of nine in ten is known to ± 3 points.
_SEARCHED, _CONFIRMED = 100, 40
_DAYS_SEARCHED, _DAYS_CONFIRMED = 200, 400
Method = Literal["together", "in_turn"]
ONLY_IN_TURN = "'in_turn', as a target on a share of days (target_probability) is planned no other way"


@dataclass(frozen=True)
class PlanOptions:
    """How to search. `offsets` starts from another plan's corrections, such as the baseline's for its designs.

    search_replications: of each round, in antithetic pairs, so an even number; None: the usual number
    replications: fresh ones that confirm the plan; None: the usual number
    gap, time_limit_s: of each solve, of which a search makes up to `most_rounds`
    search_limit_s: seconds after which a search together starts nothing new
    method: skills and shifts together, or the requirement first and shifts for it in turn; None: as the scenario asks
    """

    seed: int = 1
    gap: float = 0.005
    time_limit_s: float = 60.0
    solver: str = DEFAULT
    search_replications: int | None = None
    replications: int | None = None
    most_rounds: int = 8
    offsets: Mapping[str, tuple[float, ...]] | None = None
    method: Method | None = None
    search_limit_s: float = 480.0


@dataclass(frozen=True)
class Found:
    """People as a search leaves them. No people that hold cost less than `lower_bound`, as far as `status` says so.

    required: group → people needed by day and interval; spare: what the service above the targets is worth
    is_cut_short: the search was interrupted, and this is the best it had
    """

    scenario: Scenario
    groups: dict[str, GroupPlan]
    required: dict[str, IntArray]
    status: str
    lower_bound: float
    spare: float
    n_rounds: int
    method: Method
    offsets: dict[str, tuple[float, ...]] = field(default_factory=dict)
    is_cut_short: bool = False

    @property
    def cost(self) -> float:
        """Of all groups, in money."""
        return sum(plan.cost for plan in self.groups.values())


def method_of(scenario: Scenario, asked: Method | None) -> Method:
    """Together where several groups share the work, or shifts are few; for shares of days, in turn.

    Raises ValueError where shares of days are asked for together.
    """
    of_days = scenario.plan.target_probability is not None
    if asked == "together" and of_days:
        raise ValueError(f"method: got 'together', expected {ONLY_IN_TURN}")
    if asked is not None:
        return asked
    is_one = len(groups_to_plan(scenario)) == 1
    return "in_turn" if of_days or (is_one and not scenario.plan.shift) else "together"


def with_replications(scenario: Scenario, options: PlanOptions) -> PlanOptions:
    """The options with numbers of replications: more where the share of days counts, of which each gives but one."""
    of_days = scenario.plan.target_probability is not None
    searched, fresh = (_DAYS_SEARCHED, _DAYS_CONFIRMED) if of_days else (_SEARCHED, _CONFIRMED)
    return replace(
        options,
        search_replications=options.search_replications or searched,
        replications=options.replications or fresh,
    )
