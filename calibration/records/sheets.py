"""From text to columns of text: separators, the line of names, ragged and blank lines, workbooks."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from calibration.records.layout import Layout, Rows, laid_out
from calibration.records.mapping_parts import FileHints
from calibration.records.opening import Source
from scenarios.faults import Fault, FaultyInput

SEPARATOR_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
_LINES_OF_HEAD = 20
_HEAD_BYTES = 65_536


@dataclass(frozen=True)
class Head:
    """Where and how a file's columns are named: separator, number of the line of names (from 0), and the names."""

    separator: str
    line: int
    names: tuple[str, ...]

    @property
    def comes_apart(self) -> bool:
        """Whether there is more than one name."""
        return len([name for name in self.names if name]) > 1

    def known(self, names: frozenset[str]) -> int:
        """How many of these names stand in the head."""
        return len(names & {plain(name) for name in self.names})


@dataclass(frozen=True)
class Sheet:
    """A file as columns of text, the number of each row's line, and the rows that have not as many fields as names."""

    file: Path
    columns: pl.DataFrame
    line: Rows
    ragged: tuple[tuple[int, int], ...] = ()
    n_fields: int = 0
    notes: tuple[str, ...] = ()

    def with_columns(self, columns: pl.DataFrame, notes: tuple[str, ...]) -> Sheet:
        """The same rows under other columns, and more to say."""
        return replace(self, columns=columns, notes=(*self.notes, *notes))


def not_apart(source: Source, head: Head) -> Fault:
    """The fault of a file whose lines are not separated by anything known."""
    line = head.names[0] if head.names else ""
    shown = line if len(line) <= 60 else f"{line[:57]}..."
    expected = "columns separated by commas, semicolons, tabs or pipes"
    hint = 'name the separator in the mapping: [file] separator = "..."'
    return Fault(source.name, f"line {head.line + 1}", f"one field only, '{shown}'", expected, hint)


def separator_words(head: Head) -> str:
    """What the head says stands between fields."""
    return SEPARATOR_NAMES.get(head.separator, f"'{head.separator}'")


def plain(name: str) -> str:
    """A column's name as names are compared: without case, quotes and superfluous blanks."""
    return " ".join(name.strip().strip("\"'").casefold().split())


# --- The head --------------------------------------------------------------------------------------------------------


def head_of(source: Source, names: frozenset[str], hints: FileHints) -> Head:
    """The line among the first twenty, and the separator, that give the most of these names."""
    if hints.header is not None:
        return Head(hints.separator or ",", -1, hints.header)
    if source.is_book:
        return _best(_book_heads(source, hints), names)
    return _best(_text_heads(source, hints), names)


def _best(heads: list[Head], names: frozenset[str]) -> Head:
    """Most known names; among equals the earliest line with the most fields."""
    return max(heads, key=lambda head: (head.known(names), len([n for n in head.names if n]), -head.line))


def _text_heads(source: Source, hints: FileHints) -> list[Head]:
    text = source.data[:_HEAD_BYTES].decode("utf-8-sig", errors="ignore")
    lines = text.splitlines()[:_LINES_OF_HEAD]
    separators = dict.fromkeys([*([hints.separator] if hints.separator else []), *SEPARATOR_NAMES])
    heads = [
        Head(separator, number, _fields(line, separator))
        for number, line in enumerate(lines)
        for separator in separators
        if line.strip()
    ]
    return heads or [Head(",", 0, ())]


def _fields(line: str, separator: str) -> tuple[str, ...]:
    row = next(csv.reader(io.StringIO(line), delimiter=separator), [])
    return tuple(field.strip() for field in row)


def _book_heads(source: Source, hints: FileHints) -> list[Head]:
    sheet = _book(source, hints).head(_LINES_OF_HEAD)
    return [
        Head("", number, tuple((value or "").strip() for value in row))
        for number, row in enumerate(sheet.iter_rows())
    ] or [Head("", 0, ())]


