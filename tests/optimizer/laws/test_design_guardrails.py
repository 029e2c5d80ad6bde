"""Laws of guardrails: every measure there is can be one, senses look the right way, chance is no miss."""

from __future__ import annotations

from typing import Any

import pytest

from optimizer.design.guardrails import Guarded, Limit, guarded, hopeless, limits_of, missed
from scenarios.guardrails import BY_CONTACT_TYPE, FELT, MEASURES, OF_THE_CENTER, usual_sense
from sim.measures.all_measures import ASKED_FOR, KEPT_BY
from sim.measures.estimates import NOTHING, Estimate
from sim.measures.result import PERCENTILES
from sim.replicate import Asked, run
from tests.optimizer.design_worlds import shop


def test_every_measure_may_be_a_guardrail_and_nothing_else() -> None:
    """The list stands where files are checked, which know nothing of the simulation."""
    assert len(set(MEASURES)) == len(MEASURES)
    assert set(MEASURES) == {*KEPT_BY, *PERCENTILES}


def test_those_told_by_contact_type_are_kept_by_it() -> None:
    kept = {measure for measure, scopes in KEPT_BY.items() if "contact_type" in scopes}
    assert {*kept, *PERCENTILES} == BY_CONTACT_TYPE
    assert BY_CONTACT_TYPE.isdisjoint(OF_THE_CENTER)


def test_measures_of_the_experience_model_are_told_with_it() -> None:
    with_experience = {name for name, told in ASKED_FOR.items() if told is ASKED_FOR["effort"]}
    assert with_experience == FELT


@pytest.mark.parametrize(
    ("measure", "sense"),
    [
        ("need_resolution_rate", "at least"),
        ("reached_a_person_rate", "at least"),
        ("mean_wait_s", "at most"),
        ("effort", "at most"),
        ("occupancy", "at most"),
        ("containment_rate", None),
        ("offered", None),
    ],
)
def test_the_usual_sense(measure: str, sense: str | None) -> None:
    assert usual_sense(measure) == sense


def limits(**guardrail: Any) -> tuple[Limit, ...]:
    return limits_of(shop(guardrail=guardrail))


def test_limits_say_which_way_and_of_whom() -> None:
    found = limits(
        need_resolution_rate=0.9,
        containment_rate={"min": 0.1, "max": 0.5},
        mean_wait_s={"max": 60, "contact_types": ["call"]},
    )
    assert [str(limit) for limit in found] == [
        "need resolution rate at least 90 %",
        "containment rate at least 10 %",
        "containment rate at most 50 %",
        "mean wait of call at most 60 s",
    ]


@pytest.mark.parametrize(
    ("sense", "value", "half_width", "is_missed"),
    [
        ("at least", 0.95, 0.001, False),
        ("at least", 0.899, 0.01, False),  # within chance
        ("at least", 0.85, 0.01, True),
        ("at most", 0.85, 0.01, False),
        ("at most", 0.905, 0.01, False),
        ("at most", 0.95, 0.01, True),
    ],
)
def test_a_miss_is_more_than_chance(sense: Any, value: float, half_width: float, is_missed: bool) -> None:
    one = Guarded(Limit("need_resolution_rate", sense, 0.9), Estimate(value, half_width))
    assert one.clearly_missed(1) is is_missed
    assert bool(missed((one,))) is is_missed


def test_looking_at_many_limits_makes_a_miss_rarer() -> None:
    one = Guarded(Limit("need_resolution_rate", "at least", 0.9), Estimate(0.889, 0.01))
    assert one.clearly_missed(1)
    assert not one.clearly_missed(20)


def test_where_nobody_is_measured_nothing_is_missed() -> None:
    assert not Guarded(Limit("containment_rate", "at least", 0.9), NOTHING).clearly_missed(1)


def test_with_people_enough_only_what_customers_get_rules_out() -> None:
    """Occupancy is low and cost is high with people enough for everybody: that says nothing of a plan."""
    ample = run(shop().changed({"agent_group.team.agents": {"present": 60}}), Asked(1, 10))
    wanted = limits(occupancy={"min": 0.7}, paid_h={"max": 5}, first_contact_resolution=0.99, mean_wait_s=5)
    assert len(missed(guarded(wanted, ample))) == 3
    assert [str(one.limit) for one in hopeless(wanted, ample)] == ["first contact resolution at least 99 %"]
