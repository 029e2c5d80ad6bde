"""What `ccplan decide` says of input that it cannot use, and where no design holds."""

from pathlib import Path

import pytest

from ccplan import cli
from ccplan.exits import EXIT_FAULTY, EXIT_UNREACHABLE
from scenarios import dump
from tests.optimizer.design_worlds import shop

AN_OPTION = {"contact_type.call.talk_s": 200}


NO_OPTIONS = (
    "erlang-a: plan.design: missing, expected options, such as "
    '{ options = [{ "assist.groups" = ["team"], per_month = 400 }] }'
)
EXPECTED = "expected a measure that is good or bad in itself, such as effort"
NEAR = f"ccplan decide: --frontier: got 'efort', {EXPECTED}; did you mean 'effort'?"
NEITHER = f"ccplan decide: --frontier: got 'offered', {EXPECTED}"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["erlang-a"], NO_OPTIONS),
        (["bot-tiers", "--frontier", "efort"], NEAR),
        (["bot-tiers", "--frontier", "offered"], NEITHER),
    ],
)
def test_faulty_input(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["decide", *arguments]) == EXIT_FAULTY
    assert capsys.readouterr().err.strip() == sentence


def test_a_frontier_that_is_not_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "shop.toml"
    file.write_text(dump(shop(design={"options": [AN_OPTION]})), encoding="utf-8")
    assert cli.run(["decide", str(file), "--frontier", "effort"]) == EXIT_FAULTY
    said = capsys.readouterr().err.strip()
    assert said == "ccplan decide: --frontier: effort is not told by shop, expected a table [experience]"


def test_where_no_design_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A first contact cannot meet 99 of 100 needs where people resolve 95 of 100."""
    center = shop(design={"options": [AN_OPTION]}, guardrail={"first_contact_resolution": 0.99})
    file = tmp_path / "shop.toml"
    file.write_text(dump(center), encoding="utf-8")
    arguments = [
        "decide",
        str(file),
        "--replications",
        "10",
        "--workers",
        "1",
        "--out",
        str(tmp_path / "run"),
    ]
    assert cli.run(arguments) == EXIT_UNREACHABLE
    shown = capsys.readouterr()
    assert "shop: no design holds its service targets and guardrails" in shown.err
    told = " ".join(shown.out.split())
    assert "None can be chosen: no design holds its service targets and guardrails." in told
    assert "stops 1, 2 even with people enough for everybody at once" in told
    assert (tmp_path / "run" / "decision.json").is_file()
