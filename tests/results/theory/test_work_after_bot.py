"""Theory: the work behind the waterfall's steps against closed forms of the infinite-server model."""

from __future__ import annotations

from functools import cache

import pytest

from results.variants import Workloads, variants_of
from sim.measures.result import Result
from sim.replicate import Asked, run
from sim.theory.selective_bot import lognormal_sigma, talk_factor_after_bot
from tests.results.small_study import study

# Within four standard errors: with four comparisons a false alarm in four thousand.
ERRORS = 4.0
T_FACTOR = 2.093  # of the half-widths, 20 replications


@cache
def work() -> dict[str, Result]:
    small = study()
    workloads = Workloads(lambda center: run(center, Asked(seed=9, replications=20), streams=small.streams))
    variants = variants_of(small.designs[1], small.baseline)
    return {key: workloads.of(variant) for key, variant in {"baseline": small.baseline, **variants}.items()}


def assert_near(key: str, measure: str, expected: float) -> None:
    found = work()[key].estimate(measure)
    assert found.value is not None
    assert found.half_width is not None
    assert found.half_width < 0.04 * expected
    assert found.value == pytest.approx(expected, abs=ERRORS * found.half_width / T_FACTOR)


def test_without_selectivity_talk_is_as_before() -> None:
    assert_near("returns", "mean_talk_s", 300.0)


def test_work_of_the_baseline() -> None:
    """900 calls of 300 s; 5 % are not resolved and 80 % of those call again, and again: 1 / (1 − 0.04)."""
    assert_near("baseline", "work_h", 900 * 300 / 3600 / (1 - 0.05 * 0.8))


def test_contacts_that_come_back_after_the_bot() -> None:
    """Of 100 calls 55 are handed over, 8 of 10 wrongly closed and half of the 5 who left come; each may come again."""
    came = 900 * (0.55 + 0.10 * 0.8 + 0.05 * 0.5) / (1 - 0.05 * 0.8)
    assert_near("returns", "offered", came)


def test_talk_of_what_a_selective_bot_leaves() -> None:
    """First talks: of those handed over longer by the closed form, of those wrongly closed shorter, else as before.

    Second talks after a failed one are draws of their own, as long as before.
    """
    factor = talk_factor_after_bot(0.40 / 0.95, 0.5, lognormal_sigma(1.0))
    of_contained = (1.0 - (1 - 0.40 / 0.95) * factor) / (0.40 / 0.95)
    handed, wrong, left = 0.55, 0.10 * 0.8, 0.05 * 0.5
    first = handed + wrong + left
    again = first * 0.04 / (1 - 0.04)
    talk = (handed * factor + wrong * of_contained + left + again) / (first + again)
    assert_near("selective", "mean_talk_s", 300 * talk)
