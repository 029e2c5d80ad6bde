"""Arrivals: one form each, and lists as long as the day."""

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.demand import Arrivals
from scenarios.faults import Finding, Path, one_of
from scenarios.scenario import Scenario

FORMS = ("per_day", "per_h", "per_interval", "file", "replay")
NOT_REPLAYED = {"weekday": None, "factor": 1.0}  # keys that multiply, and what they are where nothing is said


def _arrivals(scenario: Scenario) -> Iterator[tuple[Path, Arrivals]]:
    for name, contact_type in scenario.contact_type.items():
        yield ("contact_type", name, "arrivals"), contact_type.arrivals


def one_form_of_arrivals(scenario: Scenario) -> Iterator[Finding]:
    """Exactly one of the five; of a file that has been read, per_interval stands in its place."""
    for path, arrivals in _arrivals(scenario):
        given = [form for form in FORMS if getattr(arrivals, form) is not None]
        if not given:
            yield Finding(path, "says no number of contacts", one_of(FORMS))
        if len(given) > 1:
            yield Finding(path, f"has {' and '.join(given)}", "one of them")


def shape_goes_with_per_day(scenario: Scenario) -> Iterator[Finding]:
    """A shape divides the contacts of a day."""
    for path, arrivals in _arrivals(scenario):
        if arrivals.shape is not None and arrivals.per_day is None:
            yield Finding((*path, "shape"), "stands without per_day", "per_day, which it divides")


def columns_go_with_files(scenario: Scenario) -> Iterator[Finding]:
    """A file has a column that is meant, and a column stands in a file."""
    for path, arrivals in _arrivals(scenario):
        yield from _column_and_file(path, arrivals.column, arrivals.file or arrivals.replay, "file or replay")
    for name, group in scenario.agent_group.items():
        agents = group.agents
        yield from _column_and_file(("agent_group", name, "agents"), agents.column, agents.file, "file")


def _column_and_file(path: Path, column: str | None, file: object, keys: str) -> Iterator[Finding]:
    if column is None and isinstance(file, str):
        yield Finding((*path, "column"), "missing", "the name of a column in the file's first line")
    if column is not None and not isinstance(file, str):
        yield Finding((*path, "column"), f"stands without {keys}", "the file that it stands in")


def replayed_as_they_are(scenario: Scenario) -> Iterator[Finding]:
    """What was recorded is not multiplied."""
    for path, arrivals in _arrivals(scenario):
        for key, default in NOT_REPLAYED.items() if arrivals.replay is not None else ():
            if getattr(arrivals, key) != default:
                yield Finding(
                    (*path, key), "stands with replay", "the file's arrivals as they are, without it"
                )


def recorded_demand_is_not_induced(scenario: Scenario) -> Iterator[Finding]:
    """Calls that are replayed have come already."""
    for name, declared in scenario.contact_type.items():
        if declared.induced is not None and declared.arrivals.replay is not None:
            yield Finding(
                ("contact_type", name, "induced"), "stands with replayed arrivals", "another form of arrivals"
            )


def some_are_replayed(scenario: Scenario) -> Iterator[Finding]:
    """Of the moments of a file, some lie in the horizon."""
    calendar = scenario.calendar
    for path, arrivals in _arrivals(scenario):
        moments = arrivals.replayed_s
        if moments is not None and not any(0.0 <= at_s < calendar.horizon_s for at_s in moments):
            from_when = f" from {calendar.start}" if calendar.start else ""
            days = f"{calendar.days} day{'s' if calendar.days > 1 else ''}{from_when}"
            found = f"none of its {len(moments)} arrivals lies in the horizon"
            yield Finding((*path, "replay"), found, f"moments in the {days}")


def shape_has_weight(scenario: Scenario) -> Iterator[Finding]:
    """Some part of a shape is above 0, or there would be no time for the contacts to come."""
    for path, arrivals in _arrivals(scenario):
        for inner, values in lists_of((*path, "shape"), arrivals.shape):
            if not sum(values):
                yield Finding(inner, "has no weight above 0", "weights such as [1, 3, 5, 4]")


def lists_of(path: Path, profile: Any) -> Iterator[tuple[Path, tuple[float, ...]]]:
    """A profile's lists: itself, or one for each weekday class."""
    if isinstance(profile, Mapping):
        for weekday_class, values in profile.items():
            yield (*path, weekday_class), values
    elif profile is not None:
        yield path, profile


def profiles_fit_the_day(scenario: Scenario) -> Iterator[Finding]:
    """One value for each interval of a day, of a week, or of each day of the horizon."""
    for path, arrivals in _arrivals(scenario):
        yield from fits_the_day(scenario, (*path, "per_interval"), arrivals.per_interval)


def fits_the_day(scenario: Scenario, path: Path, profile: Any) -> Iterator[Finding]:
    """Length of each list against the calendar; a list by weekday has the length of one day."""
    n, days = scenario.calendar.n_intervals_per_day, scenario.calendar.days
    for inner, values in lists_of(path, profile):
        fits = {n: f"{n} ({scenario.calendar.interval_min} min intervals of a day)"}
        if not isinstance(profile, Mapping):
            fits |= {7 * n: f"{7 * n} (a week)", days * n: f"{days * n} ({days} days)"} if days > 1 else {}
        if len(values) not in fits:
            yield Finding(inner, f"got {len(values)} values", one_of(list(fits.values())))
