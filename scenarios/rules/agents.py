"""Agents: one form each, head counts as long as the day, breaks inside shifts."""

from collections.abc import Iterator
from itertools import pairwise

from scenarios.agent_groups import Shift
from scenarios.calendar_days import DAY_S, clock_s, weekdays_of
from scenarios.faults import Finding, Path, as_written, got
from scenarios.rules.demand import fits_the_day
from scenarios.scenario import Scenario

LONGEST_SHIFT_H = 24


def one_form_of_agents(scenario: Scenario) -> Iterator[Finding]:
    """Exactly one of present, present_per_interval, file, shifts, and "plan"."""
    for name, group in scenario.agent_group.items():
        forms = ("present", "present_per_interval", "file", "shifts")
        given = [form for form in forms if getattr(group.agents, form) is not None]
        given += ["plan"] if group.agents.plan else []
        path: Path = ("agent_group", name, "agents")
        if not given:
            yield Finding(
                path, "says no number of people", 'present, present_per_interval, file, shifts or "plan"'
            )
        if len(given) > 1:
            yield Finding(path, f"has {' and '.join(given)}", "one of them")


def head_counts_fit_the_day(scenario: Scenario) -> Iterator[Finding]:
    """One head count for each interval of a day, or of each day of the horizon."""
    for name, group in scenario.agent_group.items():
        path: Path = ("agent_group", name, "agents", "present_per_interval")
        yield from fits_the_day(scenario, path, group.agents.present_per_interval)


def _shifts(scenario: Scenario) -> Iterator[tuple[Path, Shift]]:
    for name, group in scenario.agent_group.items():
        for n, shift in enumerate(group.agents.shifts or ()):
            yield ("agent_group", name, "agents", "shifts", n), shift


def shifts_fit_a_day(scenario: Scenario) -> Iterator[Finding]:
    """No shift is longer than a day."""
    for path, shift in _shifts(scenario):
        if shift.hours > LONGEST_SHIFT_H:
            yield Finding((*path, "hours"), got(shift.hours), f"at most {LONGEST_SHIFT_H}")


def shifts_meet_opening_hours(scenario: Scenario) -> Iterator[Finding]:
    """On some of its days a shift meets an hour in which the center is open, its hours after midnight included."""
    for path, shift in _shifts(scenario):
        starts_s = clock_s(shift.start)
        ends_s = starts_s + shift.hours * 3600
        if not any(_is_open(scenario, day, starts_s, ends_s) for day in weekdays_of(shift.days)):
            found = f"{as_written(shift.hours)} h from {shift.start} on {shift.days}: the center is closed"
            yield Finding(path, found, "hours in which it is open")


def _is_open(scenario: Scenario, weekday: int, starts_s: float, ends_s: float) -> bool:
    """Whether the center is open at some time between two times of a weekday; the next day follows after 24 h."""
    today = scenario.calendar.weekday_spans_s(weekday)
    tomorrow = scenario.calendar.weekday_spans_s((weekday + 1) % 7)
    spans = [*today, *((opens + DAY_S, closes + DAY_S) for opens, closes in tomorrow)]
    return any(starts_s < closes and opens < ends_s for opens, closes in spans)


def breaks_stand_inside_the_shift(scenario: Scenario) -> Iterator[Finding]:
    """A break ends before the shift does."""
    for path, shift in _shifts(scenario):
        for n, pause in enumerate(shift.breaks):
            ends_h = pause.after_h + pause.min / 60
            if ends_h > shift.hours + 1e-9:
                found = f"ends {round(ends_h, 4):g} h after the shift's start"
                yield Finding((*path, "breaks", n), found, f"inside its {as_written(shift.hours)} h")


def breaks_do_not_overlap(scenario: Scenario) -> Iterator[Finding]:
    """Breaks follow one another."""
    for path, shift in _shifts(scenario):
        breaks = sorted(shift.breaks, key=lambda pause: pause.after_h)
        if any(a.after_h + a.min / 60 > b.after_h + 1e-9 for a, b in pairwise(breaks)):
            yield Finding((*path, "breaks"), "breaks overlap", "one after the other")


def newcomers_have_a_share(scenario: Scenario) -> Iterator[Finding]:
    """How many newcomers there are is said, or follows from attrition."""
    for name, group in scenario.agent_group.items():
        if group.newcomers and group.newcomers.share is None and not group.attrition_per_year:
            path: Path = ("agent_group", name, "newcomers")
            yield Finding(path, "says no share of the people", "share, or attrition_per_year in the group")
