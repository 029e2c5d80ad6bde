"""Twins: mixtures with fixed values and bounded parts, against their distribution functions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from scenarios import laws as declared
from sim.chance.laws import quantile_of
from tests.sim.twins.test_quantiles import law, lognormal_below, of

U = np.concatenate(
    [2.0 ** -np.arange(52.0, 1.0, -1.0), np.linspace(0.01, 0.99, 99), 1 - 2.0 ** -np.arange(2.0, 53.0)]
)


def hang_up_at_3_s(x: float) -> float:
    return 0.05 * (x >= 3.0) + 0.95 * lognormal_below(x, 200, 1.1)[0]


def at_once_or_patient(x: float) -> float:
    return 0.1 + 0.9 * -math.expm1(-x / 60)


def two_values(x: float) -> float:
    return 0.25 * (x >= 10) + 0.75 * (x >= 50)


def overlapping(x: float) -> float:
    return 0.5 * stats.uniform(5, 5).cdf(x) + 0.5 * stats.uniform(8, 22).cdf(x)


def nested(x: float) -> float:
    return 0.5 * (0.5 * (x >= 7.0) + 0.5 * stats.gamma(6.25, scale=16).cdf(x)) + 0.5 * stats.uniform(
        5, 5
    ).cdf(x)


def inner() -> declared.Law:
    return of((0.5, law("constant", value=7)), (0.5, law("gamma", mean=100, cv=0.4)))


KNOWN = [
    (of((0.05, law("constant", value=3)), (0.95, law("lognormal", mean=200, cv=1.1))), hang_up_at_3_s),
    (of((0.1, law("constant", value=0)), (0.9, law("exponential", mean=60))), at_once_or_patient),
    (of((0.25, law("constant", value=10)), (0.75, law("constant", value=50))), two_values),
    (of((0.5, law("uniform", low=5, high=10)), (0.5, law("uniform", low=8, high=30))), overlapping),
    (of((0.5, inner()), (0.5, law("uniform", low=5, high=10))), nested),
]
IDS = [distribution.__name__ for _, distribution in KNOWN]


@pytest.mark.parametrize(("mixed", "distribution"), KNOWN, ids=IDS)
def test_quantiles_invert_the_distribution_function(mixed, distribution):
    """F(x (1 − 1e-7)) ≤ u ≤ F(x (1 + 1e-7)), with room for the rounding of F itself."""
    quantile = quantile_of(mixed)
    for u in U:
        x = quantile.one(float(u))
        below = distribution(x * (1 - 1e-7)) if x > 0 else 0.0
        assert below - 1e-15 <= u <= distribution(x * (1 + 1e-7)) + 1e-15, (u, x)


@pytest.mark.parametrize("mixed", [mixed for mixed, _ in KNOWN], ids=IDS)
def test_the_column_equals_the_single_values(mixed):
    quantile = quantile_of(mixed)
    column = quantile.many(U)
    assert column == pytest.approx([quantile.one(float(u)) for u in U], rel=1e-13)
    assert (np.diff(quantile.many(np.sort(U))) >= 0).all()


@pytest.mark.parametrize("mixed", [mixed for mixed, _ in KNOWN], ids=IDS)
def test_the_mean_is_kept(mixed):
    """The mean of quantiles in the middle of 10^6 equal cells; heavy tails cost a few 1e-5."""
    middles = (np.arange(1_000_000) + 0.5) / 1_000_000
    assert quantile_of(mixed).many(middles).mean() == pytest.approx(mixed.expected, rel=5e-5)


def test_fixed_values_have_their_share():
    quantile = quantile_of(KNOWN[0][0])
    middles = (np.arange(100_000) + 0.5) / 100_000
    assert (quantile.many(middles) == 3.0).mean() == pytest.approx(0.05, abs=1e-5)
