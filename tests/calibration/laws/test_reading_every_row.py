"""Every row is used or left out for one reason, whatever stands in the file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.records.mapping import CallsMapping
from calibration.records.reading import Reading, read
from scenarios.faults import FaultyInput
from tests.calibration.exports import write
from tests.calibration.laws.test_reading_traps import CALLS, NAMES, mapping, text

GARBAGE = st.sampled_from(
    [
        "",
        "x",
        "-1",
        "0",
        "nan",
        "1e99",
        "2024-02-30 09:00:00",
        "1900-01-01",
        "\u00e9\u00e9",
        "12:61",
        "ok",
        "-",
        " ",
    ]
)
ROW = st.builds(
    lambda row, at, what: (*row[:at], what, *row[at + 1 :]),
    st.sampled_from(CALLS),
    st.integers(0, len(NAMES) - 1),
    GARBAGE,
)
SOUND = st.sampled_from(CALLS)
RAGGED = st.sampled_from([CALLS[0][:3], (*CALLS[1], "more", "still more")])
FILES = st.lists(st.one_of(SOUND, SOUND, ROW, RAGGED), min_size=1, max_size=30)


@settings(max_examples=150, deadline=None)
@given(FILES)
def test_rows_used_and_left_out_are_the_rows_read(rows: list[tuple[str, ...]]):
    with tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder) / "calls.csv", text(";", rows=tuple(rows)))
        reading = _read_or_told(file, mapping())
    assert reading is None or reading.rows_read == len(rows)


def _read_or_told(file: Path, chosen: CallsMapping | None) -> Reading | None:
    """What was read, every row counted; None where sentences about this file say why it could not be."""
    try:
        reading = read(file, chosen)
    except FaultyInput as faulty:
        told = [str(fault) for fault in faulty.faults]
        if told and all(sentence.startswith(f"{file.name}: ") for sentence in told):
            return None
        raise
    _is_counted(reading)
    return reading


def _is_counted(reading: Reading) -> None:
    contacts = reading.contacts
    assert contacts is not None
    assert reading.rows_read == reading.rows_used + sum(tally.n for tally in reading.left_out)
    assert len(contacts) == reading.rows_used
    assert (np.diff(contacts.joined_s) >= 0).all()
    assert (contacts.waited_s >= 0).all()
    assert not (contacts.talk_s < 0).any()
    assert (contacts.queue >= 0).all()
    assert (contacts.queue < len(contacts.queues)).all()


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=1, max_size=200))
def test_whatever_bytes_stand_in_a_file_it_is_read_or_a_sentence_says_why(raw: bytes):
    with tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder) / "calls.csv", raw)
        for chosen in (mapping(), None):
            _read_or_told(file, chosen)


def test_the_first_row_of_each_reason_is_named(tmp_path: Path):
    slips = (
        ("4 March", *CALLS[0][1:]),
        ("", *CALLS[0][1:]),
        (*CALLS[0][:2], "lost", *CALLS[0][3:]),
        CALLS[0][:2],
    )
    rows = (CALLS * 20)[:50] + slips + (CALLS * 20)[:50]
    reading = read(write(tmp_path / "calls.csv", text(rows=rows)), mapping())
    assert (reading.rows_read, reading.rows_used) == (104, 100)
    assert sorted(str(tally) for tally in reading.left_out) == [
        "1: Result cannot be read, expected ok, left or voicemail (first: calls.csv, line 54, 'lost')",
        (
            "1: Start cannot be read, expected a moment written as 2024-03-31 09:30:00 "
            "(first: calls.csv, line 52, '4 March')"
        ),
        "1: Start is empty: no time (first: calls.csv, line 53)",
        "1: not as many fields as the line of names has (7) (first: calls.csv, line 55, '2 fields')",
    ]


def test_dates_far_from_all_others_are_slips(tmp_path: Path):
    slip = (("1970-01-01 00:00:00", *CALLS[0][1:]),)
    reading = read(write(tmp_path / "calls.csv", text(rows=CALLS * 10 + slip)), mapping())
    assert [str(tally) for tally in reading.left_out] == [
        "1: Start lies more than 30 years from the others (first: calls.csv, line 52, '1970-01-01 00:00:00')"
    ]


def test_a_line_that_stands_again_is_left_out(tmp_path: Path):
    rows = "id," + text().replace("\n2", "\n7,2").replace("\n7,2", "\n8,2", 3)
    reading = read(write(tmp_path / "calls.csv", rows), mapping(call="id"))
    assert reading.rows_used == 2
    assert [(tally.n, tally.line) for tally in reading.left_out] == [(3, 2)]
