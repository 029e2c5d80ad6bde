"""From text to columns of text: separators, the line of names, ragged and blank lines, workbooks."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from calibration.records.mapping import FileHints
from calibration.records.opening import Source
from scenarios.faults import Fault, FaultyInput

SEPARATOR_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
_LINES_OF_HEAD = 20
_HEAD_BYTES = 65_536
_RECORDS_AT_ONCE = 50_000
_QUOTE, _LF, _CR, _BLANK = 34, 10, 13, 32

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Head:
    """Where and how a file's columns are named: separator, number of the line of names (from 0), and the names."""

    separator: str
    line: int
    names: tuple[str, ...]

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
    layout = _laid_out(source.data, head.separator, hints.quotes)
    body = layout.after(head.line)
    n_fields = len(head.names)
    good = np.ones(len(body.n_fields), dtype=np.bool_) if hints.ragged else body.n_fields == n_fields
    trailing = body.ends_with_separator & (body.n_fields == n_fields + 1)
    good |= trailing
    columns = _parsed(source.data, body, good, head, wanted, layout.quotes)
    ragged = tuple(zip(body.line[~good].tolist(), body.n_fields[~good].tolist(), strict=True))
    notes = (source.note,) if source.note else ()
    if layout.n_blank:
        notes = (*notes, f"{source.name}: blank lines: {layout.n_blank}")
    return Sheet(source.file, columns, body.line[good], ragged, n_fields, notes)


@dataclass(frozen=True)
class _Layout:
    """Records of a text: first and last byte, number of the first line, number of fields."""

    begin: Rows
    end: Rows
    line: Rows
    n_fields: Rows
    ends_with_separator: npt.NDArray[np.bool_]
    quotes: bool
    n_blank: int

    def after(self, line: int) -> _Layout:
        """The records below a line, counted from 0."""
        keep = self.line > line + 1
        parts = {
            name: getattr(self, name)[keep]
            for name in ("begin", "end", "line", "n_fields", "ends_with_separator")
        }
        return replace(self, **parts)


def _laid_out(data: bytes, separator: str, quotes: bool) -> _Layout:
    """Find records and count their fields; line ends and separators in quotes do not count."""
    text = np.frombuffer(data, dtype=np.uint8)
    quotes = quotes and b'"' in data
    breaks, separators = text == _LF, text == ord(separator)
    all_breaks = np.flatnonzero(breaks)
    if quotes:
        inside = np.bitwise_xor.accumulate(text == _QUOTE)
        quotes = not inside[-1]  # an odd number of quotes: they are inches or apostrophes, not quotation
        if quotes:
            breaks &= ~inside
            separators &= ~inside
    ends = np.flatnonzero(breaks)
    if len(ends) == 0 or ends[-1] != len(text) - 1:
        ends = np.append(ends, len(text))
    begins = np.append(0, ends[:-1] + 1)
    n_separators = _counted(separators, begins, ends)
    line = np.searchsorted(all_breaks, begins) + 1
    last = ends - ((ends > begins) & (text[np.maximum(ends - 1, 0)] == _CR))
    blank = _blank(text, begins, last)
    closing = separators[np.maximum(last - 1, 0)] & (last > begins)
    n_blank = int(blank.sum())
    keep = ~blank
    return _Layout(
        begin=begins[keep],
        end=last[keep],
        line=line[keep],
        n_fields=n_separators[keep] + 1,
        ends_with_separator=closing[keep],
        quotes=quotes,
        n_blank=n_blank,
    )


def _counted(marks: npt.NDArray[np.bool_], begins: Rows, ends: Rows) -> Rows:
    """Marks in each record; some thousand records at once, so that positions take little memory."""
    counts = np.zeros(len(begins), dtype=np.int64)
    for row in range(0, len(begins), _RECORDS_AT_ONCE):
        some = slice(row, row + _RECORDS_AT_ONCE)
        start = begins[row]
        at = np.flatnonzero(marks[start : ends[some][-1]])
        counts[some] = np.searchsorted(at, ends[some] - start) - np.searchsorted(at, begins[some] - start)
    return counts


def _blank(text: npt.NDArray[np.uint8], begins: Rows, ends: Rows) -> npt.NDArray[np.bool_]:
    """Records of nothing, or of blanks alone."""
    blank = ends <= begins
    short = np.flatnonzero(~blank & (text[np.minimum(begins, len(text) - 1)] <= _BLANK))
    for row in short:  # few begin with a blank or a tab
        blank[row] = not text[begins[row] : ends[row]].tobytes().strip()
    return blank


def _parsed(
    data: bytes, body: _Layout, good: npt.NDArray[np.bool_], head: Head, wanted: list[int], quotes: bool
) -> pl.DataFrame:
    """The wanted columns of the good records, by polars; every field is text."""
    names = [f"column_{number}" for number in range(len(head.names))]
    if not good.any():
        return pl.DataFrame({f"column_{at}": pl.Series([], dtype=pl.String) for at in wanted})
    text = _text_of(data, body, good)
    return pl.read_csv(
        text,
        has_header=False,
        separator=head.separator,
        quote_char='"' if quotes else None,
        schema=dict.fromkeys(names, pl.String),
        columns=wanted,
        truncate_ragged_lines=True,
    )


def _text_of(data: bytes, body: _Layout, good: npt.NDArray[np.bool_]) -> bytes:
    """The good records' text; copied only where there are others among them."""
    if good.all() and body.n_blank == 0:
        return data[int(body.begin[0]) :]
    chosen = zip(body.begin[good].tolist(), body.end[good].tolist(), strict=True)
    return b"\n".join(data[begin:end] for begin, end in chosen)
