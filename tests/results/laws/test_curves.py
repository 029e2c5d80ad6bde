"""Laws: service by interval and by the time of day are ratios of the sums that the run kept."""

from __future__ import annotations

from functools import cache

import pytest

from results.curves import day_curve, service_by_interval
from sim.measures.result import Result
from sim.replicate import Asked, run
from tests.results.small_study import two_types


@cache
def two_days() -> Result:
    """Two contact types over two days."""
    center = two_types().changed({"calendar.days": 2})
    return run(center, Asked(2, 3, by_interval=True))


@pytest.mark.parametrize("types", [["sales"], ["help"], ["sales", "help"]])
def test_service_of_the_types_of_a_group(types: list[str]) -> None:
    offered, levels = service_by_interval(two_days(), types)
    series = [two_days().series("service_level", "contact_type", name, 33) for name in types]
    within = sum(float(one.numerator.sum()) for one in series)
    of = sum(float(one.denominator.sum()) for one in series if one.denominator is not None)
    assert levels[33].value == pytest.approx(within / of)
    assert offered[33] == pytest.approx(of / 3)


def test_a_days_curve_takes_all_days_together() -> None:
    curve = day_curve(two_days())
    assert curve is not None
    i = curve.starts_min.index(9 * 60)
    series = [two_days().series("service_level", interval=hour) for hour in (9, 24 + 9)]
    within = sum(float(one.numerator.sum()) for one in series)
    of = sum(float(one.denominator.sum()) for one in series if one.denominator is not None)
    assert curve.service_level[i].value == pytest.approx(within / of)
    assert curve.offered[i] == pytest.approx(of / 3 / 2)


def test_closed_hours_are_left_out() -> None:
    curve = day_curve(two_days())
    assert curve is not None
    assert min(curve.starts_min) == 8 * 60
    assert max(curve.starts_min) < 19 * 60


def test_a_run_without_intervals_has_no_curve() -> None:
    assert day_curve(run(two_types(), Asked(2, 2))) is None
