"""A year of calls for reading: the bank's own, again and again, each time some weeks later."""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import chain, count, islice
from pathlib import Path

BANK = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "bank-1999"
_WEEKS_APART = 22  # January to May, to the end of the week


def months() -> list[Path]:
    """The bank's files of calls; none where they do not lie beside the checkout."""
    return sorted(BANK.glob("calls_*.csv.xz"))


def write_rows(path: Path, n_rows: int) -> Path:
    """A file in the bank's layout with so many rows."""
    lines = [
        line for month in months() for line in lzma.decompress(month.read_bytes()).decode().splitlines(True)
    ]
    head = lines[0]
    rows = [line for line in lines if line != head]
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        file.writelines(islice(_repeated(rows), n_rows))
    return path


def _repeated(rows: list[str]) -> Iterator[str]:
    return chain.from_iterable(_later(rows, _WEEKS_APART * turn) for turn in count())


def _later(rows: Iterable[str], weeks: int) -> Iterator[str]:
    """The same calls some weeks later."""
    for row in rows:
        call, day, rest = row.split(",", 2)
        yield f"{call},{_day_later(day, weeks)},{rest}"


@cache
def _day_later(day: str, weeks: int) -> str:
    return (date.fromisoformat(day) + timedelta(weeks=weeks)).isoformat()
