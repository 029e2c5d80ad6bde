"""Rows of all files as cleaned columns of text, and what a mapping makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from calibration.records import parsing
from calibration.records.expected import EXPECTED, written_as
from calibration.records.mapping_parts import Amount, Condition, FileHints, Moment
from calibration.records.sieve import BoolArray, IntArray, Sieve

FloatArray = npt.NDArray[np.float64]
_ANY = "*"


@dataclass
class Rows:
    """Columns of text in which empty and "none" are null, and the sieve through which the rows go."""

    columns: pl.DataFrame
    hints: FileHints
    sieve: Sieve
    notes: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return self.columns.height

    def text(self, names: Sequence[str]) -> pl.Series:
        """One column, or several joined by a slash; null where all are empty."""
        if len(names) == 1:
            return self.columns[names[0]]
        joined = pl.concat_str([pl.col(name) for name in names], separator=" / ", ignore_nulls=True)
        return self.columns.select(
            pl.when(joined == "").then(None).otherwise(joined).alias("text")
        ).to_series()

    def where(self, condition: Condition) -> BoolArray:
        """Rows of which every part of the condition holds."""
        found = np.ones(len(self), dtype=np.bool_)
        for column, words in condition.items():
            found &= self._is_one_of(column, words)
        return found

    def _is_one_of(self, column: str, words: Sequence[str]) -> BoolArray:
        text = pl.col(column)
        known = [word.casefold() for word in words if word not in ("", _ANY)]
        either = [text.str.to_lowercase().is_in(known)] if known else []
        either += [text.is_null()] if "" in words else []
        either += [text.is_not_null()] if _ANY in words else []
        return self._array(pl.any_horizontal(either).fill_null(value=False)).astype(np.bool_)

    def leave_out(self, condition: Condition, why: str) -> None:
        """Leave out the rows of a condition, for a reason."""
        self.sieve.leave_out(self.where(condition), why)

    def numbers(self, amount: Amount, unit: str) -> FloatArray:
        """What an amount is in each row: seconds, a count or a share; NaN where there is none.

        Rows with a value that cannot be read are left out
        """
        parts = [self._read(name, amount.unit or unit) for name in amount.sources]
        known = np.stack([~np.isnan(part) for part in parts]).any(axis=0)
        total = np.where(known, np.stack([np.nan_to_num(part) for part in parts]).sum(axis=0), np.nan)
        if amount.zero_is_none:
            total[total == 0.0] = np.nan
        if amount.only_where:
            total = np.where(self.where(amount.only_where), total, 0.0)
        return total

    def _read(self, name: str, unit: str) -> FloatArray:
        values = self._plain(name, unit)
        if values is None:
            values = self._array(parsing.value(pl.col(name), unit, self.hints.decimal)).astype(np.float64)
        self._count_unreadable(name, np.isnan(values), EXPECTED[unit])
        return self._as_percent(name, values) if unit == "%" else values

    def _plain(self, name: str, unit: str) -> FloatArray | None:
        """The quick way for a column in which every value is a bare number; None where one is not."""
        scale = 1.0 if unit == "count" else parsing.SECONDS.get(unit)
        if scale is None or self.hints.decimal != ".":
            return None
        numbers = self.columns[name].cast(pl.Float64, strict=False)
        if numbers.null_count() > self.columns[name].null_count():
            return None
        values = numbers.to_numpy() * scale
        return None if np.isinf(values).any() else values

    def _as_percent(self, name: str, values: FloatArray) -> FloatArray:
        """A workbook keeps 82 % as 0.82: a column of percent that never passes 1 % holds shares."""
        if not (values > 0.0).any() or np.nanmax(values) > 0.01 or self.columns[name].str.contains("%").any():
            return values
        self.notes.append(f"{name}: shares such as 0.82, not percent, and taken so")
        return values * 100.0

    def _count_unreadable(self, name: str, empty: BoolArray, expected: str) -> None:
        bad = empty & self.columns[name].is_not_null().to_numpy()
        if bad.any():
            self.sieve.cannot_read(bad, name, self.columns[name], expected)

    def duration_s(self, figure: str, amount: Amount | None) -> FloatArray:
        """Seconds of a duration; NaN where there is none or the mapping has none."""
        if amount is None:
            return np.full(len(self), np.nan)
        if amount.since is None or amount.until is None:
            return self.numbers(amount, "s")
        between = self._between(amount, figure)
        return np.where(self.where(amount.only_where), between, 0.0) if amount.only_where else between

    def _between(self, amount: Amount, figure: str) -> FloatArray:
        """Seconds between two columns; a time of day that ends after midnight has passed it."""
        since, until = str(amount.since), str(amount.until)
        if amount.format is not None:
            return (self._moment_us(until, amount.format) - self._moment_us(since, amount.format)) / 1e6
        unit = amount.unit or "hh:mm:ss"
        between = self._read(until, unit) - self._read(since, unit)
        wrapped = between < -parsing.DAY_S / 2
        self.sieve.correct(wrapped, f"{figure} ends after midnight: a day added", self.columns[until])
        return np.where(wrapped, between + parsing.DAY_S, between)

    def _moment_us(self, name: str, formats: Sequence[str]) -> FloatArray:
        us = self._floats(parsing.timestamp(pl.col(name), formats, to_utc=True))
        self._count_unreadable(name, np.isnan(us), written_as(formats))
        return us

    def moment_us(self, moment: Moment) -> IntArray:
        """Microseconds since 1970 on the center's clock; rows without one are left out."""
        text = {name: pl.col(name) for name in moment.columns}
        us = self._floats(parsing.moment_us(text, moment, self.hints, self.first_day_us(moment)))
        for name in moment.columns:
            none = self.columns[name].is_null() | self.columns[name].is_in(
                parsing.NO_DATE if self._is_date(name, moment) else []
            )
            self.sieve.leave_out(none.to_numpy(), f"{name} is empty: no time", None)
        name, formats = self._dated_by(moment, us)
        self.sieve.cannot_read(np.isnan(us), name, self.columns[name], formats)
        self._leave_out_stray_dates(us, name)
        self._note_clock(moment, us)
        return np.nan_to_num(us).astype(np.int64)

    def moment_if_any_us(self, moment: Moment) -> FloatArray:
        """The same where a row may have none: NaN."""
        text = {name: pl.col(name) for name in moment.columns}
        return self._floats(parsing.moment_us(text, moment, self.hints, self.first_day_us(moment)))

    def first_day_us(self, moment: Moment) -> int:
        """Midnight from which a moment's seconds count: of the day that its anchor names, else of its first day."""
        if moment.first_day is None:
            return 0
        if moment.anchor is not None:
            anchored = parsing.timestamp(pl.col(moment.anchor), ["iso"])
            seconds = parsing.duration_s(pl.col(moment.column), moment.unit, self.hints.decimal)
            midnights = self.columns.lazy().filter(pl.col(moment.anchor).is_not_null()).head(1)
            found = midnights.select(anchored - (seconds * 1e6).round().cast(pl.Int64)).collect().to_series()
            if len(found) and found[0] is not None:
                return int(found[0])
        return (date.fromisoformat(moment.first_day) - date(1970, 1, 1)).days * parsing.DAY_S * 1_000_000

    @staticmethod
    def _is_date(name: str, moment: Moment) -> bool:
        return name == moment.date or moment.is_timestamp

    def _dated_by(self, moment: Moment, us: FloatArray) -> tuple[str, str]:
        """The column to blame where a moment cannot be read, and what was expected of it."""
        if moment.is_timestamp:
            return moment.column, written_as(moment.formats)
        if moment.date is not None:
            no_date = self._array(parsing.date_us(pl.col(moment.date), moment.date_format).is_null())
            if (no_date & np.isnan(us) & self.sieve.kept).any():
                return moment.date, written_as(moment.date_format, "2024-03-31")
        return moment.column, EXPECTED[moment.unit]

    def _leave_out_stray_dates(self, us: FloatArray, name: str) -> None:
        """Dates far from all others are slips, or mean none: 1900-01-01, 1970-01-01."""
        kept = self.sieve.kept
        if not kept.any():
            return
        middle = float(np.median(us[kept]))
        stray = np.abs(us - middle) > _YEARS_APART * 365.25 * parsing.DAY_S * 1e6
        self.sieve.leave_out(
            stray, f"{name} lies more than {_YEARS_APART} years from the others", self.columns[name]
        )

    def _note_clock(self, moment: Moment, us: FloatArray) -> None:
        """Say where moments may not be on the center's clock, and where an hour of it comes twice."""
        zone = self.hints.local_time_zone
        if zone is not None:
            self._note_repeated_hour(us, zone)
        elif self._is_zoned(moment):
            zone = self.hints.time_zone or "UTC or another zone"
            self.notes.append(
                f"moments are in {zone}, and taken as they stand: name local_time_zone in the mapping"
            )

    def _is_zoned(self, moment: Moment) -> bool:
        """Whether the moments name a zone, or count from 1970, which is UTC."""
        if self.hints.time_zone is not None or {"epoch", "epoch ms"} & set(moment.formats):
            return True
        return bool(self.columns[moment.column].head(100).str.contains(parsing.ZONED).any())

    def _note_repeated_hour(self, us: FloatArray, zone: str) -> None:
        clock = pl.Series(us, nan_to_null=True).cast(pl.Int64).cast(pl.Datetime("us"))
        twice = (
            clock.is_not_null()
            & clock.dt.replace_time_zone(zone, ambiguous="null", non_existent="null").is_null()
        )
        n = int((twice.to_numpy() & self.sieve.kept).sum())
        if n:
            self.notes.append(
                f"{n:,} rows fall in the hour that the clock repeats in autumn: both hours are one on it"
            )

    def encoded(self, names: Sequence[str], nobody: Sequence[str] = ()) -> tuple[tuple[str, ...], IntArray]:
        """Names in alphabetical order, and each row's position in them; −1 where there is none."""
        if not names:
            return (), np.full(len(self), -1, dtype=np.int64)
        text = self.text(names)
        if nobody:
            text = text.set(text.str.to_lowercase().is_in(list(nobody)).fill_null(value=False), None)
        known = text.filter(pl.Series(self.sieve.kept)).drop_nulls().unique().sort()
        ranks = pl.DataFrame({"name": known, "rank": np.arange(len(known), dtype=np.int64)})
        found = text.to_frame("name").join(ranks, on="name", how="left", maintain_order="left")["rank"]
        return tuple(known), found.fill_null(-1).to_numpy().astype(np.int64)

    def _array(self, expression: pl.Expr) -> npt.NDArray[np.generic]:
        return self.columns.select(expression.alias("value")).to_series().to_numpy()

    def _floats(self, expression: pl.Expr) -> FloatArray:
        """Microseconds as floats, exact below 2^53: for some 285 years."""
        return self._array(expression.cast(pl.Float64)).astype(np.float64)


_YEARS_APART = 30
