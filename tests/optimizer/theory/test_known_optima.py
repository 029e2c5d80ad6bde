"""Theory: the optimizer against exact optima: skills and shifts planned together, and nothing cheaper there is.

Centers whose cheapest people are known by enumeration over solved Markov chains, and the day of six half hours. Costs
are compared, never people. A plan below the optimum would miss a target that no simulation should have let pass: the
centers are chosen so that no figure is nearer to its target than a simulation sees.
"""

from __future__ import annotations

import pytest

from optimizer.options import PlanOptions
from optimizer.plan import Plan, plan
from tests.optimizer.exact.centers import CENTERS, HOURS, optimum_of
from tests.optimizer.exact.half_hours import (
    SHIFTS,
    holding_seats,
    perhaps_holding_persons,
    scenario,
    worst_period,
)

EFFORT = PlanOptions(time_limit_s=20.0)
ENOUGH = 0.9  # of the centers at the optimum


def test_plans_cost_what_the_cheapest_people_cost():
    """In nine of ten centers exactly, in the rest within one agent; never less, and no bound is above."""
    found = {center.name: (center, plan(center.scenario(), EFFORT)) for center in CENTERS}
    for center, planned in found.values():
        best = optimum_of(center).cost
        assert best - 0.01 <= planned.cost <= best + HOURS * max(center.cost_per_h) + 0.01, center.name
        assert planned.lower_bound <= best + 0.01, center.name
        assert planned.holds, planned.misses
    dearer = [name for name, (one, planned) in found.items() if planned.cost > optimum_of(one).cost + 0.01]
    assert len(dearer) <= (1.0 - ENOUGH) * len(CENTERS), dearer


@pytest.mark.parametrize(("on_time_up", "cost"), [("seat", 42.6), ("person", 38.4)])
def test_the_half_hours_cost_what_they_must(on_time_up, cost):
    """And the people found hold exactly, not only in simulation."""
    known = holding_seats(cost) if on_time_up == "seat" else perhaps_holding_persons(cost)
    assert [roster.cost for roster in known] == [cost]
    found = plan(scenario(on_time_up), EFFORT)
    assert found.cost == pytest.approx(cost)
    assert found.lower_bound <= cost + 1e-6
    assert worst_period(people_on_shifts(found), on_time_up) <= 0.25


def people_on_shifts(found: Plan) -> tuple[int, ...]:
    """Of the half hours' five shifts."""
    of_shift = {(row["start"], row["hours"]): int(row["people"]) for row in found.shifts}
    keys = [
        (f"{8 + shift.first // 2:02d}:{30 * (shift.first % 2):02d}", (shift.end - shift.first) / 2)
        for shift in SHIFTS
    ]
    assert set(of_shift) <= set(keys)
    return tuple(of_shift.get(key, 0) for key in keys)
