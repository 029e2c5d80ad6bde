"""Where the records of a text begin and end, and how many fields each has."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

_RECORDS_AT_ONCE = 50_000
_QUOTE, _LF, _CR, _BLANK = 34, 10, 13, 32

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Layout:
    """Records of a text: first and last byte, number of the first line, number of fields."""

    begin: Rows
    end: Rows
    line: Rows
    n_fields: Rows
    ends_with_separator: npt.NDArray[np.bool_]
    quotes: bool
    n_blank: int

    def after(self, line: int) -> Layout:
        """The records below a line, counted from 0."""
        keep = self.line > line + 1
        parts = {
            name: getattr(self, name)[keep]
            for name in ("begin", "end", "line", "n_fields", "ends_with_separator")
        }
        return replace(self, **parts)


def laid_out(data: bytes, separator: str, quotes: bool) -> Layout:
    """Find records and count their fields; line ends and separators in quotes do not count."""
    text = np.frombuffer(data, dtype=np.uint8)
    quotes = quotes and b'"' in data
    breaks, separators = text == _LF, text == ord(separator)
    all_breaks = np.flatnonzero(breaks)
    if quotes:
        inside = np.bitwise_xor.accumulate(text == _QUOTE)
        quotes = not inside[-1]  # an odd number of quotes: they are inches or apostrophes, not quotation
        if quotes:
            breaks &= ~inside
            separators &= ~inside
    ends = np.flatnonzero(breaks)
    if len(ends) == 0 or ends[-1] != len(text) - 1:
        ends = np.append(ends, len(text))
    begins = np.append(0, ends[:-1] + 1)
    n_separators = _counted(separators, begins, ends)
    line = np.searchsorted(all_breaks, begins) + 1
    last = ends - ((ends > begins) & (text[np.maximum(ends - 1, 0)] == _CR))
    blank = _blank(text, begins, last)
    closing = separators[np.maximum(last - 1, 0)] & (last > begins)
    n_blank = int(blank.sum())
    keep = ~blank
    return Layout(
        begin=begins[keep],
        end=last[keep],
        line=line[keep],
        n_fields=n_separators[keep] + 1,
        ends_with_separator=closing[keep],
        quotes=quotes,
        n_blank=n_blank,
    )


def _counted(marks: npt.NDArray[np.bool_], begins: Rows, ends: Rows) -> Rows:
    """Marks in each record; some thousand records at once, so that positions take little memory."""
    counts = np.zeros(len(begins), dtype=np.int64)
    for row in range(0, len(begins), _RECORDS_AT_ONCE):
        some = slice(row, row + _RECORDS_AT_ONCE)
        start = begins[row]
        at = np.flatnonzero(marks[start : ends[some][-1]])
        counts[some] = np.searchsorted(at, ends[some] - start) - np.searchsorted(at, begins[some] - start)
    return counts


def _blank(text: npt.NDArray[np.uint8], begins: Rows, ends: Rows) -> npt.NDArray[np.bool_]:
    """Records of nothing, or of blanks alone."""
    blank = ends <= begins
    short = np.flatnonzero(~blank & (text[np.minimum(begins, len(text) - 1)] <= _BLANK))
    for row in short:  # few begin with a blank or a tab
        blank[row] = not text[begins[row] : ends[row]].tobytes().strip()
    return blank
