"""A plan as plain data, as `plan --json` writes it."""

from __future__ import annotations

from typing import Any

from results.planned import Planned
from results.simulation import simulation_data


def plan_json(plan: Planned) -> dict[str, Any]:
    """The confirming simulation's figures, and under `plan` the shifts, people by interval and group, cost and bound.

    cost = cost_per_h × paid hours over the horizon; gap = (cost − lower_bound) ÷ cost;
    lower_bound: by method "together", what no people who hold the targets can cost less than, by simulation; by
    "in_turn", no shifts for the same requirement cost less; cut_short: the search was interrupted;
    spare: what service above the targets is worth; people are present after breaks and shrinkage;
    weeks: people by the shifts of their week, where rest between shifts is planned.
    """
    return {
        **simulation_data(plan.confirmed, intervals=True),
        "plan": {
            "method": plan.method,
            "status": plan.status,
            "cut_short": plan.is_cut_short,
            "cost": plan.cost,
            "lower_bound": plan.lower_bound,
            "gap": plan.gap,
            "spare": plan.spare,
            "paid_h": plan.paid_h,
            "holds": plan.holds,
            "misses": list(plan.misses),
            "rounds": plan.iterations,
            "shifts": [dict(row) for row in plan.shifts],
            "weeks": [dict(row) for row in plan.weeks],
            "requirement": {group: people.tolist() for group, people in plan.requirement.items()},
            "people": {
                group: [round(n, 4) for n in people.tolist()] for group, people in plan.people.items()
            },
        },
    }
