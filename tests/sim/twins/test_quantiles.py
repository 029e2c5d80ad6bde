"""Twins: quantile functions against SciPy's, the column against the single value, and the mean that must be kept."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import optimize, special, stats

from scenarios import laws as declared
from sim.chance.laws import ScaledQuantile, quantile_of
from sim.chance.normal import normal_cdf, normal_quantile, normal_quantiles
from sim.chance.quantile_table import Z_MAX, QuantileTable

MEAN_S = 300.0
ALLOWED = 1e-7  # what the model promises of tables
# From 2^-52 to 1 − 2^-52, dense in the middle.
U = np.concatenate(
    [2.0 ** -np.arange(52.0, 1.0, -1.0), np.linspace(0.3, 0.7, 401), 1 - 2.0 ** -np.arange(2.0, 53.0)]
)


def law(kind: str, **parameters: object) -> declared.Law:
    return declared.LAWS[kind](**parameters)


def gamma_quantile(shape: float) -> np.ndarray:
    """Either tail by its own function, so that the reference keeps its digits."""
    low, high = special.gammaincinv(shape, U), special.gammainccinv(shape, 1.0 - U)
    return MEAN_S / shape * np.where(U < 0.5, low, high)


def relative_error(found: np.ndarray, exact: np.ndarray) -> float:
    """The worst; what is shorter than 1e-290 s is left out."""
    seen = exact > 1e-290
    return float(np.abs(found[seen] / exact[seen] - 1.0).max())


@pytest.mark.parametrize("cv", [0.02, 0.15, 0.5, 1.0, 1.4, 2.0, 3.0, 5.0])
def test_gamma(cv):
    found = quantile_of(law("gamma", mean=MEAN_S, cv=cv)).many(U)
    assert relative_error(found, gamma_quantile(1 / cv**2)) < ALLOWED


@pytest.mark.parametrize("k", [1, 2, 3, 10, 100])
def test_erlang(k):
    found = quantile_of(law("erlang", mean=MEAN_S, k=k)).many(U)
    assert relative_error(found, gamma_quantile(k)) < ALLOWED


@pytest.mark.parametrize("cv", [0.1, 0.5, 1.0, 2.0, 4.0])
def test_lognormal(cv):
    sigma = math.sqrt(math.log1p(cv * cv))
    exact = MEAN_S * np.exp(sigma * special.ndtri(U) - sigma**2 / 2)
    assert relative_error(quantile_of(law("lognormal", mean=MEAN_S, cv=cv)).many(U), exact) < 1e-13


@pytest.mark.parametrize("cv", [0.1, 0.7, 1.0, 1.5, 4.0])
def test_weibull(cv):
    """SciPy's Weibull of the shape at which SciPy finds this cv."""

    def excess(k: float) -> float:
        return math.sqrt(stats.weibull_min(k).var()) / stats.weibull_min(k).mean() - cv

    shape = optimize.brentq(excess, 0.2, 20.0, xtol=1e-14)
    exact = MEAN_S / special.gamma(1 + 1 / shape) * (-np.log1p(-U)) ** (1 / shape)
    assert relative_error(quantile_of(law("weibull", mean=MEAN_S, cv=cv)).many(U), exact) < 1e-9


def test_laws_with_a_closed_form():
    assert (
        relative_error(quantile_of(law("exponential", mean=MEAN_S)).many(U), -MEAN_S * np.log1p(-U)) < 1e-15
    )
    assert relative_error(quantile_of(law("uniform", low=20, high=50)).many(U), 20 + 30 * U) < 1e-15
    assert quantile_of(law("constant", value=7)).many(U).tolist() == [7.0] * len(U)


def of(*parts: tuple[float, declared.Law]) -> declared.Law:
    return law("mixture", of=[{"share": share, "law": part} for share, part in parts])


# A law without a closed quantile, and its distribution function from SciPy.
HANG_UPS = of((0.05, law("exponential", mean=5)), (0.95, law("lognormal", mean=200, cv=1.1)))
SPIKE = of((0.1, law("gamma", mean=4, cv=0.3)), (0.9, law("weibull", mean=250, cv=0.8)))
TWO_KINDS = law("hyperexponential", shares=[0.3, 0.7], means=[10, 600])


def lognormal_below(x: float, mean: float, cv: float) -> tuple[float, float]:
    sigma = math.sqrt(math.log1p(cv * cv))
    frozen = stats.lognorm(sigma, scale=mean * math.exp(-(sigma**2) / 2))
    return frozen.cdf(x), frozen.sf(x)


def hang_ups(x: float) -> tuple[float, float]:
    below, above = lognormal_below(x, 200, 1.1)
    return 0.05 * -math.expm1(-x / 5) + 0.95 * below, 0.05 * math.exp(-x / 5) + 0.95 * above


