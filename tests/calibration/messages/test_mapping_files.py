"""What someone reads whose mapping file is faulty."""

from __future__ import annotations

from pathlib import Path

import pytest

from calibration.records.maps import load_map, shipped_maps
from calibration.records.reading import read
from scenarios.faults import FaultyInput
from tests.calibration.exports import write


def told(name: str | Path) -> list[str]:
    """The sentences about this mapping."""
    with pytest.raises(FaultyInput) as raised:
        load_map(name)
    return [str(fault) for fault in raised.value.faults]


def test_every_shipped_mapping_is_sound_and_says_what_it_is() -> None:
    for name in shipped_maps():
        mapping = load_map(name)
        assert len(mapping.about) > 40
        assert mapping.seen in ("file", "documentation", "code")


def test_a_misspelled_name() -> None:
    assert told("asterisk-queue-logs") == [
        "asterisk-queue-logs: no such mapping, neither a file nor shipped; did you mean 'asterisk-queue-log'?"
    ]


def test_all_faults_at_once(tmp_path: Path) -> None:
    text = """
    kind = "calls"
    joined = "Start"
    waitd = "Wait"
    [talk]
    column = "Talk"
    columns = ["Talk", "Hold"]
    unit = "sec"
    [wrap_up]
    since = "Ended"
    [[outcome]]
    is = "answerd"
    where = { Result = "ok" }
    """
    units = '"s", "ms", "min", "h", "hh:mm:ss", "mm:ss", "hhmm", "count", "share" or "%"'
    outcomes = '"answered", "abandoned", "left_early" or "sent_away"'
    assert told(write(tmp_path / "ours.toml", text)) == [
        f"ours.toml: outcome[1].is: got \"answerd\", expected {outcomes}; did you mean 'answered'?",
        f'ours.toml: talk.unit: got "sec", expected {units}',
        "ours.toml: wrap_up: got a table, expected a column, or one of: column, columns, since and until",
        "ours.toml: waitd: unknown key; did you mean 'waited'?",
    ]


def test_a_kind_that_is_none(tmp_path: Path) -> None:
    file = write(tmp_path / "ours.toml", 'kind = "call"')
    assert told(file) == [
        'ours.toml: kind: got \'call\', expected "calls", "events" or "intervals"; did you mean \'calls\'?'
    ]


def test_a_mapping_that_extends_itself(tmp_path: Path) -> None:
    write(tmp_path / "a.toml", 'extends = "b.toml"')
    file = write(tmp_path / "b.toml", 'extends = "a.toml"')
    assert told(file) == ["a.toml: extends: goes round in a ring at 'b.toml'"]


def test_a_time_zone_that_is_none(tmp_path: Path) -> None:
    file = write(
        tmp_path / "ours.toml", 'extends = "genesys-intervals"\n[file]\nlocal_time_zone = "Europe/Berln"'
    )
    zone = "expected a time zone such as Europe/Berlin; did you mean 'Europe/Berlin'?"
    assert told(file) == [f'ours.toml: file.local_time_zone: got "Europe/Berln", {zone}']


def test_a_mapping_that_extends_another_changes_only_what_it_says(tmp_path: Path) -> None:
    file = write(
        tmp_path / "ours.toml", 'extends = "genesys-intervals"\n[file]\nlocal_time_zone = "Europe/Berlin"'
    )
    mapping, base = load_map(file), load_map("genesys-intervals")
    assert mapping.file.local_time_zone == "Europe/Berlin"
    assert mapping.file.time_zone == "UTC"
    assert mapping.model_copy(update={"file": base.file}) == base


def test_a_mapping_of_which_nothing_is_used(tmp_path: Path) -> None:
    records = write(tmp_path / "calls.csv", "Start,Result\n2024-03-04 09:00:00,ok\n")
    text = 'kind = "calls"\njoined = "Start"\n[[leave_out]]\nwhere = { Result = "ok" }\nwhy = "a test call"\n'
    mapping = write(tmp_path / "ours.toml", text + '[[outcome]]\nis = "answered"\n')
    with pytest.raises(FaultyInput) as raised:
        read(records, mapping)
    assert (
        str(raised.value)
        == "calls.csv: line 2: no row can be used; 1: a test call (first: calls.csv, line 2)"
    )
