"""Columns of CSV files: cells with the lines in which they stand, and numbers that say which line is none.

The first line names the columns. Cells are separated by whichever of comma, semicolon and tab that line has most of.
"""

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path as FilePath
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from scenarios.faults import got, nearest, one_of
from scenarios.quantities import Number

SEPARATORS = ",;\t"
MOST_LINES = 10  # of faulty ones that are told by number


class Cell(NamedTuple):
    """What stands in the column in one line of the file."""

    line: int
    text: str


class FaultyColumn(Exception):  # noqa: N818 - as FaultyInput
    """A column that cannot be read: which key of the table is to blame, and the parts of a fault's sentence."""

    def __init__(self, key: str, found: str, expected: str = "", hint: str = "") -> None:
        self.key, self.found, self.expected, self.hint = key, found, expected, hint
        super().__init__(found)


def read_column(folder: FilePath, file: str, column: str) -> list[Cell]:
    """The cells of a column in order; lines without any cell are left out. Raises FaultyColumn."""
    lines = _lines(folder, file)
    separator = max(SEPARATORS, key=lines[0].count) if lines else ","
    rows = csv.reader(StringIO("".join(lines)), delimiter=separator)
    names = [name.strip() for name in next(rows, [])]
    if column not in names:
        hint = nearest(column, names)
        known = "" if hint else one_of([f'"{name}"' for name in names]) if names else "a line of names"
        raise FaultyColumn("column", f"no column '{column}' in {file}", known, hint)
    place = names.index(column)
    return [Cell(rows.line_num, row[place].strip() if place < len(row) else "") for row in rows if any(row)]


def _lines(folder: FilePath, file: str) -> list[str]:
    path = folder / file
    if not path.is_file():
        beside = [other.name for other in path.parent.glob("*.csv")] if path.parent.is_dir() else []
        raise FaultyColumn("file", got(file), "a CSV file beside this one", nearest(path.name, beside))
    try:
        return path.read_text("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as error:
        raise FaultyColumn("file", f"byte {error.start + 1} of {file} is not text in UTF-8") from None
    except OSError as error:
        raise FaultyColumn("file", f"{file} cannot be read: {error.strerror}") from None


def numbers(file: str, cells: Sequence[Cell], kind: Number) -> list[float]:
    """The cells as numbers of that kind; raises FaultyColumn with the lines that hold none."""
    return _each(file, cells, lambda text: kind.check(float(text)), kind.expected)


def moments(file: str, cells: Sequence[Cell], start: date | None, no_numbers: FaultyColumn) -> list[float]:
    """The cells as dates and times, in seconds from the midnight of `start`.

    Raises FaultyColumn where some are none; `no_numbers` where none is one, or there is no start to count from.
    """
    if not any(_is_moment(cell.text) for cell in cells):
        expected = "dates and times such as 2026-11-09T08:30:00, or seconds"
        raise FaultyColumn(no_numbers.key, no_numbers.found, expected)
    if start is None:
        raise FaultyColumn("file", f"{file} has dates, but the calendar has no start", "calendar.start")
    midnight = datetime.combine(start, time())
    return _each(file, cells, lambda text: _since(midnight, text), "a date and time, without an offset")


def _is_moment(text: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _since(midnight: datetime, text: str) -> float:
    """Seconds from midnight to a local moment; ValueError where it has an offset from UTC."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        raise ValueError(text)
    return (moment - midnight).total_seconds()


def _each(file: str, cells: Sequence[Cell], value_of: Callable[[str], float], expected: str) -> list[float]:
    """The values of all cells; raises FaultyColumn with the lines that have none."""
    found: list[float] = []
    wrong: list[Cell] = []
    for cell in cells:
        try:
            found.append(value_of(cell.text))
        except (ValueError, PydanticCustomError):
            wrong.append(cell)
    if wrong:
        raise FaultyColumn("column", _what_is_wrong(file, wrong), expected)
    return found


def _what_is_wrong(file: str, wrong: Sequence[Cell]) -> str:
    what = f'"{wrong[0].text}"' if wrong[0].text else "nothing"
    said = f"line {wrong[0].line} of {file} holds {what}"
    if len(wrong) == 1:
        return said
    others = [str(cell.line) for cell in wrong[1:]]
    shown = [*others[: MOST_LINES - 1], *(["…"] if len(others) >= MOST_LINES else [])]
    lines = f"{'line' if len(others) == 1 else 'lines'} {', '.join(shown)}"
    return f"{said}, and {len(others)} more such ({lines})"
