"""Claim to net: from the people that a slide would cut to the people and the money that are really saved.

A level is 1 − work with the design ÷ work of the baseline, told as a share of the baseline plan's paid hours (or of
its cost); a step is the difference of two levels on the same customers. The first level is the slide's own, which
counts contacts; the last is what the two plans say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from results.cases import CaseRun, Simulate
from results.decision import plans_slack
from results.derived import change
from results.planned import Planned
from results.spans import added, scaled, span_of
from results.study import DAYS_PER_WEEK, DAYS_PER_YEAR, Bar, Span, Variant, Waterfall
from results.variants import Workloads, variants_of
from scenarios import Scenario, Study
from sim.measures.estimates import Estimate, FloatArray, estimate, influences
from sim.measures.result import Result

Level = tuple[float, FloatArray]  # a share of the baseline's work, and each replication's influence
# What lies between the slide's level and that of each variant, in the variants' order.
STEPS = {
    "solved": "minutes",
    "returns": "returns",
    "selective": "selectivity",
    "handed_over": "handover",
    "assisted": "assist",
}


def waterfalls(study: Study, runs: Sequence[CaseRun], simulate: Simulate) -> tuple[Waterfall, ...]:
    """One for each design that has a plan beside a planned baseline; else none.

    `simulate` must keep seed, replications and the study's streams, so that all variants meet the same customers.
    """
    reference = next((run for run in runs if run.case.role == "as_is_planned"), None)
    if reference is None:
        return ()
    workloads = Workloads(simulate)
    designs = {design.name: design for design in study.designs}
    found = []
    for run in runs:
        if run.case.role == "design_planned":
            variants = _told(designs[run.case.name], study.baseline)
            results = {key: workloads.of(variant) for key, variant in variants.items()}
            found.append(waterfall_of(run, reference, workloads.of(study.baseline), results))
    return tuple(found)


def _told(design: Scenario, baseline: Scenario) -> dict[str, Scenario]:
    """The variants; without the last where nobody has assist."""
    variants = variants_of(design, baseline)
    if design.assist is None and baseline.assist is None:
        del variants["assisted"]
    return variants


def waterfall_of(
    design: CaseRun, reference: CaseRun, baseline: Result, variants: Mapping[str, Result]
) -> Waterfall:
    """The bars of one design. `baseline` and `variants` are the runs in which nobody waits."""
    days = design.case.scenario.calendar.days
    work = _Work(_claim(variants["solved"], baseline), baseline, variants)
    bars = _bars_to_saved(work, design, reference)
    paid = scaled(span_of(_price(design, reference)), -DAYS_PER_YEAR / days)
    saved = bars[-1]
    return Waterfall(
        case=design.case.key,
        label=design.case.scenario.label,
        claim_share=_estimate(work.claim),
        baseline_paid_h=reference.result.value("paid_h") * DAYS_PER_WEEK / days,
        design_paid_h=design.result.value("paid_h") * DAYS_PER_WEEK / days,
        bars=(
            *bars,
            Bar("price", "step", Span(0.0, 0.0, 0.0), paid),
            Bar("net", "level", saved.paid_h, added(saved.money, paid)),
        ),
        variants=tuple(_variants(baseline, variants, DAYS_PER_WEEK / days)),
    )


@dataclass(frozen=True)
class _Work:
    claim: Level
    baseline: Result
    variants: Mapping[str, Result]

    def levels(self, by_wage: bool) -> list[Level]:
        """The slide's level, then those of the work, effect by effect."""
        before = _work(self.baseline, by_wage)
        return [
            self.claim,
            *(influences(before - _work(run, by_wage), before) for run in self.variants.values()),
        ]


