"""Laws: what a plan says its people cost is what the simulation of the planned scenario says; the file carries it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from optimizer.horizon import horizon_of
from optimizer.people import Effort
from optimizer.staffing import staff, with_people
from scenarios import Scenario, dump, from_data, load
from scenarios.agent_groups import Shift
from sim.replicate import Asked, run

EFFORT = Effort(gap=0.02, time_limit_s=5.0, solver="highs")
# Overtime, ready-made shifts with prices, breaks, hours alone, days that differ in business, two groups.
SHIPPED = ("shift-rules", "half-hours", "bank-1999", "uncertain-days", "skills-and-shifts")


def planned(center: Scenario, people: int) -> tuple[Scenario, float]:
    """So many people asked for whenever the center is open, on shifts; with what they cost."""
    horizon = horizon_of(center.calendar)
    required = np.where(horizon.is_open(), people, 0)
    plans = {group: staff(center, group, required, EFFORT) for group in center.agent_group}
    return with_people(center, plans), sum(plan.cost for plan in plans.values())


def simulated_cost(center: Scenario) -> float:
    result = run(center, Asked(1, 2))
    return result.value("cost_labor") + result.value("cost_outsourced")


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_plans_cost_what_their_simulation_costs(name: str, tmp_path: Path) -> None:
    center, cost = planned(load(name), 2)
    assert cost > 0.0
    assert simulated_cost(center) == pytest.approx(cost, rel=1e-9)
    written = tmp_path / "scenario.toml"
    written.write_text(dump(center), encoding="utf-8")
    assert simulated_cost(load(written)) == pytest.approx(cost, rel=1e-9)


def test_only_shifts_that_cost_something_else_say_so() -> None:
    """A shift of one and a half hours at 1 an hour: 3 is its own cost; one that costs its hours says nothing."""
    assert all(shift.cost is None for shift in shifts_of(planned(load("skills-and-shifts"), 2)[0]))
    assert all(shift.cost is not None for shift in shifts_of(planned(load("half-hours"), 2)[0]))


def shifts_of(center: Scenario) -> list[Shift]:
    return [shift for group in center.agent_group.values() for shift in group.agents.shifts or ()]


@pytest.mark.parametrize("outsourced", [False, True])
def test_a_shift_over_midnight_is_charged_for_its_part_of_the_horizon(outsourced: bool) -> None:
    """By hand: four people from 22:00 for 8 h, 100 a shift. A day has 6 h of the shift before and 2 h of its own."""
    team = {
        "skills": ["call"],
        "agents": {"shifts": [{"start": "22:00", "hours": 8, "people": 4, "cost": 100}]},
        "cost_per_h": 7.0,
    }
    if outsourced:
        team["outsourced"] = {"per_h": 11.0}
    call = {"channel": "voice", "arrivals": {"per_h": 1}, "talk_s": 60, "patience_s": 60}
    center = from_data(
        {
            "name": "nights",
            "calendar": {"days": 1, "interval_min": 60},
            "contact_type": {"call": call},
            "agent_group": {"team": team},
        }
    )
    result = run(center, Asked(1, 2, by_interval=True))
    paid, nothing = ("cost_outsourced", "cost_labor") if outsourced else ("cost_labor", "cost_outsourced")
    assert result.value(paid) == pytest.approx(4 * 100.0)
    assert result.value(nothing) == 0.0
    assert result.value("paid_h") == pytest.approx(32.0)
