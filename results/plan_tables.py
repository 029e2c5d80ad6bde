"""Tables of plans: status and bound, shifts, people against requirement, and the interval table as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from results.case_tables import clock_text, numbered
from results.formats import HOURS, MISSING, MONEY, PEOPLE, value_text
from results.study import CaseData, Horizon, PlanData, PlannedGroup, ShiftRow, StudyData
from results.tabling import Cell, Grid, Row, row
from results.texts.page import ROSTER
from results.texts.waterfall import FULL_TIME_H
from scenarios.calendar_days import weekdays_of

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CSV_COLUMNS = ("start", "group", "required", "present", "offered", "service_level", "half_width")
_MISSES_SHOWN = 12
_METHODS = {"together": "skills and shifts together", "in_turn": "requirement, then shifts"}
_ROWS_READ = 20


def plans_side_by_side(data: StudyData, cases: Sequence[CaseData]) -> Grid:
    """Status, cost, bound and gap of each plan, and how it was confirmed."""
    plans = [case.plan for case in cases if case.plan is not None]
    week, year = data.horizon.per_week, data.horizon.per_year

    def money(amounts: Iterator[float], scale: float) -> tuple[str, ...]:
        return tuple(value_text(amount, MONEY, scale=scale) for amount in amounts)

    rows = (
        row("Target", *(_kept(plan) for plan in plans), strong=True),
        row("Planned", *(_METHODS[plan.method] for plan in plans)),
        row("Status", *(_status(plan) for plan in plans)),
        row(f"Cost of people, {data.currency} a week", *money((p.cost for p in plans), week)),
        row(f"… lower bound, {data.currency} a week", *money((p.lower_bound for p in plans), week)),
        row("Gap, %", *(f"{100 * plan.gap:.2f}" for plan in plans)),
        row(f"Cost of people, {data.currency} a year", *money((p.cost for p in plans), year)),
        row("Paid hours a week", *(value_text(plan.paid_h, HOURS, scale=week) for plan in plans)),
        row(
            "Full-time people (40 paid hours)",
            *(value_text(p.paid_h / FULL_TIME_H, PEOPLE, scale=week) for p in plans),
        ),
        row("Shifts a week", *(str(_shifts_a_week(plan)) for plan in plans)),
        row("Most needed at once", *(str(most_needed(plan)) for plan in plans)),
        row("Confirmed on", *(f"{plan.replications} replications, seed {plan.seed}" for plan in plans)),
        row("Rounds of plan and simulation", *(str(plan.iterations) for plan in plans)),
        row("Time, s", *(f"{plan.seconds:,.0f}" for plan in plans)),
    )
    return Grid(columns=tuple(numbered(data, case) for case in cases if case.plan is not None), rows=rows)


def _status(plan: PlanData) -> str:
    """What is proven, and whether the search went to its end."""
    status = plan.status.replace("_", " ")
    return f"{status}, interrupted" if plan.is_cut_short else status


def misses_text(plan: PlanData) -> str:
    """Where the plan misses its target, or that it does not."""
    if not plan.misses:
        return "The target holds wherever it was promised."
    shown = "; ".join(plan.misses[:_MISSES_SHOWN])
    more = len(plan.misses) - _MISSES_SHOWN
    return f"Missed: {shown}" + (f"; and {more} more." if more > 0 else ".")


def shifts_table(case: CaseData) -> Grid:
    """The shifts: who comes when, for how long, with which breaks; many of them by start, length and weekday."""
    plan = case.plan
    if plan is None:
        return Grid((), ())
    return _roster(plan) if len(plan.shifts) > _ROWS_READ else _list_of_shifts(plan)


def _list_of_shifts(plan: PlanData) -> Grid:
    labels = {group.name: group.label for group in plan.groups}
    rows = [
        row(labels.get(s.group, s.group), s.start, f"{s.hours:g}", s.days, str(s.people), s.breaks or MISSING)
        for s in plan.shifts
    ]
    columns = ("start", "hours", "days", "people", "breaks")
    return Grid(columns=columns, rows=tuple(rows), corner="Group", left=(2, 4))


def _roster(plan: PlanData) -> Grid:
    """People by start and length of shift × weekdays; when breaks begin differs from person to person."""
    rows: list[Row] = []
    for group in plan.groups:
        people = _people_by_weekday(shift for shift in plan.shifts if shift.group == group.name)
        if len(plan.groups) > 1:
            rows.append(Row(group.label, heading=True))
        rows += [
            row(f"{start}, {hours:g} h", *map(_count, counts)) for (start, hours), counts in people.items()
        ]
        rows.append(row("All", *(_count(sum(n)) for n in zip(*people.values(), strict=True)), strong=True))
    return Grid(WEEKDAYS, tuple(rows), corner="Shift", notes=(ROSTER,))


def _people_by_weekday(shifts: Iterable[ShiftRow]) -> dict[tuple[str, float], list[int]]:
    """People on each weekday, Monday first, by start and length in their order."""
    people: dict[tuple[str, float], list[int]] = {}
    for shift in sorted(shifts, key=lambda shift: (shift.start, shift.hours)):
        counts = people.setdefault((shift.start, shift.hours), [0] * 7)
        for day in weekdays_of(shift.days):
            counts[day] += shift.people
    return people


def _count(n: int) -> str:
    return str(n) if n else ""


def staffing_tables(data: StudyData, group: PlannedGroup) -> Iterator[Grid]:
    """Present / required by time of day × days, a table a week; times at which nobody is needed or there left out."""
    horizon = data.horizon
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


def _shifts_a_week(plan: PlanData) -> int:
    return sum(shift.people * len(weekdays_of(shift.days)) for shift in plan.shifts)


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
