"""Break-even of a chosen design: its points, each with people planned anew, against the baseline as planned."""

from __future__ import annotations

from optimizer.design.break_even import BreakEven, Point, break_even, closes_something, with_containment
from optimizer.design.candidates import Candidate
from optimizer.design.decide import MakePlan
from optimizer.design.weighed import Weighed, cost_difference
from optimizer.draws import Note


def break_even_of(design: Candidate, baseline: Weighed, plan: MakePlan, note: Note) -> BreakEven | None:
    """The containment from which the design costs less than the baseline; None where its bots close nothing."""
    if not closes_something(design.scenario):
        return None

    def at(position: float) -> Point:
        center = with_containment(design.scenario, position)
        note(f"break-even: bots at {100.0 * position:.0f} % of all who stay")
        found = plan(center)
        return Point(
            position,
            found.confirmed.value("containment_rate"),
            cost_difference(design, found.confirmed, baseline.candidate, baseline.result),
            below=found.cost - found.lower_bound,
            above=baseline.plan.cost - baseline.plan.lower_bound,
        )

    return break_even(at)
