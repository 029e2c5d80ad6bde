"""The columns of a file that a mapping names."""

from __future__ import annotations

import polars as pl

from calibration.records.mapping import Mapping
from calibration.records.opening import Source
from calibration.records.recognizing import missing_columns, needed_columns
from calibration.records.sheets import Head, Sheet, head_of, plain, separator_words, sheet_of
from scenarios.faults import Fault, FaultyInput, nearest

_SOME_RAGGED = 0.05
_SURELY = 3  # fewer lines are slips


def columns_of(source: Source, mapping: Mapping) -> Sheet:
    """The mapping's columns of a file, named as the mapping names them; optional ones that are absent are empty."""
    wanted = mapping.needed()
    head = head_of(source, frozenset(plain(name) for name in wanted), mapping.file)
    missing = missing_columns(mapping, head)
    if missing:
        raise FaultyInput(_missing(source, head, missing, len(needed_columns(mapping))))
    at = {plain(name): number for number, name in reversed(list(enumerate(head.names)))}
    there = {name: at[plain(name)] for name in wanted if plain(name) in at}
    sheet = sheet_of(source, head, sorted(set(there.values())), mapping.file)
    _raise_for_ragged(source, head, sheet)
    return _renamed(sheet, head, there, wanted)


def _renamed(sheet: Sheet, head: Head, there: dict[str, int], wanted: list[str]) -> Sheet:
    columns = [
        pl.col(f"column_{there[name]}").alias(name)
        if name in there
        else pl.lit(None, dtype=pl.String).alias(name)
        for name in wanted
    ]
    notes = (f"{sheet.file.name}: {head.line} lines before the line of names",) if head.line > 0 else ()
    absent = [f"{sheet.file.name}: no column '{name}'" for name in wanted if name not in there]
    return sheet.with_columns(sheet.columns.select(columns), (*notes, *absent))


def _missing(source: Source, head: Head, missing: tuple[str, ...], n_needed: int) -> list[Fault]:
    """A fault for each missing column; one for all where the line does not come apart at all."""
    if len(missing) == n_needed and len([name for name in head.names if name]) <= 1:
        line = head.names[0] if head.names else ""
        shown = line if len(line) <= 60 else f"{line[:57]}..."
        expected = "columns separated by commas, semicolons, tabs or pipes"
        hint = 'name the separator in the mapping: [file] separator = "..."'
        return [Fault(source.name, f"line {head.line + 1}", f"one field only, '{shown}'", expected, hint)]
    there = [name for name in head.names if name]
    return [
        Fault(source.name, f"line {head.line + 1}", f"no column '{name}'", "", nearest(name, there))
        for name in missing
    ]


def _raise_for_ragged(source: Source, head: Head, sheet: Sheet) -> None:
    """Where many lines have another number of fields than the names, the lines are separated otherwise."""
    n_ragged = len(sheet.ragged)
    n_rows = n_ragged + sheet.columns.height
    if n_ragged < min(_SURELY, n_rows) or n_ragged <= _SOME_RAGGED * n_rows:
        return
    line, n_fields = sheet.ragged[0]
    found = f"{n_fields} field{'s' if n_fields != 1 else ''} ({n_ragged:,} lines like it)"
    expected = (
        f"{sheet.n_fields}, as many as names in line {head.line + 1}, separated by {separator_words(head)}"
    )
    raise FaultyInput(
        [Fault(source.name, f"line {line}", found, expected, _other_separator(source, head, line))]
    )


def _other_separator(source: Source, head: Head, line: int) -> str:
    """What seems to separate the fields of a line instead."""
    from calibration.records.sheets import SEPARATOR_NAMES

    text = source.data.split(b"\n", line)[line - 1].decode(errors="replace")
    for separator, words in SEPARATOR_NAMES.items():
        if separator != head.separator and text.count(separator) + 1 == len(head.names):
            return f"the line is separated by {words}"
    return ""
