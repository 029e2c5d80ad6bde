"""How many shifts with breaks there are, counted on paper, and that the section writes its line."""

from __future__ import annotations

from bench.page import page
from bench.store import Section, Store
from bench.weeks import WeekRow, n_patterns
from optimizer.shifts.rules import ShiftRules
from tests.optimizer.shift_worlds import days, hours, pause, people, problem


def test_shifts_with_every_choice_of_breaks_are_counted() -> None:
    """08:00-12:00, four hours: one start; breaks of half an hour at 1, 1.5 or 2 h and at 1.5, 2 or 2.5 h.

    After a break at 1 h three starts are left, after 1.5 h two, after 2 h one: 6. Of three hours there are three
    starts, with the same breaks: 3 · 6.
    """
    horizon = days((8, 12), interval_h=0.5)
    breaks = (pause(30, 1, 2), pause(30, 1.5, 2.5))
    asked = people(horizon, [1] * 8)
    assert n_patterns(problem(horizon, asked, ShiftRules(hours(4), breaks=breaks))) == 6
    assert n_patterns(problem(horizon, asked, ShiftRules(hours(3, 4), breaks=breaks))) == 6 + 3 * 6


def test_a_row_of_the_page() -> None:
    row = WeekRow("counted", 9, 1234, 1300, 99, (1.5, 2.5), 100.0, 99.5, 0.005, "within_gap")
    section = Section("2026-01-01", "python -m bench weeks", 0.1, {"rows": [vars(row)]})
    text = page(Store({}, {"weeks": section}))
    assert "| counted | 9 | 1,234 | 1,300 | 99 | 1.5 to 2.5 | 100.0 | 99.5 | 0.50 | within_gap |" in text
