"""The first guess at the requirement of a group: modified offered load, and Erlang A on it, interval by interval.

Modified offered load (Jennings, Mandelbaum, Massey and Whitt 1996): people for the load that infinitely many servers
would hold in the interval, not for the interval's own rate. Customers' patience is taken as exponential with the
share that gives up within the acceptable wait; without patience Erlang C.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.horizon import FloatArray, IntArray, horizon_of
from optimizer.requirement.agent_load import mean_talk_factor, stages_of
from optimizer.requirement.busy_days import as_busy_as, promised_factor
from optimizer.targets import first_group_of
from scenarios import Scenario
from scenarios.contact_types import ContactType
from sim.chance.laws import quantile_of
from sim.theory import Target, offered_load_erl, queue_of, required_agents_for_load
from sim.world.rates import expected_rates

_GRID = 4096
_ABANDONMENT_ROUNDS = 3
_LOAD_DIGITS = 3
_USUAL_AWT_S = 30.0


@dataclass(frozen=True)
class FirstGuess:
    """People present that a group needs, and its offered load; days by intervals."""

    required: IntArray
    offered_load_erl: FloatArray


@dataclass(frozen=True)
class Pool:
    """A group's work as one queue: contacts per second by interval, mean handle time, patience, strictest target."""

    rates_per_s: FloatArray
    mean_handle_s: float
    mean_patience_s: float | None
    target: Target


def first_guess(scenario: Scenario, group: str, busy: float | None = None) -> FirstGuess:
    """The requirement of one group. The share that gives up and redials is the formula's own, to its fixed point.

    busy: for a day so many times as busy as expected; None: for the busiest day on which targets have to hold

    Raises `sim.theory.UnreachableTarget` where no people can meet the target.
    """
    horizon = horizon_of(scenario.calendar)
    scenario = as_busy_as(scenario, promised_factor(scenario, group) if busy is None else busy)
    abandonment_rate = 0.0
    for _ in range(_ABANDONMENT_ROUNDS):
        pool = pool_of(scenario, group, abandonment_rate)
        load = offered_load_erl(
            pool.rates_per_s, float(horizon.interval_s), pool.mean_handle_s, repeats=horizon.repeats
        ).mean_erl
        required = _required(pool, load)
        abandonment_rate = _abandonment_rate(pool, load, required)
    is_open = horizon.is_open()
    return FirstGuess(
        np.where(is_open, required.reshape(horizon.shape), 0),
        np.where(is_open, load.reshape(horizon.shape), 0.0),
    )


def pool_of(scenario: Scenario, group: str, abandonment_rate: float) -> Pool:
    """The types that a group takes first, put together; a type that several groups take first is split evenly."""
    names = list(scenario.contact_type)
    fresh = {name: _fresh_rates(scenario, name) for name in names}
    stages = stages_of(
        scenario, {name: float(rates.sum()) for name, rates in fresh.items()}, abandonment_rate
    )
    talk_factors = mean_talk_factor(scenario, stages)
    rates, handles, types = [], [], []
    for i, name in enumerate(names):
        groups = first_group_of(scenario, name)
        total = float(fresh[name].sum())
        if group in groups and total > 0.0:
            rates.append(fresh[name] * (stages.offered[i] / total / len(groups)))
            handles.append(_handle_s(scenario, group, name, float(talk_factors[i])))
            types.append(scenario.contact_type[name])
    weights = np.array([float(one.sum()) for one in rates])
    mean_handle_s = float(np.dot(weights, handles) / weights.sum()) if weights.sum() > 0.0 else 1.0
    # Rates in contacts of the mean length, so that a longer type weighs as its work does.
    pooled = sum(
        (one * (h / mean_handle_s) for one, h in zip(rates, handles, strict=True)), np.zeros(_size(scenario))
    )
    target = _strictest(types, scenario.agent_group[group].max_occupancy)
    return Pool(pooled, mean_handle_s, _patience_s(types, weights), target)


