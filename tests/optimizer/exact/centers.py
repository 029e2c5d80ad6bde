"""Small centers whose cheapest people are known: every cheaper head count is solved and misses a target.

Calls come around the clock at constant rates, laws are exponential, and people are one head count per group, so that
the long run is a Markov chain. Groups cost different amounts: a cheap specialist, a dear generalist. Centers are
chosen so that nothing hangs on a hair: the cheapest people hold their targets, and those that cost no more miss
theirs, by more than a simulation of some hundred days errs (`CLEAR`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from optimizer.targets import Promise, promises_of
from scenarios import Scenario, from_data
from tests.optimizer.exact.skill_chain import SkillChain
from tests.sim.theory.markov.reading import mean_s, routes
from tests.sim.theory.markov.systems import Table, calls, skill

CLEAR = {"mean_wait_s": 7.5}  # a difference that a simulation sees without doubt
CLEAR_SHARE = 0.008
DAYS = 7  # of the horizon: few long replications are simulated faster than many short ones
HOURS = 24 * DAYS
MOST_PEOPLE = 14  # of one group

People = tuple[int, ...]  # by group, in the scenario's order


@dataclass(frozen=True)
class Center:
    """A center in a few words; `longest_queue` cuts its chain, which says so where that matters."""

    name: str
    contact_type: Table
    agent_group: Table
    longest_queue: int = 14

    def scenario(self, people: People | None = None) -> Scenario:
        """A day around the clock after a warm-up: with these people, or with the people left to the optimizer."""
        return from_data(
            {
                "name": "known-optimum",
                "calendar": {"days": DAYS, "interval_min": 60, "warm_up_h": 6},
                "contact_type": self.contact_type,
                "agent_group": {
                    name: {**group, "agents": "plan" if people is None else {"present": people[place]}}
                    for place, (name, group) in enumerate(self.agent_group.items())
                },
                "plan": {"kind": "constant"},
            }
        )

    def cost(self, people: People) -> float:
        """Σ people × hours × cost per hour."""
        return sum(n * HOURS * price for n, price in zip(people, self.cost_per_h, strict=True))

    @property
    def cost_per_h(self) -> list[float]:
        """By group."""
        return [float(group["cost_per_h"]) for group in self.agent_group.values()]


@dataclass(frozen=True)
class Tried:
    """People, what they cost, and by how much the worst of their targets is held; missed where negative.

    margin: in units of what a simulation sees without doubt
    """

    cost: float
    people: People
    margin: float
    worst: str

    @property
    def holds(self) -> bool:
        """Whether every target is held."""
        return self.margin >= 0.0


@dataclass(frozen=True)
class Optimum:
    """The least cost, the people that hold their targets at it, and all that were tried up to it."""

    cost: float
    people: tuple[People, ...]
    tried: tuple[Tried, ...]

    @property
    def clear_by(self) -> float:
        """How far from its target the closest case is, of all that cost no more; above 1 a simulation sees it."""
        return min(abs(one.margin) for one in self.tried)


def optimum_of(center: Center) -> Optimum:
    """By trying people in order of their cost, until some hold."""
    return cheapest_of(center.name)


@cache
def cheapest_of(name: str) -> Optimum:
    """Of the center of this name."""
    center = next(one for one in CENTERS if one.name == name)
    tried: list[Tried] = []
    for cost, people in candidates(center):
        holds = [one for one in tried if one.holds]
        if holds and cost > holds[0].cost:
            return Optimum(holds[0].cost, tuple(one.people for one in holds), tuple(tried))
        tried.append(trial(center, people))
    raise ArithmeticError(f"{name}: nothing holds up to {MOST_PEOPLE} people a group")


def candidates(center: Center) -> Iterator[tuple[float, People]]:
    """All people that can carry the load at all, cheapest first."""
    tried = itertools.product(range(MOST_PEOPLE + 1), repeat=len(center.agent_group))
    carrying = carriers(center)
    yield from sorted((round(center.cost(people), 6), people) for people in tried if carrying(people))


def carriers(center: Center) -> Any:
    """Whether people can carry what has to be answered: of every set of types, less what may be lost.

    Σ_t λ_t E[talk_t] P(answered)_t ≤ people of the groups that may take any t of the set
    """
    scenario = center.scenario()
    groups = list(scenario.agent_group)
    sets = []
    for size in range(1, len(scenario.contact_type) + 1):
        for names in itertools.combinations(scenario.contact_type, size):
            may = {group for name in names for group in routes(scenario, name)}
            load = sum(_least_load_erl(scenario, name) for name in names)
            sets.append((load, [groups.index(group) for group in may]))
    return lambda people: all(sum(people[g] for g in may) >= load for load, may in sets)


def _least_load_erl(scenario: Scenario, name: str) -> float:
    """With the fastest group, and only those answered who must be."""
    declared = scenario.contact_type[name]
    factors = [
        next(s.talk_factor for s in scenario.agent_group[group].skills if s.contact_type == name)
        for group in routes(scenario, name)
    ]
    answered = max(_least_answered(promise) for promise in _promises(scenario, name))
    return float(declared.arrivals.per_h / 3600 * mean_s(declared.talk_s) * min(factors) * answered)


def _least_answered(promise: Promise) -> float:
    """Who is answered in time is answered; who neither waits nor gives up is, too."""
    if promise.measure == "service_level":
        return promise.wanted
    return 1.0 - promise.wanted if promise.measure in ("abandonment_rate", "delay_rate") else 0.0


def trial(center: Center, people: People) -> Tried:
    """People, solved."""
    scenario = center.scenario(people)
    chain = SkillChain(scenario, people, center.longest_queue)
    margins: Mapping[str, float] = {
        f"{promise.measure}, {name}": _margin(scenario, chain, promise)
        for name in scenario.contact_type
        for promise in _promises(scenario, name)
    }
    worst = min(margins, key=lambda told: margins[told])
    return Tried(round(center.cost(people), 6), people, margins[worst], worst)


def _promises(scenario: Scenario, name: str) -> list[Promise]:
    target = scenario.contact_type[name].service_target
    return [] if target is None else promises_of(name, target)


def _margin(scenario: Scenario, chain: SkillChain, promise: Promise) -> float:
    name, wanted = promise.name, promise.wanted
    target = scenario.contact_type[name].service_target
    found = chain.figure(promise.measure, name, target.awt_s if target else None)
    above = found - wanted if promise.sense == "at least" else wanted - found
    return above / CLEAR.get(promise.measure, CLEAR_SHARE)


# --- The centers ---------------------------------------------------------------------------------------------------


def asks(per_h: float, to: str, talk_s: float = 1500, patience_s: float = 1200, **target: float) -> Table:
    """Calls with a target over the horizon."""
    return calls(per_h, talk_s, patience_s, to=to, service_target={**target, "over": "horizon"})


def staff(cost_per_h: float, skills: str, **slower: float) -> Table:
    """People to be planned, the preferred skill first; `slower` by type."""
    return {
        "cost_per_h": cost_per_h,
        "skills": [skill(name, talk_factor=slower.get(name, 1.0)) for name in skills.split()],
    }


CENTERS = (
    Center(
        "N, abandonment",
        {
            "a": asks(7, "own both", max_abandonment_rate=0.08),
            "b": asks(8, "both", max_abandonment_rate=0.1),
        },
        {"own": staff(19, "a"), "both": staff(29, "b a")},
    ),
    Center(
        "N, service level",
        {"a": asks(11, "own both", share=0.8, awt_s=100), "b": asks(5, "both", share=0.75, awt_s=150)},
        {"own": staff(19, "a"), "both": staff(28, "b a")},
    ),
    Center(
        "N, delay, the generalist slower",
        {"a": asks(9, "own both", max_delay_rate=0.3), "b": asks(5, "both", 1800, max_delay_rate=0.25)},
        {"own": staff(20, "a"), "both": staff(24, "b a", a=1.3)},
    ),
    Center(
        "N, service level here, abandonment there",
        {
            "a": asks(12, "own both", 1200, share=0.85, awt_s=150),
            "b": asks(4, "both", 2100, max_abandonment_rate=0.06),
        },
        {"own": staff(20, "a"), "both": staff(27, "b a")},
    ),
    Center(
        "N, service level and abandonment at once",
        {
            "a": asks(6, "own both", share=0.85, awt_s=100, max_abandonment_rate=0.06),
            "b": asks(9, "both", share=0.7, awt_s=100, max_abandonment_rate=0.1),
        },
        {"own": staff(19, "a"), "both": staff(27, "b a")},
    ),
    Center(
        "V, two service levels",
        {"a": asks(6, "all", share=0.9, awt_s=100), "b": asks(6, "all", share=0.7, awt_s=300)},
        {"all": staff(24, "a b")},
    ),
    Center(
        "X, service level",
        {
            "a": asks(6, "left right", share=0.7, awt_s=100),
            "b": asks(6, "right left", share=0.85, awt_s=100),
        },
        {"left": staff(21, "a b", b=1.8), "right": staff(24, "b a", a=1.8)},
    ),
    Center(
        "W, abandonment",
        {
            "a": asks(6, "left", patience_s=900, max_abandonment_rate=0.08),
            "b": asks(5, "left right", patience_s=900, max_abandonment_rate=0.1),
            "c": asks(6, "right", patience_s=900, max_abandonment_rate=0.06),
        },
        {"left": staff(19, "a b"), "right": staff(24, "c b")},
    ),
    Center(
        "M, abandonment",
        {
            "a": asks(5, "first both", patience_s=900, max_abandonment_rate=0.1),
            "b": asks(6, "last both", patience_s=900, max_abandonment_rate=0.07),
        },
        {"first": staff(21, "a"), "both": staff(23, "b a"), "last": staff(20, "b")},
    ),
    Center(
        "M, service level",
        {
            "a": asks(8, "first both", share=0.8, awt_s=100),
            "b": asks(5, "last both", share=0.85, awt_s=100),
        },
        {"first": staff(20, "a"), "both": staff(22, "a b"), "last": staff(20, "b")},
    ),
    Center(
        "M, delay and wait",
        {
            "a": asks(7, "first both", max_delay_rate=0.3),
            "b": asks(7, "last both", max_mean_wait_s=125),
        },
        {"first": staff(21, "a"), "both": staff(31, "b a"), "last": staff(23, "b")},
    ),
    Center(
        "three in a row, service level",
        {
            "a": asks(6, "one two", share=0.75, awt_s=150),
            "b": asks(4, "two three", share=0.7, awt_s=150),
        },
        {"one": staff(20, "a"), "two": staff(24, "b a"), "three": staff(21, "b")},
    ),
)
