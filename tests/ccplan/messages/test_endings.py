"""How commands end: the exit code and the sentence of every kind of ending."""

from pathlib import Path

import pytest

from ccplan import cli
from ccplan.exits import EXIT_DONE, EXIT_FAULTY, EXIT_OUR_FAULT


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["simulat"], "'simulat' is not a command; did you mean 'simulate'?"),
        (["simulate", "erlang-aa"], "erlang-aa: no such file or shipped name; did you mean 'erlang-a'?"),
        (
            ["simulate", "erlang-a", "--replications", "5", "--precision", "0.1"],
            "--replications and --precision: got both, expected one of them",
        ),
        (["simulate", "erlang-a", "--replications", "0"], "0 is not in the range x>=1"),
        (["simulate", "erlang-a", "--engine", "simpie"], "'simpie' is not"),
    ],
)
def test_faulty_input(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(arguments) == EXIT_FAULTY
    assert sentence in capsys.readouterr().err


def test_help_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--help"]) == EXIT_DONE
    shown = capsys.readouterr().out
    assert all(name in shown for name in cli.COMMANDS)


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([command, "--help"]) == EXIT_DONE
    assert f"Usage: ccplan {command}" in capsys.readouterr().out


def test_unwritable_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("a file")
    arguments = ["simulate", "erlang-a", "--replications", "1", "--out", str(tmp_path / "taken" / "run")]
    assert cli.run(arguments) == EXIT_FAULTY
    assert "cannot write" in capsys.readouterr().err


def test_a_fault_of_ours_names_a_crash_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("of ours")

    monkeypatch.setattr(cli.ccplan, "main", broken)
    assert cli.run(["list"]) == EXIT_OUR_FAULT
    said = capsys.readouterr().err
    crash_file = Path(said.rsplit(" ", 1)[1].strip())
    assert "Traceback" not in said
    assert "ZeroDivisionError" in crash_file.read_text()
    crash_file.unlink()
