"""Answers as tables: text where it is printed, HTML in a notebook, a pandas frame where pandas is installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from importlib import import_module
from typing import Any

from results.case_tables import by_type, side_by_side, steps
from results.gathering import gather_plan, gather_simulation
from results.plan_tables import misses_text, plans_side_by_side
from results.planned import Planned
from results.shift_tables import shifts_table, weeks_table
from results.study import CaseData, StudyData
from results.tables import comparison_table, plan_table, simulation_table
from results.tabling import Cell, Grid, Row
from results.texts.decision import beside_lines, decision_lines
from sim.measures.result import Result

LEFT, RIGHT = ' style="text-align: left"', ' style="text-align: right; white-space: nowrap"'


@dataclass(frozen=True, repr=False)
class Table:
    """An answer in full. `parts` are what a notebook shows: sentences and grids."""

    text: str
    parts: tuple[str | Grid, ...]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return "\n".join(
            f"<p>{escape(part)}</p>" if isinstance(part, str) else grid_html(part) for part in self.parts
        )


def simulation_shown(result: Result) -> Table:
    """What customers get, by contact type and in total."""
    data = gather_simulation(result)
    return Table(simulation_table(result), (data.title, *data.targets, *_of_one(data)))


def comparison_shown(data: StudyData) -> Table:
    """What each design saves and leaves undone, what each step changes, and the cases side by side."""
    words = (
        line
        for decision in data.decisions
        for line in (*decision_lines(decision, data.currency), *beside_lines(decision, data.currency))
    )
    return Table(comparison_table(data), (data.title, *words, steps(data), side_by_side(data, data.cases)))


def plan_shown(plan: Planned) -> Table:
    """Status, cost and bound, shifts, where the target is missed, and what the confirming simulation says."""
    data = gather_plan(plan)
    case = data.cases[0]
    parts = (*data.targets, plans_side_by_side(data, data.cases), *_people(case))
    return Table(plan_table(plan), (data.title, *parts, *_of_one(data)))


def _people(case: CaseData) -> Iterator[str | Grid]:
    """Where the plan misses, then its shifts and the weeks of people, where it has any."""
    if case.plan is not None:
        yield misses_text(case.plan)
        if case.plan.shifts:
            yield shifts_table(case)
        if case.plan.weeks:
            yield weeks_table(case)


def _of_one(data: StudyData) -> Iterator[Grid]:
    yield by_type(data.cases[0])
    yield replace(side_by_side(data, data.cases), columns=("all",))


def grid_html(grid: Grid) -> str:
    """One grid as an HTML table: words left, numbers right, notes below."""
    caption = f"<caption>{escape(grid.caption)}</caption>" if grid.caption else ""
    heads = "".join(f"<th>{_lines(head)}</th>" for head in (grid.corner, *grid.columns))
    rows = "\n".join(_row_html(row, grid) for row in grid.rows)
    notes = "".join(f"<p><small>{escape(note)}</small></p>" for note in grid.notes)
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>{notes}"


def _row_html(row: Row, grid: Grid) -> str:
    if row.heading:
        return f'<tr><th colspan="{len(grid.columns) + 1}"{LEFT}>{escape(row.label)}</th></tr>'
    cells = "".join(_cell_html(cell, LEFT if i in grid.left else RIGHT) for i, cell in enumerate(row.cells))
    return f"<tr><th{LEFT}>{_lines(row.label)}</th>{cells}</tr>"


def _cell_html(cell: Cell, style: str) -> str:
    below = f"<br><small>{escape(cell.below)}</small>" if cell.below else ""
    return f"<td{style}>{escape(cell.text)}{below}</td>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def frame_of(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] | None = None) -> Any:
    """A pandas DataFrame of rows; raises ImportError with a sentence where pandas is not installed."""
    try:
        pandas = import_module("pandas")
    except ImportError:
        reason = "to_frame() needs pandas, which is not installed; `pip install pandas`, or use the rows as they are"
        raise ImportError(reason) from None
    return pandas.DataFrame(list(rows), columns=columns)
