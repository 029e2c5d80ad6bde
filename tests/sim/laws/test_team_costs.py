"""Laws of what a team costs beside its paid hours, worked out on paper."""

from __future__ import annotations

from typing import Any

import pytest

from scenarios import Scenario
from sim.measures.costs.staff_change import people_of, staff_change_cost
from sim.replicate import Asked, run
from tests.sim.worlds import center, team

DAYS = 7
PAID_H = 10 * 24 * DAYS  # ten people, round the clock


def other_of(knowledge: dict[str, Any] | None = None, **keys: Any) -> float:
    """cost_other of ten people at 20 an hour; cost_labor is the same whatever else they cost."""
    tables = {} if knowledge is None else {"knowledge": knowledge}
    scenario = center(None, {"team": team(10, cost_per_h=20, **keys)}, {"days": DAYS}, **tables)
    result = run(scenario, Asked(replications=2))
    assert result.value("cost_labor") == pytest.approx(0.0 if "outsourced" in keys else 20 * PAID_H)
    found = result.value("cost_other")
    assert result.value("cost_total") - result.value("cost_labor") == pytest.approx(found)
    return found


def test_nothing_said_costs_nothing():
    assert other_of() == 0.0


def test_support_is_paid_like_the_people_it_supports():
    """A fifteenth and a fortieth of the team's hours."""
    both = {"people_per_lead": 15, "people_per_qa": 40}
    assert other_of(support=both) == pytest.approx(20 * PAID_H * (1 / 15 + 1 / 40))
    assert other_of(support={"people_per_lead": 15}) == pytest.approx(20 * PAID_H / 15)


@pytest.mark.parametrize(("hours_per_week", "people"), [(40, 42), (30, 56)])
def test_leavers_are_replaced(hours_per_week, people):
    """1680 paid hours a week are the work of 42 people at 40 hours; 0.3 of each leave in a year of 52.18 weeks."""
    cost = other_of(attrition_per_year=0.3, hire_cost=3000, training_cost=2500, hours_per_week=hours_per_week)
    assert cost == pytest.approx(people * 0.3 * DAYS / 365.25 * 5500)


def test_an_outsourcer_replaces_its_own():
    """It has no labor cost of ours, and so no support either."""
    outsourced = {"attrition_per_year": 0.3, "hire_cost": 3000, "support": {"people_per_lead": 15}}
    assert other_of(outsourced={}, **outsourced) == 0.0


def test_upkeep_of_knowledge_is_charged_by_the_month():
    assert other_of({"upkeep_per_month": 3000}) == pytest.approx(3000 * DAYS / (365.25 / 12))


def with_people(present: int, **keys: Any) -> Scenario:
    return center(None, {"team": team(present, **keys)}, {"days": DAYS})


def test_people_on_the_payroll():
    """24 · 7 = 168 hours a week each seat: 4.2 people of 40 hours; absence and meetings are paid as well."""
    assert people_of(with_people(10)) == {"team": pytest.approx(42)}
    assert people_of(with_people(10, shrinkage={"absent": 0.2})) == {"team": pytest.approx(52.5)}
    assert people_of(with_people(10, outsourced={})) == {}


def test_those_who_go_are_paid_off_and_those_who_come_are_trained():
    money = {"severance": 4000, "hire_cost": 3000, "training_cost": 2500}
    ten, eight = with_people(10, **money), with_people(8, **money)
    assert staff_change_cost(ten, eight) == pytest.approx(2 * 4.2 * 4000)
    assert staff_change_cost(eight, ten) == pytest.approx(2 * 4.2 * 5500)
    assert staff_change_cost(ten, ten) == 0.0


def test_a_group_that_only_one_of_them_has_goes_or_comes_as_a_whole():
    money = {"severance": 4000, "hire_cost": 3000}
    two = center(None, {"team": team(10), "night": team(1, **money)}, {"days": DAYS})
    assert staff_change_cost(two, with_people(10)) == pytest.approx(4.2 * 4000)
    assert staff_change_cost(with_people(10), two) == pytest.approx(4.2 * 3000)
