"""The price of an unmet need: what a design saves, what it leaves undone, and the price at which it loses."""

from __future__ import annotations

from results.cases import CaseRun
from results.derived import unmet_needs
from results.planned import Planned
from results.study import DAYS_PER_YEAR, Decision, Span
from results.texts.cases import PLANNING
from scenarios import Scenario
from sim.measures.all_measures import is_told
from sim.measures.costs.one_off import one_off_cost
from sim.measures.costs.staff_change import staff_change_cost
from sim.measures.estimates import NOTHING, Estimate, FloatArray, estimate
from sim.paired import difference


def decision_of(design: CaseRun, reference: CaseRun) -> Decision:
    """The figures of the decision, a year; both runs on the same customers.

    saving = cost in all of the reference − of the design, price = Σ saving ÷ Σ more unmet needs over replications,
    with the delta method's interval.
    """
    saved, unmet = _yearly_savings(design, reference), _yearly_unmet(design, reference)
    saving, more_unmet = estimate(saved, None), estimate(unmet, None)
    return Decision(
        case=design.case.key,
        label=PLANNING if design.case.role == "as_is_planned" else design.case.scenario.label,
        reference=reference.case.key,
        saving=saving,
        saving_span=_with_gaps(saving, design, reference),
        more_unmet=more_unmet,
        price=estimate(saved, unmet) if is_clear(more_unmet) else None,
        one_off=_one_off(reference.case.scenario, design.case.scenario),
        planned=design.case.plan is not None,
        missed_by=tuple(
            run.case.label
            for run in (reference, design)
            if run.case.plan is not None and not run.case.plan.holds
        ),
        in_time=_in_time(design, reference),
    )


def _in_time(design: CaseRun, reference: CaseRun) -> Estimate:
    """Late work is neither a cost nor an unmet need, and would not be seen in either."""
    if not all(is_told("due_rate", run.case.scenario) for run in (design, reference)):
        return NOTHING
    return difference(design.result, reference.result, "due_rate")


def _one_off(reference: Scenario, design: Scenario) -> float:
    """What the design costs once, more than the reference; people who go or come included."""
    return one_off_cost(design) - one_off_cost(reference) + staff_change_cost(reference, design)


def is_clear(found: Estimate) -> bool:
    """Whether a figure's interval leaves zero out; without an interval nothing is clear but an exact figure."""
    if found.value is None or found.half_width is None:
        return False
    return abs(found.value) > found.half_width


def plans_slack(design: Planned | None, reference: Planned | None) -> tuple[float, float]:
    """How far the saving over the horizon may lie below and above what the two centers cost.

    A plan may cost too much by its gap, and by what its service above the promise is worth (its spare): plans never
    hold a target exactly, and are compared within that. People who were not planned cost what they cost.
    """
    return _slack(reference), _slack(design)


def _slack(plan: Planned | None) -> float:
    return 0.0 if plan is None else plan.cost - plan.lower_bound + plan.spare


def _yearly_savings(design: CaseRun, reference: CaseRun) -> FloatArray:
    ours, theirs = (run.result.series("cost_total").numerator for run in (design, reference))
    return (theirs - ours) * _per_year(design)


def _yearly_unmet(design: CaseRun, reference: CaseRun) -> FloatArray:
    ours, theirs = (unmet_needs(run.result).numerator for run in (design, reference))
    return (ours - theirs) * _per_year(design)


def _with_gaps(saving: Estimate, design: CaseRun, reference: CaseRun) -> Span:
    """Chance and the plans' gaps together."""
    value, half_width = saving.value or 0.0, saving.half_width
    if half_width is None:
        return Span(value)
    below, above = plans_slack(design.case.plan, reference.case.plan)
    factor = _per_year(design)
    return Span(value, value - half_width - below * factor, value + half_width + above * factor)


def _per_year(run: CaseRun) -> float:
    return DAYS_PER_YEAR / run.case.scenario.calendar.days
