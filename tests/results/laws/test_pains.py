"""Laws: the hours that hurt are the parts of what is told in total, the worst first; mending the worst mends it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from results.gathering import gather_simulation
from results.pains import pains_of
from results.report import report_html
from results.study import Pain
from results.tables import WIDTH, simulation_table
from scenarios import load
from sim.measures.result import Result
from sim.replicate import Asked, run
from tests.results.small_study import study

N_PER_HOUR, N_PER_DAY, N_DAYS = 2, 48, 7


@cache
def result(name: str) -> Result:
    return run(load(name), Asked(seed=3, replications=6, by_interval=True))


def pain_at(name: str, label: str, hour: int) -> Pain:
    return next(p for p in pains_of(result(name)) if p.label == label and p.from_min == 60 * hour)


def test_pains_are_the_sums_of_their_intervals() -> None:
    """Refunds from ten to eleven: two half hours of each of seven days, added up one by one."""
    found, run_of = pain_at("pains", "Refund", 10), result("pains")
    intervals = [day * N_PER_DAY + 10 * N_PER_HOUR + half for day in range(N_DAYS) for half in (0, 1)]

    def added(measure: str) -> float:
        return sum(run_of.series(measure, "contact_type", "refund", i).numerator.mean() for i in intervals)

    needs = added("needs")
    assert found.lost.value == pytest.approx(added("churn_risk"))
    assert found.effort.value == pytest.approx(added("effort") / needs)
    assert found.satisfaction.value == pytest.approx(added("satisfaction") / needs)
    assert found.unmet.value == pytest.approx(needs - added("needs_met"))


def test_nobody_is_lost_elsewhere() -> None:
    found = pains_of(result("pains"))
    all_lost = result("pains").series("churn_risk").numerator.mean()
    assert sum(p.lost.value for p in found) == pytest.approx(all_lost)
    lost = [p.lost.value for p in found]
    assert lost == sorted(lost, reverse=True)


def test_find_mend_and_find_again() -> None:
    """Parcels at noon hurt most, until lunch is taken in turns; then a bot that asks mends what was left of refunds."""
    worst = pains_of(result("pains"))[0]
    assert (worst.label, worst.from_min) == ("Where is my parcel?", 12 * 60)
    mended = pain_at("pains-lunch-mended", "Where is my parcel?", 12)
    assert worst.lost.value - worst.lost.half_width > 1.5 * (mended.lost.value + mended.lost.half_width)
    for hour in range(8, 18):
        before = pain_at("pains-lunch-mended", "Refund", hour)
        after = pain_at("pains-bot-mended", "Refund", hour)
        assert after.lost.value < before.lost.value
        assert after.satisfaction.value > before.satisfaction.value


def test_pains_are_told_where_they_are_known() -> None:
    """With the experience model and by interval; the table fits the screen."""
    table, page = simulation_table(result("pains")), report_html(gather_simulation(result("pains")))
    assert "Where it hurts" in table
    assert 'id="pains"' in page
    lines = table.partition("Where it hurts")[2].splitlines()
    assert max(map(len, lines)) <= WIDTH
    without_intervals = replace(result("pains"), by_interval=False)
    assert pains_of(without_intervals) == ()
    plain = run(study().baseline, Asked(1, 2, by_interval=True))
    assert pains_of(plain) == ()
    assert "Where it hurts" not in simulation_table(plain)
