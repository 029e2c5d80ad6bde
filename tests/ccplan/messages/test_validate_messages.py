"""What `ccplan validate` says of input it cannot use: every file's faults at once, exit code 2."""

import json
from pathlib import Path

import pytest

from ccplan import cli
from ccplan.exits import EXIT_DONE, EXIT_FAULTY, EXIT_INTERRUPTED
from scenarios.writing import dump
from tests.ccplan.small import small_center


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The small center's file, and a day of it as its own log tells it."""
    folder = tmp_path_factory.mktemp("small")
    file = folder / "small.toml"
    file.write_text(dump(small_center()), encoding="utf-8")
    arguments = ["simulate", str(file), "--log", "--replications", "1", "--out", str(folder / "history")]
    assert cli.run(arguments) == EXIT_DONE
    return file, folder / "history" / "events.csv"


@pytest.fixture
def history(small: tuple[Path, Path]) -> Path:
    return small[1]


def said(arguments: list[str], capsys: pytest.CaptureFixture[str], code: int = EXIT_FAULTY) -> str:
    assert cli.run(["validate", *arguments]) == code
    return capsys.readouterr().err


def test_all_files_tell_their_faults_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "wrong.toml").write_text('name = "wrong"\n[calendar]\ndayz = 1\n')
    (tmp_path / "heads.csv").write_text("when,how_many\n2026-03-02T08:00,3\n")
    heads = str(tmp_path / "heads.csv")
    text = said([str(tmp_path / "wrong.toml"), str(tmp_path / "calls.csv"), "--staffing", heads], capsys)
    assert "calendar.dayz: unknown key; did you mean 'days'?" in text
    assert "calls.csv" in text
    assert "heads.csv: column interval_start and agents_present missing" in text
    assert "Traceback" not in text


def test_records_of_other_queues(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(["bank-1999", str(history)], capsys)
    assert (
        f"{history}: queue: got 'ask', expected a contact type of bank-1999: ps, pe, in, ne, nw or tt" in text
    )
    assert f"{history}: queue: got 'tell'" in text


def test_too_few_replications(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "5 is not in the range x>=19" in said(["erlang-a", str(history), "--replications", "5"], capsys)


def test_a_staffing_file_that_is_not_there(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(["erlang-a", str(history), "--staffing", "nowhere.csv"], capsys)
    assert "nowhere.csv: cannot be read (No such file or directory)" in text


def test_an_interrupt_leaves_nothing_and_says_so(
    history: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ccplan.command_validate._validated", interrupted)
    out = tmp_path / "run"
    text = said(["erlang-a", str(history), "--out", str(out)], capsys, EXIT_INTERRUPTED)
    assert "interrupted; of a validation nothing is kept: the same command begins anew" in text
    assert not out.exists()


def test_the_answer_is_written(
    small: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, history = small
    options = ["--replications", "19", "--workers", "1", "--out", str(tmp_path / "run"), "--json", "-"]
    assert cli.run(["validate", str(file), str(history), *options]) == EXIT_DONE
    assert json.loads(capsys.readouterr().out)["scenario"] == "small"
    names = sorted(path.name for path in (tmp_path / "run").iterdir())
    assert names == ["intervals.csv", "manifest.json", "table.txt", "validation.html", "validation.json"]
