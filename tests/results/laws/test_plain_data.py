"""Laws: what is gathered survives JSON, and what does not fit is refused."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from results.gathering import gather_plan, gather_simulation
from results.study import Horizon, Span, StudyData
from tests.results.small_study import gathered, gathered_unplanned, plan_of, runs, study


@pytest.mark.parametrize("gather", [gathered, gathered_unplanned])
def test_round_trip(gather: Callable[[], StudyData]) -> None:
    assert StudyData.from_json(gather().to_json()) == gather()


def test_round_trip_of_one_run_and_one_plan() -> None:
    for data in (gather_simulation(runs()[0].result), gather_plan(plan_of(study().baseline, 9))):
        assert StudyData.from_json(data.to_json()) == data


def test_json_has_no_nan() -> None:
    assert "NaN" not in gathered().to_json()


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("title", 3, "a number is no title"),
        ("cases", {}, "a table is no list"),
        ("horizon", {"start": None, "days": "7", "interval_min": 30}, "a text is no number"),
        ("unheard_of", 1, "no such field"),
    ],
)
def test_what_does_not_fit_is_refused(key: str, value: object, reason: str) -> None:
    data = json.loads(gathered().to_json()) | {key: value}
    with pytest.raises(ValueError, match=r"expected .*, found"):
        StudyData.from_json(json.dumps(data))
    assert reason


def test_a_role_must_be_one_of_ours() -> None:
    text = gathered().to_json().replace('"role": "as_is"', '"role": "as_it_was"')
    with pytest.raises(ValueError, match="as_it_was"):
        StudyData.from_json(text)


def test_cases_come_in_the_order_of_the_report() -> None:
    assert [case.role for case in gathered().cases] == [
        "as_is",
        "as_is_planned",
        "design_planned",
        "design_planned",
        "design_same_people",
        "design_same_people",
    ]
    assert [case.role for case in gathered_unplanned().cases] == ["as_is", "design", "design"]


def test_each_case_is_held_against_its_own_reference() -> None:
    planned, today = "as_is_planned:people-only", "as_is:people-only"
    assert [case.reference for case in gathered().cases] == [None, today, planned, planned, today, today]


def test_designs_keep_their_own_people_only_when_planned() -> None:
    same = {run.case.name: run.case.scenario for run in runs() if run.case.role == "design_same_people"}
    assert all(center.agent_group["team"].agents.present == 7 for center in same.values())


def test_weeks_and_years() -> None:
    horizon = Horizon("1999-03-14", 7, 30)
    assert (horizon.per_week, horizon.per_year, horizon.n_per_day) == (1.0, 365.25 / 7, 48)
    assert Span(1.0) == Span(1.0, None, None)
