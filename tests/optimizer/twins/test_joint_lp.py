"""The joint model as LP text, read back by HiGHS without Pyomo: it has the optimum that the search found in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import highspy
import pytest

from optimizer.plan import plan
from optimizer.solver import Solved, Status
from optimizer.together.master import Master, Proposal
from optimizer.together.proof import Proof
from tests.optimizer.together_worlds import QUICK, n_center

FEW_SHIFTS = [{"from": f"{hour:02d}:00", "to": f"{hour + 2:02d}:00"} for hour in (8, 9, 10)]
BREAKS: dict[str, Any] = {"shift_lengths_h": [2, 3, 4], "breaks": [{"min": 15, "window_h": [1, 2]}]}


def read(path: Path) -> highspy.Highs:
    """The file's model, solved."""
    highs = highspy.Highs()
    for name, value in {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0}.items():
        highs.setOptionValue(name, value)
    assert highs.readModel(str(path)) == highspy.HighsStatus.kOk
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return highs


@pytest.mark.parametrize(
    ("kind", "rules", "names"),
    [
        ("intervals", {}, ["n(own,mon_08.00)", "bent_gain(1,a_service_level_mon_(day_1),mon_08.00)"]),
        (
            "shifts",
            {"shift": FEW_SHIFTS},
            ["people(both,mon_09.00,2h,1)", "short(1,a_service_level_mon_(day_1))"],
        ),
        ("shifts", BREAKS, ["people(own,mon_08.00,4h,2)", "break_starts(own,mon_09.00,team_0,break_1)"]),
    ],
)
def test_the_file_has_the_optimum_that_was_found(
    kind: str, rules: dict[str, Any], names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[tuple[Master, Proposal | Solved]] = []
    solve = Master.solve

    def heard(master: Master, *args: Any, **options: Any) -> Proposal | Solved:
        found.append((master, solve(master, *args, **options)))
        return found[-1][1]

    monkeypatch.setattr(Master, "solve", heard)
    monkeypatch.setattr(Proof, "may_be_tried", lambda _: False)  # the file is the rounds' model
    file = tmp_path / "model.lp"
    plan(n_center(kind, plan=rules), replace(QUICK, gap=0.0), lp=file)
    of_rounds = found[0][0]
    last = [proposal for master, proposal in found if master is of_rounds][-1]
    assert isinstance(last, Proposal)
    highs = read(file)
    optimum = highs.getInfo().objective_function_value
    assert last.solved.objective is not None  # the last step may have been taken with a gap
    assert last.solved.lower_bound is not None
    assert last.solved.lower_bound - 1e-6 <= optimum <= last.solved.objective + 1e-6
    assert last.solved.status is not Status.OPTIMAL or optimum == pytest.approx(last.solved.objective)
    columns = highs.getLp().col_names_
    assert set(names) <= set(columns)
    assert len(columns) == len(set(columns))
    assert "c_l_cuts(1,a_service_level_mon_(day_1))_" in highs.getLp().row_names_
