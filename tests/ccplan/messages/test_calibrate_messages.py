"""What `ccplan calibrate` says of input that it cannot use, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccplan import cli
from ccplan.exits import EXIT_FAULTY

CALLS = "known-center-calls.csv.gz"


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert cli.run(["calibrate", *arguments]) == EXIT_FAULTY
    return capsys.readouterr().err.splitlines()


def test_an_out_that_is_no_scenario_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    assert told(capsys, CALLS, "--out", f"{missing}/center.csv") == [
        f"ccplan calibrate: --out: got '{missing}/center.csv', expected a file such as my-center.toml",
        f"ccplan calibrate: --out: no folder '{missing}', expected a folder that exists",
    ]


def test_faults_of_calls_and_staffing_come_together(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "staff.csv").write_text("start,people\n2026-01-05T09:00,3\n", encoding="utf-8")
    (tmp_path / "calls.csv").write_text("when;who\n1;2\n", encoding="utf-8")
    out = str(tmp_path / "center.toml")
    lines = told(capsys, str(tmp_path / "calls.csv"), "--staffing", str(tmp_path / "staff.csv"), "--out", out)
    assert len(lines) == 2
    assert "calls.csv" in lines[0]
    assert "column interval_start and agents_present missing" in lines[1]


def test_a_staffing_file_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (line,) = told(capsys, CALLS, "--staffing", "nobody.csv", "--out", str(tmp_path / "center.toml"))
    assert line == "nobody.csv: cannot be read (No such file or directory)"


def test_days_that_the_record_does_not_hold(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (line,) = told(capsys, CALLS, "--from", "2027-01-01", "--out", str(tmp_path / "center.toml"))
    assert line == (
        "ccplan calibrate: --from, --to: no contacts from 2027-01-01 to the end, "
        "expected days within 2026-01-05 to 2026-02-28"
    )


def test_records_without_an_answer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    calls = tmp_path / "calls.csv"
    lines = ["queue,joined_at,waited_s,outcome,talk_s", *["help,2026-01-05T09:00:00,30,abandoned,"] * 3]
    calls.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (line,) = told(capsys, str(calls), "--out", str(tmp_path / "center.toml"))
    assert (
        line
        == "records: 3 contacts, none of them answered, expected answered contacts, from which talk can be told"
    )


def test_interval_reports_hold_no_single_calls(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    names = "Interval Start UTC Date,Queue,Media Type,Skill Set,Language,Offered,Interactions Handled"
    report.write_text(
        f"{names},Total Handle Time (Seconds)\n2026-01-05T09:00:00Z,help,Voice,,,12,11,3300\n",
        encoding="utf-8",
    )
    (line,) = told(capsys, str(report), "--out", str(tmp_path / "center.toml"))
    assert "holds counts by interval, no single calls" in line


def test_contacts_too_few_to_see_opening_hours_by(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    calls = tmp_path / "calls.csv"
    rows = [f"help,2026-01-{day:02d}T{9 + day % 8:02d}:00:00,5,answered,120" for day in range(1, 31, 6)]
    calls.write_text("\n".join(["queue,joined_at,waited_s,outcome,talk_s", *rows]) + "\n", encoding="utf-8")
    (line,) = told(capsys, str(calls), "--out", str(tmp_path / "center.toml"))
    assert line == (
        "records: 25 days, with hardly ever a contact in the same half hour of the day, "
        "expected enough contacts to see opening hours by"
    )
