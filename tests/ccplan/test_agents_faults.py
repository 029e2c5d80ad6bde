"""Messages: every faulty option of `ccplan agents` gets its sentence, all of them together, and exit code 2."""

from __future__ import annotations

import pytest

from ccplan.agents_words import duration_text, time_text
from ccplan.cli import run
from ccplan.exits import EXIT_FAULTY, EXIT_UNREACHABLE

GOOD = {"--calls": "300", "--per": "30min", "--aht": "360", "--target": "80/20", "--patience": "120"}
DURATION = "expected a duration above 0, such as 360, 360s, 6min or 1h"
SHARE = "expected a share in [0, 1] or a percentage"
SIDES = "expected two of load (--calls), people (--agents) and service (--target, or a limit such as --max-occupancy)"
AT_MOST = "expected at most 200,000 (is --per the time of these calls?)"
TARGET = "expected a percentage and a time, such as 80/20 or 90/1min"


def faults_of(capsys, options):
    """The sentences, without the command's name in front."""
    assert run(["agents", *options]) == EXIT_FAULTY
    printed = capsys.readouterr()
    assert printed.out == ""
    return [line.removeprefix("ccplan agents: ") for line in printed.err.splitlines()]


@pytest.mark.parametrize(
    ("option", "text", "sentence"),
    [
        ("--aht", "six", f"got 'six', {DURATION}"),
        ("--aht", "0", f"got '0', {DURATION}"),
        ("--aht", "-360", f"got '-360', {DURATION}"),
        ("--aht", "1e12", f"got '1e12', {DURATION}"),
        ("--per", "30mins", f"got '30mins', {DURATION}; did you mean '30min'?"),
        ("--patience", "2m", f"got '2m', {DURATION}; did you mean '2min'?"),
        ("--patience", "inf", f"got 'inf', {DURATION}"),
        ("--calls", "many", "got 'many', expected a number above 0"),
        ("--calls", "nan", "got 'nan', expected a number above 0"),
        ("--calls", "1,000", "got '1,000', expected a number above 0 (write 1000)"),
        ("--agents", "3.5", "got '3.5', expected a whole number of people from 1 to 200,000"),
        ("--agents", "0", "got '0', expected a number above 0"),
        ("--max-abandonment", "5", f"got '5', {SHARE} (write 0.05 or 5%)"),
        ("--max-occupancy", "lots", f"got 'lots', {SHARE} (such as 0.05 or 5%)"),
        ("--target", "80-20", f"got '80-20', {TARGET}"),
        ("--target", "80/20mins", f"got '80/20mins', {TARGET}; did you mean '20min'?"),
        ("--target", "180/20", f"got '180/20', {TARGET}"),
        ("--target", "1/20", f"got '1/20', {TARGET} (write 1%/20 or 100/20)"),
        ("--cost-per-h", "free", "got 'free', expected a number above 0"),
        ("--awt", "30", "got '30' beside --target 80/20, expected one of the two"),
    ],
)
def test_one_fault(capsys, option, text, sentence):
    options = GOOD | {option: text}
    assert faults_of(capsys, [word for pair in options.items() for word in pair]) == [f"{option}: {sentence}"]


@pytest.mark.parametrize(
    ("options", "sentences"),
    [
        (
            "--call 300 --agents 5 --aht 360 --target 80/20",
            ["--call: unknown option; did you mean '--calls'?"],
        ),
        (
            "--calls 3 --agents 5 --aht 360 people",
            ["people: a word without an option (every value follows its option)"],
        ),
        (
            "--calls 3 --aht 360",
            [f"the triangle: got only load (--calls), {SIDES}"],
        ),
        (
            "--calls 300 --aht 360 --max-abandonment 5%",
            ["--max-abandonment: needs --patience (without it nobody abandons: Erlang C)"],
        ),
        (
            "--calls 300000 --per 1min --aht 1h --agents 5",
            [f"--calls, --per, --aht: calls ÷ per × aht is 18,000,000 erlangs, {AT_MOST}"],
        ),
    ],
)
def test_options_that_do_not_fit_together(capsys, options, sentences):
    assert faults_of(capsys, options.split()) == sentences


def test_all_faults_at_once(capsys):
    options = "--cals=5 --per soon --agents 3.5 --max-occupancy 85 --target 80"
    faults = faults_of(capsys, options.split())
    assert [fault.split(":")[0] for fault in faults] == [
        "--cals",
        "--per",
        "--agents",
        "--max-occupancy",
        "--target",
        "--aht",
    ]


def test_a_file_that_cannot_be_written(capsys, tmp_path):
    options = [word for pair in GOOD.items() for word in pair]
    file = tmp_path / "no-such-folder" / "agents.json"
    (fault,) = faults_of(capsys, [*options, "--json", str(file)])
    assert fault.startswith(f"--json: cannot write '{file}', expected a file in a folder that exists (")


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        ("--target 100/20", "every call answered within 20 s (100 %)"),
        ("--max-abandonment 0", "no abandoned call at all"),
        ("--min-answer-rate 100%", "every call answered (100 %)"),
        ("--max-delay-rate 0", "no call that has to wait"),
        ("--max-occupancy 0", "no work for anyone present (occupancy 0)"),
    ],
)
@pytest.mark.parametrize("given", ["--calls 300", "--agents 62"])
def test_targets_that_no_number_of_people_reaches(capsys, given, limit, reason):
    assert (
        run(["agents", *given.split(), "--aht", "360", "--patience", "120", *limit.split()])
        == EXIT_UNREACHABLE
    )
    printed = capsys.readouterr()
    ending = " is approached with more people, but never reached by any number of them; ask for less\n"
    assert (printed.out, printed.err) == ("", reason + ending)


def test_a_target_that_takes_too_many_people(capsys):
    assert run(["agents", "--calls", "300", "--aht", "360", "--max-occupancy", "0.00001"]) == EXIT_UNREACHABLE
    assert capsys.readouterr().err == "the target would take more than 1,000,000 people\n"


def test_a_target_that_any_load_meets(capsys):
    options = "--agents 5 --aht 360 --patience 60 --max-mean-wait 60"
    assert run(["agents", *options.split()]) == EXIT_UNREACHABLE
    assert capsys.readouterr().err == "there is no largest load: this target holds however many call\n"


def test_times_as_planners_say_them():
    assert [
        time_text(s) for s in (0.04, 9.44, 99.94, 99.96, 999.4, 1000.0, 59_000.0, 60_000.0, float("inf"))
    ] == [
        "0.0 s",
        "9.4 s",
        "99.9 s",
        "100 s",
        "999 s",
        "17 min",
        "983 min",
        "17 h",
        "no end",
    ]
    assert [duration_text(s) for s in (20.0, 90.0, 360.0, 5400.0, 7200.0)] == [
        "20 s",
        "90 s",
        "6 min",
        "90 min",
        "2 h",
    ]
