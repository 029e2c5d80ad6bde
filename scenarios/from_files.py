"""What a scenario takes from CSV files, read when it is loaded: a resolved scenario holds the values themselves.

A file lies beside the scenario file that names it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from scenarios.columns import FaultyColumn, numbers, read_column
from scenarios.faults import Finding, Path
from scenarios.quantities import AMOUNT
from scenarios.reading import Data
from scenarios.resolving import Resolved

Reader = Callable[[Data, FilePath], Data]


def with_files_read(resolved: Resolved) -> Resolved:
    """The same with values in the place of file and column; a file that cannot be used is a finding."""
    findings: list[Finding] = []
    data = _read(resolved.data, (), resolved, findings)
    return replace(resolved, data=data, findings=[*resolved.findings, *findings])


def _read(value: Any, path: Path, resolved: Resolved, findings: list[Finding]) -> Any:
    if isinstance(value, list):
        return [_read(inner, (*path, n), resolved, findings) for n, inner in enumerate(value)]
    if not isinstance(value, dict):
        return value
    reader = _reader_of(path, value)
    if reader is None:
        return {key: _read(inner, (*path, key), resolved, findings) for key, inner in value.items()}
    try:
        return reader(value, resolved.layer_of((*path, "file")).folder)
    except FaultyColumn as faulty:
        findings.append(Finding((*path, faulty.key), faulty.found, faulty.expected, faulty.hint))
        return value


def _reader_of(path: Path, table: Mapping[str, Any]) -> Reader | None:
    """Who reads the file that this table names, if it names one and its column."""
    if not isinstance(table.get("file"), str) or not isinstance(table.get("column"), str):
        return None
    return next((reader for belongs, reader in READERS if belongs(path, table)), None)


def _sample(table: Data, folder: FilePath) -> Data:
    """The values of an empirical law; empty cells are no values."""
    file = table["file"]
    cells = [cell for cell in read_column(folder, file, table["column"]) if cell.text]
    if not cells:
        raise FaultyColumn("column", f"column '{table['column']}' of {file} holds nothing", "numbers")
    rest = {key: value for key, value in table.items() if key not in ("file", "column")}
    return rest | {"values": numbers(file, cells, AMOUNT)}


# Whose table it is, by path and content, and who reads its file.
READERS: tuple[tuple[Callable[[Path, Mapping[str, Any]], bool], Reader], ...] = (
    (lambda _, table: table.get("law") == "empirical" and "values" not in table, _sample),
)
