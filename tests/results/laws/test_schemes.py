"""Laws: what reports make of a run in pairs or blocks is made of independent observations, and says so."""

from __future__ import annotations

import json

import numpy as np
import pytest

from results.curves import by_clock, day_curve
from results.gathering import gather_simulation
from results.source_tables import cases_table
from results.study import StudyData
from results.texts.page import frame_text
from sim.chance.sample import GROUP_SIZE, Scheme
from sim.measures.estimates import estimate
from sim.measures.result import Result
from sim.records.totals import AttemptSum
from sim.replicate import Asked, run
from tests.results.small_study import scenario


def ran(scheme: Scheme) -> Result:
    """Two days, so that there is something to add up by the clock."""
    return run(scenario("small").changed({"calendar.days": 2}), Asked(1, 20, by_interval=True, scheme=scheme))


@pytest.mark.parametrize("scheme", ["independent", "antithetic", "stratified"])
def test_the_curve_through_the_day_is_made_of_observations(scheme: Scheme) -> None:
    """Each of its intervals from the mean sums of a pair or a block, both days together."""
    result = ran(scheme)
    found = day_curve(result)
    assert found is not None
    sums = np.array([one.attempts[0].reshape(2, 24, -1).sum(axis=0) for one in result.totals])
    groups = sums.reshape(-1, GROUP_SIZE[scheme], 24, len(AttemptSum)).mean(axis=1)
    for start, level in zip(found.starts_min, found.service_level, strict=True):
        hour = groups[:, start // 60]
        expected = estimate(hour[:, AttemptSum.ANSWERED_WITHIN_AWT], hour[:, AttemptSum.OFFERED])
        assert level.value == pytest.approx(expected.value, rel=1e-12)
        assert level.half_width == pytest.approx(expected.half_width, rel=1e-9)
    assert len(by_clock(result, "service_level")[0]) == result.observations


def test_a_report_knows_its_scheme() -> None:
    data = gather_simulation(ran("antithetic"))
    assert data.cases[0].scheme == "antithetic"
    assert StudyData.from_json(data.to_json()) == data
    assert cases_table(data).rows[0].cells[3].text == "20 in 10 antithetic pairs"


def test_a_report_from_before_there_were_schemes_is_still_read() -> None:
    told = json.loads(gather_simulation(ran("independent")).to_json())
    del told["cases"][0]["scheme"]
    data = StudyData.from_json(json.dumps(told))
    assert data.cases[0].scheme == "independent"
    assert cases_table(data).rows[0].cells[3].text == "20"


@pytest.mark.parametrize(
    ("replications", "scheme", "words"),
    [
        (
            1,
            "independent",
            "Seed 1, 1 replication of 7 days. ± is the half-width of a 95 % interval over repl",
        ),
        (2, "antithetic", "Seed 1, 2 replications of 7 days in 1 antithetic pair. ± is"),
        (20, "antithetic", "Seed 1, 20 replications of 7 days in 10 antithetic pairs. ± is"),
        (10, "stratified", "Seed 1, 10 replications of 7 days in 1 stratified block. ± is"),
        (40, "stratified", "Seed 1, 40 replications of 7 days in 4 stratified blocks. ± is"),
    ],
)
def test_tables_say_what_is_independent(replications: int, scheme: Scheme, words: str) -> None:
    assert frame_text(1, replications, 7, scheme).startswith(words)
