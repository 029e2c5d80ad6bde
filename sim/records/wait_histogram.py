"""Waits counted in fixed bins, so that percentiles need no list of contacts and two engines agree on them.

Bin 0 holds waits of exactly 0; then steps of 0.1 s to 600 s; then steps of 1 %. Inside a bin a percentile is
read linearly.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

_STEP_S = 0.1
_N_FINE = 6000
_FINE_END_S = _STEP_S * _N_FINE
_GROWTH = 1.01
_N_COARSE = 1200  # to 600 s · 1.01^1200, three years
N_BINS = 1 + _N_FINE + _N_COARSE

# Upper edge of each bin in seconds.
UPPER_S: FloatArray = np.concatenate(
    [
        [0.0],
        np.arange(1, _N_FINE + 1) * _STEP_S,
        _FINE_END_S * _GROWTH ** np.arange(1, _N_COARSE + 1),
    ]
)


def wait_counts(wait_s: FloatArray, name: npt.NDArray[np.int64], n_names: int) -> npt.NDArray[np.int32]:
    """How many waits fall into each bin, by name; names × bins."""
    bins = np.minimum(np.searchsorted(UPPER_S, wait_s, side="left"), N_BINS - 1)
    flat = np.bincount(name * N_BINS + bins, minlength=n_names * N_BINS)
    return flat.reshape(n_names, N_BINS).astype(np.int32)


def percentile_s(counts: npt.NDArray[np.int32], share: float) -> float:
    """The wait that this share of the counted contacts does not exceed; NaN when nobody was counted."""
    total = int(counts.sum())
    if total == 0:
        return math.nan
    below = np.cumsum(counts)
    bin_ = int(np.searchsorted(below, share * total, side="left"))
    if bin_ == 0:
        return 0.0
    inside = (share * total - below[bin_ - 1]) / counts[bin_]
    return float(UPPER_S[bin_ - 1] + inside * (UPPER_S[bin_] - UPPER_S[bin_ - 1]))
