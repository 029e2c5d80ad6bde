"""When the center is open, in seconds from the start of the horizon, over as many days as a run may need."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenarios.calendar_days import Calendar

FloatArray = npt.NDArray[np.float64]

DAY_S = 86400.0


@dataclass(frozen=True)
class Hours:
    """Open spans [opens, closes) in order; spans that touch are one (24:00 followed by 00:00 is no closing)."""

    opens_s: tuple[float, ...]
    closes_s: tuple[float, ...]

    def span_at(self, at_s: float) -> tuple[float, float] | None:
        """The span that holds this moment, or None when closed."""
        i = bisect_right(self.opens_s, at_s) - 1
        if i >= 0 and at_s < self.closes_s[i]:
            return self.opens_s[i], self.closes_s[i]
        return None

    def is_open(self, at_s: float) -> bool:
        """Whether the center is open at this moment; at the closing moment itself it is not."""
        return self.span_at(at_s) is not None

    def are_open(self, at_s: FloatArray) -> npt.NDArray[np.bool_]:
        """`is_open` for a column of moments."""
        if not self.opens_s:
            return np.zeros(len(at_s), dtype=np.bool_)
        i = np.searchsorted(np.array(self.opens_s), at_s, side="right") - 1
        return (i >= 0) & (at_s < np.array(self.closes_s)[i])

    def next_span(self, at_s: float) -> tuple[float, float] | None:
        """The first span that opens after this moment; None when it never opens again."""
        i = bisect_right(self.opens_s, at_s)
        return (self.opens_s[i], self.closes_s[i]) if i < len(self.opens_s) else None


def hours_of(calendar: Calendar, first_day: int, last_day: int) -> Hours:
    """The open spans of the days first_day … last_day, both included."""
    opens: list[float] = []
    closes: list[float] = []
    for day in range(first_day, last_day + 1):
        for open_s, close_s in calendar.open_spans_s(day):
            start, end = day * DAY_S + open_s, day * DAY_S + close_s
            if closes and closes[-1] == start:
                closes[-1] = end
            else:
                opens.append(start)
                closes.append(end)
    return Hours(tuple(opens), tuple(closes))