def spike(x: float) -> tuple[float, float]:
    gamma = stats.gamma(1 / 0.09, scale=4 * 0.09)
    k = optimize.brentq(lambda k: stats.weibull_min(k).std() / stats.weibull_min(k).mean() - 0.8, 0.5, 3.0)
    weibull = stats.weibull_min(k, scale=250 / special.gamma(1 + 1 / k))
    return 0.1 * gamma.cdf(x) + 0.9 * weibull.cdf(x), 0.1 * gamma.sf(x) + 0.9 * weibull.sf(x)


def two_kinds(x: float) -> tuple[float, float]:
    above = 0.3 * math.exp(-x / 10) + 0.7 * math.exp(-x / 600)
    return -0.3 * math.expm1(-x / 10) - 0.7 * math.expm1(-x / 600), above


@pytest.mark.parametrize(
    ("mixed", "distribution"), [(HANG_UPS, hang_ups), (SPIKE, spike), (TWO_KINDS, two_kinds)]
)
def test_mixtures_invert_their_distribution_function(mixed, distribution):
    """F(x (1 − 1e-7)) < u < F(x (1 + 1e-7)), in either tail by its own function."""
    quantile = quantile_of(mixed)
    for u in [1e-9, 1e-4, 0.01, 0.04, 0.05, 0.06, 0.3, 0.5, 0.9, 0.99, 1 - 1e-6]:
        x = quantile.one(u)
        (below, _), (more, _) = distribution(x * (1 - ALLOWED)), distribution(x * (1 + ALLOWED))
        (_, above), (_, less) = distribution(x * (1 - ALLOWED)), distribution(x * (1 + ALLOWED))
        assert (below < u < more) if u < 0.5 else (less < 1 - u < above), u


TABLED = [
    *(law("gamma", mean=MEAN_S, cv=cv) for cv in (0.05, 0.15, 1.0, 3.0)),
    law("erlang", mean=MEAN_S, k=3),
    TWO_KINDS,
    HANG_UPS,
    SPIKE,
]


@pytest.mark.parametrize("tabled", TABLED, ids=lambda tabled: tabled.law)
def test_tables_keep_the_mean(tabled):
    """∫ x(z) φ(z) dz by the trapezoid rule, which is exact for such integrands; beyond the table nothing counts."""
    table = quantile_of(tabled)
    assert isinstance(table, QuantileTable)
    z, step = np.linspace(-Z_MAX, Z_MAX, 200_001, retstep=True)
    mean = float(np.sum(table.at_scores(z) * np.exp(-z * z / 2))) * step / math.sqrt(2 * math.pi)
    assert mean == pytest.approx(tabled.expected, rel=ALLOWED)


@pytest.mark.parametrize(
    "any_law",
    [
        *TABLED,
        law("exponential", mean=60),
        law("weibull", mean=60, cv=0.7),
        law("lognormal", mean=60, cv=1.2),
        law("uniform", low=1, high=2),
        law("constant", value=5),
        law("empirical", values=[40, 3, 90, 3, 7.5]),
    ],
    ids=lambda any_law: any_law.law,
)
def test_the_column_equals_the_single_values(any_law):
    quantile = quantile_of(any_law)
    assert quantile.many(U) == pytest.approx([quantile.one(float(u)) for u in U], rel=1e-13)
    assert (np.diff(quantile.many(np.sort(U))) >= 0).all()


def test_hours_are_seconds_times_3600():
    in_hours = ScaledQuantile(quantile_of(law("exponential", mean=2)), 3600.0)
    assert in_hours.many(U) == pytest.approx(quantile_of(law("exponential", mean=7200)).many(U), rel=1e-15)
    assert in_hours.one(0.3) == in_hours.many(np.array([0.3]))[0]


def test_normal_scores_by_as241():
    """Relative error about 1e-16 in the paper; a few units in the last place here."""
    u = np.concatenate([np.geomspace(2.0**-53, 0.4999, 4000), 1 - np.geomspace(2.0**-53, 0.4999, 4000)])
    assert normal_quantiles(u) == pytest.approx(special.ndtri(u), rel=2e-15)
    assert normal_quantiles(u) == pytest.approx([normal_quantile(float(one)) for one in u], rel=2e-15)
    assert normal_quantile(0.5) == normal_quantiles(np.array([0.5]))[0] == 0.0


def test_normal_cdf():
    z = np.linspace(-37.0, 8.0, 500)
    assert [normal_cdf(float(one)) for one in z] == pytest.approx(special.ndtr(z), rel=1e-13)


def test_a_sample_gives_each_value_its_share():
    """Of a thousand uniforms side by side each of the four values has its 250; NumPy's step function agrees at all."""
    values = [40.0, 3.0, 90.0, 7.5]
    quantile = quantile_of(law("empirical", values=values))
    evenly = (np.arange(1000) + 0.5) / 1000
    assert np.unique(quantile.many(evenly), return_counts=True)[1].tolist() == [250] * 4
    assert quantile.many(evenly).mean() == sum(values) / 4
    inside = U[(4 * U) % 1 > 0]
    assert quantile.many(inside).tolist() == np.quantile(values, inside, method="inverted_cdf").tolist()