def _size(scenario: Scenario) -> int:
    return scenario.calendar.days * scenario.calendar.n_intervals_per_day


def _fresh_rates(scenario: Scenario, name: str) -> FloatArray:
    days = range(scenario.calendar.days)
    return np.concatenate([expected_rates(scenario, name, day) for day in days])


def _handle_s(scenario: Scenario, group: str, name: str, talk_factor: float) -> float:
    declared = scenario.contact_type[name]
    skill = next(s for s in scenario.agent_group[group].skills if s.contact_type == name)
    assist = scenario.assist if scenario.assist is not None and group in scenario.assist.groups else None
    talk_s = (
        declared.talk_s.expected * talk_factor * skill.talk_factor * (assist.talk_factor if assist else 1.0)
    )
    wrap_up_s = 0.0 if declared.wrap_up_s is None else declared.wrap_up_s.expected
    return talk_s + wrap_up_s * (assist.wrap_up_factor if assist else 1.0)


def _strictest(types: Sequence[ContactType], max_occupancy: float | None) -> Target:
    """One target that holds all of theirs."""
    targets = [declared.service_target for declared in types if declared.service_target is not None]

    def least(key: str) -> float | None:
        return min((value for t in targets if (value := getattr(t, key)) is not None), default=None)

    def most(key: str) -> float | None:
        return max((value for t in targets if (value := getattr(t, key)) is not None), default=None)

    return Target(
        share=most("share"),
        awt_s=least("awt_s"),
        max_abandonment_rate=least("max_abandonment_rate"),
        max_mean_wait_s=least("max_mean_wait_s"),
        min_answer_rate=most("min_answer_rate"),
        max_delay_rate=least("max_delay_rate"),
        max_occupancy=max_occupancy,
    )


def _patience_s(types: Sequence[ContactType], weights: FloatArray) -> float | None:
    """Mean of the exponential patience under which as many give up within the acceptable wait; None: nobody does."""
    rates = [_hazard_per_s(declared) for declared in types]
    hazard = float(np.dot(weights, rates) / weights.sum()) if weights.sum() > 0.0 else 0.0
    return None if hazard <= 0.0 else 1.0 / hazard


def _hazard_per_s(declared: ContactType) -> float:
    if declared.patience_s is None:
        return 0.0
    target = declared.service_target
    until_s = target.awt_s if target is not None and target.awt_s else _USUAL_AWT_S
    u = (np.arange(_GRID) + 0.5) / _GRID
    gone = float(np.mean(quantile_of(declared.patience_s).many(u) <= until_s))
    return -math.log1p(-min(gone, 1.0 - 0.5 / _GRID)) / until_s


def _required(pool: Pool, load: FloatArray) -> IntArray:
    """Erlang A for each load; equal loads are asked once."""
    loads, places = np.unique(np.round(load, _LOAD_DIGITS), return_inverse=True)
    people = [
        required_agents_for_load(float(erl), pool.mean_handle_s, pool.mean_patience_s, pool.target)
        for erl in loads
    ]
    return np.array(people, dtype=np.int64)[places]


def _abandonment_rate(pool: Pool, load: FloatArray, required: IntArray) -> float:
    """Of all offered over the horizon, at the people required."""
    pairs = {
        (int(n), round(float(erl), _LOAD_DIGITS)) for n, erl in zip(required, load, strict=True) if erl > 0.0
    }
    if pool.mean_patience_s is None or not pairs:
        return 0.0
    rates = {
        (n, erl): queue_of(
            n, erl / pool.mean_handle_s, pool.mean_handle_s, pool.mean_patience_s
        ).abandonment_rate
        for n, erl in pairs
        if n > 0 and erl > 0.0
    }
    lost = sum(
        rates.get((int(n), round(float(erl), _LOAD_DIGITS)), 0.0) * erl
        for n, erl in zip(required, load, strict=True)
    )
    return float(lost / load.sum())
