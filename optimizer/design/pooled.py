"""Fewest people for a load if everybody could take everything: what any staffing of a design needs at least.

By the stationary formulas, interval by interval, on the load of the infinite-server model. Where a promise holds over
a day or longer, weak intervals are made up for by strong ones; then Lagrange's bound is taken over tables of service
by people, so that no distribution of people over the intervals has fewer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from optimizer.horizon import FloatArray, IntArray
from sim.theory.triangle import queue_of

_GRID = 64.0  # loads are rounded down to 1/64 of their square root, so that tables are shared
_SPREADS = 6.0  # square roots of the load that a table reaches beyond it, each way
_MOST_DOUBLINGS, _HALVINGS = 40, 40  # of the multiplier


@dataclass(frozen=True)
class PooledLoad:
    """The live work of a center, and what is promised of it; arrays by interval.

    offered: contacts; share: to be answered within awt_s ÷ offered; fixed: people who are there in any case
    """

    load_erl: FloatArray
    offered: FloatArray
    share: FloatArray
    fixed: FloatArray
    mean_handle_s: float
    patience_s: float | None
    awt_s: float
    by_interval: bool

    def requirement(self) -> IntArray:
        """Fewest people to be added to the fixed ones, such that every interval holds the promise."""
        return np.array([self._fewest(i, self._table(i)) for i in range(len(self.load_erl))], dtype=np.int64)

    def people_intervals(self) -> float:
        """Least Σ over intervals of people to be added to the fixed ones, such that the promise can hold."""
        if self.by_interval:
            return float(self.requirement().sum())
        return self._over_all([self._table(i) for i in range(len(self.load_erl))])

    def _table(self, i: int) -> FloatArray:
        """Answered in time ÷ offered with n = 0, 1, … people in interval i."""
        load = _rounded_down(float(self.load_erl[i]))
        if load <= 0.0 or self.offered[i] <= 0.0:
            return np.ones(1)
        return service_table(load, float(round(self.mean_handle_s)), self.patience_s, self.awt_s)

    def _fewest(self, i: int, table: FloatArray) -> int:
        """The first n at which the table reaches the share, less the fixed ones."""
        return max(0, int(np.searchsorted(table, self.share[i])) - math.ceil(self.fixed[i]))

    def _over_all(self, tables: list[FloatArray]) -> float:
        """Lagrange: max over λ ≥ 0 of Σ_i min_n [ max(0, n − fixed_i) + λ offered_i (share_i − service_i(n)) ].

        The maximum of a concave function, by the sign of its slope; any λ gives a bound.
        """
        costs = [np.maximum(0.0, np.arange(len(table)) - self.fixed[i]) for i, table in enumerate(tables)]
        lacking = [self.offered[i] * (self.share[i] - table) for i, table in enumerate(tables)]

        def dual(multiplier: float) -> tuple[float, float]:
            terms = [cost + multiplier * short for cost, short in zip(costs, lacking, strict=True)]
            best = [int(np.argmin(term)) for term in terms]
            value = sum(float(term[n]) for term, n in zip(terms, best, strict=True))
            return value, sum(float(short[n]) for short, n in zip(lacking, best, strict=True))

        low, high, value = 0.0, 1.0 / max(1.0, float(self.offered.max(initial=0.0))), 0.0
        for _ in range(_MOST_DOUBLINGS):
            if dual(high)[1] <= 0.0:
                break
            low, high = high, 2.0 * high
        for _ in range(_HALVINGS):
            middle = (low + high) / 2.0
            found, missed = dual(middle)
            value = max(value, found)
            low, high = (middle, high) if missed > 0.0 else (low, middle)
        return value


@lru_cache(maxsize=4096)
def service_table(
    load_erl: float, mean_handle_s: float, patience_s: float | None, awt_s: float
) -> FloatArray:
    """Answered within awt_s ÷ offered with n = 0, 1, … people: Erlang A, or C where patience is endless.

    Far below the load the value of the fewest people computed stands in, which is no less than the true one.
    """
    reach = _SPREADS * math.sqrt(load_erl)
    first, last = max(1, math.floor(load_erl - reach)), math.ceil(load_erl + reach) + 3
    rate_per_s = load_erl / mean_handle_s
    known = [
        queue_of(n, rate_per_s, mean_handle_s, patience_s).service_level(awt_s)
        for n in range(first, last + 1)
    ]
    table = np.array([0.0 if first == 1 else known[0], *[known[0]] * (first - 1), *known])
    return np.maximum.accumulate(table)


def _rounded_down(load_erl: float) -> float:
    if load_erl <= 0.0:
        return 0.0
    step = math.sqrt(load_erl) / _GRID
    exponent = math.floor(math.log2(step))  # steps of powers of two, so that near loads fall on the same grid
    return math.floor(load_erl / 2.0**exponent) * 2.0**exponent
