"""What a scenario takes from CSV files, read when it is loaded: a resolved scenario holds the values themselves.

A file lies beside the scenario file that names it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from scenarios.columns import Cell, FaultyColumn, moments, numbers, read_column
from scenarios.faults import Finding, Path
from scenarios.merging import FORMS
from scenarios.quantities import AMOUNT, COUNT, REAL, Number
from scenarios.reading import Data
from scenarios.resolving import Resolved


class Source(NamedTuple):
    """A column of a file, and the calendar's first day."""

    folder: FilePath
    file: str
    column: str
    start: date | None

    def cells(self) -> list[Cell]:
        """What stands in the column."""
        return read_column(self.folder, self.file, self.column)


class Reader(NamedTuple):
    """Whose tables it reads, by path and content; the key that names the file; the key that takes the values."""

    belongs: Callable[[Path, Mapping[str, Any]], bool]
    key: str
    values: str
    read: Callable[[Source], list[float]]


def with_files_read(resolved: Resolved) -> Resolved:
    """The same with values in the place of file and column; a file that cannot be used is a finding."""
    found = replace(resolved, findings=[*resolved.findings])
    found.data = _read(resolved.data, (), found)
    if isinstance(found.data.get("sources"), dict):
        found.data["sources"] = _moved(found.data["sources"], found.read)
    return found


def _moved(sources: Data, read: Mapping[Path, tuple[str, str]]) -> Data:
    """What is said of a file is said of the values read from it; of a column's name there is nothing to say."""
    to: dict[str, str] = {}
    columns: set[str] = set()
    for values, (key, _) in read.items():
        table = ".".join(map(str, values[:-1]))
        to[f"{table}.{key}"] = f"{table}.{values[-1]}"
        columns.add(f"{table}.column")
    return {to.get(key, key): source for key, source in sources.items() if key not in columns}


def _read(value: Any, path: Path, resolved: Resolved) -> Any:
    if isinstance(value, list):
        return [_read(inner, (*path, n), resolved) for n, inner in enumerate(value)]
    if not isinstance(value, dict):
        return value
    reader = _reader_of(path, value)
    if reader is None:
        return {key: _read(inner, (*path, key), resolved) for key, inner in value.items()}
    folder = resolved.layer_of((*path, reader.key)).folder
    source = Source(folder, value[reader.key], value["column"], _start_of(resolved.data))
    try:
        values = reader.read(source)
    except FaultyColumn as faulty:
        key = reader.key if faulty.key == "file" else faulty.key
        resolved.findings.append(Finding((*path, key), faulty.found, faulty.expected, faulty.hint))
        return value
    resolved.read[*path, reader.values] = (reader.key, source.file)
    rest = {key: inner for key, inner in value.items() if key not in (reader.key, "column")}
    return rest | {reader.values: values}


def _reader_of(path: Path, table: Mapping[str, Any]) -> Reader | None:
    """Who reads the file that this table names, if it names one and its column."""
    if not isinstance(table.get("column"), str):
        return None
    readers = (reader for reader in READERS if isinstance(table.get(reader.key), str))
    return next((reader for reader in readers if reader.belongs(path, table)), None)


def _start_of(data: Data) -> date | None:
    """The calendar's start, as far as it is a date."""
    calendar = data.get("calendar")
    start = calendar.get("start") if isinstance(calendar, dict) else None
    return start if type(start) is date else None


def _sample(source: Source) -> list[float]:
    """The values of an empirical law; empty cells are no values."""
    cells = [cell for cell in source.cells() if cell.text]
    if not cells:
        raise FaultyColumn("column", f"column '{source.column}' of {source.file} holds nothing", "numbers")
    return numbers(source.file, cells, AMOUNT)


def _per_interval(kind: Number) -> Callable[[Source], list[float]]:
    """A value for each interval; an empty cell is a fault."""
    return lambda source: numbers(source.file, source.cells(), kind)


def _moments(source: Source) -> list[float]:
    """Arrivals in seconds of the horizon, in order: of numbers as they are, else of dates and times."""
    cells = source.cells()
    try:
        found = numbers(source.file, cells, REAL)
    except FaultyColumn as no_numbers:
        found = moments(source.file, cells, source.start, no_numbers)
    return sorted(found)


def _is_alone(kind: str, table: str) -> Callable[[Path, Mapping[str, Any]], bool]:
    """Whether it is that table, without another form beside the file; with one, that is a fault of its own."""
    return lambda at, said: (
        len(at) == 3 and (at[0], at[2]) == (kind, table) and sum(form in said for form in FORMS[table]) == 1
    )


READERS = (
    Reader(
        lambda _, table: table.get("law") == "empirical" and "values" not in table, "file", "values", _sample
    ),
    Reader(_is_alone("contact_type", "arrivals"), "file", "per_interval", _per_interval(AMOUNT)),
    Reader(_is_alone("contact_type", "arrivals"), "replay", "replay", _moments),
    Reader(_is_alone("agent_group", "agents"), "file", "present_per_interval", _per_interval(COUNT)),
)
