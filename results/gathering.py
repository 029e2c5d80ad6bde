"""From runs and plans to the plain data of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from results.assumptions import assumptions_of
from results.cases import Case, CaseRun
from results.curves import day_curve
from results.decision import decision_of
from results.derived import difference, figure
from results.gathered_plan import plan_data
from results.pains import pains_of
from results.planned import Planned
from results.sources import source_rows
from results.study import CaseData, Decision, Horizon, Role, StudyData, TypeFigures, Waterfall
from results.texts.induced import induced_text
from results.texts.measures import BY_TYPE, GROUPS_OF_LINES
from results.texts.targets import target_text
from scenarios import Scenario, Study, digest
from sim.measures.estimates import Estimate
from sim.measures.result import Result

FIGURES = tuple(
    dict.fromkeys(["offered", "answered"] + [line.measure for _, lines in GROUPS_OF_LINES for line in lines])
)
# Each role is held against the first of these that the study has.
_REFERENCES: Mapping[Role, tuple[Role, ...]] = {
    "as_is_planned": ("as_is",),
    "design": ("as_is", "as_is_planned"),
    "design_planned": ("as_is_planned", "as_is"),
    "design_same_people": ("as_is", "as_is_planned"),
}


def gather_study(study: Study, runs: Sequence[CaseRun], waterfalls: Iterable[Waterfall] = ()) -> StudyData:
    """The report of a study; `runs` in the order of `cases_of`, all on the same customers."""
    cases = tuple(_compared(run, runs) for run in runs)
    return StudyData(
        title=study.label,
        name=study.name,
        summary=study.summary,
        cases=cases,
        decisions=tuple(_decisions(runs)),
        waterfalls=tuple(waterfalls),
        sources=source_rows(study.scenarios),
        assumptions=assumptions_of(study.scenarios),
        **_frame(study.baseline),
    )


def gather_simulation(result: Result) -> StudyData:
    """The report of a single run."""
    return _gather_one(CaseRun(Case("single", result.scenario.name, result.scenario), result))


def gather_plan(plan: Planned) -> StudyData:
    """The report of a single plan; its figures are those of the confirming simulation."""
    return _gather_one(CaseRun(Case("single", plan.scenario.name, plan.scenario, plan), plan.confirmed))


def case_data(run: CaseRun) -> CaseData:
    """A case on its own, without a reference."""
    case, result = run.case, run.result
    return CaseData(
        key=case.key,
        role=case.role,
        label=case.label,
        scenario=case.name,
        summary=case.scenario.summary,
        digest=digest(case.scenario),
        seed=result.seed,
        replications=result.replications,
        contacts=result.contacts,
        figures=_figures(result),
        by_type=tuple(_type_figures(result)),
        day=day_curve(result),
        plan=None if case.plan is None else plan_data(case.plan),
        scheme=result.scheme,
        pains=pains_of(result),
        induced=induced_text(result),
    )


def reference_of(run: CaseRun, runs: Sequence[CaseRun]) -> CaseRun | None:
    """The case that a case is held against."""
    wanted = _REFERENCES.get(run.case.role, ())
    return next((other for role in wanted for other in runs if other.case.role == role), None)


def _gather_one(run: CaseRun) -> StudyData:
    scenario = run.case.scenario
    return StudyData(
        title=scenario.label,
        name=scenario.name,
        summary=scenario.summary,
        cases=(case_data(run),),
        sources=source_rows([scenario]),
        assumptions=assumptions_of([scenario]),
        **_frame(scenario),
    )


def _frame(scenario: Scenario) -> dict[str, Any]:
    calendar = scenario.calendar
    types = scenario.contact_type.values()
    targets = dict.fromkeys(
        target_text(declared.service_target, scenario.plan.target_probability)
        for declared in types
        if declared.service_target
    )
    shares = {declared.service_target.share if declared.service_target else None for declared in types}
    return {
        "currency": scenario.money.currency,
        "horizon": Horizon(
            calendar.start.isoformat() if calendar.start else None, calendar.days, calendar.interval_min
        ),
        "targets": tuple(targets),
        "target_share": shares.pop() if len(shares) == 1 else None,
    }


def _compared(run: CaseRun, runs: Sequence[CaseRun]) -> CaseData:
    alone, reference = case_data(run), reference_of(run, runs)
    if reference is None:
        return alone
    differences = {measure: difference(run.result, reference.result, measure) for measure in alone.figures}
    return replace(alone, reference=reference.case.key, differences=differences)


def _decisions(runs: Sequence[CaseRun]) -> Iterable[Decision]:
    """The designs', then that of planning alone."""
    for role in ("design_planned", "design", "as_is_planned"):
        for run in runs:
            reference = reference_of(run, runs)
            if run.case.role == role and reference is not None:
                yield decision_of(run, reference)


def _figures(result: Result) -> dict[str, Estimate]:
    told = {measure for measure, _, _ in result.figures()} | {"unmet_needs", "peak_people"}
    entered = result.scenario.bot and result.value("entered_bot") > 0
    skipped = set() if entered else {"containment_rate"}
    return {measure: figure(result, measure) for measure in FIGURES if measure in told - skipped}


def _type_figures(result: Result) -> Iterable[TypeFigures]:
    for name in result.names("contact_type"):
        figures = {measure: figure(result, measure, "contact_type", name) for measure in BY_TYPE}
        yield TypeFigures(name, result.scenario.label_of("contact_type", name), figures)
