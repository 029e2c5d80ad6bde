"""What `ccplan check`, `show` and `list` print, and how they end."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccplan.cli import run
from ccplan.commands_scenarios import check, list_, show
from scenarios import from_data, load, shipped_names

FAULTY = Path(__file__).parent / "faulty"


@pytest.mark.parametrize("name", shipped_names())
def test_check_says_ok_of_what_is_shipped(name: str) -> None:
    assert CliRunner().invoke(check, [name]).output == "ok\n"


def test_check_tells_every_fault_on_the_error_stream(capsys: pytest.CaptureFixture[str]) -> None:
    file = FAULTY / "01-misspelled-key.toml"
    assert run(["check", str(file)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == file.with_suffix(".txt").read_text("utf-8")


def test_show_prints_the_resolved_scenario_as_toml() -> None:
    printed = CliRunner().invoke(show, ["erlang-a"]).output
    assert "extends" not in tomllib.loads(printed)
    assert from_data(tomllib.loads(printed)) == load("erlang-a")


def test_show_prints_the_parts_of_a_study() -> None:
    printed = CliRunner().invoke(show, ["bank-bot"]).output.splitlines()
    assert printed[0].startswith("bank-bot: ")
    assert [line.split()[:2] for line in printed if line.startswith(("baseline", "design"))] == [
        ["baseline", "bank-1999"],
        ["design", "bank-1999-bot"],
        ["design", "bank-1999-bot-and-assist"],
    ]


def test_list_has_a_line_for_each_name() -> None:
    lines = CliRunner().invoke(list_).output.splitlines()
    assert sorted(line.split()[0] for line in lines) == sorted(shipped_names())
    assert {line.split()[1] for line in lines} == {"scenario", "study"}
    assert all(len(line.split()) > 3 for line in lines), "every line has a summary"
