"""Laws: the interval table has a line an interval and group, with the plan's own figures."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from functools import cache

import pytest

from results.gathering import gather_plan
from results.plan_tables import CSV_COLUMNS, day_text, plan_csv, start_text
from results.study import Horizon
from tests.results.small_study import HeadCountPlan, plan_of, study


@cache
def plan() -> HeadCountPlan:
    return plan_of(study().baseline, 9)


def lines() -> list[dict[str, str]]:
    data = gather_plan(plan())
    return list(csv.DictReader(io.StringIO(plan_csv(data, data.cases[0]))))


def test_a_line_an_interval() -> None:
    assert tuple(lines()[0]) == CSV_COLUMNS
    assert [line["start"] for line in lines()][:2] == ["mon 00:00", "mon 01:00"]
    assert [int(line["required"]) for line in lines()] == plan().requirement["team"].tolist()


def test_service_is_that_of_the_confirming_run() -> None:
    nine = lines()[9]
    expected = plan().confirmed.estimate("service_level", "contact_type", "call", 9)
    assert expected.value is not None
    assert expected.half_width is not None
    assert float(nine["service_level"]) == pytest.approx(expected.value, abs=1e-5)
    assert float(nine["half_width"]) == pytest.approx(expected.half_width, abs=1e-5)


def test_where_nobody_called_the_service_is_empty() -> None:
    assert (lines()[0]["offered"], lines()[0]["service_level"]) == ("0", "")


def test_days_have_dates_where_the_calendar_has_one() -> None:
    dated = Horizon("1999-03-14", 7, 30)
    assert (day_text(dated, 1), start_text(dated, 49)) == ("Mon 15 Mar", "1999-03-15 00:30")
    assert day_text(replace(dated, start=None), 1) == "Tue"
    assert day_text(Horizon(None, 14, 30), 8) == "Tue 2"
