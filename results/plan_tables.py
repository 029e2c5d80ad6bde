"""Tables of plans: status and bound, people against requirement, and the interval table as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from results.case_tables import clock_text, numbered
from results.formats import HOURS, MISSING, MONEY, PEOPLE, money_of, value_text
from results.planned import Planned
from results.shift_tables import WEEKDAYS
from results.study import CaseData, Horizon, PlanData, PlannedGroup, StudyData
from results.tabling import Cell, Grid, Row, row
from results.texts.waterfall import FULL_TIME_H
from scenarios.calendar_days import weekdays_of

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CSV_COLUMNS = ("start", "group", "required", "present", "offered", "service_level", "half_width")
_MISSES_SHOWN = 12
_METHODS = {"together": "skills and shifts together", "in_turn": "requirement, then shifts"}
NOT_PROVEN = "none"


def plans_side_by_side(data: StudyData, cases: Sequence[CaseData]) -> Grid:
    """Status, cost, bound and gap of each plan, and how it was confirmed; by the day where only one is planned."""
    plans = [case.plan for case in cases if case.plan is not None]
    rows = (
        row("Target", *(_kept(plan) for plan in plans), strong=True),
        row("Planned", *(_METHODS[plan.method] for plan in plans)),
        row("Status", *(status_text(plan) for plan in plans)),
        *_cost_rows(data, plans),
        *_hours_rows(data, plans),
        *_shifts_rows(data, plans),
        row("Most needed at once", *(str(most_needed(plan)) for plan in plans)),
        row("Confirmed on", *(f"{plan.replications} replications, seed {plan.seed}" for plan in plans)),
        row("Rounds of plan and simulation", *(str(plan.iterations) for plan in plans)),
        row("Time, s", *(f"{plan.seconds:,.0f}" for plan in plans)),
    )
    return Grid(columns=tuple(numbered(data, case) for case in cases if case.plan is not None), rows=rows)


def _cost_rows(data: StudyData, plans: Sequence[PlanData]) -> Iterator[Row]:
    """Cost, the bound below it, and how far apart they are."""
    over, scale = _told_over(data)
    unit = money_of(max(plan.cost * scale for plan in plans))
    yield row(
        f"Cost of people, {data.currency} a {over}", *(value_text(p.cost, unit, scale=scale) for p in plans)
    )
    yield row(
        f"… lower bound, {data.currency} a {over}",
        *(
            NOT_PROVEN if p.lower_bound is None else value_text(p.lower_bound, unit, scale=scale)
            for p in plans
        ),
    )
    yield row("Gap, %", *(NOT_PROVEN if p.gap is None else f"{100 * p.gap:.2f}" for p in plans))
    year = data.horizon.per_year
    yield row(
        f"Cost of people, {data.currency} a year", *(value_text(p.cost, MONEY, scale=year) for p in plans)
    )


def _hours_rows(data: StudyData, plans: Sequence[PlanData]) -> Iterator[Row]:
    """Paid hours, and the people that they are in full-time weeks; a single day makes nobody's week."""
    over, scale = _told_over(data)
    yield row(f"Paid hours a {over}", *(value_text(plan.paid_h, HOURS, scale=scale) for plan in plans))
    if not data.tells_days:
        people = (value_text(p.paid_h / FULL_TIME_H, PEOPLE, scale=scale) for p in plans)
        yield row("Full-time people (40 paid hours)", *people)


def _shifts_rows(data: StudyData, plans: Sequence[PlanData]) -> Iterator[Row]:
    """How many shifts; left out where heads are planned by the interval."""
    if any(plan.shifts for plan in plans):
        over, _ = _told_over(data)
        yield row(f"Shifts a {over}", *(_number_of_shifts(data.horizon, plan) for plan in plans))


def _told_over(data: StudyData) -> tuple[str, float]:
    """The time that hours and money are told over, and the factor from the horizon to it."""
    return ("day", data.horizon.per_day) if data.tells_days else ("week", data.horizon.per_week)


def status_text(plan: PlanData | Planned) -> str:
    """What is proven, and whether the search went to its end."""
    status = plan.status.replace("_", " ")
    return f"{status}, interrupted" if plan.is_cut_short else status


def misses_text(plan: PlanData) -> str:
    """Where the plan misses its target, or that it does not, and what else must be known of it."""
    return " ".join((_missed(plan), *plan.notes))


def _missed(plan: PlanData) -> str:
    if not plan.misses:
        return "The target holds wherever it was promised."
    shown = "; ".join(plan.misses[:_MISSES_SHOWN])
    more = len(plan.misses) - _MISSES_SHOWN
    return f"Missed: {shown}" + (f"; and {more} more." if more > 0 else ".")


