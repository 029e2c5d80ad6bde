"""Laws: the study of three expectations and one delight, as shipped, and what its table and its report must say."""

from __future__ import annotations

from functools import cache

from results.assumptions import assumption_lines
from results.cases import cases_of, run_cases
from results.compare import comparison_rows
from results.gathering import gather_simulation, gather_study
from results.report import report_html
from results.study import StudyData
from results.tables import comparison_table, simulation_table
from scenarios import load_study
from sim.measures.result import Result
from sim.paired import difference
from sim.replicate import Asked, run

REPLICATIONS = 6
MINUTE, NO_WAIT, THREE, DELIGHTED = range(4)


@cache
def results() -> tuple[Result, ...]:
    study = load_study("expectation")
    asked = Asked(seed=2, replications=REPLICATIONS)
    return tuple(run(scenario, asked, streams=study.streams) for scenario in study.scenarios)


@cache
def gathered() -> StudyData:
    study = load_study("expectation")
    known = {result.scenario.name: result for result in results()}
    return gather_study(study, run_cases(cases_of(study), lambda scenario: known[scenario.name]))


def test_expectations_change_nothing_but_what_is_felt() -> None:
    """Every figure of what happened is the same to the last digit."""
    felt = {"satisfaction", "churn_risk"}
    for row in comparison_rows(results()[MINUTE], [results()[NO_WAIT], results()[THREE]]):
        if row["measure"] not in felt | {"deflection_rate"}:
            assert row["difference"] in (0.0, None), row


def test_higher_expectations_leave_less_satisfied() -> None:
    """No wait expected, a minute, three: each step by far more than chance; churn goes the other way."""
    minute, no_wait, three, _ = results()
    for more, less in ((minute, no_wait), (three, minute)):
        satisfied = difference(more, less, "satisfaction")
        leave = difference(more, less, "churn_risk")
        assert satisfied.value > 10 * satisfied.half_width > 0
        assert leave.value < -5 * leave.half_width < 0


def test_delight_satisfies_and_makes_everybody_wait() -> None:
    """One conversation of five is 30 s longer: 6 s a conversation; four half-widths beside it."""
    minute, delighted = results()[MINUTE], results()[DELIGHTED]
    talk = difference(delighted, minute, "mean_talk_s")
    assert abs(talk.value - 6.0) < 4 * max(talk.half_width, 0.1)
    for measure in ("mean_wait_s", "effort", "satisfaction"):
        change = difference(delighted, minute, measure)
        assert change.value > change.half_width, measure


def test_every_coefficient_is_shown() -> None:
    """On the screen and on the page, of a comparison and of a single run."""
    single = gather_simulation(results()[DELIGHTED])
    texts = (comparison_table(gathered()), simulation_table(results()[DELIGHTED]), report_html(single))
    for text in texts:
        flat = " ".join(text.split())
        for key in (
            "per_wait_min",
            "below_expectation",
            "stated_to_real",
            "expectation.wait_cv",
            "delight.lift",
        ):
            assert key in flat
    page = report_html(gathered())
    assert 'id="assumes"' in page
    assert page.count("contact_type.order.expectation.wait_s") >= 1


def test_what_is_shared_is_said_once() -> None:
    lines = list(assumption_lines(gathered().assumptions))
    assert sum("effort.per_wait_min 0.3" in line for line in lines) == 1
    own = [line.partition(": ")[0] for line in lines[2:]]
    assert own == [scenario.label for scenario in load_study("expectation").scenarios]
