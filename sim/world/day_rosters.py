"""Days of people on shifts, laid out as columns: spans without breaks, cut where somebody is away for a while."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.chance.draws import Purpose, Uint64Array
from sim.chance.sample import Sample

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
AWAY_EVERY_S = 3600.0


@dataclass(frozen=True)
class ScheduledPerson:
    """A person's place in the schedule: shift start and end after midnight, weekdays, breaks (start, end).

    cost: money of one such shift; None: it is paid by the hour
    """

    start_s: float
    end_s: float
    weekdays: frozenset[int]
    breaks_s: tuple[tuple[float, float], ...]
    cost: float | None = None

    def spans_s(self) -> list[tuple[float, float]]:
        """The shift without its breaks, in seconds after midnight."""
        edges = [self.start_s, *(moment for pause in self.breaks_s for moment in pause), self.end_s]
        return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]


class Roster(NamedTuple):
    """Everything about the shifts of some days that no draw decides. Seconds after midnight; rows are people at work.

    Spans stand in order of row and time. Each time away ends one span, at a moment that is drawn, and begins
    the next; `starts_s` and `ends_s` are NaN there.
    """

    positions: IntArray  # by row
    day: IntArray  # by row, counted from the first of the days
    row_of_span: IntArray
    starts_s: FloatArray  # by span
    ends_s: FloatArray
    next_span: IntArray  # by time away: the span that begins after it
    row_of_away: IntArray
    draw: IntArray  # which one of the person's, counted by hours of the shift
    from_s: FloatArray  # the hour in which it falls
    spare_s: FloatArray  # of that hour, what is not away
    away_s: FloatArray

    def spans_s(self, sample: Sample, keys: Uint64Array) -> tuple[FloatArray, FloatArray]:
        """Starts and ends of all spans, time away at moments drawn with the people's keys."""
        u = sample.uniforms_at(keys[self.row_of_away], Purpose.AWAY, self.draw)
        leaves_s = self.from_s + u * self.spare_s
        starts_s, ends_s = self.starts_s.copy(), self.ends_s.copy()
        ends_s[self.next_span - 1] = leaves_s
        starts_s[self.next_span] = leaves_s + self.away_s
        return starts_s, ends_s


class _Day(NamedTuple):
    """One person's day: spans (start, end) and times away (span after it, draw, hour's start, spare, length)."""

    spans: list[tuple[float, float]]
    aways: list[tuple[int, int, float, float, float]]


def roster_of(at_work: Sequence[tuple[int, ScheduledPerson]], away_share: float) -> Roster:
    """A day's roster of the people at work, given with their positions, in order of position."""
    days = {person: _day_of(person, away_share) for _, person in at_work}
    spans: list[tuple[float, ...]] = []
    aways: list[tuple[float, ...]] = []
    for row, (_, person) in enumerate(at_work):
        first = len(spans)
        aways += [(row, first + after, *more) for after, *more in days[person].aways]
        spans += [(row, *span) for span in days[person].spans]
    row_of_span, starts_s, ends_s = _columns(spans, 3)
    row_of_away, next_span, draw, from_s, spare_s, away_s = _columns(aways, 6)
    return Roster(
        positions=np.array([position for position, _ in at_work], dtype=np.int64),
        day=np.zeros(len(at_work), dtype=np.int64),
        row_of_span=row_of_span.astype(np.int64),
        starts_s=starts_s,
        ends_s=ends_s,
        next_span=next_span.astype(np.int64),
        row_of_away=row_of_away.astype(np.int64),
        draw=draw.astype(np.int64),
        from_s=from_s,
        spare_s=spare_s,
        away_s=away_s,
    )


def roster_of_days(days: Sequence[Roster]) -> Roster:
    """The rosters of days that follow each other, as one: the rows and spans of each come after those before."""
    n_rows = np.cumsum([0, *(len(roster.positions) for roster in days)])
    n_spans = np.cumsum([0, *(len(roster.starts_s) for roster in days)])
    moved = [
        roster._replace(
            day=roster.day + day,
            row_of_span=roster.row_of_span + n_rows[day],
            next_span=roster.next_span + n_spans[day],
            row_of_away=roster.row_of_away + n_rows[day],
        )
        for day, roster in enumerate(days)
    ]
    return Roster(*(np.concatenate(columns) for columns in zip(*moved, strict=True)))


def _columns(rows: Sequence[Sequence[float]], n: int) -> FloatArray:
    """Rows as so many columns, also if there are none."""
    return np.ascontiguousarray(np.array(rows, dtype=np.float64).reshape(-1, n).T)


def _day_of(person: ScheduledPerson, away_share: float) -> _Day:
    """The shift without breaks and, once in every hour of it at a moment of the person's own, time away."""
    starts: list[float] = []
    ends: list[float] = []
    aways = []
    index = 0
    for start, end in person.spans_s():
        starts.append(start)
        for from_s in np.arange(start, end, AWAY_EVERY_S).tolist():
            length_s = min(AWAY_EVERY_S, end - from_s)
            away_s = away_share * length_s
            if away_s > 0.0:
                ends.append(math.nan)
                starts.append(math.nan)
                aways.append((len(ends), index, from_s, length_s - away_s, away_s))
            index += 1
        ends.append(end)
    return _Day(list(zip(starts, ends, strict=True)), aways)
