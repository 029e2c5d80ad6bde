"""Arrivals: one form each, and lists as long as the day."""

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.demand import Arrivals
from scenarios.faults import Finding, Path, one_of
from scenarios.scenario import Scenario

FORMS = ("per_day", "per_h", "per_interval")


def _arrivals(scenario: Scenario) -> Iterator[tuple[Path, Arrivals]]:
    for name, contact_type in scenario.contact_type.items():
        yield ("contact_type", name, "arrivals"), contact_type.arrivals


def one_form_of_arrivals(scenario: Scenario) -> Iterator[Finding]:
    """Exactly one of per_day, per_h and per_interval."""
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
    """One value for each interval of a day, or of each day of the horizon."""
    for path, arrivals in _arrivals(scenario):
        yield from fits_the_day(scenario, (*path, "per_interval"), arrivals.per_interval)


def fits_the_day(scenario: Scenario, path: Path, profile: Any) -> Iterator[Finding]:
    """Length of each list against the calendar; a list by weekday has the length of one day."""
    n, days = scenario.calendar.n_intervals_per_day, scenario.calendar.days
    for inner, values in lists_of(path, profile):
        whole = f"{n} ({scenario.calendar.interval_min} min intervals of a day)"
        fits = (n,) if isinstance(profile, Mapping) or days == 1 else (n, n * days)
        if len(values) not in fits:
            expected = whole if len(fits) == 1 else f"{whole} or {n * days} ({days} days)"
            yield Finding(inner, f"got {len(values)} values", expected)
