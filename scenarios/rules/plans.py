"""What the optimizer may do must be possible."""

from collections.abc import Iterator

from scenarios.calendar_days import DAY_S, clock_s, weekdays_of
from scenarios.faults import Finding, Path, as_written, got
from scenarios.plans import PlanBreak, Weights
from scenarios.scenario import Scenario

HOUR_S = 3600
LONGEST_SHIFT_H = 24


def cost_is_the_first_aim(scenario: Scenario) -> Iterator[Finding]:
    """An order of aims begins with cost and names each once."""
    aims = scenario.plan.objective
    if isinstance(aims, Weights):
        return
    path = ("plan", "objective")
    if not aims or aims[0] != "cost":
        yield Finding(
            path, "does not begin with cost", '"cost" first, or weights { cost = 1, overstaffing = 5 }'
        )
    if len(set(aims)) < len(aims):
        yield Finding(path, "names an aim twice", "each once")


def overtime_is_of_lengths(scenario: Scenario) -> Iterator[Finding]:
    """Overtime lengthens shifts of shift_lengths_h; a ready-made shift ends when it says."""
    if scenario.plan.overtime is not None and scenario.plan.shift is not None:
        found = "stands beside shift, the shifts themselves"
        yield Finding(
            ("plan", "overtime"), found, "shift_lengths_h to make longer, or the longer shift in the list"
        )


def overtime_is_whole_intervals(scenario: Scenario) -> Iterator[Finding]:
    """Shifts grow by intervals, so at least by one."""
    overtime, minutes = scenario.plan.overtime, scenario.calendar.interval_min
    if overtime is not None and overtime.max_h * 60 < minutes - 1e-9:
        yield Finding(
            ("plan", "overtime", "max_h"), got(overtime.max_h), f"at least an interval ({minutes} min)"
        )


def rest_is_for_people(scenario: Scenario) -> Iterator[Finding]:
    """Rest lies between the shifts of one person, whose days of work are planned; the longest shift leaves it."""
    plan = scenario.plan
    if plan.min_rest_h is None:
        return
    path = ("plan", "min_rest_h")
    if plan.days_per_week is None:
        yield Finding(path, "has nobody to rest: shifts are counted day by day", "days_per_week beside it")
    longest_h = _longest_h(scenario) + (plan.overtime.max_h if plan.overtime else 0.0)
    if plan.min_rest_h + longest_h > LONGEST_SHIFT_H:
        most = as_written(max(0.0, LONGEST_SHIFT_H - longest_h))
        yield Finding(path, got(plan.min_rest_h), f"at most {most}, what the longest shift leaves of a day")


def price_goes_with_priced(scenario: Scenario) -> Iterator[Finding]:
    """Under-coverage that is forbidden has no price."""
    plan = scenario.plan
    if plan.under_coverage_price_per_h is not None and plan.under_coverage == "forbidden":
        found = "under_coverage is forbidden, so it has no price"
        yield Finding(("plan", "under_coverage_price_per_h"), found, 'under_coverage = "priced"')


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


def _breaks(scenario: Scenario) -> Iterator[tuple[Path, PlanBreak, float]]:
    """Every break, and the longest shift that could have it, in hours."""
    for n, pause in enumerate(scenario.plan.breaks):
        yield ("plan", "breaks", n), pause, _longest_h(scenario)
    for i, shift in enumerate(scenario.plan.shift or ()):
        for n, pause in enumerate(shift.breaks or ()):
            yield ("plan", "shift", i, "breaks", n), pause, shift.hours


def _longest_h(scenario: Scenario) -> float:
    shifts = scenario.plan.shift or ()
    return max((shift.hours for shift in shifts), default=max(scenario.plan.shift_lengths_h, default=0.0))


def windows_are_in_order(scenario: Scenario) -> Iterator[Finding]:
    """A break's window has an earliest and a latest start."""
    for path, pause, _ in _breaks(scenario):
        if len(pause.window_h) != 2:
            found = f"got {len(pause.window_h)} numbers"
            yield Finding((*path, "window_h"), found, "two: earliest and latest start")
        elif pause.window_h[0] > pause.window_h[1]:
            window = ", ".join(as_written(hours) for hours in pause.window_h)
            yield Finding((*path, "window_h"), f"got [{window}]", "the earlier first")


def breaks_fit_some_shift(scenario: Scenario) -> Iterator[Finding]:
    """At its earliest a break ends inside the longest shift; shorter shifts may be too short for it."""
    for path, pause, longest_h in _breaks(scenario):
        ends_h = min(pause.window_h, default=0) + pause.min / 60
        if longest_h and ends_h > longest_h + 1e-9:
            found = f"ends {round(ends_h, 4):g} h after the shift's start at the earliest"
            expected = "inside the longest shift" if path[1] == "breaks" else "inside the shift"
            yield Finding(path, found, f"{expected} ({as_written(longest_h)} h)")


def shifts_are_made_in_one_way(scenario: Scenario) -> Iterator[Finding]:
    """Ready-made shifts, or lengths and starts."""
    plan = scenario.plan
    if plan.shift is None:
        return
    if not plan.shift:
        yield Finding(("plan", "shift"), "is empty", 'shifts such as { from = "08:00", to = "16:00" }')
    for key in ("shift_lengths_h", "starts"):
        if key in plan.model_fields_set:
            found = "stands beside shift, the shifts themselves"
            yield Finding(("plan", key), found, "one of them")


def ready_made_shifts_lie_in_opening_hours(scenario: Scenario) -> Iterator[Finding]:
    """On some of its days the center is open from the shift's beginning to its end."""
    for n, shift in enumerate(scenario.plan.shift or ()):
        first_s = clock_s(shift.from_)
        last_s = first_s + round(shift.hours * HOUR_S)
        if not any(_open_throughout(scenario, day, first_s, last_s) for day in weekdays_of(shift.days)):
            found = f"{shift.from_}-{shift.to} on {shift.days}: the center is not open all that time"
            yield Finding(("plan", "shift", n), found, "a shift within the opening hours")


def _open_throughout(scenario: Scenario, weekday: int, first_s: int, last_s: int) -> bool:
    """Whether the center is open all the time between two times of a weekday; the next day follows after 24 h."""
    today = scenario.calendar.weekday_spans_s(weekday)
    tomorrow = scenario.calendar.weekday_spans_s((weekday + 1) % 7)
    reached_s = first_s
    for opens, closes in [*today, *((opens + DAY_S, closes + DAY_S) for opens, closes in tomorrow)]:
        if opens <= reached_s:
            reached_s = max(reached_s, closes)
    return reached_s >= last_s


def each_planned_group_has_a_shift(scenario: Scenario) -> Iterator[Finding]:
    """A group left to the optimizer, or any where none is, may work some ready-made shift."""
    shifts = scenario.plan.shift
    left = [name for name, group in scenario.agent_group.items() if group.agents.plan]
    for name in left or scenario.agent_group:
        if shifts and not any(shift.is_for(name) for shift in shifts):
            yield Finding(("plan", "shift"), f"has no shift for agent group '{name}'", "one for each group")


def fewest_present_is_below_most(scenario: Scenario) -> Iterator[Finding]:
    """min_present is at most max_present."""
    plan = scenario.plan
    if plan.max_present is not None and plan.min_present > plan.max_present:
        yield Finding(
            ("plan", "min_present"), got(plan.min_present), f"at most max_present ({plan.max_present})"
        )
