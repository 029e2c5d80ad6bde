"""CSV by the column: fields as arrays of bytes, padded with zeros that the file leaves out.

A line is a row of such arrays side by side; thousands of lines are put together, and freed of their padding, at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.integer[Any]]
Texts = npt.NDArray[np.bytes_]
Piece = Texts | bytes  # a column, or the same on every line

_DAY_MS = 86_400_000
_THOUSANDTHS: Texts = np.array([b".%03d" % i for i in range(1000)])
_CLOCK: Texts = np.array([b"T%02d:%02d:%02d" % (s // 3600, s // 60 % 60, s % 60) for s in range(86_400)])
_SIGNS: Texts = np.array([b"", b"-"])


def texts(words: Iterable[str]) -> Texts:
    """Words as a table to choose from by position."""
    return np.array([word.encode() for word in words] or [b""])


def whole(numbers: Whole) -> Texts:
    """Whole numbers in decimal digits."""
    width = max(len(str(numbers.min())), len(str(numbers.max())))
    return numbers.astype(f"S{width}")


def seconds(moments_ms: Whole) -> list[Piece]:
    """Milliseconds as seconds with three decimals."""
    size_ms = np.abs(moments_ms)
    return [_SIGNS[(moments_ms < 0).astype(np.intp)], whole(size_ms // 1000), _THOUSANDTHS[size_ms % 1000]]


def timestamps(start: date, moments_ms: Whole) -> list[Piece]:
    """Milliseconds since the midnight that begins `start` as local dates and times (ISO 8601)."""
    days, in_day_ms = np.divmod(moments_ms, _DAY_MS)
    first = days.min()
    dates: Texts = (np.datetime64(start, "D") + np.arange(first, days.max() + 1)).astype("S10")
    return [dates[days - first], _CLOCK[in_day_ms // 1000], _THOUSANDTHS[in_day_ms % 1000]]


def lines(n: int, fields: Iterable[Iterable[Piece]]) -> bytes:
    """`n` lines of CSV from fields of one or more pieces; the fields hold no commas, quotes or line ends."""
    pieces: list[Piece] = []
    for field in fields:
        pieces += [*field, b","]
    pieces[-1] = b"\n"
    table = np.concatenate([_bytes_of(piece, n) for piece in pieces], axis=1)
    return table.tobytes().translate(None, b"\0")


def _bytes_of(piece: Piece, n: int) -> npt.NDArray[np.uint8]:
    """A piece as a table, a line by a byte."""
    if isinstance(piece, bytes):
        return np.broadcast_to(np.frombuffer(piece, dtype=np.uint8), (n, len(piece)))
    return np.ascontiguousarray(piece).view(np.uint8).reshape(n, -1)
