"""`ccplan forecast`: what it writes can be simulated, what it says is complete, and faults are told in sentences."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from ccplan import cli
from ccplan.exits import EXIT_DONE, EXIT_FAULTY, EXIT_UNREACHABLE
from scenarios import load
from tests.calibration.records import row, write_calls

FIRST = date(1999, 1, 3)  # a Sunday


def write_weeks(folder: Path, n_days: int) -> str:
    """A record with 40 to 80 calls a day from 9 to 12, Sunday to Thursday, of two types."""
    rng, rows = np.random.default_rng(1), []
    for day in range(n_days):
        if day % 7 < 5:
            moments = np.sort(rng.integers(32_400, 43_200, rng.poisson(60 + 10 * (day % 7 == 0))))
            said = (FIRST + timedelta(days=day)).isoformat()
            rows += [row(int(s), talk_s=100, date=said, type="PS" if s % 3 else "NE") for s in moments]
    write_calls(folder, rows)
    return str(folder / "calls_1999_01.csv.xz")


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Seven weeks."""
    return write_weeks(tmp_path_factory.mktemp("record"), 47)


def test_the_forecast_s_scenario_can_be_simulated(
    calls: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "coming.toml"
    words = ["forecast", calls, "--for", "bank-1999", "--weeks", "1", "--out", str(out)]
    assert cli.run(words) == EXIT_DONE
    told = capsys.readouterr().out
    assert f"Scenario: {out}, which extends bank-1999" in told
    coming = load(out)
    assert coming.calendar.start == FIRST + timedelta(days=47)
    assert coming.calendar.days == 7
    table = coming.contact_type["ps"].arrivals.per_interval
    assert isinstance(table, tuple)
    assert len(table) == 7 * 48
    assert coming.contact_type["ps"].redial is not None
    assert coming.contact_type["ps"].redial.share == 0.0
    assert coming.bot["self_service"].contact_type["ps"].entry_share == 0.0
    assert coming.contact_type["tt"].arrivals == load("bank-1999").contact_type["tt"].arrivals


def test_the_simulated_scenario_has_the_forecast_s_contacts(
    calls: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, figures = tmp_path / "coming.toml", tmp_path / "run.json"
    words = ["forecast", calls, "--for", "bank-1999", "--weeks", "1", "--out", str(out), "--json", "-"]
    assert cli.run(words) == EXIT_DONE
    said = json.loads(capsys.readouterr().out)
    wanted = sum(one["expected"] for one in said["days"] if one["queue"] == "ps")
    words = [
        "simulate",
        str(out),
        "--replications",
        "100",
        "--json",
        str(figures),
        "--out",
        str(tmp_path / "run"),
    ]
    assert cli.run(words) == EXIT_DONE
    offered = next(
        one
        for one in json.loads(figures.read_text())["measures"]
        if (one["measure"], one["scope"], one["name"]) == ("offered", "contact_type", "ps")
    )
    # Half-width at 95 % is 1.98 standard errors: within 4.5 of them (false alarm 7e-6).
    assert offered["value"] == pytest.approx(wanted, abs=4.5 / 1.98 * offered["half_width"])


def test_json_says_what_every_figure_is(calls: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["forecast", calls, "--weeks", "1", "--json", "-"]) == EXIT_DONE
    said = json.loads(capsys.readouterr().out)
    assert said["start"] == "1999-02-19"
    assert said["limits"] == 0.9
    assert {one["queue"] for one in said["days"]} == {"ne", "ps", None}
    assert all(one["low"] <= one["high"] for one in said["days"] + said["intervals"])
    measures = {one["measure"] for one in said["backtest"]["accuracy"]}
    assert measures == {"wape", "mape", "bias", "wape_of_chance", "within_limits"}


def test_days_set_apart_have_date_reason_and_factor(capsys: pytest.CaptureFixture[str]) -> None:
    """The shipped sample has a failure of the web shop on one Thursday, and a holiday."""
    assert cli.run(["forecast", "known-center-calls.csv.gz", "--weeks", "1", "--json", "-"]) == EXIT_DONE
    surge, holiday = json.loads(capsys.readouterr().out)["set_apart"]
    assert (surge["date"], surge["kind"]) == ("2026-01-29", "surge")
    assert surge["factor"] == pytest.approx(surge["observed"] / surge["usual"], abs=1e-3)
    assert surge["reason"].startswith("a surge from 12:00-16:00: ")
    assert (holiday["date"], holiday["kind"], holiday["factor"]) == ("2026-02-17", "missing", 0.0)


def test_the_table_alone(calls: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "coming.csv"
    assert cli.run(["forecast", calls, "--interval", "60", "--weeks", "2", "--out", str(out)]) == EXIT_DONE
    assert f"Table: {out}" in capsys.readouterr().out
    lines = out.read_text().splitlines()
    assert lines[0] == "date,from,ne,ps"
    assert len(lines) == 1 + 14 * 24


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--out", "x.toml"], "--out: got 'x.toml', expected --for SCENARIO beside it"),
        (["--out", "x.xlsx"], "--out: got 'x.xlsx', expected a name that ends with .csv or .toml"),
        (["--interval", "25"], "--interval: got 25, expected minutes that divide the day, as 15, 30 or 60"),
        (
            ["--for", "bank-1999", "--interval", "15"],
            "--interval: got 15, expected the scenario's own interval_min, 30",
        ),
        (["--for", "bank-199"], "bank-199: no such file or shipped name; did you mean 'bank-1999'?"),
        (
            ["--for", "erlang-a"],
            "erlang-a: contact_type: no type for the queue 'NE', expected one of call",
        ),
        (["--weeks", "0"], "0 is not in the range"),
    ],
)
def test_faults(calls: str, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["forecast", calls, *words]) == EXIT_FAULTY
    assert sentence in capsys.readouterr().err


def test_faults_of_scenario_and_records_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["forecast", "nothing.csv", "--for", "bank-199"]) == EXIT_FAULTY
    said = capsys.readouterr().err
    assert "did you mean 'bank-1999'?" in said
    assert "nothing.csv" in said


def test_a_stretch_of_the_records_may_be_the_history(calls: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--from", "1999-01-10", "--to", "1999-02-06", "--weeks", "1", "--json", "-"]
    assert cli.run(["forecast", calls, *words]) == EXIT_DONE
    said = json.loads(capsys.readouterr().out)
    assert said["start"] == "1999-02-07"
    assert (said["history"]["from"], said["history"]["days"]) == ("1999-01-10", 28)
    assert said["limits_from"] == "days around their mean"


def test_all_queues_without_a_type_are_told_at_once(calls: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["forecast", calls, "--for", "erlang-a"]) == EXIT_FAULTY
    assert capsys.readouterr().err.count("no type for the queue") == 2


def test_a_missing_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["forecast", str(tmp_path / "nothing.csv")]) == EXIT_FAULTY
    assert "nothing.csv" in capsys.readouterr().err


def test_less_than_a_week_is_no_history(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["forecast", write_weeks(tmp_path, 4)]) == EXIT_UNREACHABLE
    assert capsys.readouterr().err == (
        "no forecast: the records hold 4 days, and a week of forecast needs a week of them at least\n"
    )
