"""When contacts arrive, compiled: first attempts of each type one after the other, and the moments of returns.

A day's expected contacts stand in `steps`, type after type: edges of the clock, and what is expected until then. They
are what returns go by; what arrives goes by `arrival_steps`, the same but for the busyness of intervals.
"""

from __future__ import annotations

import math

import numpy as np

from sim.chance.draws import Owner, Purpose
from sim.chance.sample import N_STRATA
from sim.kernel.compiling import compiled, seldom
from sim.kernel.draws import fold, uniform
from sim.kernel.quantiles import normal_quantile, quantile
from sim.kernel.record import NOBODY
from sim.kernel.rows import arrival_step_at, moment_at, span_at, step_at, type_at
from sim.kernel.state import Center
from sim.kernel.tallies import note_prevented
from sim.world.arrivals import LARGEST_SHARE, SMALLEST_SHARE
from sim.world.hours import DAY_S


@seldom
def begin_arrivals(c: Center) -> None:
    """The first arrival of each type on this day; those before the run's start never happen."""
    for contact_type in range(c.n_types):
        me = type_at(c, contact_type)
        me.day_key = fold(fold(fold(c.key, np.uint64(Owner.NEED)), np.uint64(me.stream)), np.uint64(c.day))
        me.factor = _busyness(c, contact_type)
        me.next_k = -1
        me.count = 0.0
        me.step = me.first_step
        next_arrival(c, contact_type)
        while me.next_arrival_s < c.starts_s:
            next_arrival(c, contact_type)
    find_next_fresh(c)


@compiled
def _busyness(c: Center, contact_type: int) -> float:
    """How busy this day is for a type (`sim.world.arrivals.DayFactor`)."""
    me = type_at(c, contact_type)
    if me.busyness == NOBODY:
        return 1.0
    common = normal_quantile(_busyness_draw(c, Purpose.BUSYNESS_COMMON, Purpose.STRATUM_COMMON, 0))
    own = normal_quantile(_busyness_draw(c, Purpose.BUSYNESS_OWN, Purpose.STRATUM_OWN, me.stream))
    score = me.common_weight * common + me.own_weight * own
    share = 0.5 * math.erfc(-score / math.sqrt(2.0))
    return quantile(c, me.busyness, min(max(share, SMALLEST_SHARE), LARGEST_SHARE))


@compiled
def _busyness_draw(c: Center, purpose: int, stratum: int, index: int) -> float:
    """The number behind a day's busyness; of a stratified block, in the tenth that falls to the replication."""
    u = uniform(_key_of_day(c, c.key), purpose, index, c.flip)
    if not c.stratified:
        return u
    first = c.replication - c.replication % N_STRATA
    mine = _lot(c, c.replication, stratum, index)
    rank = 0
    for other in range(first, first + N_STRATA):
        if _lot(c, other, stratum, index) < mine:
            rank += 1
    return min((rank + u) / N_STRATA, LARGEST_SHARE)


@compiled
def _lot(c: Center, replication: int, stratum: int, index: int) -> float:
    return uniform(_key_of_day(c, fold(c.seed_key, np.uint64(replication))), stratum, index, c.flip)


@compiled
def _key_of_day(c: Center, key: np.uint64) -> np.uint64:
    return fold(fold(key, np.uint64(Owner.DAY)), np.uint64(c.day))


@compiled
def next_arrival(c: Center, contact_type: int) -> None:
    """The next need that becomes a contact; those that are prevented before it are counted."""
    me = type_at(c, contact_type)
    _next_need(c, contact_type)
    while me.prevented_share > 0.0 and me.next_arrival_s < math.inf:
        if uniform(me.next_key, Purpose.PREVENTED, 0, c.flip) >= me.prevented_share:
            return
        note_prevented(c, contact_type, me.next_arrival_s)
        _next_need(c, contact_type)


