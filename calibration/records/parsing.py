"""From text to numbers, durations and moments, a whole column at once; what cannot be read becomes null."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from calibration.records.mapping_parts import FileHints, Moment

SECONDS = {"s": 1.0, "ms": 0.001, "min": 60.0, "h": 3600.0}
NONE_WORDS = ("", "-", "--", "null", "none", "n/a", "na", "nan", "#n/a", "#div/0!", "(null)")
NO_DATE = ("0", "0000-00-00", "0000-00-00 00:00:00", "00:00:00 00/00/0000")
_CLOCK = r"^(-?)(?:(\d+)(?:\.|\s+days?,?\s*|d\s*))?(?:(\d+):)?(\d+):(\d+(?:[.,]\d+)?)$"
_HOUR_MINUTE = r"^(-?)(\d+):(\d+)$"
_THOUSANDS = r"^-?\d{1,3}(,\d{3})+(\.\d*)?$"
_THOUSANDS_BY_POINT = r"^-?\d{1,3}(\.\d{3})+(,\d*)?$"
ZONED = r"\d[Zz]$|:\d{2}.*[+-]\d{2}:?\d{2}$"
_OFFSET = r"([+-]\d{2}):?(\d{2})$"
_WORKBOOK = r"^(1899-12-3|1900-0)\d.* \d"
_DAYS_FROM_1899 = 25_568  # days from 1899-12-31 to 1970-01-01
_FRACTION = 1_000_000
DAY_S = 86_400


def cleaned(column: pl.Expr, none_words: Sequence[str] = ()) -> pl.Expr:
    """Text without blanks and stray quotes around it; words for "none" become null."""
    text = column.str.strip_chars(" \t\r\n\u00a0\"'")
    words = {*NONE_WORDS, *none_words}
    shapes = [shape for word in words for shape in (word, word.lower(), word.upper(), word.capitalize())]
    return pl.when(text.is_in(list(dict.fromkeys(shapes)))).then(None).otherwise(text)


def number(text: pl.Expr, decimal: str = ".") -> pl.Expr:
    """A number; thousands may be set apart, and a percent sign may follow."""
    bare = text.str.strip_chars_end(" %")
    if decimal == ",":
        grouped = pl.when(bare.str.contains(_THOUSANDS_BY_POINT)).then(
            bare.str.replace_all(".", "", literal=True)
        )
        plain = grouped.otherwise(bare).str.replace(",", ".", literal=True)
    else:
        grouped = pl.when(bare.str.contains(_THOUSANDS)).then(bare.str.replace_all(",", "", literal=True))
        plain = grouped.otherwise(bare)
    value = plain.cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value).otherwise(None)


def duration_s(text: pl.Expr, unit: str, decimal: str = ".") -> pl.Expr:
    """Seconds of a duration or of a time of day."""
    if unit in SECONDS:
        return number(text, decimal) * SECONDS[unit]
    if unit == "hhmm":
        clock = text.str.replace(":", "", literal=True).cast(pl.Int64, strict=False)
        return ((clock // 100) * 3600 + (clock % 100) * 60).cast(pl.Float64)
    clock = _clock_s(text, unit)
    return pl.coalesce(clock, _workbook_s(text))


def _workbook_s(text: pl.Expr) -> pl.Expr:
    """Seconds of a span that a workbook keeps as a date: its day 0 is 1899-12-31."""
    at = pl.when(text.str.contains(_WORKBOOK)).then(text).otherwise(None)
    us = at.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", strict=False, time_unit="us").cast(pl.Int64)
    return us / _FRACTION + _DAYS_FROM_1899 * DAY_S


def _clock_s(text: pl.Expr, unit: str) -> pl.Expr:
    parts = text.str.extract_groups(_CLOCK)
    pieces = {name: parts.struct.field(name) for name in ("1", "2", "3", "4", "5")}
    counts = {
        name: pieces[name].str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        for name in "2345"
    }
    total = (
        counts["2"].fill_null(0) * DAY_S + counts["3"].fill_null(0) * 3600 + counts["4"] * 60 + counts["5"]
    )
    signed = pl.when(pieces["1"] == "-").then(-total).otherwise(total)
    return signed if unit == "mm:ss" else _hours_and_minutes(text, signed)


def _hours_and_minutes(text: pl.Expr, otherwise: pl.Expr) -> pl.Expr:
    """Two parts in a column of hh:mm:ss are hours and minutes, as Excel writes times without seconds."""
    parts = text.str.extract_groups(_HOUR_MINUTE)
    hours, minutes = (parts.struct.field(name).cast(pl.Float64, strict=False) for name in ("2", "3"))
    return pl.when(text.str.contains(_HOUR_MINUTE)).then(hours * 3600 + minutes * 60).otherwise(otherwise)


def share(text: pl.Expr, unit: str, decimal: str = ".") -> pl.Expr:
    """A share in [0, 1]: written as 82 %, as 82 (unit %), or as 0.82."""
    value = number(text, decimal)
    return (
        value / 100.0 if unit == "%" else pl.when(text.str.contains("%")).then(value / 100.0).otherwise(value)
    )


def value(text: pl.Expr, unit: str, decimal: str) -> pl.Expr:
    """What a unit makes of a column."""
    if unit == "count":
        return number(text, decimal)
    return share(text, unit, decimal) if unit in ("share", "%") else duration_s(text, unit, decimal)


# --- Moments ---------------------------------------------------------------------------------------------------------


def timestamp(text: pl.Expr, formats: Sequence[str], to_utc: bool = False) -> pl.Expr:
    """Microseconds since 1970 by the clock that wrote them; the first format that fits.

    ISO is always tried last: no other reading of it is possible, and workbooks give their dates so.
    to_utc: an offset such as +02:00 is taken off; else the clock time before it stands as it is
    """
    tried = dict.fromkeys([*formats, "iso"])
    return pl.coalesce([_timestamp(text, format_, to_utc) for format_ in tried])


def _timestamp(text: pl.Expr, format_: str, to_utc: bool) -> pl.Expr:
    if format_ in ("epoch", "epoch ms"):
        scale = _FRACTION if format_ == "epoch" else _FRACTION // 1000
        return (number(text) * scale).round().cast(pl.Int64, strict=False)
    if format_ == "iso":
        return _iso(text, to_utc)
    return text.str.to_datetime(format_, strict=False, time_unit="us").cast(pl.Int64)


def _iso(text: pl.Expr, to_utc: bool) -> pl.Expr:
    """2024-03-31T01:30:00.000Z and the like."""
    bare = text.str.replace(r"[Tt]", " ").str.replace(r"\s*(?:[Zz]| UTC)$", "")
    clock = bare.str.replace(r"\s*[+-]\d{2}:?\d{2}$", "")
    shapes = [clock.str.to_datetime(shape, strict=False, time_unit="us") for shape in ISO_SHAPES]
    day = clock.str.to_date("%Y-%m-%d", strict=False).cast(pl.Datetime("us"))
    moment = pl.coalesce([*shapes, day]).cast(pl.Int64)
    return moment - _offset_us(bare) if to_utc else moment


def _offset_us(bare: pl.Expr) -> pl.Expr:
    """Microseconds of an offset such as +02:00 behind the time; 0 where there is none."""
    offset = (
        pl.when(bare.str.contains(r":\d{2}.*" + _OFFSET))
        .then(bare)
        .otherwise(None)
        .str.extract_groups(_OFFSET)
    )
    hours, minutes = (offset.struct.field(name).cast(pl.Int64, strict=False) for name in ("1", "2"))
    sign = pl.when(offset.struct.field("1").str.starts_with("-")).then(-1).otherwise(1)
    return (hours * 3600 + sign * minutes * 60).fill_null(0) * _FRACTION


ISO_SHAPES = ("%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M")


def date_us(text: pl.Expr, formats: Sequence[str]) -> pl.Expr:
    """Midnight of a date, in microseconds since 1970."""
    bare = text.str.replace(r"[T ]00:00(:00)?(\.0+)?Z?$", "")
    shapes = dict.fromkeys("%Y-%m-%d" if format_ == "iso" else format_ for format_ in (*formats, "iso"))
    dates = [bare.str.to_date(shape, strict=False) for shape in shapes]
    return pl.coalesce(dates).cast(pl.Datetime("us")).cast(pl.Int64)


def local(moment_us: pl.Expr, hints: FileHints) -> pl.Expr:
    """From the clock that wrote the file to the center's own; both hours of an autumn night get one clock time."""
    if hints.local_time_zone is None:
        return moment_us
    zoned = moment_us.cast(pl.Datetime("us")).dt.replace_time_zone(
        hints.time_zone or "UTC", ambiguous="earliest", non_existent="null"
    )
    return (
        zoned.dt.convert_time_zone(hints.local_time_zone)
        .dt.replace_time_zone(None, ambiguous="earliest")
        .cast(pl.Int64)
    )


def moment_us(column: dict[str, pl.Expr], moment: Moment, hints: FileHints, first_day_us: int = 0) -> pl.Expr:
    """Microseconds since 1970 on the center's clock; first_day_us: midnight from which bare seconds count."""
    text = column[moment.column]
    if moment.is_timestamp:
        return local(timestamp(text, moment.formats, hints.local_time_zone is not None), hints)
    seconds = duration_s(text, moment.unit, hints.decimal)
    midnight = (
        date_us(column[moment.date], moment.date_format) if moment.date is not None else pl.lit(first_day_us)
    )
    return local(midnight + (seconds * _FRACTION).round().cast(pl.Int64, strict=False), hints)
