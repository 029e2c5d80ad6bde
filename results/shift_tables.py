"""Tables of a plan's shifts: who comes when, and the weeks of people where rest between shifts is planned."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from results.formats import MISSING
from results.study import CaseData, PlanData, ShiftRow
from results.tabling import Grid, Row, row
from results.texts.page import ROSTER, WEEKS
from scenarios.calendar_days import WEEKDAYS as WEEKDAY_KEYS
from scenarios.calendar_days import weekdays_of

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKS_FILE = "weeks.csv"
_ROWS_READ = 20
_WEEKS_READ = 15


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


def weeks_table(case: CaseData) -> Grid:
    """The weeks of people whose rest is planned: how many work which shifts; a long list is cut, the CSV has all."""
    weeks = () if case.plan is None else case.plan.weeks
    labels = {group.name: group.label for group in case.plan.groups} if case.plan else {}
    rows: list[Row] = []
    group = None
    for week in weeks[:_WEEKS_READ]:
        if len(labels) > 1 and week.group != group:
            rows.append(Row(labels.get(week.group, week.group), heading=True))
        group = week.group
        rows.append(row(str(week.people), *(week.shifts.get(day, "") for day in WEEKDAY_KEYS)))
    more = sum(week.people for week in weeks[_WEEKS_READ:])
    left_out = (f"The weeks of {more} more people are in {WEEKS_FILE}.",) if more else ()
    return Grid(WEEKDAYS, tuple(rows), corner="People", notes=(WEEKS, *left_out))


def weeks_csv(case: CaseData) -> str:
    """The weeks of people: group, people, then from when to when on each weekday; empty: a day off."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("group", "people", *WEEKDAY_KEYS))
    for week in case.plan.weeks if case.plan else ():
        writer.writerow([week.group, week.people, *(week.shifts.get(day, "") for day in WEEKDAY_KEYS)])
    return text.getvalue()


def _count(n: int) -> str:
    return str(n) if n else ""
