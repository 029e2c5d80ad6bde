"""Theory of bounds and proofs: never above what people who hold cost, and closed where nothing cheaper holds.

Bounds are taken as the pool gives them, before they are cut down to the cost of a plan. The least costs are known by
enumeration over solved Markov chains, or people who hold are known by simulation.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from optimizer.staffing import with_people
from optimizer.together import proof as room
from optimizer.together.bound import pooled_bound
from optimizer.together.held import Held
from optimizer.together.master import Master, Proposal
from optimizer.together.proof import Proof, most_of
from scenarios import Scenario
from tests.optimizer.exact.centers import CENTERS, Center, optimum_of
from tests.optimizer.exact.half_hours import scenario as half_hours
from tests.optimizer.together_worlds import EFFORT, calls, center, frame, n_center, team, trials

BY_NAME = {one.name: one for one in CENTERS}


def bound_of(scenario: Scenario, observations: int = 60) -> float:
    return pooled_bound(frame(scenario), trials(scenario, 3_000_000), EFFORT, observations)


@pytest.mark.parametrize(
    "name", ["V, two service levels", "X, service level", "N, service level here, abandonment there"]
)
def test_no_bound_is_above_the_cheapest_people(name: str) -> None:
    one = BY_NAME[name]
    assert 0.5 * optimum_of(one).cost < bound_of(one.scenario(), 40) <= optimum_of(one).cost + 0.01


@pytest.mark.parametrize(("on_time_up", "cost"), [("seat", 42.6), ("person", 38.4)])
def test_no_bound_is_above_the_cheapest_shifts(on_time_up: str, cost: float) -> None:
    assert 0.5 * cost < bound_of(half_hours(on_time_up), 400) <= cost + 1e-6


APART: dict[str, tuple[dict[str, Any], dict[str, int]]] = {
    "long calls of which nothing is promised": (
        {"a": calls(40, 120, share=0.8, awt_s=20, over="day"), "b": calls(6, 2400)},
        {"short": 4, "long": 0},
    ),
    "long calls that would keep short ones waiting": (
        {
            "a": calls(120, 60, share=0.8, awt_s=20, over="day"),
            "b": calls(6, 2400, max_abandonment_rate=0.5, over="day"),
        },
        {"short": 4, "long": 3},
    ),
}


@pytest.mark.parametrize("what", APART)
def test_people_apart_do_better_than_people_who_take_both(what: str) -> None:
    """Each type has people of its own; they hold, so no bound may be above what they cost."""
    types, people = APART[what]
    apart = center(types, {"short": team("a"), "long": team("b")}, {"kind": "constant"}, days=3)
    hours = 3 * 4
    staffed = apart.changed({f"agent_group.{name}.agents": {"present": n} for name, n in people.items()})
    assert trials(apart).look(staffed, 400).holds
    assert bound_of(apart) <= 20.0 * hours * sum(people.values())


def test_bounds_grow_with_what_is_promised() -> None:
    bounds = [
        bound_of(n_center().changed({f"contact_type.{name}.service_target.share": share for name in "ab"}))
        for share in (0.6, 0.8, 0.95)
    ]
    assert 0.0 < bounds[0] < bounds[1] < bounds[2]


def test_where_some_people_are_given_nothing_is_pooled() -> None:
    assert bound_of(n_center().changed({"agent_group.own.agents": {"present": 3}})) == 0.0


def test_without_promises_there_is_no_bound() -> None:
    assert bound_of(center({"a": calls(60)}, {"team": team("a")}, {"kind": "intervals"})) == 0.0


def proof_of(one: Center, best: Held | None = None) -> Proof:
    scenario = one.scenario()
    until = time.perf_counter() + 60.0
    return Proof(frame(scenario), trials(scenario), EFFORT, until, lambda _: None, 40, best)


def held(one: Center, people: int) -> Held:
    """So many of the first group, and whether they hold."""
    scenario = one.scenario()
    master = Master(frame(scenario), EFFORT.solver)
    master.groups.choices[0].variable.setlb(people)
    found = master.solve(0.0, 10.0)
    assert isinstance(found, Proposal)
    staffed = with_people(scenario, found.plans)
    return Held(found, staffed, trials(scenario).look(staffed, 40))


def test_a_proof_finds_the_cheapest_people_by_itself() -> None:
    one = BY_NAME["V, two service levels"]
    proof = proof_of(one)
    assert proof.may_be_tried()
    proof.run()
    assert proof.is_closed
    assert proof.best is not None
    assert proof.best.verdict.holds
    assert proof.best.proposal.cost == pytest.approx(optimum_of(one).cost)
    assert proof.lower_bound == pytest.approx(optimum_of(one).cost)


def test_a_proof_from_dear_people_ends_at_the_cheapest() -> None:
    one = BY_NAME["N, abandonment"]
    (cheapest, *_) = optimum_of(one).people
    dear = proof_of(one)
    dear.run()
    assert dear.is_closed
    assert dear.best is not None
    assert dear.best.proposal.cost == pytest.approx(optimum_of(one).cost)
    found = tuple(int(plan.present.max()) for plan in dear.best.proposal.plans.values())
    assert sum(found) <= sum(cheapest) + 1


def test_people_who_hold_are_never_given_up_for_dearer_ones() -> None:
    one = BY_NAME["V, two service levels"]
    more = held(one, optimum_of(one).people[0][0] + 1)
    assert more.verdict.holds
    proof = proof_of(one, more)
    proof.run()
    assert proof.best is not None
    assert proof.best.proposal.cost == pytest.approx(optimum_of(one).cost)


@pytest.mark.parametrize("people_more", [None, 2])
def test_an_estimate_too_high_does_not_keep_the_cheapest_people_out(people_more: int | None) -> None:
    """Optimal is said only where whoever costs less than an estimated bound has been refuted as well."""
    one = BY_NAME["V, two service levels"]
    best = None if people_more is None else held(one, optimum_of(one).people[0][0] + people_more)
    proof = proof_of(one, best)
    proof.lower_bound = 1.1 * optimum_of(one).cost
    proof.run()
    assert proof.is_closed
    assert proof.best is not None
    assert proof.best.proposal.cost == pytest.approx(optimum_of(one).cost)
    assert proof.lower_bound == proof.best.proposal.cost


def test_where_as_many_as_are_worth_a_look_miss_nothing_is_concluded(monkeypatch: pytest.MonkeyPatch) -> None:
    """No error, no proof."""
    monkeypatch.setattr(room, "most_of", lambda master: np.ones(len(master.groups.choices), dtype=np.int64))
    proof = proof_of(BY_NAME["V, two service levels"])
    proof.run()
    assert (proof.is_stuck, proof.is_closed, proof.best) == (True, False, None)


def test_the_cheapest_people_are_among_those_worth_a_look() -> None:
    for name in ("V, two service levels", "N, abandonment", "X, service level"):
        one = BY_NAME[name]
        most = most_of(Master(frame(one.scenario()), EFFORT.solver))
        assert all((np.array(people) <= most).all() for people in optimum_of(one).people)
