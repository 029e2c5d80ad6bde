"""Laws of `ccplan decide`: the run folder is whole, the same for any number of workers, and its designs can be run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ccplan import cli
from ccplan.exits import EXIT_DONE
from scenarios import dump, load
from tests.optimizer.design_worlds import options, shop

FEW = ["--replications", "10"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the shop with its three options."""
    place = tmp_path_factory.mktemp("decide")
    center = shop(design={"options": options(), "budget_per_month": 500}, guardrail={"mean_wait_s": 60})
    (place / "shop.toml").write_text(dump(center), encoding="utf-8")
    arguments = ["decide", str(place / "shop.toml"), *FEW, "--workers", "1", "--out", str(place / "run")]
    assert cli.run(arguments) == EXIT_DONE
    return place


def decision(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "decision.json").read_text(encoding="utf-8"))
    return data["decision"]


def test_the_folder_is_whole(folder: Path) -> None:
    names = {path.name for path in (folder / "run").iterdir()}
    assert names == {"decision.json", "table.txt", "frontier.svg", "manifest.json", "designs"}
    assert not (folder / ".kept").exists()
    assert (folder / "run" / "frontier.svg").read_text(encoding="utf-8").startswith("<svg")
    table = (folder / "run" / "table.txt").read_text(encoding="utf-8")
    assert max(map(len, table.splitlines())) <= 110


def test_figures_agree_with_each_other(folder: Path) -> None:
    told = decision(folder / "run")
    designs = {design["design"]: design for design in told["designs"]}
    assert [design["takes"] for design in told["designs"]] == [
        [],
        ["careful"],
        ["careful", "assist"],
        ["eager"],
        ["assist"],
    ]  # eager and assist together are beyond the budget
    chosen = designs[told["chosen"]]
    cost = chosen["plan"]["cost"]["value"]
    assert chosen["verdict"] == "chosen"
    assert told["status"] == "proven"
    assert told["gap"] == pytest.approx((cost - told["lower_bound"]) / cost)
    for design in told["designs"]:
        planned = design["plan"]
        assert planned is None or design["lower_bound"] <= planned["cost"]["value"] + 1e-9
        if planned is not None and planned["holds"] and design["verdict"] == "dearer":
            assert planned["cost"]["value"] >= cost
        if design["verdict"] == "dearer by its bound":
            assert design["lower_bound"] >= cost
    nothing = designs["shop"]["plan"]["cost"]["value"]
    assert chosen["plan"]["difference"]["value"] == pytest.approx(cost - nothing)
    assert told["why_not_the_most"]["design"] == "shop-with-2"


def test_break_even_lies_inside_its_interval(folder: Path) -> None:
    found = decision(folder / "run")["break_even"]
    assert found["design"] in {"shop-with-1", "shop-with-1-3"}
    assert found["low"] <= found["containment"] <= found["high"]
    differences = [point["difference"]["value"] for point in found["points"]]
    assert (
        differences[0] > 0.0 > differences[-1]
    )  # dear while it closes nothing, and cheap while it closes all


def test_planned_designs_can_be_run(folder: Path) -> None:
    files = sorted((folder / "run" / "designs").iterdir())
    planned = [design for design in decision(folder / "run")["designs"] if design["plan"]]
    assert sorted(file.stem for file in files) == sorted(design["design"] for design in planned)
    for file in files:
        center = load(file)
        assert center.plan.design is None
        assert not center.agent_group["team"].agents.plan


def test_workers_change_nothing(folder: Path) -> None:
    again = folder / "again"
    arguments = ["decide", str(folder / "shop.toml"), *FEW, "--workers", "2", "--out", str(again)]
    assert cli.run(arguments) == EXIT_DONE
    assert decision(again) == decision(folder / "run")


def test_designs_of_a_study_are_alternatives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, changes in {"as-is": {}, "fast": {"contact_type.call.talk_s": 200}}.items():
        center = shop().changed({"name": name, "label": name, **changes})
        (tmp_path / f"{name}.toml").write_text(dump(center), encoding="utf-8")
    study = tmp_path / "both.toml"
    study.write_text('study = "Faster?"\nbaseline = "as-is"\ndesigns = ["fast"]\n', encoding="utf-8")
    arguments = ["decide", str(study), *FEW, "--workers", "1", "--out", str(tmp_path / "run")]
    assert cli.run(arguments) == EXIT_DONE
    assert "Chosen: fast." in capsys.readouterr().out
    told = decision(tmp_path / "run")
    assert [design["takes"] for design in told["designs"]] == [[], ["fast"]]
    assert told["break_even"] is None
