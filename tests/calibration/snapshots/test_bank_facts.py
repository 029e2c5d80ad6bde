"""Snapshots: facts that calibration finds in the bank's five months, as the literature and others have found them.

Brown et al. (2005), Journal of the American Statistical Association 100: talk is lognormal but for a spike of hang-ups
of a few seconds; the mean wait of those who left says nothing of patience; arrivals vary more than by chance.
Call-center data of "Anonymous Bank" 1999, collected by Ilan Guedj and Avi Mandelbaum, Technion.
"""

from __future__ import annotations

import pytest

from calibration.composing.center import Center, fit_center
from calibration.composing.scenario import compose
from calibration.people.staffing import read_staffing
from calibration.records.reading import read
from results.calibration_data import CalibrationData
from results.calibration_gathering import gather_calibration
from sim.replicate import Asked, run
from tests.calibration.records import DATA, needs_data

pytestmark = needs_data


@pytest.fixture(scope="module")
def center() -> Center:
    """January to May, calibrated once."""
    contacts = read(DATA.glob("calls_1999_*.csv.xz"), "bank-1999").contacts
    assert contacts is not None
    return fit_center(contacts, read_staffing(DATA / "staffing_30min.csv.gz"))


@pytest.fixture(scope="module")
def data(center: Center) -> CalibrationData:
    return gather_calibration(center, compose(center, "bank-found"))


def test_talk_of_regular_customers_is_lognormal_after_a_spike_of_hang_ups(center: Center) -> None:
    talk = center.service[center.types.names.index("ps")].talk
    assert talk.chosen.name.startswith("lognormal, hang-ups")
    assert talk.figures["hang_up_share"].value == pytest.approx(0.05, abs=0.01)


def test_talk_above_ten_seconds_has_a_cv_near_1_2(data: CalibrationData) -> None:
    together = data.types[-1]
    assert together.talk_cv is not None
    assert together.talk_cv.value == pytest.approx(1.2, abs=0.05)
    assert together.short_share.value == pytest.approx(0.06, abs=0.015)


def test_patience_is_not_the_mean_wait_of_those_who_left(data: CalibrationData) -> None:
    together = data.types[-1]
    assert together.patience_median_s is not None
    assert together.naive_mean_s is not None
    assert together.patience_median_s.value == pytest.approx(350, abs=40)
    assert together.naive_mean_s.value == pytest.approx(76, abs=2)


def test_half_hours_vary_three_times_as_much_as_by_chance(center: Center) -> None:
    assert center.demand.busyness.variance_to_mean.value == pytest.approx(3.0, abs=0.5)


def test_day_factors_have_a_cv_near_0_15(center: Center) -> None:
    assert center.demand.busyness.day_cv.value == pytest.approx(0.15, abs=0.02)


def test_holidays_and_missing_days_are_set_apart(center: Center) -> None:
    """Two days that the record lacks, and the feast of Passover, 1 and 7 April 1999, on which the bank was closed."""
    apart = {one.date.isoformat() for one in center.demand.odd_days}
    assert {"1999-01-11", "1999-01-12", "1999-04-01", "1999-04-07"} <= apart


def test_the_surge_of_23_may_is_an_event(center: Center) -> None:
    assert "1999-05-23" in {one.date.isoformat() for one in center.demand.events}


def test_the_scenario_found_gives_back_the_months_own_figures(center: Center) -> None:
    """Of usual days, within distances that a planner would call the same: the bank is no simulation."""
    contacts = center.contacts
    usual = contacts.of(center.demand.usual[contacts.day] & contacts.offered)
    result = run(compose(center, "bank-found").scenario, Asked(seed=1, replications=100))
    offered, gave_up, wait_s = (
        result.estimate(measure).value for measure in ("offered", "abandonment_rate", "mean_wait_s")
    )
    in_time = result.estimate("service_level").value
    assert offered == pytest.approx(float(center.demand.per_week.sum()), rel=0.03)
    assert gave_up == pytest.approx(float(usual.abandoned.mean()), abs=0.015)
    assert wait_s == pytest.approx(float(usual.waited_s.mean()), rel=0.15)
    assert in_time == pytest.approx(float((usual.answered & (usual.waited_s <= 20.0)).mean()), abs=0.05)
