"""Twins: the search that plans few designs against the one that plans all of them."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.design import decide
from optimizer.design.answer import DesignOptions
from optimizer.design.answer import decide as decide_study
from optimizer.design.break_even import with_containment
from optimizer.design.candidates import Candidate, candidates_of
from optimizer.design.choice import Choice
from optimizer.design.guardrails import limits_of
from optimizer.design.screening import screened
from optimizer.design.weighed import weighed
from optimizer.options import PlanOptions
from optimizer.plan import plan
from sim.measures.estimates import Estimate
from sim.replicate import Asked, run
from tests.optimizer.design_worlds import alone, options, shop

FEW = PlanOptions(search_replications=20, replications=20)


def searched(facts: list[dict[str, Any]], most_plans: int = 99) -> Choice:
    """A search over made-up designs: cost, bound and whether they hold are given."""
    made = [Candidate(str(i), shop().changed({"name": f"shop-{i}"})) for i in range(len(facts))]
    by_name = {candidate.scenario.name: fact for candidate, fact in zip(made, facts, strict=True)}

    def seen(candidate: Candidate, *_: object) -> SimpleNamespace:
        fact = by_name[candidate.scenario.name]
        ample = SimpleNamespace(value=lambda _: fact["closes"])
        return SimpleNamespace(people=fact["people_bound"], beside=fact["beside"], ample=ample)

    def found(candidate: Candidate, planned: object, _: object) -> SimpleNamespace:
        fact = by_name[candidate.scenario.name]
        cost = Estimate(fact["people"] + fact["beside"], 1.0)
        result = SimpleNamespace(value=lambda _: fact["closes"])
        return SimpleNamespace(
            candidate=candidate,
            plan=planned,
            cost=cost,
            lower_bound=cost.value,
            people_cost=fact["people"],
            holds=fact["holds"],
            result=result,
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decide, "screened", seen)
        patch.setattr(decide, "weighed", found)
        patch.setattr(decide, "hopeless", lambda *_: ())
        patch.setattr(decide.Search, "_confirmed", lambda *_: SimpleNamespace(broken=()))
        search = decide.Search(
            plan=lambda scenario: SimpleNamespace(holds=by_name[scenario.name]["holds"], is_cut_short=False),  # type: ignore[arg-type,return-value]
            simulate=run,
            options=FEW,
            limits=(),
            most_plans=most_plans,
            note=lambda _: None,
        )
        return search.choose(made)


A_FACT = st.fixed_dictionaries(
    {
        "people": st.integers(1, 100).map(float),
        "beside": st.integers(0, 50).map(float),
        "tightness": st.floats(0.5, 1.0),
        "holds": st.booleans(),
        "closes": st.sampled_from([0.0, 0.3, 0.6]),
    }
).map(lambda fact: {**fact, "people_bound": fact["people"] * fact["tightness"]})


@settings(max_examples=40, deadline=None)
@given(st.lists(A_FACT, min_size=1, max_size=7))
def test_the_search_finds_what_planning_everything_finds(facts: list[dict[str, Any]]) -> None:
    costs = [fact["people"] + fact["beside"] for fact in facts if fact["holds"]]
    found = searched(facts)
    if not costs:
        assert found.best is None
        assert found.status == "none holds"
        return
    assert found.best is not None
    assert found.best.cost.value == min(costs)
    assert found.status == "proven"
    assert found.lower_bound == min(costs)
    assert found.gap == 0.0
    # Nothing, those whose bounds are not above the cheapest, and the one whose bots close most.
    below = sum(fact["people_bound"] + fact["beside"] <= min(costs) for fact in facts[1:])
    assert found.n_planned <= below + 2


@settings(max_examples=25, deadline=None)
@given(st.lists(A_FACT, min_size=3, max_size=7), st.integers(1, 3))
def test_stopped_early_the_bound_still_holds(facts: list[dict[str, Any]], most_plans: int) -> None:
    costs = [fact["people"] + fact["beside"] for fact in facts if fact["holds"]]
    found = searched(facts, most_plans)
    assert found.n_planned <= most_plans + 1
    if found.best is not None and found.best.cost.value is not None and found.lower_bound is not None:
        assert found.lower_bound <= min(costs) + 1e-9 <= found.best.cost.value + 2e-9
        assert found.status == "proven" or found.best.cost.value >= min(costs)


@pytest.fixture(scope="module")
def world() -> tuple[Any, Choice, dict[str, Any]]:
    """The shop with its options: as chosen, and every candidate planned."""
    scenario = shop(design={"options": options()}, guardrail={"need_resolution_rate": 0.9})
    study = alone(scenario)
    simulate = partial(run, streams=study.streams)
    answer = decide_study(study, DesignOptions(FEW, break_even=False), simulate=simulate)
    every = {
        candidate.key: weighed(
            candidate, plan(candidate.scenario, FEW, simulate=simulate), limits_of(scenario)
        )
        for candidate in candidates_of(study)
    }
    return answer, answer.choice, every


def test_the_choice_is_the_cheapest_of_all_planned(world: tuple[Any, Choice, dict[str, Any]]) -> None:
    """Plans are the same plans, so that costs are equal to the cent."""
    _, choice, every = world
    cheapest = min((one for one in every.values() if one.holds), key=lambda one: one.cost.value)
    assert choice.best is not None
    assert choice.best.cost == cheapest.cost
    assert choice.best.candidate.key == cheapest.candidate.key
    assert choice.status == "proven"


def test_bounds_are_below_what_plans_cost(world: tuple[Any, Choice, dict[str, Any]]) -> None:
    """The formulas are stationary, plans are simulated: a bound may be off by one person in one interval."""
    _, choice, every = world
    one_person_h = 20.0
    for verdict in choice.verdicts:
        found = every[verdict.candidate.key]
        assert verdict.screened.people <= found.plan.cost + one_person_h
        assert verdict.screened.people >= 0.6 * found.plan.cost
        assert verdict.screened.beside <= found.cost.value - found.plan.cost + 1.0


def test_the_bot_that_closes_most_is_told_of_and_not_chosen(
    world: tuple[Any, Choice, dict[str, Any]],
) -> None:
    answer, choice, _ = world
    assert choice.best is not None
    assert "eager" not in choice.best.candidate.label
    assert answer.why_not is not None
    assert "eager" in answer.why_not.closes_most.candidate.label
    assert answer.why_not.changes["containment_rate"].value > 0.2
    assert answer.why_not.changes["need_resolution_rate"].value < 0.0


def test_the_chosen_design_is_confirmed_on_other_draws(world: tuple[Any, Choice, dict[str, Any]]) -> None:
    _, choice, _ = world
    assert choice.confirmed is not None
    assert choice.best is not None
    again = run(
        choice.best.plan.scenario,
        Asked(1, 20, first_replication=decide.CHOSEN_DRAWS_FROM),
        streams={"call": 0},
    )
    assert choice.confirmed.result.estimate("cost_total") == again.estimate("cost_total")
    assert choice.confirmed.result.value("offered") != choice.best.result.value("offered")


def test_a_bot_moved_to_where_it_stands_is_the_same_bot() -> None:
    scenario = candidates_of(alone(shop(design={"options": options()})))[1].scenario
    scenario = scenario.changed({"agent_group.team.agents": {"present": 4}})
    at = scenario.bot["menu"].contact_type["call"].stands_at
    position = at.contained / (100.0 - at.left)
    same, nothing = (with_containment(scenario, where) for where in (position, 0.0))
    as_it_is, moved, none = (run(center, Asked(1, 4)) for center in (scenario, same, nothing))
    assert list(moved.rows()) == list(as_it_is.rows())
    assert none.value("contained") == 0.0
    assert none.value("entered_bot") > 0.0


def test_screening_has_people_enough() -> None:
    candidate = candidates_of(alone(shop()))[0]
    seen = screened(candidate, run, FEW)
    assert seen.ample.value("delay_rate") == 0.0
    assert seen.ample.value("cost_labor") == 0.0
