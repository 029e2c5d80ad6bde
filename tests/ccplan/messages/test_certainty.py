"""`ccplan plan` of days nobody knows: the table, the files, and what is said of shares that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ccplan import cli
from ccplan.exits import EXIT_DONE, EXIT_FAULTY, EXIT_UNREACHABLE
from scenarios import dump
from tests.optimizer.uncertain_worlds import small_center


@pytest.fixture
def center(tmp_path: Path) -> Path:
    file = tmp_path / "days.toml"
    file.write_text(dump(small_center(target_probability=0.7)), encoding="utf-8")
    return file


@pytest.mark.parametrize("text", ["0.5,1.7", "often", "0", "1", "0.5,"])
def test_shares_that_are_none(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["plan", "uncertain-days", "--certainty", text]) == EXIT_FAULTY
    expected = "expected shares of days above 0 and below 1, such as 0.5,0.8,0.9,0.95"
    assert f"ccplan plan: --certainty: got '{text}', {expected}" in capsys.readouterr().err


def test_the_price_of_certainty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = small_center(kind="intervals")
    alone = days.model_copy(update={"plan": days.plan.model_copy(update={"on_the_day": None})})
    center = tmp_path / "days.toml"
    center.write_text(dump(alone), encoding="utf-8")
    out = tmp_path / "run"
    asked = ["--certainty", "0.5,80%", "--replications", "60", "--workers", "1", "--out", str(out)]
    assert cli.run(["plan", str(center), *asked]) in (EXIT_DONE, EXIT_UNREACHABLE)
    shown = capsys.readouterr().out
    assert "The price of certainty: Busy days and quiet ones" in shown
    names = {"certainty.json", "certainty.svg", "table.txt", "manifest.json"}
    assert {file.name for file in out.iterdir()} == names
    data = json.loads((out / "certainty.json").read_text(encoding="utf-8"))
    assert [one["promised"] for one in data["certainty"]] == [0.5, 0.8]
    assert data["replications"] == 60


def test_a_plan_says_what_is_done_on_the_day(
    center: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    model = tmp_path / "model.lp"
    asked = ["--replications", "60", "--workers", "1", "--out", str(out), "--lp", str(model)]
    assert cli.run(["plan", str(center), *asked]) in (EXIT_DONE, EXIT_UNREACHABLE)
    shown = capsys.readouterr().out
    assert "On target: promised on 70 % of days; on fresh days" in shown
    data = json.loads((out / "plan.json").read_text(encoding="utf-8"))["plan"]["on_the_day"]
    assert len(data["people"]["team"]["called_in"]) == 3
    assert data["cost"] <= data["without"]["cost"]
    assert "cover_class" in model.read_text(encoding="utf-8")


def test_no_people_for_busy_days(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At most so many may be there, whoever they are; said before any search."""
    few = small_center(target_probability=0.9, max_present=3, under_coverage="forbidden")
    file = tmp_path / "few.toml"
    file.write_text(dump(few), encoding="utf-8")
    assert cli.run(["plan", str(file), "--workers", "1", "--out", str(tmp_path / "run")]) == EXIT_UNREACHABLE
    said = capsys.readouterr().err
    assert "no plan: call, mon (day 1): service level at least 80 % on 0 ± " in said
    assert "more is not possible with max_present = 3" in said


@pytest.mark.parametrize("asked", [[], ["--certainty", "0.9"]])
def test_shares_of_days_are_not_planned_together(
    asked: list[str], center: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the key in the file as with the option."""
    assert cli.run(["plan", str(center), "--method", "together", *asked]) == EXIT_FAULTY
    expected = (
        "expected 'in_turn', as a target on a share of days (target_probability) is planned no other way"
    )
    assert f"ccplan plan: --method: got 'together', {expected}" in capsys.readouterr().err


def test_a_requirement_has_no_method(center: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["plan", str(center), "--requirement", "mol", "--method", "in_turn"]) == EXIT_FAULTY
    assert "--requirement and --method: got both, expected one of them" in capsys.readouterr().err
