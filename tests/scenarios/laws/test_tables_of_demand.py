"""Laws of tables: demand and head counts by interval and recorded arrivals, read from CSV files."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scenarios import Scenario, load
from scenarios.profiles import value_per_interval
from scenarios.writing import dump
from tests.scenarios.messages.told import told

DEMAND = '[contact_type.call]\narrivals = { file = "demand.csv", column = "call" }'
STAFF = '[agent_group.team]\nagents = { file = "staffing.csv", column = "team" }'
REPLAY = '[contact_type.call]\narrivals = { replay = "calls.csv", column = "arrived_at" }'
SMALL = "[calendar]\nstart = 2026-11-11\ninterval_min = 720\n"  # a Wednesday; two intervals a day


def loaded(text: str, folder: Path) -> Scenario:
    (folder / "retail.toml").write_text(f'name = "retail"\nextends = "erlang-c"\n{text}\n', encoding="utf-8")
    return load(folder / "retail.toml")


def write(folder: Path, name: str, column: str, values: list[object]) -> None:
    lines = [f"row,{column}", *(f"{i},{value}" for i, value in enumerate(values))]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


# --- Demand and staffing by interval ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n_rows", "expected"),
    [
        (2, {0: (0, 1), 1: (0, 1), 8: (0, 1), -1: (0, 1)}),
        (14, {0: (0, 1), 1: (2, 3), 6: (12, 13), 7: (0, 1), 8: (2, 3), -1: (12, 13)}),
        (18, {0: (0, 1), 1: (2, 3), 8: (16, 17), 9: (4, 5), -1: (12, 13)}),
    ],
    ids=["a day", "a week", "the horizon"],
)
def test_rows_of_a_day_of_a_week_or_of_the_horizon(
    n_rows: int, expected: dict[int, object], tmp_path: Path
) -> None:
    """Of nine days. A week begins with the horizon; days around it take the same weekday of its first or last week."""
    write(tmp_path, "demand.csv", "call", list(range(n_rows)))
    write(tmp_path, "staffing.csv", "team", list(range(n_rows)))
    scenario = loaded(f"{SMALL}days = 9\n{DEMAND}\n{STAFF}", tmp_path)
    for profile in (
        scenario.contact_type["call"].arrivals.per_interval,
        scenario.agent_group["team"].agents.present_per_interval,
    ):
        assert profile is not None
        assert {day: value_per_interval(profile, scenario.calendar, day) for day in expected} == expected


def test_a_loaded_table_needs_the_file_no_more(tmp_path: Path) -> None:
    """Nor do designs that change something else, or the form."""
    write(tmp_path, "demand.csv", "call", [3.5, 4])
    scenario = loaded(SMALL + DEMAND, tmp_path)
    (tmp_path / "demand.csv").unlink()
    (tmp_path / "copy.toml").write_text(dump(scenario), encoding="utf-8")
    assert load(tmp_path / "copy.toml") == scenario
    busier = scenario.changed({"contact_type.call.arrivals.factor": 2}).contact_type["call"].arrivals
    assert (busier.per_interval, busier.factor) == ((3.5, 4), 2)
    assert (
        scenario.changed({"contact_type.call.arrivals": {"per_h": 6}}).contact_type["call"].arrivals.per_h
        == 6
    )


def test_a_design_reads_another_column_of_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "demand.csv").write_text("low;high\n1;10\n2;20\n", encoding="utf-8")
    low = DEMAND.replace('"call" }', '"low" }')
    text = f'name = "base"\nextends = "erlang-c"\n{SMALL}{low}\n'
    (tmp_path / "base.toml").write_text(text, encoding="utf-8")
    (tmp_path / "high.toml").write_text(
        'name = "high"\nextends = "base"\n[contact_type.call.arrivals]\ncolumn = "high"\n', encoding="utf-8"
    )
    assert load(tmp_path / "high.toml").contact_type["call"].arrivals.per_interval == (10, 20)


def test_a_source_of_the_file_is_one_of_its_values(tmp_path: Path) -> None:
    """A design with another file has to say where that one comes from."""
    write(tmp_path, "demand.csv", "call", [1, 2])
    write(tmp_path, "higher.csv", "call", [2, 4])
    said = '[sources]\n"contact_type.call.arrivals.file" = "forecast of May"'
    key = "contact_type.call.arrivals.per_interval"
    scenario = loaded(f"{SMALL}{DEMAND}\n{said}", tmp_path)
    assert scenario.source_of(key).says == "forecast of May"
    said = said.replace(".file", "")
    text = f'name = "base"\nextends = "erlang-c"\n{SMALL}{DEMAND}\n{said}\n'
    (tmp_path / "base.toml").write_text(text, encoding="utf-8")
    (tmp_path / "higher.toml").write_text(
        f'name = "higher"\nextends = "base"\n{DEMAND.replace("demand.csv", "higher.csv")}\n', encoding="utf-8"
    )
    assert load(tmp_path / "base.toml").source_of(key).says == "forecast of May"
    assert load(tmp_path / "higher.toml").source_of(key).says == "assumed"


def at(key: str, of: str = "contact_type.call.arrivals") -> str:
    return f"{of}.{key}: "


DEMAND_FAULTS = [
    ([1, 2, 3], "", at("file") + "demand.csv: got 3 values, expected 2 (720 min intervals of a day)"),
    (
        [1, 2, 3],
        "days = 9\n",
        at("file")
        + "demand.csv: got 3 values, expected 2 (720 min intervals of a day), 14 (a week) or 18 (9 days)",
    ),
    ([1, -2], "", at("column") + 'line 3 of demand.csv holds "-2", expected a number, 0 or more'),
    (
        ["many", ""],
        "",
        at("column")
        + 'line 2 of demand.csv holds "many", and 1 more such (line 3), expected a number, 0 or more',
    ),
]


@pytest.mark.parametrize(("values", "days", "sentence"), DEMAND_FAULTS)
def test_faults_of_demand(values: list[object], days: str, sentence: str, tmp_path: Path) -> None:
    write(tmp_path, "demand.csv", "call", values)
    assert told(f"{SMALL}{days}{DEMAND}", tmp_path) == [sentence]


def test_many_faulty_rows_are_counted(tmp_path: Path) -> None:
    write(tmp_path, "demand.csv", "call", ["?"] * 40)
    lines = "3, 4, 5, 6, 7, 8, 9, 10, 11, …"
    found = f'line 2 of demand.csv holds "?", and 39 more such (lines {lines})'
    assert told(SMALL + DEMAND, tmp_path) == [at("column") + f"{found}, expected a number, 0 or more"]


def test_faults_of_both_tables_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "demands.csv", "call", [1, 2])
    write(tmp_path, "staffing.csv", "teams", [1.5, 2])
    assert told(f"{SMALL}{DEMAND}\n{STAFF}", tmp_path) == [
        at("file") + "got \"demand.csv\", expected a CSV file beside this one; did you mean 'demands.csv'?",
        at("column", "agent_group.team.agents") + "no column 'team' in staffing.csv; did you mean 'teams'?",
    ]


def test_people_come_whole(tmp_path: Path) -> None:
    write(tmp_path, "staffing.csv", "team", [1.5, 2])
    assert told(SMALL + STAFF, tmp_path) == [
        at("column", "agent_group.team.agents")
        + 'line 2 of staffing.csv holds "1.5", expected a whole number, 0 or more'
    ]


@pytest.mark.parametrize(
    ("arrivals", "sentence"),
    [
        (
            '{ file = "demand.csv" }',
            at("column") + "missing, expected the name of a column in the file's first line",
        ),
        (
            '{ per_h = 3, column = "call" }',
            at("column") + "stands without file or replay, expected the file that it stands in",
        ),
        (
            '{ per_h = 3, file = "demand.csv", column = "call" }',
            "contact_type.call.arrivals: has per_h and file, expected one of them",
        ),
        ("{ replay = 3 }", at("replay") + "got 3, expected the name of a CSV file"),
    ],
)
def test_keys_that_do_not_go_together(arrivals: str, sentence: str, tmp_path: Path) -> None:
    write(tmp_path, "demand.csv", "call", [1, 2])
    assert told(f"{SMALL}[contact_type.call]\narrivals = {arrivals}", tmp_path) == [sentence]


# --- Recorded arrivals --------------------------------------------------------------------------------------------

MIDNIGHT = datetime(2026, 11, 11)


@pytest.mark.parametrize(
    "words",
    [
        str,
        lambda at_s: (MIDNIGHT + timedelta(seconds=at_s)).isoformat(),
        lambda at_s: (MIDNIGHT + timedelta(seconds=at_s)).isoformat(" "),
    ],
    ids=["seconds", "ISO", "ISO with a blank"],
)
def test_moments_in_seconds_or_by_the_calendar(words: object, tmp_path: Path) -> None:
    """In order, whatever the file's; those before and after the horizon are kept."""
    moments = [30_600.25, -7200.0, 86_400.0, 30_600.25, 0.0]
    write(tmp_path, "calls.csv", "arrived_at", [words(at_s) for at_s in moments])  # type: ignore[operator]
    scenario = loaded(SMALL + REPLAY, tmp_path)
    assert scenario.contact_type["call"].arrivals.replayed_s == (-7200.0, 0.0, 30_600.25, 30_600.25, 86_400.0)
    (tmp_path / "calls.csv").unlink()
    (tmp_path / "copy.toml").write_text(dump(scenario), encoding="utf-8")
    assert load(tmp_path / "copy.toml") == scenario == scenario.changed({})


