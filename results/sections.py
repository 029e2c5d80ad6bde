"""The sections of a report in their order, each a heading with texts, pictures and the tables beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from results import (
    assumptions,
    case_tables,
    pains,
    plan_tables,
    shift_tables,
    source_tables,
    waterfall_tables,
)
from results.figures import service_svg, waterfall_svg
from results.plan_figures import staffing_svg
from results.study import CaseData, StudyData
from results.tabling import Grid
from results.texts import page
from results.texts.decision import beside_lines, decision_lines
from results.texts.waterfall import FULL_TIME, HOW

_FEW = 3  # columns of numbers that stand near their labels


@dataclass(frozen=True)
class Block:
    """A piece of a section; whatever it has is shown in this order. `style` is a class of the page."""

    heading: str = ""
    texts: tuple[str, ...] = ()
    picture: Markup | None = None
    table: Grid | None = None
    style: str = ""


@dataclass(frozen=True)
class Section:
    """A section; `key` is its anchor."""

    key: str
    title: str
    blocks: tuple[Block, ...]


def sections_of(data: StudyData, manifest: Mapping[str, object]) -> tuple[Section, ...]:
    """The sections that the data can fill."""
    writers: dict[str, Callable[[StudyData], Iterator[Block]]] = {
        "decision": _decision,
        "side_by_side": _side_by_side,
        "result": _result,
        "assumes": _assumes,
        "same_people": _same_people,
        "waterfall": _waterfall,
        "day": _day,
        "pains": _pains,
        "plan": _plan,
        "by_type": _by_type,
        "sources": _sources,
        "measures": _measures,
        "remake": lambda told: _remake(told, manifest),
    }
    is_a_plan = len(data.cases) == 1 and data.cases[0].plan is not None
    order = sorted(
        writers, key=lambda key: is_a_plan and key != "plan"
    )  # whoever planned asks for the plan first
    titles = {**page.TITLES, **({"plan": page.ONE_PLAN} if is_a_plan else {})}
    found = ((key, tuple(writers[key](data))) for key in order)
    return tuple(Section(key, titles[key], blocks) for key, blocks in found if blocks)


def main_cases(data: StudyData) -> tuple[CaseData, ...]:
    """The cases of the decision: all but those with today's people in a new design."""
    return tuple(case for case in data.cases if case.role != "design_same_people")


def _decision(data: StudyData) -> Iterator[Block]:
    for decision in data.decisions:
        alone = data.case(decision.case).role == "as_is_planned"
        heading, style = (page.PLANNING_ALONE, "alone") if alone else ("", "decision")
        yield Block(heading, decision_lines(decision, data.currency), style=style)
        yield Block(texts=tuple(beside_lines(decision, data.currency)), style="beside")
    if data.decisions:
        yield Block(texts=(page.YEAR,), style="beside")


def _side_by_side(data: StudyData) -> Iterator[Block]:
    if len(data.cases) > 1:
        planned = any(case.plan for case in data.cases)
        yield Block(texts=(page.SIDE_BY_SIDE if planned else page.UNPLANNED,))
        yield Block(table=case_tables.cases_explained(data), style="narrow")
        yield Block(table=case_tables.steps(data), style="steps")
        yield Block(table=case_tables.side_by_side(data, main_cases(data)), style="cases")


def _result(data: StudyData) -> Iterator[Block]:
    if len(data.cases) == 1:
        yield Block(table=case_tables.side_by_side(data, data.cases), style="narrow")


def _assumes(data: StudyData) -> Iterator[Block]:
    if data.assumptions:
        yield Block(
            texts=(page.ASSUMES,), table=assumptions.assumptions_table(data.assumptions), style="narrow"
        )


def _same_people(data: StudyData) -> Iterator[Block]:
    cases = data.of_roles("design_same_people")
    if cases:
        beside = (*data.of_roles("as_is"), *cases)
        yield Block(texts=(page.SAME_PEOPLE,), table=case_tables.side_by_side(data, beside), style="cases")


def _waterfall(data: StudyData) -> Iterator[Block]:
    if data.waterfalls:
        yield Block(texts=(HOW,))
    for waterfall in data.waterfalls:
        yield Block(waterfall.label, picture=Markup(waterfall_svg(data, waterfall)), style="picture")
        yield Block(
            texts=(f"People: {FULL_TIME}.",), table=waterfall_tables.waterfall_table(waterfall, data.currency)
        )
        yield Block(table=waterfall_tables.variants_table(waterfall), style="narrow")


def _day(data: StudyData) -> Iterator[Block]:
    cases = tuple(case for case in data.cases if case.day is not None)
    if cases:
        yield Block(texts=(page.DAY,), picture=Markup(service_svg(data, cases)), style="picture")
        yield Block(table=case_tables.through_the_day(data, cases), style=f"dense {_wide(cases)}")


def _pains(data: StudyData) -> Iterator[Block]:
    for i, case in enumerate(pains.cases_that_hurt(data)):
        yield Block(texts=() if i else (page.PAINS,), table=pains.pains_table(data, case), style="dense")


def _plan(data: StudyData) -> Iterator[Block]:
    cases = tuple(case for case in data.cases if case.plan is not None)
    if not cases:
        return
    yield Block(texts=(page.PLAN,), table=plan_tables.plans_side_by_side(data, cases), style=_wide(cases))
    together = any(case.plan is not None and case.plan.method == "together" for case in cases)
    yield Block(texts=(page.STAFFING, *((page.ALL_NEEDED,) if together else ())))
    for case in cases:
        yield from _plan_of(data, case)


def _wide(cases: Sequence[CaseData]) -> str:
    """The style of a table with a column a case; a single one stands near its labels."""
    return "narrow" if len(cases) == 1 else "cases"


def _plan_of(data: StudyData, case: CaseData) -> Iterator[Block]:
    plan = case.plan
    if plan is None:
        return
    heading = case.label if len(data.cases) > 1 else page.WHO
    yield Block(heading, (plan_tables.misses_text(plan),), Markup(staffing_svg(data, case)), style="picture")
    if plan.shifts:
        yield Block(table=shift_tables.shifts_table(case), style="narrow dense")
    if plan.weeks:
        yield Block(table=shift_tables.weeks_table(case), style="dense")
    for table in plan_tables.staffing_tables(data, plan):
        yield Block(table=table, style="narrow dense" if len(table.columns) <= _FEW else "dense")


def _by_type(data: StudyData) -> Iterator[Block]:
    if len(data.cases) == 1:
        if len(data.cases[0].by_type) > 1:
            yield Block(table=case_tables.by_type(data.cases[0]))
    elif any(len(case.by_type) > 1 for case in data.cases):
        for measure in ("service_level", "need_resolution_rate"):
            yield Block(
                table=case_tables.types_side_by_side(data, main_cases(data), measure), style="dense cases"
            )


def _sources(data: StudyData) -> Iterator[Block]:
    if data.sources:
        yield Block(texts=(page.SOURCES,))
    for table in source_tables.sources_tables(data.sources):
        yield Block(table=table, style="sources")


def _measures(data: StudyData) -> Iterator[Block]:
    yield Block(table=source_tables.measures_table(data), style="definitions")


def _remake(data: StudyData, manifest: Mapping[str, object]) -> Iterator[Block]:
    yield Block(texts=(page.REMAKE,), table=source_tables.cases_table(data), style="narrow")
    if manifest:
        yield Block(table=source_tables.manifest_table(manifest), style="definitions")
