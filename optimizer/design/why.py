"""Why not the bot that closes most: what it changes beside the chosen design, on the same customers."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.design.choice import Choice
from optimizer.design.weighed import Weighed, cost_difference
from sim.measures.all_measures import is_told
from sim.measures.estimates import Estimate
from sim.paired import difference

# What a bot that closes more saves, and what it brings: in the order in which one leads to the next.
_MEASURES = (
    *("containment_rate", "wrongly_closed", "reconnects", "answered", "paid_h"),
    *("cost_labor", "cost_outsourced", "cost_bot", "cost_assist", "cost_other"),
    *("need_resolution_rate", "contacts_per_need", "reached_a_person_rate", "effort", "satisfaction"),
)


@dataclass(frozen=True)
class WhyNot:
    """The planned design whose bots close most, beside the chosen one; differences are its own − the chosen one's.

    own_prices: of its options and one-off prices over the horizon − the same of the chosen one
    """

    closes_most: Weighed
    chosen: Weighed
    cost: Estimate
    own_prices: float
    changes: dict[str, Estimate]

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks against it: targets, guardrails, cost; in this order."""
        plan = self.closes_most.plan
        said = [] if plan.holds else [f"misses a service target ({plan.misses[0]})"]
        return (*said, *(f"breaks a guardrail ({broken})" for broken in self.closes_most.broken))


def why_not_the_most(choice: Choice) -> WhyNot | None:
    """None where the chosen design is the one whose bots close most, or where there is none of either."""
    best, most = choice.best, choice.closes_most
    if best is None or most is None or best.candidate.key == most.candidate.key:
        return None
    cost = cost_difference(most.candidate, most.result, best.candidate, best.result)
    told = [measure for measure in _MEASURES if is_told(measure, best.candidate.scenario)]
    changes = {measure: difference(most.result, best.result, measure) for measure in told}
    return WhyNot(most, best, cost, most.candidate.beside - best.candidate.beside, changes)
