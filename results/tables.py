"""Tables for the terminal: a run, a comparison, a plan; at most 100 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace

from results.assumptions import assumption_lines
from results.case_tables import by_type, side_by_side, steps
from results.gathering import gather_plan, gather_simulation
from results.pains import cases_that_hurt, pains_table
from results.plan_tables import misses_text, plans_side_by_side
from results.planned import Planned
from results.shift_tables import shifts_table, weeks_table
from results.study import StudyData
from results.tabling import Grid, text_of, transposed
from results.texts.decision import beside_lines, decision_lines
from results.texts.page import SIDE_BY_SIDE, TITLES, UNPLANNED, YEAR
from results.texts.waterfall import FULL_TIME
from results.waterfall_tables import waterfall_table
from sim.measures.result import Result

WIDTH = 98
_CASES_BESIDE = 3
_HEAD_WIDTH = 18


def simulation_table(result: Result) -> str:
    """What customers get, by contact type and in total, with half-widths."""
    return "\n\n".join(_of_one(gather_simulation(result)))


def plan_table(plan: Planned) -> str:
    """Status, cost and bound, shifts, where the target is missed, and what the confirming simulation says."""
    return "\n\n".join(_of_one(gather_plan(plan)))


def comparison_table(data: StudyData) -> str:
    """The decision, what each step changes, and the cases side by side, few at a time."""
    parts = [data.title, *_decisions(data)]
    planned = any(case.plan for case in data.cases)
    parts.append(_wrapped(SIDE_BY_SIDE if planned else UNPLANNED))
    parts.append(text_of(_headed(transposed(steps(data)))))
    parts += [*_blocks(data), *_pains(data), *_assumed(data)]
    for waterfall in data.waterfalls:
        grid = waterfall_table(waterfall, data.currency)
        words_off = tuple(replace(row, cells=row.cells[:-1]) for row in grid.rows)
        table = text_of(replace(grid, columns=grid.columns[:-1], rows=words_off))
        parts.append(f"From the claim to the net: {waterfall.label} ({FULL_TIME})\n\n{table}")
    return "\n\n".join(parts)


def _of_one(data: StudyData) -> Iterator[str]:
    case = data.cases[0]
    yield f"{case.label} ({case.scenario})" if case.label != case.scenario else case.scenario
    if data.targets:
        yield _wrapped(f"Target: {'; '.join(data.targets)}")
    if case.plan is not None:
        yield text_of(plans_side_by_side(data, data.cases))
        yield _wrapped(misses_text(case.plan))
        if case.plan.shifts:
            yield _with_notes(shifts_table(case))
        if case.plan.weeks:
            yield _with_notes(weeks_table(case))
    yield text_of(_headed(by_type(case)))
    yield _with_notes(replace(side_by_side(data, data.cases), columns=("all",)))
    yield from _pains(data)
    yield from _assumed(data)


def _pains(data: StudyData) -> Iterator[str]:
    for case in cases_that_hurt(data):
        yield f"{TITLES['pains']}: {case.label}\n\n{text_of(pains_table(data, case))}"


def _assumed(data: StudyData) -> Iterator[str]:
    if data.assumptions:
        yield "\n".join(_wrapped(line) for line in assumption_lines(data.assumptions))


def _with_notes(grid: Grid) -> str:
    return "\n\n".join([text_of(grid), *(_wrapped(note) for note in grid.notes)])


def _decisions(data: StudyData) -> Iterator[str]:
    for decision in data.decisions:
        lines = (*decision_lines(decision, data.currency), *beside_lines(decision, data.currency))
        yield "\n".join(_wrapped(line) for line in lines)
    if data.decisions:
        yield _wrapped(YEAR)


def _blocks(data: StudyData) -> Iterator[str]:
    for first in range(0, len(data.cases), _CASES_BESIDE):
        grid = side_by_side(data, data.cases[first : first + _CASES_BESIDE])
        yield text_of(_headed(grid))
    yield "\n".join(_wrapped(note) for note in grid.notes)


def _headed(grid: Grid) -> Grid:
    """Heads of columns in several short lines."""
    return replace(grid, columns=tuple(textwrap.fill(head, _HEAD_WIDTH) for head in grid.columns))


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH)
