"""Snapshot: tables of the terminal, stored. Remake: `python -m tests.results.snapshots.remake`."""

from __future__ import annotations

import pytest

from tests.results.snapshots.remake import FOLDER, tables

STORED = sorted(path.name for path in FOLDER.glob("*.txt"))


@pytest.mark.parametrize("name", STORED)
def test_stored_table_is_current(name: str) -> None:
    stored = (FOLDER / name).read_text(encoding="utf-8")
    assert stored == tables()[name] + "\n", "remake it: python -m tests.results.snapshots.remake"


def test_no_line_is_wider_than_100_columns() -> None:
    for name, text in tables().items():
        assert max(len(line) for line in text.splitlines()) <= 100, name
