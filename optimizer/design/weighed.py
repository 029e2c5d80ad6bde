"""A design with its plan: what it costs in all, what it holds, and how it differs from another one."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.design.candidates import Candidate
from optimizer.design.guardrails import Guarded, Limit, guarded, missed
from optimizer.plan import Plan
from sim.measures.estimates import Estimate
from sim.measures.result import Result
from sim.paired import difference


@dataclass(frozen=True)
class Weighed:
    """A candidate with people planned for it. `guarded`: what the confirming simulation says of every limit."""

    candidate: Candidate
    plan: Plan
    guarded: tuple[Guarded, ...]

    @property
    def result(self) -> Result:
        """The simulation that confirmed the plan."""
        return self.plan.confirmed

    @property
    def cost(self) -> Estimate:
        """People, outsourcers, bots, assist and other running costs, and the options' own, over the horizon."""
        return cost_of(self.candidate, self.result)

    @property
    def people_cost(self) -> float:
        """Of one's own people and of outsourcers, over the horizon."""
        return self.result.value("cost_labor") + self.result.value("cost_outsourced")

    @property
    def lower_bound(self) -> float:
        """The same with the people's cost at its lower bound; nothing else depends on how proven the plan is."""
        return (self.cost.value or 0.0) - (self.plan.cost - self.plan.lower_bound)

    @property
    def broken(self) -> tuple[Guarded, ...]:
        """Guardrails that are missed by more than chance explains."""
        return missed(self.guarded)

    @property
    def holds(self) -> bool:
        """Whether service targets and guardrails hold."""
        return self.plan.holds and not self.broken


def weighed(candidate: Candidate, plan: Plan, limits: tuple[Limit, ...]) -> Weighed:
    """A plan held against the limits."""
    return Weighed(candidate, plan, guarded(limits, plan.confirmed))


def cost_of(candidate: Candidate, result: Result) -> Estimate:
    """Cost over the horizon: what the simulation says, and what the design costs beside it, which is certain."""
    found = result.estimate("cost_total")
    return Estimate((found.value or 0.0) + candidate.beside, found.half_width)


def cost_difference(
    candidate: Candidate, result: Result, baseline: Candidate, baseline_result: Result
) -> Estimate:
    """Cost of the candidate − cost of the baseline, on the same customers; the interval is that of the pairs."""
    found = difference(result, baseline_result, "cost_total")
    return Estimate((found.value or 0.0) + candidate.beside - baseline.beside, found.half_width)