def staffing_tables(data: StudyData, plan: PlanData) -> Iterator[Grid]:
    """Present / needed by time of day; times at which nobody is needed or there left out.

    Of a single day one table with a column a group; else one a group and week, with a column a day.
    """
    if data.horizon.days == 1:
        yield _staffing_of_day(data.horizon, plan.groups)
    else:
        for group in plan.groups:
            yield from _staffing_of_weeks(data.horizon, group)


def _staffing_of_day(horizon: Horizon, groups: Sequence[PlannedGroup]) -> Grid:
    rows = [
        Row(clock_text(i * horizon.interval_min), tuple(_staffed(group, horizon, 0, i) for group in groups))
        for i in range(horizon.n_per_day)
        if any(_busy(group, i) for group in groups)
    ]
    labels = tuple(group.label for group in groups)
    return Grid(columns=labels, rows=tuple(rows), corner="From", caption="People present / needed")


def _staffing_of_weeks(horizon: Horizon, group: PlannedGroup) -> Iterator[Grid]:
    for first in range(0, horizon.days, 7):
        days = range(first, min(first + 7, horizon.days))
        rows = [
            Row(clock_text(i * horizon.interval_min), tuple(_staffed(group, horizon, day, i) for day in days))
            for i in range(horizon.n_per_day)
            if any(_busy(group, day * horizon.n_per_day + i) for day in days)
        ]
        yield Grid(
            columns=tuple(day_text(horizon, day) for day in days),
            rows=tuple(rows),
            corner="From",
            caption=f"{group.label}: people present / needed",
        )


def plan_csv(data: StudyData, case: CaseData) -> str:
    """The interval table: start, group, required, present, offered, service level of the group's contact types."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for group in case.plan.groups if case.plan else ():
        for i, (needed, there) in enumerate(zip(group.requirement, group.people, strict=True)):
            level = group.service_level[i]
            figures = (group.offered[i], level.value, level.half_width)
            numbers = ("" if figure is None else f"{figure:.6g}" for figure in figures)
            writer.writerow([start_text(data.horizon, i), group.name, needed, f"{there:.6g}", *numbers])
    return text.getvalue()


def most_needed(plan: PlanData) -> int:
    """People needed in the interval that needs most, all groups."""
    needed = zip(*(group.requirement for group in plan.groups), strict=True)
    return max((sum(interval) for interval in needed), default=0)


def day_text(horizon: Horizon, day: int) -> str:
    """A day of the horizon: "Sun 14 Mar", or "Mon" where the calendar has no date."""
    if horizon.start is None:
        return WEEKDAYS[day % 7] if horizon.days <= 7 else f"{WEEKDAYS[day % 7]} {day // 7 + 1}"
    moment = date.fromisoformat(horizon.start) + timedelta(days=day)
    return f"{WEEKDAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]}"


def start_text(horizon: Horizon, interval: int) -> str:
    """Start of an interval: "1999-03-14 08:00", or "mon 08:00"."""
    day, in_day = divmod(interval, horizon.n_per_day)
    clock = clock_text(in_day * horizon.interval_min)
    if horizon.start is None:
        return f"{day_text(horizon, day).lower()} {clock}"
    return f"{date.fromisoformat(horizon.start) + timedelta(days=day)} {clock}"


def _number_of_shifts(horizon: Horizon, plan: PlanData) -> str:
    """Of the day where one is planned (its shifts stand for every day), else of a week."""
    if not plan.shifts:
        return MISSING
    if horizon.days == 1:
        return str(sum(shift.people for shift in plan.shifts))
    shifts = sum(shift.people * len(weekdays_of(shift.days)) for shift in plan.shifts)
    return str(shifts) if horizon.days >= 7 else value_text(shifts, PEOPLE, scale=horizon.per_week)


def _kept(plan: PlanData) -> str:
    if plan.holds:
        return "holds"
    n = len(plan.misses)
    return f"missed in {n} {'place' if n == 1 else 'places'}" if n else "missed"


def _busy(group: PlannedGroup, i: int) -> bool:
    return group.requirement[i] > 0 or group.people[i] > 0.0


def _staffed(group: PlannedGroup, horizon: Horizon, day: int, in_day: int) -> Cell:
    i = day * horizon.n_per_day + in_day
    if not _busy(group, i):
        return Cell("")
    short = group.people[i] < group.requirement[i] - 1e-9
    return Cell(f"{group.people[i]:.1f} / {group.requirement[i]}", mark="bad" if short else "")
