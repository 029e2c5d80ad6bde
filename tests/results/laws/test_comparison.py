"""Laws: rows of a comparison are the paired differences, and a design against itself differs in nothing."""

from __future__ import annotations

import pytest

from results.compare import comparison_rows
from sim.measures.result import Result
from sim.paired import deflection_rate, difference
from sim.replicate import Asked, run
from tests.results.small_study import runs
from tests.sim.twins.test_totals import busy


def result_of(role: str) -> Result:
    """The first run in a role."""
    return next(run.result for run in runs() if run.case.role == role)


def baseline() -> Result:
    return result_of("as_is")


def design() -> Result:
    return result_of("design_planned")


def test_a_design_against_itself() -> None:
    for row in comparison_rows(baseline(), [baseline()]):
        if row["measure"] != "deflection_rate":
            assert row["difference"] in (0.0, None)
            assert row["difference_half_width"] in (0.0, None)


def test_rows_are_paired_differences() -> None:
    rows = {
        (row["measure"], row["scope"], row["name"]): row for row in comparison_rows(baseline(), [design()])
    }
    expected = difference(design(), baseline(), "abandonment_rate", "contact_type", "call")
    row = rows["abandonment_rate", "contact_type", "call"]
    assert (row["difference"], row["difference_half_width"]) == (expected.value, expected.half_width)
    assert row["value"] == design().estimate("abandonment_rate", "contact_type", "call").value
    assert (row["design"], row["baseline"]) == ("bot", "people-only")


def test_deflection_is_a_value_of_its_own() -> None:
    rows = comparison_rows(baseline(), [design()])
    (row,) = [row for row in rows if row["measure"] == "deflection_rate" and row["scope"] == "total"]
    assert row["value"] == deflection_rate(design(), baseline()).value
    assert row["difference"] is None


def test_what_the_baseline_does_not_have_has_no_difference() -> None:
    rows = [row for row in comparison_rows(baseline(), [design()]) if row["scope"] == "bot"]
    assert rows
    assert all(row["difference"] is None for row in rows)


def test_deflection_is_told_of_types_and_channels() -> None:
    """A bot that closes more spares people's time of the calls alone; experts have needs of their own."""
    closes_more = {"solved": 60, "wrongly_closed": 5, "handed_over": 30, "left": 5}
    changes = {"name": "more", "bot.menu.contact_type.call.of_100": closes_more}
    less, more = (run(one, Asked(seed=5, replications=2)) for one in (busy(), busy().changed(changes)))
    rows = {
        (row["scope"], row["name"]): row["value"]
        for row in comparison_rows(less, [more])
        if row["measure"] == "deflection_rate"
    }
    types = {("contact_type", "call"), ("contact_type", "expert")}
    assert set(rows) == {("total", ""), ("channel", "voice"), *types}
    assert rows["channel", "voice"] == rows["total", ""]
    assert rows["contact_type", "call"] > rows["total", ""] > 0.1
    assert rows["contact_type", "expert"] == pytest.approx(0.0, abs=1e-12)
