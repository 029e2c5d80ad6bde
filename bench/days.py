"""Days of one team for which shifts are sought: the people needed by interval, the shifts there are, their breaks.

The need is Erlang C's for calls with two peaks, 80 % answered within 20 s. Both sides are given the same need, the same
shifts and the same price: a paid hour.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

HANDLE_S = 240.0
SHARE, AWT_S = 0.8, 20.0
OPENS_H = 7


@dataclass(frozen=True)
class Break:
    """A break of so many intervals that starts `first` to `last` intervals into the shift."""

    n: int
    first: int
    last: int


@dataclass(frozen=True)
class Day:
    """So many intervals an hour, open so many hours; shifts of these lengths in intervals, from any interval on."""

    name: str
    title: str
    per_h: int
    open_h: int
    lengths: tuple[int, ...]
    breaks: tuple[Break, ...]
    peak_calls_per_h: float = 1100.0

    @property
    def n(self) -> int:
        """Intervals of the day."""
        return self.per_h * self.open_h

    def calls_per_h(self) -> list[float]:
        """Two peaks, before noon and in the afternoon."""
        middles = [(i + 0.5) / self.n for i in range(self.n)]
        shape = [
            0.35 + 0.9 * math.exp(-(((x - 0.28) / 0.13) ** 2)) + 0.65 * math.exp(-(((x - 0.68) / 0.12) ** 2))
            for x in middles
        ]
        return [self.peak_calls_per_h * each / max(shape) for each in shape]

    def coverage(self) -> dict[str, list[int]]:
        """Every shift with every placing of its breaks: 1 where it is at work, by interval."""
        found = {}
        for length in self.lengths:
            for breaks in _placings(self.breaks, length):
                for start in range(self.n - length + 1):
                    at_work = [int(start <= i < start + length) for i in range(self.n)]
                    for at, n in breaks:
                        at_work[start + at : start + at + n] = [0] * n
                    name = "-".join(str(each) for each in (start, length, *(at for at, _ in breaks)))
                    found[name] = at_work
        return found


def _placings(
    breaks: tuple[Break, ...], length: int, begun: int = 0
) -> Iterator[tuple[tuple[int, int], ...]]:
    """Starts and lengths of the breaks, one after the other, all inside the shift."""
    if not breaks:
        yield ()
        return
    first, *rest = breaks
    for at in range(max(first.first, begun), min(first.last, length - first.n) + 1):
        for others in _placings(tuple(rest), length, at + first.n):
            yield ((at, first.n), *others)


_LUNCH = Break(2, 10, 18)
DAYS = (
    Day("half-hours", "half hours, 4, 6 and 8 h", 2, 12, (8, 12, 16), ()),
    Day("quarters", "quarters, 4 to 9 h", 4, 15, (16, 20, 24, 28, 32, 36), ()),
    Day("lunch", "quarters, 6 to 9 h, half an hour's lunch", 4, 15, (24, 28, 32, 36), (_LUNCH,)),
    Day(
        "two-breaks",
        "quarters, 8 and 9 h, a break and lunch",
        4,
        15,
        (32, 36),
        (Break(1, 6, 9), Break(3, 14, 20)),
    ),
    Day(
        "three-breaks",
        "quarters, 8 and 9 h, two breaks and lunch",
        *(4, 15, (32, 36)),
        (Break(1, 6, 9), Break(3, 14, 20), Break(1, 24, 28)),
    ),
)


def day_named(name: str) -> Day:
    """One of the days above."""
    return next(day for day in DAYS if day.name == name)
