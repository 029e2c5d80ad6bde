"""Certainty has a price that never falls, and what is done on the day never raises it; promises hold on fresh days."""

from __future__ import annotations

import pytest

from optimizer.options import PlanOptions
from optimizer.uncertain.certainty import Certainty, price_of_certainty
from optimizer.uncertain.on_the_day import DayPlan, plan_on_the_day
from optimizer.uncertain.people import nothing_done
from results.certainty import certainty_json, certainty_table
from results.on_the_day import on_the_day_json, on_the_day_table
from results.plan_figures import certainty_svg
from scenarios import Scenario
from sim.measures.result import Result
from sim.replicate import Asked, run
from tests.optimizer.uncertain_worlds import small_center

OPTIONS = PlanOptions(gap=0.0, search_replications=100, replications=200, most_rounds=5)
SHARES = (0.9, 0.5, 0.75)


@pytest.fixture(scope="module")
def curve() -> tuple[Certainty, ...]:
    return price_of_certainty(small_center(), SHARES, OPTIONS)


@pytest.fixture(scope="module")
def day_plan() -> DayPlan:
    return plan_on_the_day(small_center(target_probability=0.8), OPTIONS)


def test_more_certainty_never_costs_less(curve: tuple[Certainty, ...]) -> None:
    assert [one.promised for one in curve] == [0.5, 0.75, 0.9]
    for plans in ([one.without for one in curve], [one.with_actions for one in curve]):
        costs = [plan.cost for plan in plans if plan is not None]
        assert costs == sorted(costs)
        assert len(costs) == 3


def test_two_stages_never_cost_more_than_one(curve: tuple[Certainty, ...]) -> None:
    for one in curve:
        assert one.with_actions is not None
        assert one.with_actions.cost <= one.without.cost
        assert one.with_actions.lower_bound <= one.with_actions.cost + 1e-6


def test_what_is_promised_holds_on_fresh_days(curve: tuple[Certainty, ...], day_plan: DayPlan) -> None:
    """Within the interval of the fresh days, widened to a false alarm in 10,000."""
    found = [(one.promised, plan) for one in curve for plan in (one.without, one.with_actions) if plan]
    shares = [(promised, plan.on_fresh_days) for promised, plan in found]
    for promised, share in [*shares, (day_plan.promised, day_plan.on_fresh_days)]:
        assert share.value is not None
        assert share.half_width is not None
        assert share.value >= promised - 2.0 * share.half_width


def test_expected_cost_is_that_of_fresh_days(day_plan: DayPlan) -> None:
    """Two half-widths are 3.9 standard errors: one false alarm in 10,000."""
    fresh = day_plan.fresh_cost
    assert fresh.value is not None
    assert fresh.value == pytest.approx(day_plan.plan.cost, abs=2.0 * (fresh.half_width or 0.0) + 1e-9)
    assert day_plan.plan.holds
    assert day_plan.plan.cost <= day_plan.without.cost


def test_busier_days_have_more_people(day_plan: DayPlan) -> None:
    present = day_plan.actions["team"].present.sum(axis=(1, 2))
    assert (present[1:] >= present[:-1]).all()
    assert (day_plan.actions["team"].cost[1:] >= day_plan.actions["team"].cost[:-1] - 1e-9).all()


def test_tables_and_data_tell_the_same(curve: tuple[Certainty, ...], day_plan: DayPlan) -> None:
    center = small_center()
    data = certainty_json(center, curve, seed=1, replications=200)
    assert [one["promised"] for one in data["certainty"]] == [0.5, 0.75, 0.9]
    table = certainty_table(center, curve)
    assert f"{curve[0].without.cost:,.0f}" in table
    assert [line.split()[0] for line in table.splitlines()[4:7]] == ["50", "75", "90"]
    assert "shifts stay as they are" in certainty_svg(center, curve)
    told = on_the_day_table(day_plan)
    assert "promised on 80 % of days" in told
    assert on_the_day_json(day_plan)["cost"] == day_plan.plan.cost


def test_without_what_may_be_done_the_curve_has_one_line() -> None:
    center = small_center()
    plan = center.plan.model_copy(update={"on_the_day": None})
    (only,) = price_of_certainty(center.model_copy(update={"plan": plan}), [0.5], OPTIONS)
    assert only.with_actions is None
    assert "on the day" not in certainty_table(center, [only])


def test_nothing_done_leaves_shifts_as_they_are(day_plan: DayPlan) -> None:
    people = day_plan.without.people["team"].reshape(1, -1)
    nothing = nothing_done(people, 3)
    assert nothing.expected_cost == 0.0
    assert (nothing.present == people.astype(int)).all()


def test_an_interrupt_leaves_the_best_so_far() -> None:
    """Ctrl-C before any round of days is simulated: the plan without changes, marked."""

    def interrupt(text: str) -> None:
        if text.startswith("round 1: simulating days"):
            raise KeyboardInterrupt

    found = plan_on_the_day(small_center(target_probability=0.9), OPTIONS, note=interrupt)
    assert found.plan.is_cut_short
    assert found.plan.cost == found.without.cost
    assert not found.without.is_cut_short
    assert found.plan.confirmed.replications == 200


def test_an_interrupt_leaves_the_shares_that_are_done() -> None:
    """Ctrl-C in the second share's search: the first whole, the second as good as it was, the third not begun."""
    said: list[str] = []

    def interrupted(scenario: Scenario, asked: Asked) -> Result:
        if any(text.startswith("75 % of days: round 2") for text in said):
            said.clear()
            raise KeyboardInterrupt
        return run(scenario, asked)

    found = price_of_certainty(
        small_center(on_the_day=None), SHARES, OPTIONS, simulate=interrupted, note=said.append
    )
    assert [(one.promised, one.is_cut_short) for one in found] == [(0.5, False), (0.75, True)]


def test_an_interrupt_before_any_share_is_planned_is_one() -> None:
    def interrupted(_scenario: Scenario, _asked: Asked) -> Result:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        price_of_certainty(small_center(), SHARES, OPTIONS, simulate=interrupted)
