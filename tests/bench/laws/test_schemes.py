"""The comparison of schemes of draws: its arithmetic on known numbers, and its place on the page."""

from __future__ import annotations

import json
from dataclasses import asdict

import numpy as np
import pytest

from bench import pictures, schemes
from bench.page import page
from bench.progress import silent
from bench.schemes import MEASURES, Runs, SchemeRow, holds, intervals_of_runs, ratio_interval, variance_ratio
from bench.store import Section, Store
from bench.systems import n_design
from sim.measures.estimates import Estimate
from sim.measures.result import Series


def test_the_ratio_of_known_variances():
    """Normal numbers with three times the spread: a ratio of 9, inside its 95 % interval for this draw."""
    rng = np.random.default_rng(5)
    plain, ours = rng.normal(0.0, 0.03, 2000), rng.normal(0.0, 0.01, 1000)
    low, high = ratio_interval(plain, ours)
    assert low < 9.0 < high
    assert low < variance_ratio(plain, ours) < high


def test_the_interval_of_a_ratio_is_as_wide_as_the_f_distribution_says():
    """Of normal numbers: ln F of (n, m) has a standard error of √(2/n + 2/m), here 0.055."""
    rng = np.random.default_rng(6)
    low, high = ratio_interval(rng.normal(size=2000), rng.normal(size=1000))
    assert np.log(high / low) / (2 * 1.96) == pytest.approx(0.055, rel=0.15)


def test_runs_are_cut_one_after_the_other():
    found = list(intervals_of_runs(Series(np.array([1.0, 3.0, 5.0, 7.0, 100.0]), np.full(5, 2.0)), 2))
    assert [one.value for one in found] == [1.0, 3.0]


def test_an_interval_holds_its_ends_and_nothing_beyond():
    found = Estimate(1.0, 0.25)
    assert [holds(found, truth) for truth in (0.74, 0.75, 1.25, 1.26)] == [False, True, True, False]
    assert not holds(Estimate(None, None), 1.0)


def test_the_interval_of_a_coverage():
    """Wilson's interval of 190 out of 200, as in Brown, Cai and DasGupta 2001, eq. 4: 91.0 to 97.3 %."""
    assert Runs(20, 200, 190, 0.1).coverage == pytest.approx((0.95, 0.9104, 0.9726), abs=1e-4)


def test_variances_are_per_replication():
    """Days that are all alike: stratified replications are independent ones, and so is the variance of one.

    Of 400 and 40 observations: by the F distribution one ratio in 10,000 lies outside 0.44 to 2.96.
    """
    rows = list(schemes.compare(n_design().scenario(days=1), "N", "compiled", silent, 400, None))
    assert [(row.measure, row.scheme) for row in rows] == [(m, s) for m in MEASURES for s in schemes.SEEDS]
    for row in rows:
        assert [(run.replications, run.n) for run in row.runs] == [(20, 20), (100, 4)]
        if row.scheme == "stratified":
            assert 0.44 < row.ratio < 2.96
    told = json.loads(json.dumps([asdict(row) for row in rows]))
    assert [SchemeRow.of(row) for row in told] == rows


def test_page_and_picture(tmp_path):
    runs = (Runs(20, 200, 190, 0.0338), Runs(100, 40, 38, 0.0145))
    rows = [
        SchemeRow("a week", "service_level", "independent", 4000, 0.4763, 1.0, 1.0, 1.0, runs),
        SchemeRow("a week", "service_level", "antithetic", 4000, 0.4770, 5.2, 4.82, 5.63, runs),
        SchemeRow("a week", "service_level", "stratified", 4000, 0.4769, 1.1, 0.95, 1.28, runs),
    ]
    pictures.save_schemes(rows, tmp_path)
    table = (tmp_path / f"{pictures.SCHEMES_PICTURE}.csv").read_text(encoding="utf-8").splitlines()
    assert table[2] == "a week,service_level,antithetic,4000,0.477,5.2,4.82,5.63,200,190,0.0338,40,38,0.0145"
    assert (tmp_path / f"{pictures.SCHEMES_PICTURE}.svg").read_text(encoding="utf-8").startswith("<?xml")
    data = {"engine": "compiled", "rows": [asdict(row) for row in rows]}
    text = page(Store({}, {"schemes": Section("2026-01-01", "python -m bench", 0.0, data)}))
    assert (
        "| a week | service level | antithetic | 47.70 | 5.20 | 4.82 to 5.63 | 3.38 | 95.0 (91.0 to 97.3) of 200 |"
        in text
    )
    assert "Not shown to help: a week, service level, stratified." in text
