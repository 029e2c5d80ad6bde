"""Twins: comings and goings in columns are those found person by person, to the last bit."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.calendar_days import Calendar
from sim.chance.sample import Sample
from sim.world.changes import Changes, changes_of_spells
from sim.world.day_rosters import ScheduledPerson
from sim.world.head_counts import HeadCounts
from sim.world.hours import DAY_S
from sim.world.people import present_s
from sim.world.shifts import Shifts
from tests.sim.steady import steady
from tests.sim.twins import plain_presence

QUARTER_S = 900.0
DAYS = range(-2, 9)
HOURS = [
    None,
    {"mon-fri": "08:00-20:00", "sat-sun": "closed"},
    {"mon": "00:00-24:00", "tue": "closed", "wed-sun": ["00:00-02:00", "22:00-24:00"]},
    {"mon": "05:00-24:00", "wed": "06:00-12:00", "fri,sun": "00:00-24:00"},
]
CALENDARS = st.builds(
    lambda hours, closed: Calendar(start=date(2024, 1, 1), days=7, hours=hours, closed=closed),
    st.sampled_from(HOURS),
    st.sampled_from([(), (date(2024, 1, 3),), (date(2023, 12, 31), date(2024, 1, 1))]),
)
WEEKDAYS = st.one_of(st.just(frozenset(range(7))), st.frozensets(st.integers(0, 6)))
# Quarter hours make moments that meet; the other seconds make hours that are cut short.
LENGTHS_S = st.one_of(
    st.sampled_from([4.0, 8.0, 12.0, 24.0]).map(lambda hours: hours * 3600.0),
    st.integers(1, 96).map(lambda quarters: quarters * QUARTER_S),
    st.floats(60.0, DAY_S),
)


@st.composite
def scheduled_people(draw: st.DrawFn) -> ScheduledPerson:
    """A shift of up to 24 hours, also over midnight; breaks may touch, have no length, or fill the shift."""
    start_s = draw(st.integers(0, 95)) * QUARTER_S
    length_s = draw(LENGTHS_S)
    parts = sorted(draw(st.lists(st.integers(0, 12), max_size=6)))
    moments = [start_s + part / 12 * length_s for part in parts[: len(parts) // 2 * 2]]
    pauses_s = [(a, b) for a, b in zip(moments[::2], moments[1::2], strict=True)]
    if draw(st.booleans()):
        pauses_s = [(a, min(a + QUARTER_S, start_s + length_s)) for a, _ in pauses_s[:1]]
    return ScheduledPerson(start_s, start_s + length_s, draw(WEEKDAYS), tuple(pauses_s))


@st.composite
def rosters(draw: st.DrawFn) -> Shifts:
    """People, some of them on the very same shift."""
    kinds = draw(st.lists(st.tuples(scheduled_people(), st.integers(1, 3)), max_size=5))
    return Shifts(
        calendar=draw(CALENDARS),
        group=draw(st.integers(0, 3)),
        people=tuple(person for person, n in kinds for _ in range(n)),
        absent=draw(st.sampled_from([0.0, 0.05, 0.5])),
        away_share=draw(st.sampled_from([0.0, 0.1, 0.145, 0.999, 1e-14])),
    )


COUNTS = st.lists(st.integers(0, 5), min_size=12, max_size=12)


@st.composite
def head_counts(draw: st.DrawFn) -> HeadCounts:
    hours = draw(st.sampled_from(HOURS))
    calendar = Calendar(start=date(2024, 1, 1), days=7, interval_min=120, hours=hours)
    constant = draw(st.none() | st.integers(0, 4))
    by_weekday = st.fixed_dictionaries({"mon-thu": COUNTS.map(tuple), "sat": COUNTS.map(tuple)})
    per_interval = None if constant is not None else draw(COUNTS.map(tuple) | by_weekday)
    return HeadCounts(calendar, constant, per_interval, paid_per_present=1.0, n_positions=5)


def rows(changes: Changes) -> list[tuple[float, int, bool]]:
    assert [column.dtype for column in changes] == [np.float64, np.int64, np.bool_]
    return list(changes.rows())


@steady(200)
@given(rosters(), st.integers(-5, 5))
def test_shifts(shifts, seed):
    """The same in the first replication, in another, and in the first again."""
    for replication in (0, 3, 0):
        for day in DAYS:
            plain = plain_presence.changes_of_shifts(shifts, seed, replication, day)
            assert rows(shifts.changes(Sample(seed, replication), day)) == plain


@steady(60)
@given(rosters(), st.integers(-1, 7), st.floats(-DAY_S, 7 * DAY_S))
def test_who_is_present(shifts, day, at_s):
    """Just before a moment of no note, and before moments when somebody comes or goes."""
    for moment in [at_s, *shifts.changes(Sample(1, 2), day).at_s[:12].tolist()]:
        plain = plain_presence.present_before(shifts, 1, 2, moment)
        assert shifts.present_before(Sample(1, 2), moment).tolist() == plain


@steady(60)
@given(
    rosters(), st.sampled_from([[0.0, 7 * DAY_S], [1800.0 * i for i in range(97)], [-DAY_S, 1e4, 2 * DAY_S]])
)
def test_present_seconds(shifts, edges_s):
    """To a microsecond: the columns are added up in another order."""
    plain = plain_presence.present_s(shifts, 1, 2, edges_s)
    assert present_s(shifts, Sample(1, 2), np.array(edges_s)) == pytest.approx(plain, abs=1e-6)


@steady(100)
@given(head_counts())
def test_counts(counts):
    for day in DAYS:
        assert rows(counts.changes(Sample(1, 0), day)) == plain_presence.changes_of_counts(counts, day)
        before = counts.present_before(Sample(1, 0), day * DAY_S).tolist()
        assert before == list(range(plain_presence.count_before(counts, day - 1, DAY_S)))


@steady(200)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40), st.integers(1, 40)), max_size=40))
def test_order_of_changes(spells):
    """Also over more hours than sixteen bits of seconds hold: moments are up to ten days apart."""
    by_position = sorted(spells)
    position = np.array([p for p, _, _ in by_position], dtype=np.int64)
    starts_s = np.array([start * 10_000.0 for _, start, _ in by_position])
    ends_s = np.array([(start + length) * 10_000.0 for _, start, length in by_position])
    comings = [plain_presence.Change(s, p, True) for s, p in zip(starts_s, position, strict=True)]
    goings = [plain_presence.Change(s, p, False) for s, p in zip(ends_s, position, strict=True)]
    expected = plain_presence.in_order(comings + goings)
    on_day_0 = np.zeros(len(position), dtype=np.int64)
    assert rows(changes_of_spells(position, on_day_0, starts_s, ends_s)) == expected


@steady(60)
@given(rosters() | head_counts(), st.integers(-2, 8), st.integers(1, 17))
def test_many_days_are_one_after_the_other(presence, day, n_days):
    """To the last bit, whether laid out now or before."""
    single = [row for each in range(day, day + n_days) for row in rows(presence.changes(Sample(1, 2), each))]
    for _ in range(2):
        assert rows(presence.changes(Sample(1, 2), day, day + n_days)) == single
