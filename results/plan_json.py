"""A plan as plain data, as `plan --json` writes it."""

from __future__ import annotations

from typing import Any

from results.planned import Planned, bound_of, gap_of
from results.simulation import simulation_data
from results.texts.unpromised import notes_of


def plan_json(plan: Planned) -> dict[str, Any]:
    """The confirming simulation's figures, and under `plan` the shifts, people by interval and group, cost and bound.

    cost: of the people planned, over the horizon; gap = (cost − lower_bound) ÷ cost; both null where nothing is
    proven; lower_bound: by method "together", what no people who hold the targets can cost less than, by simulation; by
    "in_turn", no shifts for the same requirement cost less; cut_short: the search was interrupted;
    spare: what service above the targets is worth; people are present after breaks and shrinkage;
    weeks: people by the shifts of their week, where rest between shifts is planned; notes: what must be known of
    the plan, as sentences.
    """
    return {
        **simulation_data(plan.confirmed, intervals=True),
        "plan": {
            "method": plan.method,
            "status": plan.status,
            "cut_short": plan.is_cut_short,
            "cost": plan.cost,
            "lower_bound": bound_of(plan),
            "gap": gap_of(plan),
            "spare": plan.spare,
            "paid_h": plan.paid_h,
            "holds": plan.holds,
            "misses": list(plan.misses),
            "notes": list(notes_of(plan)),
            "rounds": plan.iterations,
            "shifts": [dict(row) for row in plan.shifts],
            "weeks": [dict(row) for row in plan.weeks],
            "requirement": {group: people.tolist() for group, people in plan.requirement.items()},
            "people": {
                group: [round(n, 4) for n in people.tolist()] for group, people in plan.people.items()
            },
        },
    }