def _bars_to_saved(work: _Work, design: CaseRun, reference: CaseRun) -> list[Bar]:
    """The claim, the steps, and what the two plans save. Groups that were not planned are in both, as they are."""
    plan, before = design.case.plan, reference.case.plan
    if plan is None or before is None:
        raise ValueError("a waterfall needs the plans of baseline and design")
    days = design.case.scenario.calendar.days
    paid_h, paid_h_before = (run.result.value("paid_h") for run in (design, reference))
    cost, cost_before = (run.result.value("cost_labor") for run in (design, reference))
    by_hour = work.levels(by_wage=False)
    by_wage = work.levels(by_wage=True) if cost_before > 0.0 else by_hour
    slack = plans_slack(plan, before)
    slack_h = _hours(slack[0], before), _hours(slack[1], plan)
    hours = _spans(by_hour, paid_h_before, paid_h_before - paid_h, slack_h)
    money = _spans(by_wage, cost_before, cost_before - cost, slack)
    keys = ("claim", *(STEPS[key] for key in work.variants), "whole_people", "saved")
    return [
        Bar(
            key=key,
            kind="level" if key in ("claim", "saved") else "step",
            paid_h=scaled(of_hours, DAYS_PER_WEEK / days),
            money=scaled(of_money, DAYS_PER_YEAR / days),
        )
        for key, of_hours, of_money in zip(keys, hours, money, strict=True)
    ]


def _spans(levels: list[Level], whole: float, saved: float, slack: tuple[float, float]) -> list[Span]:
    """Claim, steps, the step to whole people, and what is saved, as shares of `whole` over the horizon.

    The step to whole people is what the others leave: its ends are those of the saving less the opposite ends of
    the work. That bounds it; it is no confidence interval.
    """
    claim = scaled(span_of(_estimate(levels[0])), whole)
    steps = [scaled(span_of(change(after, before)), whole) for before, after in pairwise(levels)]
    work = scaled(span_of(_estimate(levels[-1])), whole)
    net = Span(saved, saved - slack[0], saved + slack[1])
    return [claim, *steps, added(net, scaled(work, -1.0)), net]


def _claim(solved: Result, baseline: Result) -> Level:
    """Contacts that the design's bot keeps from people, beyond the baseline's ÷ contacts that reach people in it."""
    return influences(_kept(solved) - _kept(baseline), baseline.series("offered").numerator)


def _kept(run: Result) -> FloatArray:
    """As vendors count: closed by the bot, or left in it."""
    return run.series("contained").numerator + run.series("abandoned_in_bot").numerator


def _work(run: Result, by_wage: bool) -> FloatArray:
    """Hours of work in each replication, or what they cost: Σ work of a group × its cost per hour."""
    groups = run.scenario.agent_group
    weights = {name: group.cost_per_h if by_wage else 1.0 for name, group in groups.items()}
    hours = {name: run.series("work_h", "agent_group", name).numerator for name in groups}
    return np.sum([weights[name] * hours[name] for name in groups], axis=0)


def _price(design: CaseRun, reference: CaseRun) -> Estimate:
    """What bot and assist cost more than in the reference, over the horizon."""
    return estimate(_paid_to_vendors(design.result) - _paid_to_vendors(reference.result), None)


def _paid_to_vendors(run: Result) -> FloatArray:
    return run.series("cost_bot").numerator + run.series("cost_assist").numerator


def _hours(cost: float, plan: Planned) -> float:
    """Money in paid hours, at the plan's own cost of an hour; 0 where hours cost nothing."""
    return cost * plan.paid_h / plan.cost if plan.cost > 0.0 else 0.0


def _variants(baseline: Result, variants: Mapping[str, Result], per_week: float) -> Iterator[Variant]:
    for key, run in {"baseline": baseline, **variants}.items():
        contacts, work_h = (run.series(measure).numerator for measure in ("offered", "work_h"))
        yield Variant(
            key=key,
            contacts=estimate(contacts * per_week, None),
            mean_handle_s=run.estimate("mean_handle_s"),
            work_h=estimate(work_h * per_week, None),
        )


def _estimate(level: Level) -> Estimate:
    return change(level, (0.0, np.zeros_like(level[1])))
