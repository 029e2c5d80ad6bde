"""Read files of records by a mapping: contacts or interval counts, and what became of every row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from calibration.records.contacts import Contacts, FloatArray
from calibration.records.intervals import Intervals
from calibration.records.mapping import CallsMapping, EventsMapping, IntervalsMapping, Mapping
from calibration.records.maps import load_map
from calibration.records.opening import found_files, opened
from calibration.records.sieve import Sieve, Tally
from calibration.records.spells import Spells
from scenarios.faults import Fault, FaultyInput

if TYPE_CHECKING:
    from calibration.records.rows import Rows
    from calibration.records.sheets import Sheet


@dataclass(frozen=True)
class Reading:
    """What the files hold. rows_used + the rows left out = rows_read; headings and blank lines are no rows.

    contacts: of records by call or event; answered_s: where the files hold moments of the answer, these, on the
    clock that wrote them, which may differ by seconds from joined + waited; NaN for those not answered
    intervals: of interval reports; spells: of logs that tell of agents
    mapping: its shipped name, or its file's; recognized: found from the columns, not named
    left_out: rows not used, by reason; corrected: rows used otherwise than they are written, by what was done
    """

    files: tuple[str, ...]
    mapping: str
    recognized: bool
    seen: str
    rows_read: int
    rows_used: int
    contacts: Contacts | None = None
    answered_s: FloatArray | None = None
    intervals: Intervals | None = None
    spells: Spells | None = None
    left_out: tuple[Tally, ...] = ()
    corrected: tuple[Tally, ...] = ()
    notes: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """The reading in sentences, for a report."""
        how = "recognized from the columns" if self.recognized else "as named"
        only = (
            ""
            if self.seen == "file"
            else f"; this layout is known from {self.seen} only, not from a real file"
        )
        rows = f"{self.rows_read:,} rows read, {self.rows_used:,} used, {self.rows_read - self.rows_used:,} left out"
        return [
            f"{len(self.files)} file{'s' if len(self.files) != 1 else ''}, mapping '{self.mapping}' ({how}{only})",
            rows,
            *(f"left out {tally}" for tally in self.left_out),
            *(f"corrected {tally}" for tally in self.corrected),
            *self.notes,
        ]


def read(paths: str | Path | Iterable[str | Path], mapping: str | Path | Mapping | None = None) -> Reading:
    """Read the files of these paths, folders or patterns.

    mapping: a shipped name, a file, or a mapping; None: the shipped one that fits the columns of the first file.
    Raises FaultyInput with every fault of all files.
    """
    files = found_files(paths)
    name, chosen = _named(mapping) if mapping is not None else _recognized(files[0])
    sheets = _sheets(files, chosen)
    rows = _rows(sheets, chosen)
    return _reading(sheets, rows, chosen, name, mapping is None)


def _named(mapping: str | Path | Mapping) -> tuple[str, Mapping]:
    if isinstance(mapping, str | Path):
        return Path(mapping).name.removesuffix(".toml"), load_map(mapping)
    return "given", mapping


def _recognized(file: Path) -> tuple[str, Mapping]:
    from calibration.records.recognizing import recognized

    return recognized(opened(file))


# --- Files to rows ---------------------------------------------------------------------------------------------------


def _sheets(files: list[Path], mapping: Mapping) -> list[Sheet]:
    """All files as columns of text; one file's text is let go before the next is opened."""
    from calibration.records.columns import columns_of

    sheets: list[Sheet] = []
    faults: list[Fault] = []
    for file in files:
        try:
            sheets.append(columns_of(opened(file, mapping.file.encoding), mapping))
        except FaultyInput as faulty:
            faults += faulty.faults
    if faults:
        raise FaultyInput(faults)
    return sheets


def _rows(sheets: list[Sheet], mapping: Mapping) -> Rows:
    """The rows of all files under each other."""
    import polars as pl

    from calibration.records.rows import Rows

    lines = [sheet.line for sheet in sheets]
    file = np.repeat(np.arange(len(sheets)), [len(line) for line in lines])
    sieve = Sieve(tuple(sheet.file.name for sheet in sheets), file, np.concatenate(lines))
    for sheet in sheets:
        if sheet.ragged:
            line, n_fields = sheet.ragged[0]
            reason = f"not as many fields as the line of names has ({sheet.n_fields})"
            sieve.extra.append(Tally(reason, len(sheet.ragged), sheet.file.name, line, f"{n_fields} fields"))
    columns = pl.concat([sheet.columns for sheet in sheets], how="vertical", rechunk=False)
    rows = Rows(columns, mapping.file, sieve)
    rows.notes += [note for sheet in sheets for note in sheet.notes]
    return rows


# --- Rows to a reading -----------------------------------------------------------------------------------------------


def _reading(sheets: list[Sheet], rows: Rows, mapping: Mapping, name: str, recognized: bool) -> Reading:
    contacts, answered_s, intervals, spells = None, None, None, None
    if isinstance(mapping, CallsMapping):
        from calibration.records.calls import contacts_of

        contacts, answered_s = contacts_of(rows, mapping)
    elif isinstance(mapping, EventsMapping):
        from calibration.records.events import contacts_and_spells

        contacts, spells = contacts_and_spells(rows, mapping)
    elif isinstance(mapping, IntervalsMapping):
        from calibration.records.interval_reports import intervals_of

        intervals = intervals_of(rows, mapping)
    _raise_for(rows.sieve)
    return Reading(
        files=tuple(str(sheet.file) for sheet in sheets),
        mapping=name,
        recognized=recognized,
        seen=mapping.seen,
        rows_read=rows.sieve.n_read,
        rows_used=rows.sieve.n_used,
        contacts=contacts,
        answered_s=answered_s,
        intervals=intervals,
        spells=spells,
        left_out=rows.sieve.left_out(),
        corrected=tuple(rows.sieve.corrected),
        notes=(*rows.notes, *_noticed(contacts, intervals)),
    )


def _noticed(contacts: Contacts | None, intervals: Intervals | None) -> list[str]:
    from calibration.records.noticing import of_contacts, of_intervals

    if contacts is not None:
        return of_contacts(contacts)
    return of_intervals(intervals) if intervals is not None else []


def _raise_for(sieve: Sieve) -> None:
    """A column of which many values cannot be read is a fault of the file or of the mapping."""
    if sieve.unreadable:
        from calibration.records.expected import hint_for

        raise FaultyInput(
            Fault(
                bad.file,
                f"line {bad.line}, column '{bad.column}'",
                f"got '{bad.value}' ({bad.n:,} of {bad.n_rows:,} rows cannot be read)",
                bad.expected,
                hint_for(bad),
            )
            for bad in sieve.unreadable
        )
    if sieve.n_read == 0:
        raise FaultyInput([Fault(file, "", "no records below the line of names") for file in sieve.files])
    if sieve.n_used == 0:
        reason = sieve.left_out()[0]
        raise FaultyInput([Fault(reason.file, f"line {reason.line}", f"no row can be used; {reason}")])
