"""Random calendars: opening hours, days that are counted and days before and after, stretches of time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from tests.sim.random_laws import now_and_then
from tests.sim.worlds import Table

MONDAY = date(2026, 11, 9)


class Hours(NamedTuple):
    """When a shift starts, and how long it is."""

    start: str
    hours: int


# Opening hours, and a shift that meets them.
MORNING, NIGHT = Hours("07:30", 4), Hours("22:00", 8)
HOURS: tuple[tuple[Table, Hours], ...] = (
    ({}, NIGHT),
    ({"hours": {"mon-sun": "08:00-12:00"}}, MORNING),
    ({"hours": {"mon-tue": "closed", "wed-sun": "09:00-12:30"}}, MORNING),
    ({"hours": {"mon-sun": ["08:00-09:00", "09:30-11:00", "15:00-18:00"]}}, MORNING),
    ({"hours": {"mon-sun": ["00:00-02:00", "22:00-24:00"]}}, NIGHT),
    ({"hours": {"mon-wed": "20:00-24:00", "thu": ["00:00-24:00"], "fri-sun": "00:00-06:00"}}, NIGHT),
)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Table, Hours]:
    """A calendar, and a shift inside its hours."""
    hours, shift = draw(st.sampled_from(HOURS))
    calendar = {
        "start": MONDAY + timedelta(days=draw(st.integers(0, 6))),
        "days": draw(st.sampled_from([1, 1, 2, 3])),
        "interval_min": 60,
        "at_close": draw(st.sampled_from(["serve", "clear"])),
        **hours,
        **draw(now_and_then(st.sampled_from([0, 3.5, 24]), "warm_up_h")),
        **draw(now_and_then(st.sampled_from([0, 5, 24]), "run_out_h")),
    }
    if draw(st.integers(0, 5)) == 0:
        calendar["closed"] = [calendar["start"] + timedelta(days=1)]
    return calendar, shift


def moments(calendar: Table) -> st.SearchStrategy[datetime]:
    """Full and half hours, from a day before the horizon to its end."""
    midnight = datetime.combine(calendar["start"], datetime.min.time())
    halves = st.integers(-48, 48 * calendar["days"])
    return halves.map(lambda n: midnight + timedelta(minutes=30 * n))


@st.composite
def stretches(draw: st.DrawFn, calendar: Table) -> Table:
    """A stretch of time with a beginning and an end."""
    begins = draw(moments(calendar))
    return {"from": begins, "to": begins + timedelta(minutes=draw(st.sampled_from([30, 90, 600])))}