# --- The rows --------------------------------------------------------------------------------------------------------


def sheet_of(source: Source, head: Head, wanted: list[int], hints: FileHints) -> Sheet:
    """The wanted columns (by position in the head) of all rows below the head, as text."""
    if source.is_book:
        return _sheet_of_book(source, head, wanted, hints)
    return _sheet_of_text(source, head, wanted, hints)


def _sheet_of_book(source: Source, head: Head, wanted: list[int], hints: FileHints) -> Sheet:
    rows = _book(source, hints).with_row_index("line")[head.line + 1 :]
    names = rows.columns[1:]
    rows = rows.filter(
        pl.any_horizontal(pl.col(name).fill_null("").str.strip_chars() != "" for name in names)
    )
    line = rows["line"].to_numpy().astype(np.int64) + 1
    columns = rows.select(pl.col(names[at]).alias(f"column_{at}") for at in wanted)
    return Sheet(source.file, columns, line, n_fields=len(head.names))


def _book(source: Source, hints: FileHints) -> pl.DataFrame:
    """A sheet of a workbook, every cell as text."""
    import fastexcel

    try:
        book = fastexcel.read_excel(source.data)
        sheet = hints.sheet if hints.sheet is not None else 0
        return book.load_sheet(
            sheet, header_row=None, dtypes="string", skip_whitespace_tail_rows=True
        ).to_polars()
    except fastexcel.FastExcelError as error:
        what = str(error).splitlines()[0]
        raise FaultyInput([Fault(source.name, "", "cannot be read as a workbook", "", what)]) from None


def _sheet_of_text(source: Source, head: Head, wanted: list[int], hints: FileHints) -> Sheet:
    layout = laid_out(source.data, head.separator, hints.quotes)
    body = layout.after(head.line)
    n_fields = len(head.names)
    good = np.ones(len(body.n_fields), dtype=np.bool_) if hints.ragged else body.n_fields == n_fields
    trailing = body.ends_with_separator & (body.n_fields == n_fields + 1)
    good |= trailing
    columns = _parsed(source.data, body, good, head, wanted, hints.ragged or bool(trailing.any()))
    ragged = tuple(zip(body.line[~good].tolist(), body.n_fields[~good].tolist(), strict=True))
    notes = (source.note,) if source.note else ()
    if layout.n_blank:
        notes = (*notes, f"{source.name}: blank lines: {layout.n_blank}")
    return Sheet(source.file, columns, body.line[good], ragged, n_fields, notes)


def _parsed(
    data: bytes, body: Layout, good: npt.NDArray[np.bool_], head: Head, wanted: list[int], ragged: bool
) -> pl.DataFrame:
    """The wanted columns of the good records, by polars; every field is text."""
    names = [f"column_{number}" for number in range(len(head.names) + ragged)]
    if not good.any():
        return pl.DataFrame({f"column_{at}": pl.Series([], dtype=pl.String) for at in wanted})
    whole = bool(good.all()) and body.n_blank == 0
    text = data if whole else _chosen(data, body, good)
    if (
        ragged
    ):  # where the first lines are short, polars takes the number of columns from a line of names alone
        text = head.separator.join(names).encode() + b"\n" + (data[int(body.begin[0]) :] if whole else text)
    return pl.read_csv(
        text,
        has_header=ragged,
        skip_lines=int(body.line[0]) - 1 if whole and not ragged else 0,
        separator=head.separator,
        quote_char='"' if body.quotes else None,
        schema=dict.fromkeys(names, pl.String),
        columns=wanted,
        truncate_ragged_lines=True,
    )


def _chosen(data: bytes, body: Layout, good: npt.NDArray[np.bool_]) -> bytes:
    """The good records' text."""
    chosen = zip(body.begin[good].tolist(), body.end[good].tolist(), strict=True)
    return b"\n".join(data[begin:end] for begin, end in chosen)
