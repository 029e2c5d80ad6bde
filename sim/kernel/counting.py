"""What counts, and where it falls: the horizon, its intervals, the bins of waits."""

from __future__ import annotations

import math

from sim.kernel.compiling import compiled
from sim.kernel.rows import bin_edge_at
from sim.kernel.state import Center
from sim.records.wait_histogram import N_BINS

# Below this a bin is found by its width of 0.1 s; above, by bisection from that bin on (`sim.records.wait_histogram`).
_FINE_UNTIL_S, _FIRST_COARSE = 590.0, 5900


@compiled
def is_counted(c: Center, at_s: float) -> bool:
    """Whether a moment lies in the counted horizon."""
    return 0.0 <= at_s < c.horizon_s


@compiled
def interval_of(c: Center, at_s: float) -> int:
    """The interval of a moment. A run that keeps no intervals is spared the division."""
    last = c.n_intervals - 1
    return 0 if last == 0 else min(max(math.floor(at_s / c.interval_s), 0), last)


@compiled
def wait_bin(c: Center, wait_s: float) -> int:
    """The first bin whose upper edge is not below the wait (`wait_histogram`): tenths of a second at first."""
    if wait_s < _FINE_UNTIL_S:
        bin_ = int(10.0 * wait_s)
        while bin_edge_at(c, bin_).s < wait_s:
            bin_ += 1
        return bin_
    low, high = _FIRST_COARSE, N_BINS - 1
    while low < high:
        middle = (low + high) // 2
        if bin_edge_at(c, middle).s < wait_s:
            low = middle + 1
        else:
            high = middle
    return low
