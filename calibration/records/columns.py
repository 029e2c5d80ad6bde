"""The columns of a file that a mapping names."""

from __future__ import annotations

import polars as pl

from calibration.records.mapping import Mapping
from calibration.records.opening import Source
from calibration.records.parsing import cleaned
from calibration.records.recognizing import missing_columns
from calibration.records.sheets import Head, Sheet, head_of, not_apart, plain, separator_words, sheet_of
from scenarios.faults import Fault, FaultyInput, nearest

_SOME_RAGGED = 0.05
_SURELY = 3  # fewer lines are slips


def columns_of(source: Source, mapping: Mapping) -> Sheet:
    """The mapping's columns of a file, named as the mapping names them; optional ones that are absent are empty."""
    wanted = mapping.needed()
    head = head_of(source, frozenset(plain(name) for name in wanted), mapping.file)
    missing = missing_columns(mapping, head)
    if missing:
        raise FaultyInput(_missing(source, head, missing, wanted))
    at = {plain(name): number for number, name in reversed(list(enumerate(head.names)))}
    there = {name: at[plain(name)] for name in wanted if plain(name) in at}
    sheet = sheet_of(source, head, sorted(set(there.values())), mapping.file)
    _raise_for_ragged(source, head, sheet)
    return _named(sheet, head, there, mapping)


def _named(sheet: Sheet, head: Head, there: dict[str, int], mapping: Mapping) -> Sheet:
    """The columns under the mapping's names, cleaned; the raw text is let go."""
    wanted = mapping.needed()
    columns = [
        cleaned(pl.col(f"column_{there[name]}"), mapping.file.none_words).alias(name)
        if name in there
        else pl.lit(None, dtype=pl.String).alias(name)
        for name in wanted
    ]
    notes = (f"{sheet.file.name}: {head.line} lines before the line of names",) if head.line > 0 else ()
    absent = [f"{sheet.file.name}: no column '{name}'" for name in wanted if name not in there]
    return sheet.with_columns(
        sheet.columns.select(columns), (*notes, *absent, *_doubled(sheet, head, wanted))
    )


def _doubled(sheet: Sheet, head: Head, wanted: list[str]) -> list[str]:
    """Columns whose name stands twice."""
    names = [plain(name) for name in head.names]
    doubled = [name for name in wanted if names.count(plain(name)) > 1]
    return [f"{sheet.file.name}: more than one column '{name}': the first is read" for name in doubled]


def _missing(source: Source, head: Head, missing: tuple[str, ...], wanted: list[str]) -> list[Fault]:
    """A fault for each missing column; one for all where the line does not come apart at all."""
    if not head.comes_apart:
        return [not_apart(source, head)]
    found = {plain(name) for name in wanted}
    free = [name for name in head.names if name and plain(name) not in found]
    return [
        Fault(source.name, f"line {head.line + 1}", f"no column '{name}'", "", nearest(name, free))
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
