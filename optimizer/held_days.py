"""On how many days a promise held: a share of days, which is no ratio of sums, with its interval.

A day is a period of one replication. Days on which nobody came count as held.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from optimizer.horizon import BoolArray, FloatArray
from sim.measures.estimates import Estimate
from sim.measures.student import t_factor

Sense = Literal["at least", "at most"]
_ROUNDING = 1e-9


def held(numerator: FloatArray, denominator: FloatArray, sense: Sense, wanted: float) -> BoolArray:
    """Whether numerator ÷ denominator is at least (at most) `wanted`, entry by entry; held where nobody came."""
    sign = 1.0 if sense == "at least" else -1.0
    return sign * (numerator - wanted * denominator) >= -_ROUNDING


def share_estimate(shares: FloatArray) -> Estimate:
    """Mean share of days and its 95 % half-width, from one share for each independent observation.

    half-width = t √(variance ÷ ñ) + |mean − added mean|,  ñ = n + t²,  variance and added mean over the observations
    and t² more, half of them 1 and half 0: around the value, so far as to hold the interval of Agresti and Coull
    (1998, The American Statistician 52(2)), which is not empty where all days held; for observations of several days
    Student's, a little wider. None below two observations.
    """
    n = len(shares)
    value = float(shares.mean())
    if n < 2:
        return Estimate(value, None)
    t = t_factor(n - 1)
    added = 0.5 * t * t
    mean = (float(shares.sum()) + added) / (n + 2.0 * added)
    squares = float(((shares - mean) ** 2).sum()) + added * ((1.0 - mean) ** 2 + mean**2)
    return Estimate(value, t * math.sqrt(squares) / (n + 2.0 * added) + abs(value - mean))


def by_observation(held_in: BoolArray, n_observations: int) -> FloatArray:
    """Shares of what held in each replication as one for each observation: a pair's or a block's replications."""
    return np.asarray(held_in.reshape(n_observations, -1).mean(axis=1))
