"""Theory: a day that another simulator has published, within four standard errors of the difference.

Twelve figures: by the normal law two right simulators are further apart somewhere once in 1,300 such tables.
"""

from __future__ import annotations

import pytest

from scenarios import load
from tests.sim.theory.nearness import ALLOWED_ERRORS
from tests.sim.theory.published_day import comparisons, told


@pytest.fixture(scope="module")
def found():
    return comparisons()


def test_every_published_figure_is_reproduced(found):
    assert len(found) == 12
    for one in found:
        assert abs(one.errors) < ALLOWED_ERRORS, one


def test_standard_errors_are_no_larger_than_the_published_ones(found):
    for one in found:
        assert one.standard_error < one.published.standard_error, one


def test_the_rule_for_those_who_overstay_shows():
    """Where others begin while the last period's people finish, a quarter more is answered in time after 12:00."""
    found = comparisons(load("simple-msk").changed({"calendar.on_time_up": "person"}))
    assert max(abs(one.errors) for one in found if one.figure.endswith("period 3")) > ALLOWED_ERRORS


def test_the_table_has_a_row_for_every_figure(found):
    text = "\n".join(told(found))
    assert "| answered, | " not in text
    assert all(f"| {one.figure} | " in text for one in found)
