"""The calendar: intervals, opening hours, dates."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from scenarios.calendar_days import WEEKDAYS, spans_s, weekdays_of
from scenarios.faults import Finding, Path, got
from scenarios.scenario import Scenario

USUAL_MIN = (5, 10, 15, 20, 30, 60, 120, 240, 480, 720, 1440)


def interval_divides_the_day(scenario: Scenario) -> Iterator[Finding]:
    """Every day has the same whole number of intervals."""
    minutes = scenario.calendar.interval_min
    if 1440 % minutes:
        usual = min(USUAL_MIN, key=lambda length: max(length / minutes, minutes / length))
        expected = "minutes that divide the day evenly"
        yield Finding(("calendar", "interval_min"), got(minutes), expected, f"write {usual}")


def weekdays_have_hours(scenario: Scenario) -> Iterator[Finding]:
    """A table of hours says of each weekday when it is open, or that it is closed."""
    hours = scenario.calendar.hours
    if hours is None:
        return
    said = {day for weekday_class in hours for day in weekdays_of(weekday_class)}
    silent = [name for day, name in enumerate(WEEKDAYS) if day not in said]
    if silent:
        hint = f'write {silent[0]} = "closed"'
        yield Finding(("calendar", "hours"), f"says nothing of {', '.join(silent)}", "every weekday", hint)
    elif not any(spans_s(hours[weekday_class]) for weekday_class in hours):
        yield Finding(("calendar", "hours"), "closed every day", "an open weekday")


def opening_comes_before_closing(scenario: Scenario) -> Iterator[Finding]:
    """A day's hours do not run over midnight; a night is written as the two days that it touches."""
    for weekday_class, hours in (scenario.calendar.hours or {}).items():
        for span in (hours,) if isinstance(hours, str) else hours:
            if any(opens >= closes for opens, closes in spans_s(span)):
                opens, closes = span.split("-")
                yield Finding(
                    ("calendar", "hours", weekday_class),
                    got(span),
                    "an opening before its closing",
                    f'write {opens}-24:00, and 00:00-{closes} on the next day, as ["00:00-{closes}", "{opens}-24:00"]',
                )


def spans_do_not_overlap(scenario: Scenario) -> Iterator[Finding]:
    """Several spans of one day follow one another."""
    for weekday_class, hours in (scenario.calendar.hours or {}).items():
        spans = spans_s(hours)
        if any(earlier[1] > later[0] for earlier, later in pairwise(spans)):
            yield Finding(("calendar", "hours", weekday_class), "spans overlap", "one after the other")


def dates_need_a_start(scenario: Scenario) -> Iterator[Finding]:
    """Dates mean nothing to a calendar that does not say when it starts."""
    dated: dict[Path, bool] = {
        ("calendar", "closed"): bool(scenario.calendar.closed),
        ("event",): bool(scenario.event),
        **{("bot", name, "outage"): bool(bot.outage) for name, bot in scenario.bot.items()},
    }
    for path, has_dates in dated.items():
        if has_dates and scenario.calendar.start is None:
            yield Finding(path, "has dates, but the calendar has no start", "calendar.start")


def ends_come_after_beginnings(scenario: Scenario) -> Iterator[Finding]:
    """Events and outages last some time."""
    for n, event in enumerate(scenario.event):
        yield from _ends_later(("event", n, "to"), event.from_, event.to)
    for name, bot in scenario.bot.items():
        for n, outage in enumerate(bot.outage):
            yield from _ends_later(("bot", name, "outage", n, "to"), outage.from_, outage.to)


def _ends_later(path: Path, begins: datetime, ends: datetime) -> Iterator[Finding]:
    if ends <= begins:
        yield Finding(path, got(ends), f"a time after from ({begins.isoformat()})")
