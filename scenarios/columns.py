"""Columns of CSV files: cells with the lines in which they stand, and numbers that say which line is none.

The first line names the columns. Cells are separated by whichever of comma, semicolon and tab that line has most of.
"""

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path as FilePath
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from scenarios.faults import got, nearest, one_of
from scenarios.quantities import Number

SEPARATORS = ",;\t"


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
    """The cells as numbers of that kind; raises FaultyColumn with the first line that holds none."""
    found: list[float] = []
    wrong: list[Cell] = []
    for cell in cells:
        try:
            found.append(kind.check(float(cell.text)))
        except (ValueError, PydanticCustomError):
            wrong.append(cell)
    if wrong:
        more = f", and {len(wrong) - 1} more such" if len(wrong) > 1 else ""
        what = f'"{wrong[0].text}"' if wrong[0].text else "nothing"
        raise FaultyColumn("column", f"line {wrong[0].line} of {file} holds {what}{more}", kind.expected)
    return found
