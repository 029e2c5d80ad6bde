"""Laws of routing in Python: the model's own changes nothing, another one is followed, the impossible is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given

from ccplan import api
from ccplan.routing import Routing, free_agents, waiting_contacts
from scenarios import Scenario, load
from sim.chance.sample import Sample
from sim.engines import SimpyEngine
from sim.world.world import world_of
from tests.ccplan.small import small_center
from tests.docs.pages import blocks_of, page_text
from tests.sim.engines import same_records
from tests.sim.random_centers import random_centers
from tests.sim.steady import steady
from tests.sim.worlds import call, center, constant, team

FIRST = Sample(1, 0)


class ShortestFirst(Routing):
    """Calls of `short` before all others, whatever the order of skills says; else the longest wait."""

    def select_contact(self, center: Any, agent: Any) -> Any:
        waiting = waiting_contacts(center, agent)
        return min(waiting, key=lambda one: (one.type.name != "short", one.queued_s), default=None)


class OneAfterTheOther(Routing):
    """Agents in turn by position, which it remembers."""

    def __init__(self) -> None:
        self.next = 0

    def select_agent(self, center: Any, contact: Any) -> Any:
        free = free_agents(center, contact)
        if not free:
            return None
        n = len(center.teams[0].agents)
        chosen = min(free, key=lambda agent: (agent.position - self.next) % n)
        self.next = chosen.position + 1
        return chosen


def busy() -> Scenario:
    kinds = {
        "long": call(arrivals={"per_h": 30}, talk_s=300, patience_s=600),
        "short": call(arrivals={"per_h": 30}, talk_s=constant(60), patience_s=600),
    }
    return center(kinds, {"team": team(3, ["long", "short"])}, {"hours": {"mon-sun": "08:00-12:00"}})


def test_the_models_own_routing_in_python_changes_nothing():
    """On the shipped scenario with ranks, every row of the log."""
    world = world_of(load("n-design"))
    own, usual = (SimpyEngine(world, routing).records(FIRST) for routing in (Routing(), None))
    assert same_records(own, usual) == []


@steady(40)
@given(random_centers())
def test_what_the_model_chooses_is_among_what_may_be_chosen(scenario):
    """In any center, chats, deferred work, callbacks, delays and reserves included: the check refuses nothing."""
    world = world_of(scenario)
    own, usual = (SimpyEngine(world, routing).records(FIRST) for routing in (Routing(), None))
    assert same_records(own, usual) == []


def test_another_routing_is_followed():
    """Whenever a `long` call is taken out of the line, no `short` one is waiting."""
    a = SimpyEngine(world_of(busy()), ShortestFirst()).records(FIRST).attempts
    short = a.contact_type == 1
    taken = [
        moment
        for moment, waited in zip(a.answered_s[~short], a.queued_s[~short], strict=True)
        if moment > waited
    ]
    assert len(taken) > 20
    for moment in taken:
        assert not (
            (a.queued_s[short] < moment) & (a.ended_s[short] > moment) & ~(a.answered_s[short] <= moment)
        ).any()


def test_what_it_remembers_ends_with_the_replication():
    """The second replication begins with position 0 again, by whatever worker it is run."""
    routing = OneAfterTheOther()
    engine = SimpyEngine(world_of(busy()), routing)
    after_first = [engine.records(Sample(1, replication)) for replication in (0, 1)][1]
    assert same_records(after_first, SimpyEngine(world_of(busy()), routing).records(Sample(1, 1))) == []
    first_agents = after_first.attempts.agent[after_first.attempts.agent >= 0][:3]
    assert first_agents.tolist() == [0, 1, 2]
    assert routing.next == 0


class Impossible(Routing):
    """Gives everything to the first agent, free or not."""

    def select_agent(self, center: Any, contact: Any) -> Any:  # noqa: ARG002
        return center.teams[0].agents[0]


class Backwards(Routing):
    """Gives an agent the contact that is being served by another."""

    def select_contact(self, center: Any, agent: Any) -> Any:  # noqa: ARG002
        busy_ones = [other.hands[0] for other in center.teams[0].agents if other.hands]
        return busy_ones[0] if busy_ones else None


AGENT = r"select_agent: gave agent 0 of group 0, expected one of free_agents\(center, contact\), or None"
CONTACT = (
    r"select_contact: gave contact 0 of need \d+ of type '\w+', "
    r"expected one of waiting_contacts\(center, agent\), or None"
)


@pytest.mark.parametrize(("routing", "sentence"), [(Impossible(), AGENT), (Backwards(), CONTACT)])
def test_an_impossible_choice_is_refused(routing, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        SimpyEngine(world_of(busy()), routing).records(FIRST)


def test_the_compiled_engine_says_that_it_cannot():
    sentence = 'routing: got engine="compiled", expected engine="simpy", which can call Python'
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        api.simulate(small_center(), replications=1, routing=Routing())


@pytest.mark.parametrize("routing", ["fifo", Routing])
def test_what_cannot_route_is_refused(routing):
    sentence = f"routing: got {routing!r}, expected an object with select_agent and select_contact"
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}"):
        api.simulate(small_center(), replications=1, engine="simpy", routing=routing)


def test_the_page_prints_what_it_shows(capsys):
    text = page_text("docs/features/custom-routing.md")
    shown = {block.language: block.text for block in blocks_of(text)}
    exec(shown["python"], {})
    assert capsys.readouterr().out == shown["text"]
