"""`--antithetic` and `--stratify`: what cannot be asked for, and what tables and manifests say of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ccplan import cli
from ccplan.exits import EXIT_DONE, EXIT_FAULTY


@pytest.mark.parametrize("command", [["simulate", "erlang-a"], ["compare", "erlang-a", "erlang-a"]])
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ["--replications", "15", "--antithetic"],
            "--replications: got 15, expected a multiple of 2 with --antithetic",
        ),
        (
            ["--replications", "15", "--stratify"],
            "--replications: got 15, expected a multiple of 10 with --stratify",
        ),
        (["--antithetic", "--stratify"], "--antithetic and --stratify: got both, expected one of them"),
    ],
)
def test_what_cannot_be_asked_for(
    command: list[str], options: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*command, *options]) == EXIT_FAULTY
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            [],
            "Seed 1, 10 replications of one day. ± is the half-width of a 95 % interval over replications (",
        ),
        (
            ["--antithetic"],
            (
                "Seed 1, 10 replications of one day in 5 antithetic pairs. "
                "± is the half-width of a 95 % interval over antithetic pairs ("
            ),
        ),
        (
            ["--stratify"],
            (
                "Seed 1, 10 replications of one day in 1 stratified block. "
                "± is the half-width of a 95 % interval over stratified blocks ("
            ),
        ),
    ],
)
def test_tables_say_what_intervals_are_over(
    options: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["--replications", "10", "--out", str(tmp_path / "run"), *options]
    assert cli.run(["simulate", "n-design", *run]) == EXIT_DONE
    assert words in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("options", "scheme"),
    [([], "independent"), (["--antithetic"], "antithetic"), (["--stratify"], "stratified")],
)
def test_the_manifest_of_a_comparison_has_the_scheme(
    options: list[str], scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("other.toml").write_text('name = "other"\nextends = "n-design"\n')
    run = ["--replications", "10", "--out", "run", *options]
    assert cli.run(["compare", "n-design", "other.toml", *run]) == EXIT_DONE
    assert json.loads(Path("run/manifest.json").read_text())["scheme"] == scheme
