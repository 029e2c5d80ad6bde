"""Every row is used or left out for one reason, and both are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import polars as pl

    Texts = Sequence[str | None] | pl.Series

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

_TOO_MANY = 0.05
_SURELY = 3  # fewer unreadable rows than this are slips, in however short a file


@dataclass(frozen=True)
class Tally:
    """Rows of which one thing is true: left out for a reason, or corrected; with the first of them."""

    reason: str
    n: int
    file: str
    line: int
    value: str = ""

    def __str__(self) -> str:
        """How many, why, and where the first one stands."""
        value = f", '{self.value}'" if self.value else ""
        return f"{self.n:,}: {self.reason} (first: {self.file}, line {self.line}{value})"


@dataclass(frozen=True)
class Unreadable:
    """A column's values of which too many cannot be read."""

    file: str
    line: int
    column: str
    value: str
    n: int
    n_rows: int
    expected: str


@dataclass
class Sieve:
    """Rows of all files, one after the other: in which file and line each stands, and why it is left out."""

    files: tuple[str, ...]
    file: IntArray
    line: IntArray
    unreadable: list[Unreadable] = field(default_factory=list)
    corrected: list[Tally] = field(default_factory=list)
    extra: list[Tally] = field(default_factory=list)
    """Rows that never became columns: too few or too many fields."""

    def __post_init__(self) -> None:
        self._reasons: list[str] = []
        self._values: list[Texts | None] = []
        self._reason = np.full(len(self.line), -1, dtype=np.int16)
        self._merged = np.zeros(len(self.line), dtype=np.bool_)
        self._ruled_out = np.zeros(len(self.line), dtype=np.bool_)

    @property
    def kept(self) -> BoolArray:
        """Rows for which no reason to leave them out is known yet, less those merged into others."""
        return (self._reason < 0) & ~self._merged

    @property
    def n_read(self) -> int:
        """All rows of all files, headings and blank lines aside."""
        return len(self.line) + sum(tally.n for tally in self.extra)

    @property
    def n_used(self) -> int:
        """Rows that are not left out."""
        return int((self._reason < 0).sum())

    def merge(self, rows: IntArray) -> None:
        """Take rows as used, in what another row of the same contact says."""
        self._merged[rows] = True

    def leave_out(self, rows: BoolArray, reason: str, values: Texts | None = None) -> None:
        """Leave rows out; those left out before keep their first reason."""
        self._ruled_out |= rows
        self._mark(rows, reason, values)

    def _mark(self, rows: BoolArray, reason: str, values: Texts | None) -> None:
        rows = rows & self.kept
        if rows.any():
            self._reason[rows] = len(self._reasons)
            self._reasons.append(reason)
            self._values.append(values)

    def cannot_read(self, rows: BoolArray, column: str, values: Texts, expected: str) -> None:
        """Leave out rows whose value cannot be read; where they are many in a file, that is a fault.

        Rows of which another column cannot be read count for that, so that all such columns are found at once
        """
        rows = rows & ~self._ruled_out
        n_rows = np.bincount(self.file[~self._ruled_out], minlength=len(self.files))
        n_bad = np.bincount(self.file[rows], minlength=len(self.files))
        for number in np.flatnonzero((n_bad > _TOO_MANY * n_rows) & (n_bad >= np.minimum(_SURELY, n_rows))):
            first = int(np.flatnonzero(rows & (self.file == number))[0])
            where = (self.files[number], int(self.line[first]), column, str(values[first] or ""))
            self.unreadable.append(Unreadable(*where, int(n_bad[number]), int(n_rows[number]), expected))
        self._mark(rows, f"{column} cannot be read, expected {expected}", values)

    def correct(self, rows: BoolArray, what: str, values: Texts | None = None) -> None:
        """Count rows that are used otherwise than they are written."""
        rows = rows & self.kept
        if rows.any():
            self.corrected.append(self._tally(rows, what, values))

    def left_out(self) -> tuple[Tally, ...]:
        """Rows left out by reason, the commonest first."""
        tallies = [
            self._tally(self._reason == number, reason, self._values[number])
            for number, reason in enumerate(self._reasons)
        ]
        return tuple(sorted([*self.extra, *tallies], key=lambda tally: -tally.n))

    def _tally(self, rows: BoolArray, reason: str, values: Texts | None) -> Tally:
        first = int(np.flatnonzero(rows)[0])
        value = "" if values is None else str(values[first] or "")
        return Tally(reason, int(rows.sum()), self.files[self.file[first]], int(self.line[first]), value)
