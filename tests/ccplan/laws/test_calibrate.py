"""Laws of `ccplan calibrate`: the shipped sample becomes a scenario with its page; an interrupt leaves nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ccplan import cli
from ccplan.exits import EXIT_DONE, EXIT_INTERRUPTED
from scenarios import load, source_of

CALLS, STAFFING = "known-center-calls.csv.gz", "known-center-staffing.csv.gz"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample calibrated once."""
    folder = tmp_path_factory.mktemp("calibrated")
    arguments = ["calibrate", CALLS, "--staffing", STAFFING, "--out", str(folder / "my-center.toml")]
    assert cli.run([*arguments, "--json", str(folder / "figures.json")]) == EXIT_DONE
    return folder


def test_the_scenario_is_sound_and_says_what_it_rests_on(folder: Path) -> None:
    scenario = load(folder / "my-center.toml")
    assert set(scenario.contact_type) == {"order", "refund"}
    talk = source_of(scenario, "contact_type.order.talk_s")
    assert talk.n is not None
    assert talk.n > 1000
    assert set(talk.standard_error) == {"hang_up_share", "hang_up_mean", "mean", "cv"}
    assert source_of(scenario, "agent_group.team.cost_per_h").says.startswith("assumed")
    assert source_of(scenario, "contact_type.order.service_target").says.startswith("assumed")


def test_every_figure_has_a_source(folder: Path) -> None:
    """No figure of the file is without a source: what was not measured is called assumed in words."""
    from results.sources import source_rows

    assert [row.key for row in source_rows([load(folder / "my-center.toml")]) if row.source is None] == []


def test_the_page_stands_beside_it(folder: Path) -> None:
    html = (folder / "my-center-calibration.html").read_text(encoding="utf-8")
    assert html.count("<svg") == 2 + 2 * 2 + 1
    assert "http" not in html.replace("http://www.w3.org", "")


def test_json_has_every_figure_with_its_standard_error(folder: Path) -> None:
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    redial = {
        one["parameter"]: one for one in figures["calibration"] if one["key"] == "contact_type.order.redial"
    }
    assert redial["share"]["standard_error"] > 0.0
    assert abs(redial["share"]["value"] - 0.5) < 4 * redial["share"]["standard_error"]
    assert figures["days_apart"]


def test_days_asked_for_are_the_days_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    span = ["--from", "2026-01-12", "--to", "2026-02-08"]
    assert cli.run(["calibrate", CALLS, *span, "--out", str(tmp_path / "four-weeks.toml")]) == EXIT_DONE
    printed = capsys.readouterr().out
    assert "2026-01-12 to 2026-02-07" in printed
    assert printed.splitlines()[-1] == f"Page: {tmp_path / 'four-weeks-calibration.html'}"


def test_an_interrupt_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("calibration.composing.center.fit_demand", interrupted)
    assert cli.run(["calibrate", CALLS, "--out", str(tmp_path / "never.toml")]) == EXIT_INTERRUPTED
    assert "nothing is written yet" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
