"""Laws of `ccplan simulate --log`: the figures stay the same, and the log is there whole or not at all."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ccplan import cli
from ccplan.exits import EXIT_DONE, EXIT_FAULTY, EXIT_INTERRUPTED
from results.event_log import EVENTS, EventLog
from sim.kernel.record import Records

SIMULATE = ["simulate", "n-design", "--workers", "1"]


def figures(folder: Path) -> dict[str, Any]:
    """What `simulation.json` says, but for the seconds it took."""
    found: dict[str, Any] = json.loads((folder / "simulation.json").read_text(encoding="utf-8"))
    del found["seconds"]
    return found


@pytest.mark.parametrize("size", [["--replications", "6", "--intervals"], ["--precision", "0.03"]])
@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_the_log_changes_no_figure(tmp_path: Path, size: list[str], engine: str) -> None:
    for name, more in (("with", ["--log"]), ("without", [])):
        arguments = [*SIMULATE, *size, "--engine", engine, *more, "--out", str(tmp_path / name)]
        assert cli.run(arguments) == EXIT_DONE
    assert figures(tmp_path / "with") == figures(tmp_path / "without")
    for name in ("table.txt", "study.json"):
        assert (tmp_path / "with" / name).read_bytes() == (tmp_path / "without" / name).read_bytes()
    assert not (tmp_path / "without" / EVENTS).exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["with", "without"]


def test_the_log_is_in_order_of_replications(tmp_path: Path) -> None:
    assert cli.run([*SIMULATE, "--replications", "12", "--log", "--out", str(tmp_path / "run")]) == EXIT_DONE
    with (tmp_path / "run" / EVENTS).open("rb") as file:
        assert file.readline() == EventLog.header
        replications = [int(line[: line.index(b",")]) for line in file]
    assert replications == sorted(replications)
    assert set(replications) == set(range(12))


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (KeyboardInterrupt(), EXIT_INTERRUPTED, "with --log nothing is kept: the same command begins anew"),
        (OSError(errno.ENOSPC, "No space left on device"), EXIT_FAULTY, "No space left on device"),
    ],
)
def test_a_run_cut_short_leaves_nothing_behind(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    sentence: str,
) -> None:
    lines = EventLog.lines

    def cut_short(self: EventLog, replication: int, attempts: Records) -> Iterator[bytes]:
        if replication == 7:
            raise error
        assert any(tmp_path.rglob(EVENTS))  # it is being written
        return lines(self, replication, attempts)

    monkeypatch.setattr(EventLog, "lines", cut_short)
    assert cli.run([*SIMULATE, "--log", "--out", str(tmp_path / "run")]) == code
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
