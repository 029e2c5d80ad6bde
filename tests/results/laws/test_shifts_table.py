"""Laws: few shifts are listed with their breaks, many are counted by start, length and weekday; nobody is lost."""

from __future__ import annotations

from dataclasses import replace

from results.gathering import gather_plan
from results.shift_tables import shifts_table
from results.study import CaseData, ShiftRow
from tests.results.small_study import plan_of, study


def case_with(shifts: tuple[ShiftRow, ...]) -> CaseData:
    case = gather_plan(plan_of(study().baseline, 9)).cases[0]
    assert case.plan is not None
    return replace(case, plan=replace(case.plan, shifts=shifts))


def many() -> tuple[ShiftRow, ...]:
    """Thirty shifts of one or two people, on three kinds of days and with breaks of their own."""
    days = ("mon-fri", "sat, sun", "wed")
    return tuple(
        ShiftRow("team", f"{8 + i % 4:02d}:00", 8.0, days[i % 3], 1 + i % 2, f"30 min after {1 + i / 8:g} h")
        for i in range(30)
    )


def test_few_shifts_are_listed() -> None:
    grid = shifts_table(case_with(many()[:3]))
    assert [[cell.text for cell in line.cells] for line in grid.rows][1] == [
        "09:00",
        "8",
        "sat, sun",
        "2",
        "30 min after 1.125 h",
    ]


def test_many_shifts_are_counted_by_weekday() -> None:
    grid = shifts_table(case_with(many()))
    assert grid.columns == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert [line.label for line in grid.rows] == [
        "08:00, 8 h",
        "09:00, 8 h",
        "10:00, 8 h",
        "11:00, 8 h",
        "All",
    ]
    on_weekdays = sum(shift.people for shift in many() if shift.days == "mon-fri")
    on_wednesdays = on_weekdays + sum(shift.people for shift in many() if shift.days == "wed")
    total = [cell.text for cell in grid.rows[-1].cells]
    assert total[:3] == [str(on_weekdays), str(on_weekdays), str(on_wednesdays)]


def test_rows_add_up_to_the_last() -> None:
    *rows, total = shifts_table(case_with(many())).rows
    for day in range(7):
        assert sum(int(line.cells[day].text or 0) for line in rows) == int(total.cells[day].text or 0)
