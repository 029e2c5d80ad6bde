"""What was expected where a value cannot be read, and what the value seems to be instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from calibration.records.sieve import Unreadable

EXPECTED = {
    "s": "seconds",
    "ms": "milliseconds",
    "min": "minutes",
    "h": "hours",
    "hh:mm:ss": "a time such as 00:03:25",
    "mm:ss": "a time such as 03:25",
    "hhmm": "a time of day such as 930",
    "count": "a number",
    "share": "a share such as 0.82 or 82 %",
    "%": "percent such as 82.5",
}
_IN_FORMAT = {
    "iso": "2024-03-31 09:30:00",
    "epoch": "seconds since 1970",
    "epoch ms": "milliseconds since 1970",
}
_A_MOMENT = "a moment written as "
_PLAIN = ("a number", "seconds", "milliseconds", "minutes", "hours")
_DATES = ("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y/%m/%d", "%d-%m-%Y", "%Y-%m-%d", "%Y%m%d", "%m%d%Y")
_CLOCKS = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p")
_MOMENTS = (*(f"{day} {clock}" for day in _DATES for clock in _CLOCKS), "%Y%m%d%H%M%S")


def written_as(formats: Sequence[str], iso: str = _IN_FORMAT["iso"]) -> str:
    """How moments of these formats are written."""
    return _A_MOMENT + " or ".join(iso if each == "iso" else _IN_FORMAT.get(each, each) for each in formats)


def formats_that_fit(text: str) -> list[str]:
    """Usual formats of which this text could be."""
    one = pl.Series([text])
    shapes = [shape for shape in _MOMENTS if one.str.to_datetime(shape, strict=False)[0] is not None]
    return shapes or [shape for shape in _DATES if one.str.to_date(shape, strict=False)[0] is not None]


def hint_for(bad: Unreadable) -> str:
    """What a value that cannot be read seems to be instead."""
    if bad.expected.startswith(_A_MOMENT):
        return _hint_for_moment(bad.value)
    if bad.expected not in _PLAIN:
        return ""
    if re.fullmatch(r"-?\d+,\d+", bad.value):
        return 'a decimal comma? [file] decimal = ","'
    return 'a time? unit = "hh:mm:ss"' if re.fullmatch(r"\d+:\d\d:\d\d(\.\d+)?", bad.value) else ""


def _hint_for_moment(value: str) -> str:
    if re.fullmatch(r"\d{10}(\.\d+)?|\d{13}", value):
        return f'seconds since 1970? format = "{"epoch ms" if len(value) == 13 else "epoch"}"'
    fitting = " or ".join(f'"{shape}"' for shape in formats_that_fit(value)[:2])
    if not fitting:
        return ""
    return f"it looks like {fitting}: name every format in the mapping, in the order in which to try them"
