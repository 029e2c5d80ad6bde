"""Twins: Python and the command line say the same of the same center, whatever the number of workers."""

from __future__ import annotations

import json

from ccplan import api
from ccplan.cli import run
from scenarios import dump
from tests.ccplan.small import small_center


def test_simulate_says_what_the_command_says(tmp_path, capsys):
    file = tmp_path / "small.toml"
    file.write_text(dump(small_center()), encoding="utf-8")
    options = [
        "--replications",
        "4",
        "--seed",
        "2",
        "--workers",
        "1",
        "--json",
        "-",
        "--out",
        str(tmp_path / "run"),
    ]
    assert run(["simulate", str(file), *options]) == 0
    told = json.loads(capsys.readouterr().out)
    answer = api.simulate(small_center(), replications=4, seed=2)
    assert answer.rows() == told["measures"]
    assert str(answer.table()) == (tmp_path / "run" / "table.txt").read_text(encoding="utf-8")


def test_compare_says_what_the_command_says(tmp_path, capsys):
    center = small_center()
    more = center.changed({"name": "more", "agent_group.team.agents.present": 7})
    files = [tmp_path / "small.toml", tmp_path / "more.toml"]
    for file, scenario in zip(files, (center, more), strict=True):
        file.write_text(dump(scenario), encoding="utf-8")
    options = ["--replications", "4", "--workers", "1", "--json", "-", "--out", str(tmp_path / "run")]
    assert run(["compare", *map(str, files), *options]) == 0
    told = json.loads(capsys.readouterr().out)
    answer = api.compare([center, more], replications=4)
    assert answer.rows() == told["measures"]
    assert str(answer.table()) == (tmp_path / "run" / "table.txt").read_text(encoding="utf-8")


def test_two_workers_say_what_one_says():
    one, two = (api.simulate(small_center(), replications=12, workers=n).rows() for n in (1, 2))
    assert one == two
