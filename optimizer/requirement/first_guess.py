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
from optimizer.requirement.work import Pool, pool_of
from scenarios import Scenario
from sim.theory import Queue, Target, offered_load_erl, queue_of, required_agents_for_load
from sim.theory.triangle import smallest

Formula = Literal["sipp", "lagged_sipp", "mol"]
FORMULAS: tuple[Formula, ...] = ("sipp", "lagged_sipp", "mol")
_ABANDONMENT_ROUNDS = 3
_LOAD_DIGITS = 3


@dataclass(frozen=True)
class FirstGuess:
    """People present that a group needs, and its offered load in people at work; days by intervals."""

    required: IntArray
    offered_load_erl: FloatArray


def first_guess(
    scenario: Scenario, group: str, busy: float | None = None, formula: Formula = "mol"
) -> FirstGuess:
    """The requirement of one group. The share that gives up and redials is the formula's own, to its fixed point.

    busy: for a day so many times as busy as expected; None: for the busiest day on which targets have to hold

    Raises `sim.theory.UnreachableTarget` where no people can meet the target.
    """
    horizon = horizon_of(scenario.calendar)
    scenario = as_busy_as(scenario, promised_factor(scenario, group) if busy is None else busy)
    pool = pool_of(scenario, group)
    for _ in range(_ABANDONMENT_ROUNDS):
        load = load_erl(pool, horizon, formula)
        required = _required(pool, load)
        lost = _abandonment_rate(pool, load, required)
        following = pool_of(scenario, group, lost, _occupancy(pool, load, required, lost))
        settled, pool = pool, following
    people_erl = load / settled.chats_each + settled.in_the_way_erl + settled.aside_erl
    is_open = horizon.is_open()
    return FirstGuess(
        np.where(is_open, required.reshape(horizon.shape), 0),
        np.where(is_open, people_erl.reshape(horizon.shape), 0.0),
    )


def load_erl(pool: Pool, horizon: Horizon, formula: Formula) -> FloatArray:
    """The load that a formula puts into the stationary queue, one entry an interval; of live contacts."""
    if formula == "sipp":
        return pool.rates_per_s * pool.mean_handle_s
    if formula == "lagged_sipp":
        lag = pool.mean_handle_s / horizon.interval_s
        return shifted(pool.rates_per_s, lag, horizon.repeats) * pool.mean_handle_s
    return offered_load_erl(
        pool.rates_per_s, float(horizon.interval_s), pool.mean_handle_s, repeats=horizon.repeats
    ).mean_erl


def shifted(rates: FloatArray, lag_intervals: float, repeats: bool) -> FloatArray:
    """Mean rate of each interval moved back by the lag:  ∫ λ(v − lag) dv ÷ length, with λ a step function.

    Before the first interval the end of a period that repeats, else nobody.
    """
    whole, part = int(lag_intervals // 1), lag_intervals % 1.0

    def moved(n: int) -> FloatArray:
        if repeats:
            return np.roll(rates, n)
        return np.concatenate([np.zeros(min(n, len(rates))), rates[: max(len(rates) - n, 0)]])

    return (1.0 - part) * moved(whole) + part * moved(whole + 1)


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
