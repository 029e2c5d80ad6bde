"""Laws: what is not proven is told as none; a day is told by the day; nobody goes without a word."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from results.gathering import gather_plan
from results.plan_figures import plot_staffing
from results.plan_json import plan_json
from results.plan_tables import plans_side_by_side, staffing_tables
from results.sections import sections_of
from results.shift_tables import WEEKDAYS, weeks_csv, weeks_table
from results.study import StudyData
from results.tables import plan_table
from results.tabling import text_of
from tests.results.small_study import HeadCountPlan, plan_of, scenario, study

WEEKS: tuple[dict[str, Any], ...] = (
    {"group": "team", "people": 2, "shifts": {"mon": "08:00-16:00", "tue": "10:00-18:00"}},
    {"group": "team", "people": 1, "shifts": {"sun": "22:00-06:00"}},
)


@cache
def nine() -> HeadCountPlan:
    return plan_of(study().baseline, 9)


def told(plan: HeadCountPlan) -> dict[str, str]:
    """The plan's own table: label → text."""
    data = gather_plan(plan)
    return {row.label: row.cells[0].text for row in plans_side_by_side(data, data.cases).rows}


def test_no_bound_is_told_as_none() -> None:
    unproven = replace(nine(), lower_bound=0.0, gap=1.0)
    assert (told(unproven)["… lower bound, EUR a day"], told(unproven)["Gap, %"]) == ("none", "none")
    found = plan_json(unproven)["plan"]
    assert found["lower_bound"] is None
    assert found["gap"] is None
    data = gather_plan(unproven)
    assert StudyData.from_json(data.to_json()) == data


def test_people_who_cost_nothing_are_proven() -> None:
    free = replace(nine(), cost=0.0, lower_bound=0.0, gap=0.0)
    assert told(free)["Gap, %"] == "0.00"


def test_one_day_is_told_by_the_day() -> None:
    plan = nine()
    assert told(plan)["Cost of people, EUR a day"] == f"{plan.cost:,.0f}"
    assert told(plan)["Shifts a day"] == str(sum(row["people"] for row in plan.shifts))
    assert "a week" not in plan_table(plan)


def test_heads_by_the_interval_are_no_shifts() -> None:
    assert not [label for label in told(replace(nine(), shifts=())) if label.startswith("Shifts")]


def test_weeks_of_people_lose_nobody() -> None:
    case = gather_plan(replace(nine(), weeks=WEEKS)).cases[0]
    grid = weeks_table(case)
    assert grid.columns == WEEKDAYS
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [
        ["08:00-16:00", "10:00-18:00", "", "", "", "", ""],
        ["", "", "", "", "", "", "22:00-06:00"],
    ]
    lines = list(csv.DictReader(io.StringIO(weeks_csv(case))))
    assert [(line["group"], line["people"], line["sun"]) for line in lines] == [
        ("team", "2", ""),
        ("team", "1", "22:00-06:00"),
    ]


def test_a_long_list_of_weeks_says_how_many_it_leaves_out() -> None:
    case = gather_plan(replace(nine(), weeks=WEEKS * 10)).cases[0]
    grid = weeks_table(case)
    shown = sum(int(row.label) for row in grid.rows)
    assert f"{30 - shown} more people" in grid.notes[-1]
    assert max(len(line) for line in text_of(grid).splitlines()) <= 98


def joint(n_helpers: int) -> HeadCountPlan:
    """Calls with a promise, help with none; each with people of its own, planned together."""
    call = scenario("one").as_dict()["contact_type"]["call"]
    help_ = {key: value for key, value in call.items() if key != "service_target"} | {"label": "Help"}
    team = {"skills": ["call"], "agents": {"present": 9}, "cost_per_h": 20}
    helpers = {"skills": ["help"], "agents": {"present": n_helpers}, "cost_per_h": 20}
    center = scenario(
        "joint",
        contact_type={"call": call, "help": help_},
        agent_group={"team": team, "helpers": helpers},
        sources={},
    )
    plan = plan_of(center, 9)
    people = {"team": plan.people["team"], "helpers": plan.people["team"] * n_helpers / 9}
    needed = {name: there.astype(np.int64) for name, there in people.items()}
    return replace(plan, method="together", people=people, requirement=needed)


@pytest.mark.parametrize(("n_helpers", "words"), [(0, "nobody is planned who takes them"), (3, "answer")])
def test_a_type_that_was_promised_nothing_is_spoken_of(n_helpers: int, words: str) -> None:
    plan = joint(n_helpers)
    (note,) = plan_json(plan)["plan"]["notes"]
    assert note.startswith("Help: no service_target asks for people")
    assert words in note
    assert note in " ".join(plan_table(plan).split())
    json.dumps(plan_json(plan)["plan"], allow_nan=False)


def test_planned_in_turn_its_work_is_in_the_load() -> None:
    assert plan_json(replace(joint(3), method="in_turn"))["plan"]["notes"] == []


def test_the_page_of_a_plan_begins_with_the_plan() -> None:
    titles = [section.title for section in sections_of(gather_plan(nine()), {})]
    assert titles[:2] == ["The plan", "What customers get"]


def test_a_single_day_has_its_hours_below_the_picture() -> None:
    data = gather_plan(nine())
    plan = data.cases[0].plan
    assert plan is not None
    ticks = [text.get_text() for text in plot_staffing(plan.groups[0], data.horizon).get_xticklabels()]
    assert ticks[:3] == ["0:00", "3:00", "6:00"]
    week = replace(data.horizon, days=7)
    of_week = replace(
        plan.groups[0], people=plan.groups[0].people * 7, requirement=plan.groups[0].requirement * 7
    )
    assert [text.get_text() for text in plot_staffing(of_week, week).get_xticklabels()] == list(WEEKDAYS)


def test_a_single_day_is_one_table_with_a_column_a_group() -> None:
    data = gather_plan(joint(3))
    plan = data.cases[0].plan
    assert plan is not None
    (grid,) = staffing_tables(data, plan)
    assert grid.columns == tuple(group.label for group in plan.groups)
    assert [cell.text for cell in grid.rows[0].cells] == ["9.0 / 9", "3.0 / 3"]
