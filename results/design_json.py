"""A decision as `--json` writes it: every design, its fate, and the answer with bound, gap and intervals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from optimizer.design.answer import Answer
from optimizer.design.break_even import BreakEven
from optimizer.design.choice import Choice, Verdict
from optimizer.design.frontier import FrontierPoint
from optimizer.design.guardrails import Guarded
from optimizer.design.weighed import cost_difference
from optimizer.design.why import WhyNot
from results.design_words import verdict_text
from results.planned import bound_of, gap_of
from results.simulation import simulation_data
from sim.measures.costs.time import months_of
from sim.measures.estimates import Estimate

Figure = dict[str, float | None]


def decision_json(answer: Answer) -> dict[str, Any]:
    """Money is over the horizon of `horizon_months`; half-widths are 95 %, those of differences from pairs.

    The figures of the chosen design are those of its last confirmation; without one, the baseline's.
    """
    choice = answer.choice
    result = choice.confirmed.result if choice.confirmed else _baseline_result(answer)
    figures = {} if result is None else simulation_data(result)
    return {
        **figures,
        "decision": {
            "status": choice.status,
            "chosen": None if choice.best is None else choice.best.candidate.key,
            "horizon_months": months_of(answer.study.baseline),
            "lower_bound": choice.lower_bound,
            "gap": choice.gap,
            "bound_scale": choice.scale,
            "planned": choice.n_planned,
            "is_cut_short": choice.is_cut_short,
            "guardrails": [str(limit) for limit in choice.limits],
            "designs": [_design(choice, verdict) for verdict in choice.verdicts],
            "confirmed": _confirmed(choice),
            "why_not_the_most": None if answer.why_not is None else _why_not(answer.why_not),
            "frontier": {"measure": answer.measure, "points": [_point(one) for one in answer.frontier]},
            "break_even": None if answer.pays_from is None else _break_even(answer, answer.pays_from),
        },
    }


def _baseline_result(answer: Answer) -> Any:
    return None if answer.choice.baseline.weighed is None else answer.choice.baseline.weighed.result


def _figure(found: Estimate | None) -> Figure | None:
    return None if found is None else {"value": found.value, "half_width": found.half_width}


def _design(choice: Choice, verdict: Verdict) -> dict[str, Any]:
    found, before, candidate = verdict.weighed, choice.baseline.weighed, verdict.candidate
    said: dict[str, Any] = {
        "design": candidate.key,
        "takes": list(candidate.taken),
        "verdict": verdict_text(choice, verdict),
        "lower_bound": verdict.bound,
        "per_month": candidate.per_month,
        "one_off": candidate.one_off,
        "no_plan": verdict.no_plan or None,
        "ruled_out_by": _guarded(verdict.ruled_out),
        "plan": None,
    }
    if found is not None:
        change = None
        if before is not None and before is not found:
            change = cost_difference(candidate, found.result, before.candidate, before.result)
        said["plan"] = {
            "cost": _figure(found.cost),
            "difference": _figure(change),
            "status": found.plan.status,
            "people_cost": found.plan.cost,
            "people_lower_bound": bound_of(found.plan),
            "people_gap": gap_of(found.plan),
            "paid_h": found.plan.paid_h,
            "holds": found.plan.holds,
            "misses": list(found.plan.misses),
            "guardrails": _guarded(found.guarded),
        }
    return said


def _guarded(found: Iterable[Guarded]) -> list[dict[str, Any]]:
    return [
        {"guardrail": str(one.limit), "found": _figure(one.found), "holds": not one.clearly_missed(1)}
        for one in found
    ]


def _confirmed(choice: Choice) -> dict[str, Any] | None:
    if choice.confirmed is None:
        return None
    fresh = choice.confirmed
    return {
        "replications": fresh.result.replications,
        "cost": _figure(fresh.cost),
        "difference": _figure(fresh.difference),
        "guardrails": _guarded(fresh.guarded),
    }


def _why_not(why: WhyNot) -> dict[str, Any]:
    return {
        "design": why.closes_most.candidate.key,
        "against": list(why.reasons),
        "cost": _figure(why.cost),
        "own_prices": why.own_prices,
        "changes": {measure: _figure(change) for measure, change in why.changes.items()},
    }


def _point(point: FrontierPoint) -> dict[str, Any]:
    return {
        "design": point.weighed.candidate.key,
        "on_frontier": point.on_frontier,
        "cost": _figure(point.cost),
        "found": _figure(point.found),
        "more_cost": _figure(point.more_cost),
        "change": _figure(point.change),
    }


def _break_even(answer: Answer, found: BreakEven) -> dict[str, Any]:
    return {
        "design": None if answer.bot_design is None else answer.bot_design.key,
        "against": None if answer.without_bots is None else answer.without_bots.key,
        "containment": found.containment,
        "low": found.low,
        "high": found.high,
        "slope": found.slope,
        "points": [
            {"containment": point.containment, "difference": _figure(point.difference)}
            for point in found.points
        ],
    }
