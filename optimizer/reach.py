"""Targets that no staffing can reach, said before any search, with the best that is possible.

Some are only approached: everyone in time, nobody lost, no wait at all. The others are tried: the center is simulated
with people without end in every planned group, or with as many as its limits allow. What is clearly missed even so, no
plan can hold: groups whose people are given, waits before overflow, closing times and limits stand in the way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from optimizer.horizon import horizon_of
from optimizer.people import NoPlan, groups_to_plan
from optimizer.targets import Check, Promise, checks_of
from scenarios import Scenario
from sim.measures.result import Result
from sim.replicate import Asked
from sim.theory import Target
from sim.world.rates import expected_rates

_REPLICATIONS, _LEAST_REPLICATIONS, _DAYS = 20, 4, 400
# One plan in a thousand whose targets can just be reached is refused, over all of its checks together.
_RARER = 50
_TIMES_THE_LOAD, _AND_MORE = 6, 20  # returns, slow people and busy days included
Simulate = Callable[[Scenario, Asked], Result]


def require_attainable(scenario: Scenario) -> None:
    """Raises NoPlan, with all sentences, where a target is only approached by more and more people."""
    _refuse(_only_approached(scenario))


def require_reachable(scenario: Scenario, simulate: Simulate, asked: Asked) -> None:
    """Raises NoPlan, with all sentences, where people without end would miss a target.

    asked: whose draws the trial uses, and from where on
    """
    limits = {group: _limit(scenario, group) for group in groups_to_plan(scenario)}
    is_open = horizon_of(scenario.calendar).is_open().ravel()
    people = {group: limit.most if limit else plenty_of_them(scenario) for group, limit in limits.items()}
    plenty = scenario.changed(
        {
            f"agent_group.{group}.agents": {"present_per_interval": np.where(is_open, n, 0).tolist()}
            for group, n in people.items()
        }
    )
    replications = min(_REPLICATIONS, max(_LEAST_REPLICATIONS, _DAYS // scenario.calendar.days))
    trial = Asked(asked.seed, replications, by_interval=True, first_replication=asked.first_replication)
    checks = list(checks_of(plenty, simulate(plenty, trial)))
    missed = [check for check in checks if check.clearly_missed(_RARER * len(checks))]
    _refuse(_out_of_reach(scenario, limits, missed))


def plenty_of_them(scenario: Scenario) -> int:
    """More people of one group than could ever be busy at once."""
    return math.ceil(_TIMES_THE_LOAD * _peak_erl(scenario)) + _AND_MORE


def _refuse(sentences: Iterable[str]) -> None:
    told = list(sentences)
    if told:
        raise NoPlan("\n  ".join(("these targets are out of reach:", *told) if len(told) > 1 else told))


def _only_approached(scenario: Scenario) -> Iterator[str]:
    for name, declared in scenario.contact_type.items():
        asked = declared.service_target
        if asked is not None:
            target = Target(
                share=asked.share,
                awt_s=asked.awt_s,
                max_abandonment_rate=asked.max_abandonment_rate,
                max_mean_wait_s=asked.max_mean_wait_s,
                min_answer_rate=asked.min_answer_rate,
                max_delay_rate=asked.max_delay_rate,
            )
            for key in target.only_approached(can_abandon=declared.patience_s is not None):
                yield (
                    f"contact_type.{name}.service_target: {key} = {getattr(target, key):g} is approached with more "
                    "people, but never reached by any number of them; ask for less"
                )


@dataclass(frozen=True)
class _Limit:
    """The most people of a group who may be there at once, and the key that says so."""

    key: str
    most: int


def _limit(scenario: Scenario, group: str) -> _Limit | None:
    """The narrowest limit of a group, where it has one that must be kept."""
    outsourced, plan = scenario.agent_group[group].outsourced, scenario.plan
    limits = []
    if outsourced is not None and outsourced.max_people is not None:
        limits.append(_Limit(f"agent_group.{group}.outsourced.max_people", outsourced.max_people))
    if plan.max_present is not None and plan.under_coverage == "forbidden":
        limits.append(_Limit("max_present", plan.max_present))
    return min(limits, key=lambda limit: limit.most, default=None)


def _peak_erl(scenario: Scenario) -> float:
    """The work of all first contacts in the busiest interval, as if nobody but people did it."""
    work = [
        np.concatenate([expected_rates(scenario, name, day) for day in range(scenario.calendar.days)])
        * (declared.talk_s.expected + (declared.wrap_up_s.expected if declared.wrap_up_s else 0.0))
        for name, declared in scenario.contact_type.items()
    ]
    return float(np.sum(work, axis=0).max())


def _out_of_reach(
    scenario: Scenario, limits: Mapping[str, _Limit | None], missed: Iterable[Check]
) -> Iterator[str]:
    """A sentence for each promise: its worst period, and in how many others it is missed."""
    by_promise: dict[Promise, list[Check]] = {}
    for check in missed:
        by_promise.setdefault(check.promise, []).append(check)
    for promise, checks in by_promise.items():
        worst = min(checks, key=lambda check: check.margin)
        others = f" (and so in {len(checks) - 1} more)" if len(checks) > 1 else ""
        yield f"{worst}{others}; more is not possible {_because(scenario, promise, limits)}"


def _because(scenario: Scenario, promise: Promise, limits: Mapping[str, _Limit | None]) -> str:
    """What can be seen of the reason: who may take the type, when, and how many of them."""
    name = promise.name
    takers = {name: 0.0} if promise.scope == "agent_group" else _takers(scenario, name)
    own = {group: after_s for group, after_s in takers.items() if group in limits}
    if not own:
        return f"while the people of {_groups(takers)}, who take it, are given and not planned"
    if min(own.values()) > 0.0:
        return f"while {_groups(own)} may take it only after {min(own.values()):g} s of waiting"
    named = {limit.key: limit.most for group in own if (limit := limits[group]) is not None}
    if named:
        return "with " + " and ".join(f"{key} = {most}" for key, most in named.items())
    return "with people without end"


def _takers(scenario: Scenario, contact_type: str) -> dict[str, float]:
    """Who may take a type, and after how long a wait."""
    routes = scenario.contact_type[contact_type].routed_to
    if routes is not None:
        return {route.group: route.after_s for route in routes}
    groups = scenario.agent_group.items()
    return {
        name: 0.0
        for name, group in groups
        if any(skill.contact_type == contact_type for skill in group.skills)
    }


def _groups(names: Iterable[str]) -> str:
    return " and ".join(f"agent_group.{name}" for name in names)
