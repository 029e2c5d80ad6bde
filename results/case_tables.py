"""Tables of simulated figures: cases side by side, the steps between them, contact types, service through the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from results.formats import PERCENT, Unit, figure_text
from results.study import CaseData, Horizon, StudyData
from results.tabling import Cell, Grid, Row, row
from results.texts.cases import EXPLAINED
from results.texts.measures import (
    BY_TYPE,
    GROUPS_OF_LINES,
    MEASURES,
    Line,
    label_of,
)
from results.texts.page import frame_text
from sim.measures.estimates import Estimate

SAME = "same"
PRICES = ("cost_outsourced", "cost_bot", "cost_assist", "cost_other", "value")
DIFFERENCE_TO = "Second line: difference to"
# Where the study has several steps, they are told by these.
STEP_LINES = (
    Line("cost_total", "year"),
    Line("paid_h", "week"),
    Line("service_level"),
    Line("need_resolution_rate"),
    Line("unmet_needs", "year"),
)


def side_by_side(data: StudyData, cases: Sequence[CaseData]) -> Grid:
    """Cases × measures; below each figure its paired difference to the case's reference."""
    rows: list[Row] = []
    for heading, lines in GROUPS_OF_LINES:
        told = [line for line in lines if any(_tells(case, line) for case in cases)]
        if told:
            rows += [
                Row(heading, heading=True),
                *(_figure_row(_over(line, data), data, cases) for line in told),
            ]
    if any(case.reference for case in cases):
        rows.insert(0, Row(DIFFERENCE_TO, tuple(Cell(_reference(data, case)) for case in cases)))
    return Grid(
        columns=tuple(numbered(data, case) for case in cases),
        rows=tuple(rows),
        notes=(
            frame_text(cases[0].seed, cases[0].replications, data.horizon.days, cases[0].scheme),
            *(case.induced for case in data.cases if case.induced),
        ),
    )


def cases_explained(data: StudyData) -> Grid:
    """What each case is."""
    rows = tuple(row(numbered(data, case), EXPLAINED[case.role]) for case in data.cases)
    return Grid(columns=("what it is",), rows=rows, corner="Case", left=(0,))


def steps(data: StudyData) -> Grid:
    """What each step changes: a row a case with a reference, columns the figures that decide."""
    cases = [case for case in data.cases if case.reference and case.role != "design_same_people"]
    lines = [_over(line, data) for line in STEP_LINES]
    columns = tuple(label_of(line, data.currency) for line in lines)
    rows = [
        Row(_step_label(data, case), tuple(Cell(_change(line, case, data.horizon)) for line in lines))
        for case in cases
    ]
    return Grid(columns=columns, rows=tuple(rows), corner="Step")


def by_type(case: CaseData) -> Grid:
    """One case: contact types × the measures that matter most."""
    total = Row("All", tuple(Cell(_text(case, measure)) for measure in BY_TYPE), strong=True)
    rows = [
        Row(
            kind.label,
            tuple(Cell(figure_text(kind.figures.get(m), MEASURES[m].unit)) for m in BY_TYPE),
        )
        for kind in case.by_type
    ]
    columns = tuple(_column(measure) for measure in BY_TYPE)
    return Grid(columns=columns, rows=(total, *rows) if len(rows) > 1 else tuple(rows), corner="Contact type")


def types_side_by_side(data: StudyData, cases: Sequence[CaseData], measure: str) -> Grid:
    """One measure: contact types × cases."""
    unit = MEASURES[measure].unit
    names = {kind.name: kind.label for case in cases for kind in case.by_type}
    rows = [
        Row(label, tuple(Cell(figure_text(_of_type(case, name, measure), unit)) for case in cases))
        for name, label in names.items()
    ]
    return Grid(
        columns=tuple(numbered(data, case) for case in cases),
        rows=tuple(rows),
        corner="Contact type",
        caption=label_of(Line(measure), data.currency),
    )


def through_the_day(data: StudyData, cases: Sequence[CaseData]) -> Grid:
    """Service level by interval of the day × cases."""
    starts = sorted({start for case in cases if case.day for start in case.day.starts_min})
    rows = [Row(clock_text(start), tuple(Cell(_at(case, start)) for case in cases)) for start in starts]
    return Grid(
        columns=tuple(numbered(data, case) for case in cases),
        rows=tuple(rows),
        corner="From",
        caption=label_of(Line("service_level"), data.currency),
    )


def clock_text(minutes: int) -> str:
    """Minutes after midnight as 08:30."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _over(line: Line, data: StudyData) -> Line:
    """The line over the time that the study tells: by the day in place of the week where it plans a single day."""
    return replace(line, per="day") if line.per == "week" and data.tells_days else line


def scale_of(line: Line, horizon: Horizon) -> float:
    """From the horizon to the time of the line."""
    return {"day": horizon.per_day, "week": horizon.per_week, "year": horizon.per_year}.get(line.per, 1.0)


def _figure_row(line: Line, data: StudyData, cases: Sequence[CaseData]) -> Row:
    unit, scale = MEASURES[line.measure].unit, scale_of(line, data.horizon)
    cells = tuple(
        Cell(
            figure_text(case.figures.get(line.measure), unit, scale=scale), _change(line, case, data.horizon)
        )
        for case in cases
    )
    return Row(label_of(line, data.currency), cells, strong=line.measure == "cost_total")


def _change(line: Line, case: CaseData, horizon: Horizon) -> str:
    if case.differences is None or line.measure not in case.differences:
        return ""
    unit: Unit = MEASURES[line.measure].unit
    found = case.differences[line.measure]
    if _is_nothing(found):
        return SAME
    return figure_text(found, unit, scale=scale_of(line, horizon), signed=True)


def _is_nothing(found: Estimate) -> bool:
    """No difference at all, but for rounding."""
    return found.value is not None and abs(found.value) + (found.half_width or 0.0) < 1e-9


def _tells(case: CaseData, line: Line) -> bool:
    """Whether the case has the figure; prices of what nobody has are not told."""
    found = case.figures.get(line.measure)
    if found is None or found.value is None:
        return False
    return found.value != 0.0 or line.measure not in PRICES


def numbered(data: StudyData, case: CaseData) -> str:
    """A case's label, with its number where there are several."""
    return case.label if len(data.cases) == 1 else f"{_number(data, case)} {case.label}"


def _number(data: StudyData, case: CaseData) -> str:
    return f"({data.cases.index(case) + 1})"


def _reference(data: StudyData, case: CaseData) -> str:
    return "" if case.reference is None else _number(data, data.case(case.reference))


def _step_label(data: StudyData, case: CaseData) -> str:
    return f"{_reference(data, case)} → {numbered(data, case)}"


def _of_type(case: CaseData, name: str, measure: str) -> Estimate | None:
    return next((kind.figures.get(measure) for kind in case.by_type if kind.name == name), None)


def _text(case: CaseData, measure: str) -> str:
    return figure_text(case.figures.get(measure), MEASURES[measure].unit)


def _column(measure: str) -> str:
    words = MEASURES[measure]
    return f"{words.column}, {words.unit.sign}" if words.unit.sign else words.column


def _at(case: CaseData, start_min: int) -> str:
    if case.day is None or start_min not in case.day.starts_min:
        return figure_text(None, PERCENT)
    return figure_text(case.day.service_level[case.day.starts_min.index(start_min)], PERCENT)


def lines_told(cases: Sequence[CaseData]) -> Iterator[Line]:
    """The lines that at least one case tells, for the page's definitions."""
    for _, lines in GROUPS_OF_LINES:
        yield from (line for line in lines if any(_tells(case, line) for case in cases))
