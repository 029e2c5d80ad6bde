"""Likelihoods against SciPy's distributions and against mpmath, digit for digit; standard errors against theory."""

import mpmath
import numpy as np
import pytest
from scipy import stats

from calibration.service.families import Exponential, Family, TwoExponentials
from calibration.service.likelihood import fit, log_likelihood
from calibration.service.mixed import Balking, OrNone, Spiked
from calibration.service.observed import Cells, cells_of
from calibration.service.spread_laws import Gamma, Lognormal, Weibull

LN = np.log
LAWS = [
    (Exponential(), LN([200.0]), stats.expon(scale=200.0)),
    (Lognormal(), LN([200.0, 0.9]), stats.lognorm(0.9, scale=200.0 * np.exp(-0.405))),
    (Gamma(), LN([200.0, 2.5]), stats.gamma(2.5, scale=80.0)),
    (Weibull(), LN([200.0, 1.5]), stats.weibull_min(1.5, scale=200.0 / 0.9027452929509336)),
]


@pytest.mark.parametrize(("family", "at", "reference"), LAWS, ids=[law[0].name for law in LAWS])
def test_rounded_exact_and_censored_times(family: Family, at: np.ndarray, reference):  # type: ignore[no-untyped-def]
    cells = Cells(
        low=np.array([-0.5, 59.5, 300.0, 250.0, 1500.0]),
        high=np.array([0.5, 60.5, 300.0, np.inf, 1501.0]),
        n=np.array([2.0, 1.0, 3.0, 5.0, 1.0]),
    )
    upper = reference.sf(1500.0) - reference.sf(1501.0)
    likelihood = [reference.cdf(0.5), reference.cdf(60.5) - reference.cdf(59.5), reference.pdf(300.0)]
    expected = cells.n @ LN([*likelihood, reference.sf(250.0), upper])
    assert log_likelihood(family, at, cells) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize(("family", "at", "reference"), LAWS, ids=[law[0].name for law in LAWS])
def test_mean_and_spread_are_those_of_the_law(family: Family, at: np.ndarray, reference):  # type: ignore[no-untyped-def]
    figures = family.figures(at)
    assert family.mean(at) == pytest.approx(reference.mean(), rel=1e-9)
    assert figures.get("cv", 1.0) == pytest.approx(reference.std() / reference.mean(), rel=1e-9)


def test_a_gamma_s_far_tail_keeps_its_digits():
    # Q(k, x) at k = 2.5, x = 100: 1e-41, where 1 − P is 0.
    cells = Cells(np.array([8000.0]), np.array([8001.0]), np.array([1.0]))
    low, high = mpmath.mpf(8000) / 80, mpmath.mpf(8001) / 80
    exact = mpmath.log(mpmath.gammainc(2.5, low, high, regularized=True))
    padded = Cells(np.append(cells.low, 0.0), np.append(cells.high, 400.0), np.array([1.0, 3.0]))
    bulk = 3 * mpmath.log(mpmath.gammainc(2.5, 0, 5, regularized=True))
    assert log_likelihood(Gamma(), LN([200.0, 2.5]), padded) == pytest.approx(float(exact + bulk), rel=1e-9)


def test_two_parts_are_their_sum():
    t = np.array([0.3, 5.0, 40.0, 700.0])
    spiked = Spiked(Gamma(), Lognormal())
    at = np.array([LN(200.0), LN(0.9), LN(0.05 / 0.95), LN(0.125 / 0.875), LN(2.0)])
    spike, body = stats.gamma(2.0, scale=200.0 * 0.2 * 0.125 / 2.0), LAWS[1][2]
    np.testing.assert_allclose(spiked.cdf(t, at), 0.05 * spike.cdf(t) + 0.95 * body.cdf(t), rtol=1e-10)
    np.testing.assert_allclose(spiked.survival(t, at), 0.05 * spike.sf(t) + 0.95 * body.sf(t), rtol=1e-10)
    np.testing.assert_allclose(spiked.density(t, at), 0.05 * spike.pdf(t) + 0.95 * body.pdf(t), rtol=1e-10)
    assert spiked.mean(at) == pytest.approx(0.05 * 5.0 + 0.95 * 200.0)


