"""People present as a staffing file has them: interval_start, agents_present and, where it tells, group."""

from __future__ import annotations

import csv
import gzip
import lzma
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TextIO, TypeVar

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
T = TypeVar("T")

DAY_S = 86_400
LONGEST_INTERVAL_S, USUAL_INTERVAL_S = 3600, 1800
START, PRESENT, GROUP = "interval_start", "agents_present", "group"


class StaffingError(ValueError):
    """A staffing file that cannot be used; says where, what was found, and what was expected."""


@dataclass(frozen=True)
class Staffing:
    """Average people present, one row an interval (and group)."""

    start_s: FloatArray
    """Seconds from the midnight of `first_day`."""
    present: FloatArray
    group: tuple[str, ...]
    """"" where the file has no groups."""
    interval_s: int
    first_day: date

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the groups, in order."""
        return tuple(sorted(set(self.group)))

    def table(self, first_day: date, n_days: int, interval_s: int) -> FloatArray:
        """By group, day and interval, days counted from `first_day`: shape (groups, days, intervals of a day)."""
        n = DAY_S // interval_s
        per = max(1, self.interval_s // interval_s)
        table = np.zeros((len(self.groups), n_days * n))
        start_s = self.start_s + (self.first_day - first_day).days * DAY_S
        row = np.searchsorted(self.groups, self.group)
        weight = min(1.0, self.interval_s / interval_s)
        for step in range(per):
            place = ((start_s + step * interval_s) // interval_s).astype(np.int64)
            inside = (place >= 0) & (place < table.shape[1])
            np.add.at(table, (row[inside], place[inside]), weight * self.present[inside])
        return table.reshape(len(self.groups), n_days, n)


def read_staffing(file: Path) -> Staffing:
    """Reads the file: CSV, also .gz or .xz; a date and time as ISO 8601, people as a number.

    Raises StaffingError with the first faults of each kind.
    """
    with _open(file) as lines:
        reader = csv.DictReader(lines)
        _check_columns(file, reader.fieldnames or ())
        rows = list(reader)
    starts, start_faults = _each(
        rows, START, datetime.fromisoformat, "a date and time such as 2026-03-02T08:30"
    )
    present, present_faults = _each(rows, PRESENT, _people, "people present, 0 or more")
    faults = start_faults + present_faults
    if faults or not rows:
        raise StaffingError("\n".join(f"{file.name}: {fault}" for fault in faults or ["no rows"]))
    naive = [start.replace(tzinfo=None) for start in starts]
    first_day = min(naive).date()
    midnight = datetime.combine(first_day, datetime.min.time())
    start_s = np.array([(start - midnight).total_seconds() for start in naive])
    groups = tuple((row.get(GROUP) or "").strip() for row in rows)
    return Staffing(start_s, np.array(present), groups, _interval_s(start_s), first_day)


def _open(file: Path) -> TextIO:
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8-sig", newline="")
    if file.suffix == ".xz":
        return lzma.open(file, "rt", encoding="utf-8-sig", newline="")
    return file.open(encoding="utf-8-sig", newline="")


def _check_columns(file: Path, found: Sequence[str]) -> None:
    missing = [name for name in (START, PRESENT) if name not in found]
    if missing:
        raise StaffingError(
            f"{file.name}: column {' and '.join(missing)} missing; expected {START}, {PRESENT} and, "
            f"where there are several, {GROUP}; found {', '.join(found) or 'nothing'}"
        )


def _each(
    rows: list[dict[str, str]], column: str, read: Callable[[str], T], expected: str
) -> tuple[list[T], list[str]]:
    values: list[T] = []
    bad: list[tuple[int, str]] = []
    for line, row in enumerate(rows, start=2):
        try:
            values.append(read((row[column] or "").strip()))
        except ValueError:
            bad.append((line, row[column] or ""))
    if not bad:
        return values, []
    line, found = bad[0]
    more = f" (and {len(bad) - 1} more lines)" if len(bad) > 1 else ""
    return values, [f'line {line}, {column}: found "{found}", expected {expected}{more}']


def _people(text: str) -> float:
    value = float(text)
    if not 0.0 <= value < float("inf"):
        raise ValueError
    return value


def _interval_s(start_s: FloatArray) -> int:
    """The shortest step between two starts, up to an hour; half an hour where no two are that near."""
    steps = np.diff(np.unique(start_s))
    near = steps[steps <= LONGEST_INTERVAL_S]
    return int(near.min()) if len(near) else USUAL_INTERVAL_S
