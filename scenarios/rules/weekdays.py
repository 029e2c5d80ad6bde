"""Tables by weekday class ("mon-fri", "sat"): every weekday at most once, and once where it is needed."""

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.calendar_days import WEEKDAYS, weekdays_of
from scenarios.faults import Finding, Path
from scenarios.profiles import of_weekday
from scenarios.scenario import Scenario


def profiles(scenario: Scenario) -> Iterator[tuple[Path, Any]]:
    """Every profile: per_interval and shape of types, head counts of groups; lists and tables alike."""
    for name, contact_type in scenario.contact_type.items():
        path: Path = ("contact_type", name, "arrivals")
        yield (*path, "per_interval"), contact_type.arrivals.per_interval
        yield (*path, "shape"), contact_type.arrivals.shape
    for name, group in scenario.agent_group.items():
        yield ("agent_group", name, "agents", "present_per_interval"), group.agents.present_per_interval


def tables_by_weekday(scenario: Scenario) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Every table whose keys are weekday classes."""
    yield ("calendar", "hours"), scenario.calendar.hours or {}
    for name, contact_type in scenario.contact_type.items():
        yield ("contact_type", name, "arrivals", "weekday"), contact_type.arrivals.weekday or {}
    for path, profile in profiles(scenario):
        if isinstance(profile, Mapping):
            yield path, profile


def each_weekday_stands_once(scenario: Scenario) -> Iterator[Finding]:
    """No weekday belongs to two classes of a table."""
    for path, table in tables_by_weekday(scenario):
        classes: dict[int, str] = {}
        for weekday_class in table:
            for day in dict.fromkeys(weekdays_of(weekday_class)):
                if day in classes:
                    found = f"{WEEKDAYS[day]} stands in '{classes[day]}' and in '{weekday_class}'"
                    yield Finding((*path, weekday_class), found, "each weekday once")
                    break
                classes[day] = weekday_class


def open_weekdays_have_values(scenario: Scenario) -> Iterator[Finding]:
    """A profile by weekday leaves out no weekday on which the center is open."""
    for path, profile in profiles(scenario):
        if not isinstance(profile, Mapping):
            continue
        open_days = [day for day in range(7) if scenario.calendar.weekday_spans_s(day)]
        silent = [WEEKDAYS[day] for day in open_days if not of_weekday(profile, day)]
        if silent:
            yield Finding(
                path, f"says nothing of {', '.join(silent)}", "every weekday on which the center is open"
            )
