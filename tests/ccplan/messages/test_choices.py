"""`ccplan plan --over`: the table, the files, an interrupt, and what is said of choices that are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ccplan import cli, planning
from ccplan.exits import EXIT_DONE, EXIT_FAULTY, EXIT_INTERRUPTED, EXIT_UNREACHABLE
from optimizer.people import NoPlan
from scenarios import dump, load

EXPECTED = "expected 'all', or some of interval,day,week,horizon"
FEW = ["--workers", "1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("days", f"got 'days', {EXPECTED}; did you mean 'day'?"),
        ("interval,weekly", f"got 'weekly' in 'interval,weekly', {EXPECTED}; did you mean 'week'?"),
        ("", f"got '', {EXPECTED}"),
        ("day,", f"got 'day,', {EXPECTED}"),
        ("0.9", f"got '0.9', {EXPECTED}"),
    ],
)
def test_choices_that_are_none(text: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["plan", "long-calls", "--over", text]) == EXIT_FAULTY
    assert capsys.readouterr().err == f"ccplan plan: --over: {said}\n"


def test_all_faults_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is asked for, and that nothing is promised."""
    text = dump(load("long-calls"))
    promise = next(line for line in text.splitlines() if line.startswith("service_target"))
    file = tmp_path / "free.toml"
    file.write_text(text.replace(promise, ""), encoding="utf-8")
    assert cli.run(["plan", str(file), "--over", "weeks,months"]) == EXIT_FAULTY
    first, second, third = capsys.readouterr().err.splitlines()
    assert first.endswith(f"got 'weeks' in 'weeks,months', {EXPECTED}; did you mean 'week'?")
    assert second.endswith(f"got 'months' in 'weeks,months', {EXPECTED}")
    assert "no contact type of 'long-calls' has a service_target, expected a target" in third


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (["--certainty", "0.9"], "--certainty and --over"),
        (["--lp", "model.lp"], "--over and --lp"),
        (["--requirement", "mol"], "--requirement and --over"),
    ],
)
def test_one_question_at_a_time(others: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["plan", "long-calls", "--over", "day", *others]) == EXIT_FAULTY
    assert f"{said}: got both, expected one of them" in capsys.readouterr().err


def test_what_each_choice_costs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "run"
    assert cli.run(["plan", "long-calls", "--over", "all", *FEW, "--out", str(out)]) == EXIT_DONE
    shown = capsys.readouterr().out
    assert shown.startswith("What it costs when targets hold: Long calls\n")
    assert "Over week or horizon is the same here as over day." in shown
    assert "Floor, never below in any interval: mortgage 60 %." in shown
    assert max(map(len, (out / "table.txt").read_text(encoding="utf-8").splitlines())) <= 120
    names = ("interval", "day-with-floor", "day")
    assert {file.name for file in out.iterdir()} == {
        *("choices.json", "table.txt", "manifest.json"),
        *(f"scenario-{name}.toml" for name in names),
    }
    data = json.loads((out / "choices.json").read_text(encoding="utf-8"))
    assert [one["choice"] for one in data["choices"]] == list(names)
    _costs_agree(data)
    planned = load(out / "scenario-day-with-floor.toml")
    assert planned.name == "long-calls-day-with-floor"
    target = planned.contact_type["mortgage"].service_target
    assert target is not None
    assert (target.over, target.never_below) == ("day", 0.6)
    assert sum(planned.agent_group["team"].agents.present_per_interval or ()) > 0


def _costs_agree(data: dict[str, Any]) -> None:
    plans = {one["choice"]: one["plan"] for one in data["choices"]}
    for plan in plans.values():
        assert plan["more_than_own"] == pytest.approx(plan["cost"] - plans["interval"]["cost"])
        assert plan["cost"] == pytest.approx(35.0 * plan["paid_h"])
        (service,) = plan["service"]
        assert service["worst_interval"]["value"] <= service["over_horizon"]["value"]
    assert plans["day"]["cost"] <= plans["day-with-floor"]["cost"] <= plans["interval"]["cost"]


def test_an_interrupt_keeps_what_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail_after_the_first(monkeypatch, KeyboardInterrupt())
    out = tmp_path / "run"
    assert cli.run(["plan", "long-calls", "--over", "day", *FEW, "--out", str(out)]) == EXIT_INTERRUPTED
    said = capsys.readouterr()
    assert "interrupted; 1 of 3 choices are planned and written" in said.err
    data = json.loads((out / "choices.json").read_text(encoding="utf-8"))
    assert [one["choice"] for one in data["choices"]] == ["interval"]


def test_a_choice_that_no_people_can_keep(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its line says so, the interval's plan stands for both of the day's: both are easier."""
    _fail_after_the_first(monkeypatch, NoPlan("nobody may work at night"))
    out = tmp_path / "run"
    assert cli.run(["plan", "long-calls", "--over", "day", *FEW, "--out", str(out)]) == EXIT_DONE
    shown = capsys.readouterr().out
    assert "day: the plan for interval stands, which holds this too; none was found for it alone." in shown


def test_no_choice_that_people_can_keep(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise NoPlan("nobody may work at night")

    monkeypatch.setattr(planning, "plan_and_days", fail)
    arguments = ["plan", "long-calls", "--over", "day", *FEW, "--out", str(tmp_path / "run")]
    assert cli.run(arguments) == EXIT_UNREACHABLE
    assert "long-calls: no plan: nobody may work at night" in capsys.readouterr().err


def _fail_after_the_first(monkeypatch: pytest.MonkeyPatch, failure: BaseException) -> None:
    """The first search is a real one; from the second on there is only this."""
    search, n_searched = planning.plan_and_days, iter(range(10))

    def once(*args: Any, **options: Any) -> Any:
        if next(n_searched):
            raise failure
        return search(*args, **options)

    monkeypatch.setattr(planning, "plan_and_days", once)
