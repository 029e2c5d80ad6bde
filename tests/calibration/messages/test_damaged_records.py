"""Damaged exports, as a planner might have them, each with all its sentences beside it."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from calibration.records.reading import read
from scenarios.faults import FaultyInput
from tests.calibration.exports import write
from tests.calibration.records import row, write_calls

DAMAGED = sorted((Path(__file__).parent / "damaged").glob("*.csv"))
MAPPINGS = {"mixed-times": "bank-1999-intervals"}


def told(*paths: Path, mapping: str | None = "bank-1999") -> list[str]:
    """The sentences about these files."""
    with pytest.raises(FaultyInput) as raised:
        read(paths, mapping)
    return [str(fault) for fault in raised.value.faults]


def test_there_are_six() -> None:
    assert len(DAMAGED) == 6


@pytest.mark.parametrize("file", DAMAGED, ids=[file.stem for file in DAMAGED])
def test_a_damaged_file_gets_its_sentences(file: Path) -> None:
    expected = file.with_suffix(".txt").read_text("utf-8").splitlines()
    assert expected
    assert told(file, mapping=MAPPINGS.get(file.stem, "bank-1999")) == expected


def test_faults_of_all_files_come_together() -> None:
    chosen = [file for file in DAMAGED if file.stem in ("column-missing", "wrong-delimiter")]
    assert told(*chosen) == [
        line for file in chosen for line in file.with_suffix(".txt").read_text().splitlines()
    ]


def test_an_empty_file(tmp_path: Path) -> None:
    file = write(tmp_path / "calls.csv", "")
    assert told(file) == ["calls.csv: is empty, expected a line of column names and lines of records"]


def test_a_picture_is_no_record(tmp_path: Path) -> None:
    file = write(tmp_path / "calls.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02")
    sentence = (
        "calls.csv: is not text: it holds bytes that no text has, expected CSV text or an .xlsx workbook"
    )
    assert told(file) == [sentence]


@pytest.mark.parametrize(
    ("name", "kind", "cut"),
    [
        ("calls.csv.gz", "gz", gzip.compress(b"call,date\n" * 500)[:-20]),
        ("calls.csv.xz", "xz", b"\xfd7zXZ\x00\x00\x04"),
        ("calls.csv.bz2", "bz2", b"BZh91AY&SY"),
        ("calls.csv.zst", "zst", b"\x28\xb5\x2f\xfd\x24\x05"),
    ],
    ids=["gz", "xz", "bz2", "zst"],  # a packed file holds the time at which it was made
)
def test_a_packed_file_that_is_cut_off(tmp_path: Path, name: str, kind: str, cut: bytes) -> None:
    file = write(tmp_path / name, cut)
    sentence = (
        f"{name}: its {kind} packing is damaged or cut off, expected a whole file (copy or export it again)"
    )
    assert told(file) == [sentence]


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    cut = write(tmp_path / "calls.xlsx", b"PK\x03\x04 and no more")
    sentence = (
        "calls.xlsx: its zip packing is damaged or cut off, expected a whole file (copy or export it again)"
    )
    assert told(cut) == [sentence]
    old = write(tmp_path / "calls.xls", b"\xd0\xcf\x11\xe0 and no more")
    assert told(old)[0].startswith("calls.xls: cannot be read as a workbook (")


def test_an_archive_of_several_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "calls.zip", "w") as archive:
        archive.writestr("january.csv", "call,date\n")
        archive.writestr("february.csv", "call,date\n")
    sentence = "calls.zip: holds 2 files of records, expected one, or all of them unpacked in a folder"
    assert told(tmp_path / "calls.zip") == [sentence]


def test_a_misspelled_file_and_an_empty_folder(tmp_path: Path) -> None:
    write_calls(tmp_path, [row(30_000, talk_s=9)])
    (tmp_path / "empty").mkdir()
    assert told(tmp_path / "calls_1999_1.csv.xz", tmp_path / "empty", tmp_path / "*.txt") == [
        f"{tmp_path}/calls_1999_1.csv.xz: no such file; did you mean 'calls_1999_01.csv.xz'?",
        (
            f"{tmp_path}/empty: no records in this folder, expected .csv, .tsv, .txt, .log, .psv, .xlsx, "
            "or packed as .gz, .xz, .bz2, .zst, .zip"
        ),
        f"{tmp_path}/*.txt: no file fits this pattern",
    ]


def test_a_layout_that_nobody_knows(tmp_path: Path) -> None:
    (sentence,) = told(write(tmp_path / "calls.csv", "animal,legs\nhen,2\n"), mapping=None)
    assert sentence.startswith("calls.csv: no shipped mapping knows its columns, expected 'amazon-connect', ")
    assert sentence.endswith("(write a mapping of your own: docs/features/records.md)")


def test_a_file_that_fits_two_layouts_alike(tmp_path: Path) -> None:
    names = "created_at,wait_time,talk_time,completion_status,Interval Start,Offered,Answered,Abandoned"
    file = write(tmp_path / "calls.csv", names + "\n1,2,3,4,5,6,7,8\n")
    fits = "expected 'genesys-queue-view' or 'zendesk-calls' (name the one meant)"
    assert told(file, mapping=None) == [f"calls.csv: several mappings fit its columns, {fits}"]


def test_a_layout_that_lacks_a_column(tmp_path: Path) -> None:
    head = "Queue,StartInterval,Contacts handled,Contacts abandoned,Average queue answer time,Average handle time\n"
    (sentence,) = told(write(tmp_path / "queues.csv", head + "a,b,c,d,e,f\n"), mapping=None)
    assert sentence == (
        "queues.csv: no shipped mapping fits; the nearest is 'amazon-connect', but there is no 'Contacts queued' "
        "(name a mapping, or write one: docs/features/records.md)"
    )


A_MOMENT = "expected a moment written as 2024-03-31 09:30:00"


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("waited_s", "00:00:05", 'expected seconds (a time? unit = "hh:mm:ss")'),
        ("talk_s", "1,5", 'expected seconds (a decimal comma? [file] decimal = ",")'),
        ("joined_at", "1709542800", f'{A_MOMENT} (seconds since 1970? format = "epoch")'),
        ("joined_at", "1709542800123", f'{A_MOMENT} (seconds since 1970? format = "epoch ms")'),
        ("outcome", "done", "expected answered, abandoned, left_early or sent_away"),
    ],
)
def test_what_a_value_seems_to_be_instead(tmp_path: Path, column: str, value: str, expected: str) -> None:
    sound = {
        "queue": "q",
        "joined_at": "2024-03-04 09:00:00",
        "waited_s": "5",
        "outcome": "answered",
        "talk_s": "6",
    }
    line = ";".join((sound | {column: value}).values()) + "\n"
    file = write(tmp_path / "calls.csv", ";".join(sound) + "\n" + 3 * line)
    found = f"line 2, column '{column}': got '{value}' (3 of 3 rows cannot be read)"
    assert told(file, mapping="calls") == [f"calls.csv: {found}, {expected}"]
