"""Laws: the decision's figures are those of the cases, and its price is their ratio."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from results.cases import Case, CaseRun
from results.decision import decision_of, plans_slack
from results.study import StudyData
from results.texts.decision import beside_lines
from sim.measures.estimates import NOTHING, Estimate
from sim.replicate import Asked, run
from tests.results.small_study import gathered, gathered_unplanned, runs
from tests.sim.worlds import center, constant, team


@pytest.mark.parametrize("gather", [gathered, gathered_unplanned])
def test_figures_are_the_paired_differences(gather: Callable[[], StudyData]) -> None:
    data = gather()
    for decision in data.decisions:
        differences = data.case(decision.case).differences or {}
        cost, unmet = differences["cost_total"], differences["unmet_needs"]
        assert cost.value is not None
        assert cost.half_width is not None
        assert unmet.value is not None
        assert decision.saving.value == pytest.approx(-cost.value * data.horizon.per_year)
        assert decision.saving.half_width == pytest.approx(cost.half_width * data.horizon.per_year)
        assert decision.more_unmet.value == pytest.approx(unmet.value * data.horizon.per_year)


@pytest.mark.parametrize("gather", [gathered, gathered_unplanned])
def test_price_is_saving_by_unmet_needs(gather: Callable[[], StudyData]) -> None:
    data = gather()
    priced = [decision for decision in data.decisions if decision.price is not None]
    assert priced
    for decision in priced:
        assert decision.price is not None
        assert decision.saving.value is not None
        assert decision.more_unmet.value is not None
        assert decision.price.value == pytest.approx(decision.saving.value / decision.more_unmet.value)


def test_gaps_widen_the_saving() -> None:
    """Half a percent of the reference's cost below, of the design's above."""
    reference, design = (
        next(run.case.plan for run in runs() if run.case.role == role and run.case.plan is not None)
        for role in ("as_is_planned", "design_planned")
    )
    below, above = plans_slack(design, reference)
    assert below == pytest.approx(0.005 * reference.cost)
    assert above == pytest.approx(0.005 * design.cost)
    decision = gathered().decisions[0]
    assert decision.saving.value is not None
    assert decision.saving.half_width is not None
    assert decision.saving_span.low == pytest.approx(
        decision.saving.value - decision.saving.half_width - below * gathered().horizon.per_year
    )


def test_one_off_price_stands_beside() -> None:
    assert [decision.one_off for decision in gathered().decisions] == [5000.0, 5000.0, 0.0]


# --- Work that is late --------------------------------------------------------------------------------------------


def with_writers(n: int, **due: float) -> CaseRun:
    """Two emails of 600 s at nine: two people do both by 9:10, one does the second by 9:20."""
    email = {"channel": "email", "arrivals": {"replay": [32400, 32400]}, "talk_s": constant(600), **due}
    of_n = center({"email": email}, {"team": team(n, ["email"])})
    return CaseRun(Case("design", f"{n}", of_n), run(of_n, Asked(replications=2)))


def test_work_that_is_late_speaks_against_a_design() -> None:
    """Due within a quarter of an hour, both are in time with two people, and half of them with one."""
    one, two = (with_writers(n, due_h=0.25) for n in (1, 2))
    late, back = decision_of(one, two), decision_of(two, one)
    assert (late.in_time, back.in_time) == (Estimate(-0.5, 0.0), Estimate(0.5, 0.0))
    assert "Against it" in " ".join(beside_lines(late, "EUR"))
    assert "Against it" not in " ".join(beside_lines(back, "EUR"))


def test_work_that_is_never_due_is_never_late() -> None:
    assert decision_of(with_writers(1), with_writers(2)).in_time == NOTHING
