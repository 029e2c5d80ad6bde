"""Laws of an interrupt while skills and shifts are planned together: the best so far is confirmed, and says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ccplan import cli
from ccplan.exits import EXIT_INTERRUPTED
from optimizer.options import PlanOptions, method_of
from optimizer.plan import plan
from optimizer.together.proof import Proof
from scenarios import Scenario, dump
from tests.optimizer.together_worlds import QUICK, n_center


def interrupt_at(words: str) -> Callable[[str], None]:
    """What hears of the search, and has enough of it there."""

    def hear(text: str) -> None:
        if words in text:
            raise KeyboardInterrupt

    return hear


@pytest.mark.parametrize("where", ["round 2", "round 3", "what no people can do without"])
def test_an_interrupt_leaves_the_best_so_far(where: str) -> None:
    found = plan(n_center(), QUICK, note=interrupt_at(where))
    assert found.is_cut_short
    assert found.lower_bound == 0.0
    assert found.cost > 0.0
    assert found.confirmed.replications == QUICK.replications
    assert set(found.people) == {"own", "both"}


def test_an_interrupt_before_anybody_was_tried_leaves_nothing() -> None:
    with pytest.raises(KeyboardInterrupt):
        plan(n_center(), QUICK, note=interrupt_at("round 1"))


def test_an_interrupted_proof_leaves_what_it_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the proof had found is not lost: its last candidate was cheaper."""
    center = n_center("constant")
    judged: list[float] = []
    tell = Proof._tell

    def told(proof: Proof, cost: float) -> None:
        tell(proof, cost)
        judged.append(proof.lower_bound)
        raise KeyboardInterrupt

    monkeypatch.setattr(Proof, "_tell", told)
    found = plan(center, QUICK)
    assert found.is_cut_short
    assert judged[0] > 0.0
    assert found.lower_bound == pytest.approx(min(judged[0], found.cost))
    assert found.status != "optimal" or found.lower_bound == found.cost


def test_the_command_writes_the_best_so_far_and_ends_with_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ccplan.progress import ProgressLine

    file, out = tmp_path / "center.toml", tmp_path / "run"
    file.write_text(dump(n_center()), encoding="utf-8")
    note = interrupt_at("what no people can do without")
    monkeypatch.setattr(ProgressLine, "note", lambda _, text: note(text))
    asked = ["plan", str(file), "--workers", "1", "--replications", "20", "--out", str(out)]
    assert cli.run(asked) == EXIT_INTERRUPTED
    said = capsys.readouterr()
    assert "the best plan so far is confirmed and written" in said.err
    answer = json.loads((out / "plan.json").read_text(encoding="utf-8"))["plan"]
    assert answer["cut_short"] is True
    assert {"plan.csv", "scenario.toml", "table.txt", "manifest.json"} <= {one.name for one in out.iterdir()}


ONE_GROUP = {"agent_group.own.agents": {"present": 4}}
FEW_SHIFTS = {"kind": "shifts", "shift": [{"from": "08:00", "to": "12:00"}]}
OF_DAYS = {"plan.target_probability": 0.9}


@pytest.mark.parametrize(
    ("scenario", "method"),
    [
        (n_center(), "together"),
        (n_center().changed(OF_DAYS), "in_turn"),
        (n_center().changed(ONE_GROUP), "in_turn"),
        (n_center("shifts", plan=FEW_SHIFTS).changed(ONE_GROUP), "together"),
        (n_center("shifts", plan=FEW_SHIFTS).changed({**ONE_GROUP, **OF_DAYS}), "in_turn"),
    ],
)
def test_the_method_follows_from_the_scenario_unless_it_is_asked_for(scenario: Scenario, method: str) -> None:
    assert method_of(scenario, None) == method
    assert method_of(scenario, "in_turn") == "in_turn"


def test_shares_of_days_are_not_planned_together() -> None:
    sentence = "method: got 'together', expected 'in_turn', as a target on a share of days"
    with pytest.raises(ValueError, match=sentence):
        plan(n_center().changed(OF_DAYS), PlanOptions(method="together"))
