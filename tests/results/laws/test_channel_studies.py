"""Laws: the studies of late tickets and of waiting, as shipped: what one design must change, and what it cannot."""

from __future__ import annotations

from functools import cache

import pytest

from scenarios import load_study
from sim.measures.estimates import Estimate
from sim.measures.result import Result
from sim.paired import difference
from sim.replicate import Asked, run

REPLICATIONS = 12
ENOUGH, TOO_FEW, MOVED = range(3)
EVERYBODY_WAITS, IN_TURN, LATER = range(3)


@cache
def results(study_name: str) -> tuple[Result, ...]:
    study = load_study(study_name)
    asked = Asked(seed=3, replications=REPLICATIONS)
    return tuple(run(scenario, asked, streams=study.streams) for scenario in study.scenarios)


def beyond_chance(change: Estimate) -> int:
    """Its sign, if it is more than twice its half-width away from 0: by chance once in a thousand times; else 0."""
    assert change.value is not None
    assert change.half_width is not None
    return 0 if abs(change.value) <= 2 * change.half_width else 1 if change.value > 0 else -1


@pytest.mark.parametrize(
    ("measure", "sign"),
    [
        ("due_rate", -1),
        ("chases", 1),
        ("service_level", -1),
        ("need_resolution_rate", -1),
        ("cost_total", -1),
    ],
)
def test_one_person_fewer_in_the_back_office_is_felt_in_the_front(measure: str, sign: int) -> None:
    enough, too_few, _ = results("ticket-chase")
    assert beyond_chance(difference(too_few, enough, measure)) == sign


def test_the_same_money_buys_the_service_back_and_not_the_refunds() -> None:
    enough, too_few, moved = results("ticket-chase")
    assert difference(moved, enough, "cost_total").value == 0.0
    assert beyond_chance(difference(moved, too_few, "service_level")) == 1
    assert beyond_chance(difference(moved, enough, "due_rate")) == -1


def test_without_chases_the_front_office_never_hears_of_the_back() -> None:
    """To the last digit: nothing else ties the two."""
    study = load_study("ticket-chase")
    silent = {"contact_type.refund.chase.share": 0.0}
    enough, too_few = (
        run(scenario.changed(silent), Asked(seed=3, replications=4), streams=study.streams)
        for scenario in study.scenarios[:2]
    )
    assert difference(too_few, enough, "due_rate").value != 0.0
    for measure in ("offered", "service_level", "mean_wait_s", "abandonment_rate"):
        assert difference(too_few, enough, measure, "contact_type", "call").value == 0.0


def test_callbacks_keep_customers_and_make_them_wait() -> None:
    waits, in_turn, later = results("waiting-scenes")
    for design, than in ((in_turn, waits), (later, in_turn)):
        assert beyond_chance(difference(design, than, "abandonment_rate", "contact_type", "call")) == -1
        assert beyond_chance(difference(design, than, "mean_wait_s", "contact_type", "call")) == 1


def test_callers_do_not_matter_to_those_who_chat() -> None:
    """Two teams: to the last digit."""
    waits, in_turn, later = results("waiting-scenes")
    for design in (in_turn, later):
        for measure in ("mean_wait_s", "service_level", "abandonment_rate"):
            assert difference(design, waits, measure, "contact_type", "chat").value == 0.0


def test_so_many_are_not_reached() -> None:
    """15 in 100 of those called; four standard deviations of a binomial share."""
    in_turn = results("waiting-scenes")[IN_TURN]
    called = in_turn.value("callbacks") * REPLICATIONS
    share = in_turn.value("unreached") * REPLICATIONS / called
    assert abs(share - 0.15) < 4 * (0.15 * 0.85 / called) ** 0.5
