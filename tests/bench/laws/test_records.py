"""Reading measured against a few lines of polars and pandas: all ways must give the same calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import records
from bench.page_records import records as section_of
from bench.peers.records_reader import WAYS
from bench.progress import silent
from bench.records_files import write_rows
from bench.store import Section
from tests.calibration.records import needs_data


def section(data: object) -> str:
    return "\n".join(section_of(Section("today", "python -m bench records", 0.0, data)))


@needs_data
def test_every_way_gives_the_same_calls():
    data = records.measure(silent, 1, 0.002)
    reads = [records.read_of(read) for read in data["reads"]]
    assert {read.way for read in reads} >= {"ours", "polars"}
    assert len({read.totals for read in reads}) == 1
    assert all(read.cpu_s > 0.0 and 0.0 < read.before_mb <= read.peak_mb for read in reads)
    assert "2,000 rows" in section(data)


@needs_data
def test_the_same_calls_come_again_some_weeks_later(tmp_path: Path):
    path = write_rows(tmp_path / "calls.csv", 180_000)
    lines = path.read_text().splitlines()
    assert len(lines) == 180_001
    again = lines[1 + 175_333].split(",")
    assert again[1] == "1999-06-04"  # 22 weeks after 1 January
    assert again[2:] == lines[1].split(",")[2:]


def test_a_way_that_gives_other_calls_is_found_out():
    read = records.Read("ours", 1.0, 1.0, 10.0, 20.0, (5, 4, 300.0))
    other = records.Read("polars", 1.0, 1.0, 10.0, 20.0, (5, 3, 300.0))
    with pytest.raises(RuntimeError, match="do not agree"):
        records.agree([read, other])


def test_without_the_record_the_page_says_so():
    assert "Not measured: the bank's record is not beside the checkout." in section(
        {"unable": "the bank's record is not beside the checkout"}
    )
    assert tuple(WAYS) == ("ours", "polars", "pandas")
