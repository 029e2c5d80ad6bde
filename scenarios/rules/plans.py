"""What the optimizer may do must be possible."""

from collections.abc import Iterator

from scenarios.calendar_days import clock_s
from scenarios.faults import Finding, as_written, got
from scenarios.plans import OBJECTIVE
from scenarios.scenario import Scenario

LONGEST_SHIFT_H = 24


def objective_is_in_the_built_order(scenario: Scenario) -> Iterator[Finding]:
    """Only the default order is built."""
    if scenario.plan.objective != OBJECTIVE:
        built = ", ".join(f'"{part}"' for part in OBJECTIVE)
        yield Finding(("plan", "objective"), "another objective is not built yet", f"[{built}]")


def shift_lengths_fit_a_day(scenario: Scenario) -> Iterator[Finding]:
    """There is a shift length, and none is longer than a day."""
    path = ("plan", "shift_lengths_h")
    if not scenario.plan.shift_lengths_h:
        yield Finding(path, "is empty", "lengths such as [4, 6, 8]")
    for hours in scenario.plan.shift_lengths_h:
        if hours > LONGEST_SHIFT_H:
            yield Finding(path, got(hours), f"at most {LONGEST_SHIFT_H} hours")


def starts_are_in_order(scenario: Scenario) -> Iterator[Finding]:
    """The last start is not before the first."""
    starts = scenario.plan.starts
    if starts and clock_s(starts.to) < clock_s(starts.from_):
        yield Finding(("plan", "starts", "to"), got(starts.to), f'a time not before from ("{starts.from_}")')


def windows_are_in_order(scenario: Scenario) -> Iterator[Finding]:
    """A break's window has an earliest and a latest start."""
    for n, pause in enumerate(scenario.plan.breaks):
        if len(pause.window_h) != 2:
            found = f"got {len(pause.window_h)} numbers"
            yield Finding(("plan", "breaks", n, "window_h"), found, "two: earliest and latest start")
        elif pause.window_h[0] > pause.window_h[1]:
            window = ", ".join(as_written(hours) for hours in pause.window_h)
            yield Finding(("plan", "breaks", n, "window_h"), f"got [{window}]", "the earlier first")


def breaks_fit_some_shift(scenario: Scenario) -> Iterator[Finding]:
    """At its earliest a break ends inside the longest shift; shorter shifts may be too short for it."""
    longest_h = max(scenario.plan.shift_lengths_h, default=0)
    for n, pause in enumerate(scenario.plan.breaks):
        ends_h = min(pause.window_h, default=0) + pause.min / 60
        if longest_h and ends_h > longest_h + 1e-9:
            found = f"ends {round(ends_h, 4):g} h after the shift's start at the earliest"
            yield Finding(
                ("plan", "breaks", n), found, f"inside the longest shift ({as_written(longest_h)} h)"
            )


def fewest_present_is_below_most(scenario: Scenario) -> Iterator[Finding]:
    """min_present is at most max_present."""
    plan = scenario.plan
    if plan.max_present is not None and plan.min_present > plan.max_present:
        yield Finding(
            ("plan", "min_present"), got(plan.min_present), f"at most max_present ({plan.max_present})"
        )
