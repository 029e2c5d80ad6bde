"""Small call records written for a test, in the bank's own layout, and where the real one is."""

import gzip
import lzma
from collections.abc import Iterable
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "bank-1999"

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the bank's record is not beside the repository")

COLUMNS = (
    "call,date,type,priority,customer,line,vru_entry,vru_exit,q_start,q_time,outcome,ser_start,ser_time,agent"
)


def row(
    joined_s: int,
    *,
    waited_s: int | None = None,
    talk_s: int | None = None,
    outcome: str = "AGENT",
    agent: str = "A01",
    **other: object,
) -> str:
    """One line: a call that leaves the menu at joined_s, waits (None: did not queue), and is served (None: not)."""
    begins = joined_s + (waited_s or 0)
    fields = {
        "call": 1,
        "date": "1999-01-03",
        "type": "PS",
        "priority": 2,
        "customer": "",
        "line": "L01",
        "vru_entry": joined_s - 6,
        "vru_exit": joined_s,
        "q_start": -1 if waited_s is None else joined_s,
        "q_time": waited_s or 0,
        "outcome": outcome,
        "ser_start": -1 if talk_s is None else begins,
        "ser_time": talk_s or 0,
        "agent": agent if talk_s is not None else "",
    }
    return ",".join(str(value) for value in (fields | other).values())


def write_calls(folder: Path, rows: Iterable[str], month: str = "1999_01") -> Path:
    """A month's file in the folder."""
    with lzma.open(folder / f"calls_{month}.csv.xz", "wt", encoding="utf-8") as file:
        file.write("\n".join([COLUMNS, *rows]) + "\n")
    return folder


def write_staffing(folder: Path, rows: Iterable[str]) -> Path:
    """The staffing file in the folder."""
    with gzip.open(folder / "staffing_30min.csv.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(["interval_start,agents_present,agents_busy", *rows]) + "\n")
    return folder
