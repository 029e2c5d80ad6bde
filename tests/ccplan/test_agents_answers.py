"""Theory: what `ccplan agents` prints is what the exact formulas say, and the triangle closes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from ccplan.cli import run
from ccplan.exits import EXIT_DONE, EXIT_UNREACHABLE
from sim.theory import ErlangA, ErlangC

TEXTBOOK = "--calls 300 --per 30min --aht 360 --target 80/20 --patience 120 --max-abandonment 0.05"


def figures(capsys, options):
    """The JSON object of one call, which must be all that standard output holds."""
    code = run(["agents", *options.split(), "--json", "-"])
    return code, json.loads(capsys.readouterr().out)


def test_the_textbook_center_needs_62(capsys):
    code, found = figures(capsys, TEXTBOOK)
    assert (code, found["agents"], found["sought"], found["model"]) == (EXIT_DONE, 62, "people", "erlang_a")
    assert [row["agents"] for row in found["rows"]] == [59, 60, 61, 62, 63, 64, 65]
    assert [not row["missed"] for row in found["rows"]] == [False] * 3 + [True] * 4
    assert found["rows"][2]["missed"] == ["max_abandonment_rate"]


def test_every_row_is_the_exact_formula(capsys):
    _, found = figures(capsys, TEXTBOOK)
    for row in found["rows"]:
        queue = ErlangA(row["agents"], 300 / 1800, 360.0, 120.0)
        assert row["service_level"] == queue.service_level(20.0)
        for name in (
            "abandonment_rate",
            "mean_wait_s",
            "mean_answer_s",
            "delay_rate",
            "occupancy",
            "mean_queue_length",
        ):
            assert row[name] == getattr(queue, name)
        assert row["cost_per_h"] is None


def test_people_and_load_give_service(capsys):
    code, found = figures(capsys, "--calls 10 --per 1h --aht 5min --agents 2 --awt 1min")
    assert (code, found["sought"], found["target"], found["model"]) == (
        EXIT_DONE,
        "service",
        None,
        "erlang_c",
    )
    assert [row["agents"] for row in found["rows"]] == [1, 2, 3, 4, 5]
    assert found["rows"][1]["service_level"] == ErlangC(2, 10 / 3600, 300.0).service_level(60.0)


def test_people_and_service_give_the_load_that_needs_them(capsys):
    """The load found for n people needs n; four digits more, and it needs one more."""
    _, found = figures(capsys, "--agents 62 --aht 6min --target 80/20 --max-abandonment 5% --patience 2min")
    assert found["sought"] == "load"
    assert found["calls"] == pytest.approx(300.6)
    _, back = figures(capsys, TEXTBOOK.replace("--calls 300", f"--calls {found['calls']}"))
    assert back["agents"] == 62
    _, more = figures(capsys, TEXTBOOK.replace("--calls 300", f"--calls {found['calls'] + 0.1}"))
    assert more["agents"] == 63


def test_units_agree(capsys):
    _, found = figures(capsys, TEXTBOOK)
    _, same = figures(
        capsys, "--calls 600 --per 1h --aht 6min --target 0.8/20s --patience 2min --max-abandonment 5%"
    )
    assert same["rows"] == found["rows"]


def test_given_people_that_miss_the_target_end_with_exit_1(capsys):
    code = run(["agents", *TEXTBOOK.split(), "--agents", "58"])
    printed = capsys.readouterr()
    assert code == EXIT_UNREACHABLE
    assert "> 58" in printed.out
    assert printed.err == "58 people miss the target (73.7% within 20 s, 8.4% abandoned); 62 would meet it\n"
    assert run(["agents", *TEXTBOOK.split(), "--agents", "62"]) == EXIT_DONE


def test_a_queue_without_end_is_said_and_has_no_infinite_figures(capsys):
    options = "--calls 100 --per 1h --aht 6min --agents 10"
    assert run(["agents", *options.split()]) == EXIT_DONE
    assert "the queue grows without end" in capsys.readouterr().out.replace("\n", " ")
    _, found = figures(capsys, options)
    assert found["rows"][3]["mean_wait_s"] is None
    assert found["square_root_staffing"] is None


def test_money_is_people_times_the_cost_of_an_hour(capsys):
    _, found = figures(capsys, TEXTBOOK + " --cost-per-h 28.5")
    assert [row["cost_per_h"] for row in found["rows"]] == [row["agents"] * 28.5 for row in found["rows"]]


def test_json_to_a_file_beside_the_table(capsys, tmp_path):
    file = tmp_path / "agents.json"
    assert run(["agents", *TEXTBOOK.split(), "--json", str(file)]) == EXIT_DONE
    assert json.loads(file.read_text(encoding="utf-8"))["agents"] == 62
    assert "62 people meet the target. One fewer misses it: 5.7% abandoned." in capsys.readouterr().out


@pytest.mark.parametrize(
    "options",
    [
        TEXTBOOK + " --cost-per-h 28.5",
        "--calls 20000 --per 6min --aht 6min --patience 1min --target 90/10 --cost-per-h 1234567",
        "--agents 62 --aht 6min --target 80/20 --max-abandonment 5% --max-occupancy 90% --patience 2min",
        "--calls 0.01 --per 7h --aht 13s --agents 1",
        "--calls 100 --per 1h --aht 6min --agents 11 --cost-per-h 30",
        "--calls 5000 --per 30min --aht 1h --agents 2000 --patience 2d",
    ],
)
def test_fits_a_terminal_of_80_columns(capsys, options):
    assert run(["agents", *options.split()]) == EXIT_DONE
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if line != line.rstrip()]


def test_nothing_heavy_is_imported():
    """The planner's first minute: an answer costs NumPy; help and refusals not even that."""
    script = "import sys; from ccplan.agents import agents\ntry: agents({0}, standalone_mode=False)\nexcept {1}: pass\n"
    script += "print(*(name for name in {2} if name in sys.modules), file=sys.stderr)"
    heavy = ("scipy", "pyomo", "matplotlib", "simpy", "pandas")
    for arguments, ending, forbidden in (
        (TEXTBOOK.split(), "SystemExit", heavy),
        (["--help"], "SystemExit", (*heavy, "numpy", "pydantic")),
        (["--calls", "x"], "Exception", (*heavy, "numpy")),
    ):
        command = [sys.executable, "-c", script.format(arguments, ending, forbidden)]
        ended = subprocess.run(command, capture_output=True, text=True, check=True)
        assert ended.stderr.strip() == "", arguments
