"""The requirement of a group by formula: Erlang A on a load, interval by interval. Which load is the method's.

    sipp         λ_t E[S]                     the interval's own rate, as if it had always been so
    lagged_sipp  λ_{t − E[S]} E[S]            the rate one mean handle time ago
    mol          E[∫_{t−S}^t λ(v) dv]         what infinitely many servers would hold then

SIPP: stationary, independent, period by period; lagged: Green, Kolesar and Soares 2001 (Operations Research 49(4)) and
2003 (Management Science 49(5)). Modified offered load: Jennings, Mandelbaum, Massey and Whitt 1996 (Management Science
42(10)); it is the first guess from which plans start. Customers' patience is taken as exponential with the share that
gives up within the acceptable wait; without patience Erlang C.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from optimizer.horizon import FloatArray, Horizon, IntArray, horizon_of
from optimizer.requirement.busy_days import as_busy_as, promised_factor
from optimizer.requirement.chat import ChatQueue
from optimizer.requirement.load import modified_offered_load_erl, shifted
from optimizer.requirement.work import Pool, pool_of
from scenarios import Scenario
from sim.theory import Queue, Target, queue_of, required_agents_for_load
from sim.theory.triangle import smallest

Formula = Literal["sipp", "lagged_sipp", "mol"]
FORMULAS: tuple[Formula, ...] = ("sipp", "lagged_sipp", "mol")
_ABANDONMENT_ROUNDS = 3
_USUAL_OCCUPANCY = 0.8  # before anybody is planned
_LOAD_DIGITS = 3


@dataclass(frozen=True)
class FirstGuess:
    """People present that a group needs, and its offered load in people at work; days by intervals.

    least: below which the work cannot be done, deferred work included; somebody wherever there is any
    """

    required: IntArray
    offered_load_erl: FloatArray
    least: IntArray


def first_guess(
    scenario: Scenario, group: str, busy: float | None = None, formula: Formula = "mol"
) -> FirstGuess:
    """The requirement of one group. The share that gives up and redials is the formula's own, to its fixed point.

    busy: for a day so many times as busy as expected; None: for the busiest day on which targets have to hold

    Raises `sim.theory.UnreachableTarget` where no people can meet the target.
    """
    horizon = horizon_of(scenario.calendar)
    scenario = as_busy_as(scenario, promised_factor(scenario, group) if busy is None else busy)
    lost, occupancy = 0.0, _USUAL_OCCUPANCY
    for _ in range(_ABANDONMENT_ROUNDS):
        pool = pool_of(scenario, group, lost, occupancy)
        load = load_erl(pool, horizon, formula)
        required = _required(pool, load)
        lost = _abandonment_rate(pool, load, required)
        occupancy = _occupancy(pool, load, required, lost)
    people_erl = load / pool.chats_each + pool.in_the_way_erl + pool.aside_erl
    is_open = horizon.is_open()
    return FirstGuess(
        np.where(is_open, required.reshape(horizon.shape), 0),
        np.where(is_open, people_erl.reshape(horizon.shape), 0.0),
        np.where(is_open, _least(pool, load, lost).reshape(horizon.shape), 0),
    )


def load_erl(pool: Pool, horizon: Horizon, formula: Formula) -> FloatArray:
    """The load that a formula puts into the stationary queue, one entry an interval; of live contacts."""
    if formula == "sipp":
        return pool.rates_per_s * pool.mean_handle_s
    if formula == "lagged_sipp":
        lag = pool.mean_handle_s / horizon.interval_s
        return shifted(pool.rates_per_s, lag, horizon.repeats) * pool.mean_handle_s
    return modified_offered_load_erl(
        pool.rates_per_s, float(horizon.interval_s), pool.law, repeats=horizon.repeats
    )


def _least(pool: Pool, load: FloatArray, lost: float) -> IntArray:
    """More than the live work that is answered and the deferred work together; one where there is live work alone."""
    deferred = pool.in_the_way_erl + pool.aside_erl
    people = np.floor(load / pool.chats_each * (1.0 - lost) + deferred).astype(np.int64) + 1
    return np.where(deferred > 0.0, people, (load > 0.0).astype(np.int64))


def _required(pool: Pool, load: FloatArray) -> IntArray:
    """People for each load; equal loads are asked once."""
    rows = np.round(np.stack([load, pool.in_the_way_erl, pool.aside_erl], axis=1), _LOAD_DIGITS)
    each, places = np.unique(rows, axis=0, return_inverse=True)
    people = [_people(pool, *map(float, one)) for one in each]
    return np.array(people, dtype=np.int64)[places.ravel()]


def _people(pool: Pool, live_erl: float, in_the_way_erl: float, aside_erl: float) -> int:
    """Enough for what is promised to live contacts, and more than all the work there is."""
    deferred_erl = in_the_way_erl + aside_erl
    if live_erl == 0.0:
        return int(deferred_erl) + 1 if deferred_erl > 0.0 else 0
    if pool.target is None:
        return int(live_erl / pool.chats_each + deferred_erl) + 1
    people = _for_live(pool, pool.target, live_erl + in_the_way_erl)
    if deferred_erl == 0.0:
        return people
    answered = _queue(pool, people, live_erl + in_the_way_erl).answer_rate
    return max(people, int(live_erl * answered + deferred_erl) + 1)


def _for_live(pool: Pool, target: Target, load_erl: float) -> int:
    if pool.chats_each == 1:
        return required_agents_for_load(load_erl, pool.mean_handle_s, pool.mean_patience_s, target)
    target.require_reachable(can_abandon=pool.mean_patience_s is not None)
    guess = int(load_erl / pool.chats_each) + 1
    return smallest(lambda n: target.is_met_by(_queue(pool, n, load_erl)), guess, max(1, guess // 10))


def _queue(pool: Pool, people: int, load_erl: float) -> Queue:
    """The stationary queue that an interval is taken for."""
    rate = load_erl / pool.mean_handle_s
    if pool.chats_each == 1:
        return queue_of(people, rate, pool.mean_handle_s, pool.mean_patience_s)
    alone_s = pool.mean_handle_s * pool.throughput[-1] / pool.chats_each
    return ChatQueue(people, rate, alone_s, pool.mean_patience_s, pool.throughput)


def _abandonment_rate(pool: Pool, load: FloatArray, required: IntArray) -> float:
    """Of all live contacts offered over the horizon, at the people required."""
    if pool.mean_patience_s is None or not load.any():
        return 0.0
    rows = np.stack([required, np.round(load + pool.in_the_way_erl, _LOAD_DIGITS)], axis=1)
    each, places = np.unique(rows, axis=0, return_inverse=True)
    rates = np.array(
        [_queue(pool, int(n), float(erl)).abandonment_rate if n > 0 and erl > 0.0 else 0.0 for n, erl in each]
    )
    return float(np.dot(rates[places.ravel()], load) / load.sum())


def _occupancy(pool: Pool, load: FloatArray, required: IntArray, lost: float) -> float:
    """Work ÷ people required over the horizon."""
    work = (load / pool.chats_each).sum() * (1.0 - lost) + pool.in_the_way_erl.sum() + pool.aside_erl.sum()
    return float(min(work / max(required.sum(), 1), 1.0))