def test_two_exponentials_are_their_sum():
    at = np.array([LN(600.0), LN(9.0), LN(0.25 / 0.75)])
    t = np.array([1.0, 60.0, 900.0])
    expected = 0.25 * np.exp(-t / 60.0) + 0.75 * np.exp(-t / 600.0)
    np.testing.assert_allclose(TwoExponentials().survival(t, at), expected, rtol=1e-12)
    np.testing.assert_allclose(TwoExponentials().cdf(t, at), 1.0 - expected, rtol=1e-12)
    slope = 0.25 / 60.0 * np.exp(-t / 60.0) + 0.75 / 600.0 * np.exp(-t / 600.0)
    np.testing.assert_allclose(TwoExponentials().density(t, at), slope, rtol=1e-12)


def test_a_share_at_zero_stands_before_the_law():
    at = np.array([LN(100.0), LN(0.1 / 0.9)])
    t = np.array([-0.5, 0.0, 100.0])
    np.testing.assert_allclose(
        Balking(Exponential()).cdf(t, at), [0.0, 0.1, 1 - 0.9 * np.exp(-1)], atol=1e-12
    )
    assert Balking(Exponential()).law(at) == pytest.approx(
        {"law": "exponential", "mean": 100.0, "balk_share": 0.1}
    )
    assert OrNone(Exponential()).mean(at) == pytest.approx(90.0)


def test_the_exponential_s_mean_and_error_are_the_known_ones():
    # Time seen ÷ times ended, and that ÷ √(times ended): exact for unrounded times.
    rng = np.random.default_rng(4)
    seconds, cut = rng.exponential(300.0, 900), rng.random(900) < 0.4
    found = fit(Exponential(), cells_of(seconds, cut, step_s=0.0, many=1000)).figures()["mean_s"]
    mean = seconds.sum() / (~cut).sum()
    assert found.value == pytest.approx(mean, rel=1e-7)
    assert found.standard_error == pytest.approx(mean / np.sqrt((~cut).sum()), rel=1e-4)


def test_the_lognormal_s_mean_and_error_are_the_known_ones():
    # ln m = μ + σ²/2 with Var μ = σ²/n, Var σ² = 2 σ⁴/n.
    rng = np.random.default_rng(5)
    logs = rng.normal(5.0, 0.8, 1000)
    found = fit(Lognormal(), cells_of(np.exp(logs), np.zeros(1000, bool), step_s=0.0, many=1000)).figures()
    mu, variance = logs.mean(), logs.var()
    mean = np.exp(mu + variance / 2)
    assert found["mean_s"].value == pytest.approx(mean, rel=1e-6)
    assert found["mean_s"].standard_error == pytest.approx(
        mean * np.sqrt((variance + variance**2 / 2) / 1000), rel=1e-4
    )


def test_weibull_and_gamma_agree_with_scipy_s_own_fits():
    rng = np.random.default_rng(6)
    seconds = rng.gamma(2.0, 100.0, 800)
    cells = cells_of(seconds, np.zeros(800, bool), step_s=0.0, many=1000)
    shape, _, scale = stats.gamma.fit(seconds, floc=0)
    assert fit(Gamma(), cells).figures()["cv"].value == pytest.approx(shape**-0.5, rel=1e-5)
    assert fit(Gamma(), cells).mean == pytest.approx(shape * scale, rel=1e-5)
    shape, _, scale = stats.weibull_min.fit(seconds, floc=0)
    assert fit(Weibull(), cells).mean == pytest.approx(stats.weibull_min(shape, scale=scale).mean(), rel=1e-4)
    expected = stats.weibull_min(shape, scale=scale).logpdf(seconds).sum()
    assert fit(Weibull(), cells).log_likelihood == pytest.approx(expected, rel=1e-7)