NO_MOMENT = "expected dates and times such as 2026-11-09T08:30:00, or seconds"
REPLAY_FAULTS = [
    (
        ["soon", "later"],
        SMALL,
        at("column") + f'line 2 of calls.csv holds "soon", and 1 more such (line 3), {NO_MOMENT}',
    ),
    (
        ["2026-11-11T08:30:00", "half past nine", ""],
        SMALL,
        at("column") + 'line 3 of calls.csv holds "half past nine", and 1 more such (line 4), '
        "expected a date and time, without an offset",
    ),
    (
        ["2026-11-11T08:30:00+01:00", "2026-11-11T08:30:00"],
        SMALL,
        at("column") + 'line 2 of calls.csv holds "2026-11-11T08:30:00+01:00", '
        "expected a date and time, without an offset",
    ),
    (
        ["2026-11-11T08:30:00"],
        "",
        at("replay") + "calls.csv has dates, but the calendar has no start, expected calendar.start",
    ),
    (
        ["2026-11-12T08:30:00", "2026-11-12T09:30:00"],
        SMALL,
        at("replay") + "calls.csv: none of its 2 arrivals lies in the horizon, "
        "expected moments in the 1 day from 2026-11-11",
    ),
]


@pytest.mark.parametrize(("values", "calendar", "sentence"), REPLAY_FAULTS)
def test_faults_of_recorded_arrivals(
    values: list[object], calendar: str, sentence: str, tmp_path: Path
) -> None:
    write(tmp_path, "calls.csv", "arrived_at", values)
    assert told(calendar + REPLAY, tmp_path) == [sentence]


def test_what_was_recorded_is_not_multiplied(tmp_path: Path) -> None:
    write(tmp_path, "calls.csv", "arrived_at", [60])
    more = REPLAY.replace(" }", ", weekday = { sat = 2 }, factor = 1.1, shape = [1] }")
    assert told(SMALL + more, tmp_path) == [
        at("weekday") + "stands with replay, expected the file's arrivals as they are, without it",
        at("factor") + "stands with replay, expected the file's arrivals as they are, without it",
        at("shape") + "stands without per_day, expected per_day, which it divides",
    ]
