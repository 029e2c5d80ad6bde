"""Presence person by person and hour by hour, one draw at a time: the readable twin of the columns."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sim.chance.draws import Owner, Purpose, key_of, uniform
from sim.world.day_rosters import ScheduledPerson
from sim.world.head_counts import HeadCounts
from sim.world.hours import DAY_S
from sim.world.shifts import Shifts

Spell = tuple[int, float, float]  # position, from, to
HOUR_S = 3600.0


class Change(NamedTuple):
    """A position comes or goes at a moment of the horizon."""

    at_s: float
    position: int
    comes: bool


def in_order(changes: list[Change]) -> list[Change]:
    """By time; at one instant those who come, then those who go, each by position."""
    return sorted(changes, key=lambda change: (change.at_s, not change.comes, change.position))


def changes_of_shifts(shifts: Shifts, seed: int, replication: int, day: int) -> list[Change]:
    """Comings and goings of the shifts that begin on this day."""
    spells = spells_of_day(shifts, seed, replication, day)
    comings = [Change(from_s, position, True) for position, from_s, _ in spells]
    goings = [Change(to_s, position, False) for position, _, to_s in spells]
    return in_order(comings + goings)


def spells_of_day(shifts: Shifts, seed: int, replication: int, day: int) -> list[Spell]:
    """When whoever is not absent is present, in the shifts that begin on this day."""
    found = []
    for position, person in shifts.at_work(day):
        key = key_of(seed, replication, Owner.PERSON, shifts.group, position, day)
        if uniform(key, Purpose.ABSENT) >= shifts.absent:
            for start, end in present_spans(person, key, shifts.away_share):
                found.append((position, day * DAY_S + start, day * DAY_S + end))
    return found


def present_spans(person: ScheduledPerson, key: int, away_share: float) -> list[tuple[float, float]]:
    """The shift without breaks and, once in every hour of it at a moment of the person's own, time away."""
    spans = []
    index = 0
    for start, end in person.spans_s():
        here_s = start
        for from_s in np.arange(start, end, HOUR_S):
            length_s = min(HOUR_S, end - from_s)
            away_s = away_share * length_s
            leaves_s = from_s + uniform(key, Purpose.AWAY, index) * (length_s - away_s)
            index += 1
            if away_s > 0.0:
                spans.append((here_s, float(leaves_s)))
                here_s = float(leaves_s + away_s)
        spans.append((here_s, end))
    return [(start, end) for start, end in spans if end > start]


def present_before(shifts: Shifts, seed: int, replication: int, at_s: float) -> list[int]:
    """Positions with a spell that has begun before the moment and not ended before it; shifts up to 24 h."""
    around = range(int(at_s // DAY_S) - 2, int(at_s // DAY_S) + 1)
    spells = [spell for day in around for spell in spells_of_day(shifts, seed, replication, day)]
    return sorted({position for position, from_s, to_s in spells if from_s < at_s <= to_s})


def present_s(shifts: Shifts, seed: int, replication: int, edges_s: list[float]) -> list[float]:
    """Seconds of all spells between edges, overlap by overlap."""
    days = range(int(edges_s[0] // DAY_S) - 2, int(edges_s[-1] // DAY_S) + 1)
    spells = [spell for day in days for spell in spells_of_day(shifts, seed, replication, day)]
    return [
        sum(max(0.0, min(to_s, end) - max(from_s, start)) for _, from_s, to_s in spells)
        for start, end in pairwise(edges_s)
    ]


def changes_of_counts(counts: HeadCounts, day: int) -> list[Change]:
    """Position i comes where the count rises above i, and goes where it falls to i or below."""
    moments = {0.0} | {moment for start, end, _ in counts.pieces(day) for moment in (start, end)}
    found = []
    for moment in moments - {DAY_S}:
        before = count_before(counts, day - 1, DAY_S) if moment == 0.0 else count_before(counts, day, moment)
        after = next((n for start, end, n in counts.pieces(day) if start <= moment < end), 0)
        moved = range(min(before, after), max(before, after))
        found += [Change(day * DAY_S + moment, position, after > before) for position in moved]
    return in_order(found)


def count_before(counts: HeadCounts, day: int, in_day_s: float) -> int:
    """The count just before a moment of the day."""
    return next((n for start, end, n in counts.pieces(day) if start < in_day_s <= end), 0)
