"""Scenarios that no plan fits, as a planner might write them, each with all its sentences beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.people import NoPlan
from optimizer.plan import plan
from scenarios import Scenario, load
from sim.measures.result import Result
from sim.replicate import Asked

FILES = sorted((Path(__file__).parent / "impossible").glob("*.toml"))
FORMULAS_ALONE = "05-perfect-service"


def test_there_are_some() -> None:
    assert len(FILES) == 7


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_scenario_without_a_plan_gets_its_sentences(file: Path) -> None:
    with pytest.raises(NoPlan) as raised:
        plan(load(file))
    assert str(raised.value).splitlines() == file.with_suffix(".txt").read_text("utf-8").splitlines()


def test_what_is_only_approached_is_said_without_any_simulation() -> None:
    def never(_scenario: Scenario, _asked: Asked) -> Result:
        raise AssertionError("simulated")

    (file,) = [file for file in FILES if file.stem == FORMULAS_ALONE]
    with pytest.raises(NoPlan, match="is approached with more people, but never reached"):
        plan(load(file), simulate=never)
