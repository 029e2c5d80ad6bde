"""`ccplan plan --requirement`: what is printed and written, and how it ends where a target cannot be met."""

import csv
import json
from pathlib import Path

import pytest

from ccplan import cli
from ccplan.exits import EXIT_DONE, EXIT_FAULTY, EXIT_UNREACHABLE
from ccplan.requirement import CHOICES
from optimizer.requirement import methods
from optimizer.requirement.methods import METHODS
from scenarios import Scenario, dump
from tests.optimizer.exact import half_hours
from tests.optimizer.exact.half_hours import FIRST_INTERVAL, N_PERIODS, required_by_sipp


def day(**target: float) -> Scenario:
    """The six half hours, perhaps with another target."""
    center = half_hours.scenario("seat")
    return center.changed({"contact_type.call.service_target": target}) if target else center


def written(scenario: Scenario, folder: Path) -> str:
    file = folder / "center.toml"
    file.write_text(dump(scenario), encoding="utf-8")
    return str(file)


def test_the_choices_are_the_methods() -> None:
    assert [*METHODS, "all"] == list(CHOICES)


def test_all_methods_side_by_side(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(methods, "_LAST_CONTACTS", 20_000)  # few replications are enough here
    out = tmp_path / "run"
    arguments = ["plan", written(day(), tmp_path), "--requirement", "all", "--workers", "1"]
    assert cli.run([*arguments, "--replications", "200", "--out", str(out), "--json", "-"]) == EXIT_DONE
    data = json.loads(capsys.readouterr().out)
    found = {entry["method"]: entry for entry in data["requirement"]}
    assert list(found) == list(METHODS)
    assert found["sipp"]["people"][0][FIRST_INTERVAL : FIRST_INTERVAL + N_PERIODS] == required_by_sipp()
    assert found["simulated"]["settled"]["complete"]

    rows = list(csv.DictReader((out / "requirement.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == len(METHODS) * 48
    of_sipp = [row for row in rows if row["method"] == "sipp" and row["people"] != "0"]
    assert [int(row["people"]) for row in of_sipp] == required_by_sipp()
    for row, check in zip(of_sipp, found["sipp"]["checks"], strict=True):
        assert row["measure"] == check["measure"] == "delay_rate"
        assert float(row["value"]) == pytest.approx(check["value"], rel=1e-5)

    table = (out / "table.txt").read_text(encoding="utf-8")
    assert "lagged SIPP" in table
    assert "Mon 10:30" in table
    assert {path.name for path in out.iterdir()} >= {"manifest.json", "scenario.toml", "requirement.json"}


def test_a_formula_that_misses_is_shown_not_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["plan", written(day(), tmp_path), "--requirement", "sipp", "--workers", "1"]
    assert cli.run([*arguments, "--replications", "400", "--out", str(tmp_path / "run")]) == EXIT_DONE
    last = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("Mon 10:30"))
    assert last.endswith("*")  # half of them wait where a quarter may


@pytest.mark.parametrize("method", ["sipp", "simulated"])
def test_a_target_that_nobody_can_hold_says_so(
    method: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(day(max_delay_rate=0.0), tmp_path)
    arguments = ["plan", file, "--requirement", method, "--workers", "1", "--out", str(tmp_path / "run")]
    assert cli.run(arguments) == EXIT_UNREACHABLE
    sentence = "half-hours: no requirement: max_delay_rate = 0 is approached but never reached by any number of people"
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--requirement", "mole"], "'mole' is not one of 'sipp', 'lagged_sipp', 'mol', 'simulated', 'all'"),
        (
            ["--requirement", "mol", "--lp", "model.lp"],
            "--requirement and --lp: got both, expected one of them",
        ),
        (
            ["--requirement", "mol", "--certainty", "0.8,0.9"],
            "--requirement and --certainty: got both, expected one of them",
        ),
    ],
)
def test_faulty_options(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["plan", "seats", *arguments]) == EXIT_FAULTY
    assert sentence in capsys.readouterr().err


def test_a_target_out_of_reach_is_said_before_any_search(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Help comes after ten minutes at the earliest, by which time nine in ten have given up.
    center = day(max_abandonment_rate=0.02).changed(
        {"contact_type.call.routed_to": [{"group": "team", "after_s": 600}]}
    )
    arguments = ["plan", written(center, tmp_path), "--requirement", "simulated", "--workers", "1"]
    assert cli.run([*arguments, "--out", str(tmp_path / "run")]) == EXIT_UNREACHABLE
    said = capsys.readouterr().err
    assert said.startswith("half-hours: no requirement: ")
    assert "abandonment rate" in said