@compiled
def _next_need(c: Center, contact_type: int) -> None:
    """The k-th need of the day comes when as many are expected as unit exponential gaps add up to; or as recorded."""
    me = type_at(c, contact_type)
    me.next_k += 1
    me.next_key = fold(me.day_key, np.uint64(me.next_k))
    if me.first_moment != NOBODY:
        is_there = me.next_k < me.n_moments
        me.next_arrival_s = moment_at(c, me.first_moment + me.next_k).s if is_there else math.inf
        return
    me.count -= math.log(1.0 - uniform(me.next_key, Purpose.ARRIVAL_GAP, 0, c.flip))
    last = me.first_step + me.n_steps
    step = me.step
    while step < last and me.count >= arrival_step_at(c, step + 1).expected * me.factor:
        step += 1
    me.step = step
    if step == last:
        me.next_arrival_s = math.inf
        return
    before, after = arrival_step_at(c, step), arrival_step_at(c, step + 1)
    low, high = before.expected * me.factor, after.expected * me.factor
    me.next_arrival_s = c.day_s + (
        (after.edge_s - before.edge_s) / (high - low) * (me.count - low) + before.edge_s
    )


@compiled
def find_next_fresh(c: Center) -> None:
    """Which type's next arrival comes first; at one instant, the first type's."""
    soonest, soonest_s = 0, math.inf
    for contact_type in range(c.n_types):
        at_s = type_at(c, contact_type).next_arrival_s
        soonest = contact_type if at_s < soonest_s else soonest
        soonest_s = min(at_s, soonest_s)
    c.next_fresh_type, c.next_fresh_s = soonest, soonest_s


@compiled
def is_open_at(c: Center, at_s: float) -> bool:
    """Whether the center is open at this moment."""
    span = _span_before(c, at_s)
    return span >= 0 and at_s < span_at(c, span).closes_s


@seldom
def end_of_day_s(c: Center) -> float:
    """Closing, or midnight where the center does not close before: a notice is about today, and dropped then."""
    span, midnight_s = _span_before(c, c.now_s), c.day_s + DAY_S
    if span < 0 or c.now_s >= span_at(c, span).closes_s:
        return midnight_s
    return min(span_at(c, span).closes_s, midnight_s)


@compiled
def next_opening(c: Center, at_s: float) -> int:
    """The first span that opens after this moment; as many as there are, if none does."""
    return _span_before(c, at_s) + 1


@compiled
def _span_before(c: Center, at_s: float) -> int:
    """The last span that opens at this moment or before, by bisection; -1: none."""
    low, high = 0, c.n_spans
    while low < high:
        middle = (low + high) // 2
        if span_at(c, middle).opens_s <= at_s:
            low = middle + 1
        else:
            high = middle
    return low - 1


@seldom
def moment_in_span(c: Center, contact_type: int, span: int, u: float) -> float:
    """The moment of this day, in a span that opens on it, by which a share u of the contacts to come has come."""
    day_s = c.day_s
    opens_s = span_at(c, span).opens_s - day_s
    closes_s = min(span_at(c, span).closes_s - day_s, DAY_S)
    low = _expected_until(c, contact_type, opens_s)
    high = _expected_until(c, contact_type, closes_s)
    if high <= low:
        return day_s + (opens_s + u * (closes_s - opens_s))
    moment_s = _moment_of(c, contact_type, low + u * (high - low))
    return day_s + min(max(moment_s, opens_s), closes_s)


@compiled
def _expected_until(c: Center, contact_type: int, at_s: float) -> float:
    """Expected contacts from midnight to a moment of the day."""
    step = type_at(c, contact_type).first_step
    last = step + type_at(c, contact_type).n_steps
    while step < last and step_at(c, step + 1).edge_s <= at_s:
        step += 1
    before = step_at(c, step)
    if step == last:
        return before.expected
    after = step_at(c, step + 1)
    slope = (after.expected - before.expected) / (after.edge_s - before.edge_s)
    return slope * (at_s - before.edge_s) + before.expected


@compiled
def _moment_of(c: Center, contact_type: int, expected: float) -> float:
    """The moment of the day until which so many contacts are expected."""
    step = type_at(c, contact_type).first_step
    last = step + type_at(c, contact_type).n_steps
    while step < last and step_at(c, step + 1).expected <= expected:
        step += 1
    before = step_at(c, step)
    if step == last:
        return before.edge_s
    after = step_at(c, step + 1)
    slope = (after.edge_s - before.edge_s) / (after.expected - before.expected)
    return slope * (expected - before.expected) + before.edge_s
