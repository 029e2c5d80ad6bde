"""The queueing triangle: load, people, service; any two give the third.

All limits of a target move one way with people and the other way with load, so each search is a bisection.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from sim.theory.checks import require_agents, require_at_least_zero
from sim.theory.erlang_a import ErlangA
from sim.theory.erlang_c import ErlangC
from sim.theory.targets import Target, UnreachableTarget

MOST_AGENTS = 1_000_000
_TOO_MANY = f"the target would take more than {MOST_AGENTS:,} people"


def queue_of(
    n_agents: int,
    arrival_rate_per_s: float,
    mean_handle_s: float,
    mean_patience_s: float | None = None,
    balk_share: float = 0.0,
) -> ErlangA | ErlangC:
    """Load and people give service: Erlang A, or Erlang C where patience is endless (None)."""
    if mean_patience_s is not None:
        return ErlangA(n_agents, arrival_rate_per_s, mean_handle_s, mean_patience_s, balk_share)
    if balk_share != 0.0:
        raise ValueError("balk_share: needs a mean patience; without one nobody leaves (Erlang C)")
    return ErlangC(n_agents, arrival_rate_per_s, mean_handle_s)


def required_agents(
    arrival_rate_per_s: float,
    mean_handle_s: float,
    mean_patience_s: float | None,
    target: Target,
    balk_share: float = 0.0,
) -> int:
    """Load and service give people: the smallest number that meets every limit of the target.

    0 without arrivals. `UnreachableTarget` where a limit is only approached, or takes more than `MOST_AGENTS`.
    """
    require_at_least_zero("arrival_rate_per_s", arrival_rate_per_s)
    if arrival_rate_per_s == 0.0:
        return 0
    target.require_reachable(can_abandon=mean_patience_s is not None)

    def meets(n_agents: int) -> bool:
        return target.is_met_by(
            queue_of(n_agents, arrival_rate_per_s, mean_handle_s, mean_patience_s, balk_share)
        )

    load = arrival_rate_per_s * mean_handle_s
    if load > MOST_AGENTS:
        raise UnreachableTarget(_TOO_MANY)
    return smallest(meets, guess=math.ceil(load), step=max(1, round(math.sqrt(load) / 2.0)))


def required_agents_for_load(
    offered_load_erl: float,
    mean_handle_s: float,
    mean_patience_s: float | None,
    target: Target,
    balk_share: float = 0.0,
) -> int:
    """The same for an offered load that varies with time (MOL): the load m(t) instead of an arrival rate.

    The stationary queue is entered with the rate m(t) / mean handle time (Jennings, Mandelbaum, Massey and Whitt
    1996; Feldman, Mandelbaum, Massey and Whitt 2008), not with the interval's own arrival rate.
    """
    return required_agents(
        offered_load_erl / mean_handle_s, mean_handle_s, mean_patience_s, target, balk_share
    )


def fitting_arrival_rate_per_s(
    n_agents: int,
    mean_handle_s: float,
    mean_patience_s: float | None,
    target: Target,
    balk_share: float = 0.0,
) -> float:
    """People and service give load: the largest arrival rate at which every limit of the target holds.

    From below, to about a unit in the last places. Infinite where a million times what the people
    can carry still fits: abandonment up to 1, or a mean wait no shorter than patience.
    """
    require_agents(n_agents)
    target.require_reachable(can_abandon=mean_patience_s is not None)

    def meets(rate_per_s: float) -> bool:
        return target.is_met_by(queue_of(n_agents, rate_per_s, mean_handle_s, mean_patience_s, balk_share))

    capacity = n_agents / mean_handle_s
    low, high = _bracket(meets, capacity)
    if high == math.inf:
        return math.inf
    while high - low > 1e-13 * high:
        middle = (low + high) / 2.0
        low, high = (middle, high) if meets(middle) else (low, middle)
    return low


def smallest(meets: Callable[[int], bool], guess: int, step: int) -> int:
    """The smallest n ≥ 1 with meets(n), for a condition that stays true once it is true."""
    low, high = 0, max(1, guess)
    if meets(high):
        while high > 1 and meets(max(1, high - step)):
            high, step = max(1, high - step), 2 * step
        low = max(0, high - step) if high > 1 else 0
    else:
        while not meets(high):
            if high == MOST_AGENTS:
                raise UnreachableTarget(_TOO_MANY)
            low, high, step = high, min(high + step, MOST_AGENTS), 2 * step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if meets(middle) else (middle, high)
    return high


def _bracket(meets: Callable[[float], bool], capacity_per_s: float) -> tuple[float, float]:
    """A rate that fits and one that does not, a factor 2 apart; (rate, ∞) if a million times the capacity fits."""
    if meets(capacity_per_s):
        low = capacity_per_s
        while meets(2.0 * low):
            low *= 2.0
            if low > 1e6 * capacity_per_s:
                return low, math.inf
        return low, 2.0 * low
    high = capacity_per_s
    while not meets(high / 2.0):
        high /= 2.0
    return high / 2.0, high
