"""The whole answer: the choice, why not the bot that closes most, the frontier, and where bots begin to pay."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, field, replace

from optimizer.design.break_even import BreakEven, closes_something
from optimizer.design.candidates import Candidate, candidates_of, without_bots_options
from optimizer.design.choice import Choice
from optimizer.design.decide import MakePlan, Search
from optimizer.design.frontier import FrontierPoint, frontier_of, usual_measure
from optimizer.design.guardrails import limits_of
from optimizer.design.pays_from import break_even_of
from optimizer.design.weighed import weighed
from optimizer.design.why import WhyNot, why_not_the_most
from optimizer.draws import Note, Simulate
from optimizer.options import PlanOptions
from optimizer.people import NoPlan
from optimizer.plan import Plan
from optimizer.plan import plan as plan_people
from scenarios import Scenario, Study
from sim.replicate import run
from sim.theory import UnreachableTarget


@dataclass(frozen=True)
class DesignOptions:
    """How to search. `plan`: of each plan and its confirmation.

    most_plans: so many candidates are planned at most; what is left open is said
    frontier: the measure held against cost; None: effort where it is told, else needs met
    whole_frontier: also plan what is too dear to be chosen, but may be on the frontier
    """

    plan: PlanOptions = field(default_factory=PlanOptions)
    most_plans: int = 20
    frontier: str | None = None
    whole_frontier: bool = False
    break_even: bool = True


@dataclass(frozen=True)
class Answer:
    """What is decided, with everything that is said of it.

    pays_from: where the bots of `bot_design` begin to pay, against `without_bots`; None where no bot closes
    anything, or it was not asked for
    """

    study: Study
    choice: Choice
    measure: str
    frontier: tuple[FrontierPoint, ...]
    why_not: WhyNot | None
    bot_design: Candidate | None = None
    without_bots: Candidate | None = None
    pays_from: BreakEven | None = None


def decide(
    study: Study,
    options: DesignOptions | None = None,
    *,
    simulate: Simulate = run,
    note: Note | None = None,
    executor: Executor | None = None,
) -> Answer:
    """Choose among the combinations of a study's scenarios: the options of each, and the designs as alternatives.

    Guardrails are the baseline's. `simulate` must number contact types as the baseline does, so that all candidates
    meet the same customers; short trials of plans run on `executor` beside.
    Raises FaultyInput where options do not go together.
    """
    options, note = options or DesignOptions(), note or (lambda _: None)

    def plan(scenario: Scenario) -> Plan:
        return plan_people(
            scenario, options.plan, simulate=simulate, note=note, executor=executor, streams=study.streams
        )

    measure = options.frontier or usual_measure(study.baseline)
    limits, wanted = limits_of(study.baseline), measure if options.whole_frontier else ""
    search = Search(plan, simulate, options.plan, limits, options.most_plans, note, wanted)
    choice = search.choose(candidates_of(study))
    answer = Answer(study, choice, measure, frontier_of(choice.planned, measure), why_not_the_most(choice))
    goes_on = options.break_even and not choice.is_cut_short
    return _with_break_even(answer, plan, note) if goes_on else answer


def _with_break_even(answer: Answer, plan: MakePlan, note: Note) -> Answer:
    """Against the same design without what it does about bots, planned if it was not."""
    choice, design = answer.choice, _bot_design(answer.choice)
    if design is None:
        return answer
    verdicts = {verdict.candidate.key: verdict for verdict in choice.verdicts}
    without = without_bots_options(design, [verdict.candidate for verdict in choice.verdicts])
    try:
        known = verdicts[without.key].weighed or weighed(without, plan(without.scenario), choice.limits)
        found = break_even_of(design, known, plan, note)
    except (NoPlan, UnreachableTarget):
        return answer
    return replace(answer, bot_design=design, without_bots=without, pays_from=found)


def _bot_design(choice: Choice) -> Candidate | None:
    """The chosen design if its bots close anything, else the cheapest planned one of which that is true."""
    by_cost = sorted(choice.planned, key=lambda one: one.cost.value or 0.0)
    first = [choice.best] if choice.best is not None else []
    for one in (*first, *by_cost):
        is_other = one.candidate.key != choice.baseline.candidate.key
        if is_other and closes_something(one.candidate.scenario):
            return one.candidate
    return None
