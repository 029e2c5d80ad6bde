"""Two ways, one answer: cells and single times, Kaplan-Meier by loops, laws here and in the simulation."""

import numpy as np
import pytest

from calibration.service.families import Exponential, Family, TwoExponentials
from calibration.service.goodness import goodness
from calibration.service.likelihood import fit
from calibration.service.mixed import OrNone, Spiked
from calibration.service.observed import cells_of
from calibration.service.spread_laws import Gamma, Lognormal, Weibull
from calibration.service.survival import kaplan_meier
from sim.chance.laws import quantile_of
from tests.calibration.scenario_laws import declared

LN = np.log
LAWS: list[tuple[Family, np.ndarray]] = [
    (Exponential(), LN([200.0])),
    (Lognormal(), LN([200.0, 0.9])),
    (Gamma(), LN([200.0, 2.5])),
    (Weibull(), LN([200.0, 0.8])),
    (TwoExponentials(), LN([600.0, 9.0, 0.5])),
    (Spiked(Gamma(), Lognormal()), np.array([LN(200.0), LN(0.9), -2.9, -1.9, LN(2.0)])),
    (OrNone(Exponential()), np.array([LN(30.0), -1.0])),
]


@pytest.mark.parametrize(("family", "at"), LAWS, ids=[family.name for family, _ in LAWS])
def test_the_simulation_draws_from_the_law_that_was_fitted(family: Family, at: np.ndarray):
    u = np.array([0.02, 0.3, 0.5, 0.9, 0.999])
    drawn = quantile_of(declared(family.law(at))).many(u)
    seen = drawn > 0.0
    np.testing.assert_allclose(family.cdf(drawn[seen], at), u[seen], rtol=2e-3)
    assert declared(family.law(at)).expected == pytest.approx(family.mean(at), rel=1e-9)


def test_many_times_in_few_cells_are_the_same_fit():
    rng = np.random.default_rng(1)
    seconds, cut = rng.lognormal(5.0, 0.9, 8000), rng.random(8000) < 0.2
    single, grouped = cells_of(seconds, cut, 0.0, many=10_000), cells_of(seconds, cut, 0.0)
    assert len(grouped.n) < 2000 < len(single.n)
    for family in (Lognormal(), Weibull()):
        one, other = fit(family, single).figures(), fit(family, grouped).figures()
        for name, figure in one.items():
            assert abs(other[name].value - figure.value) < 0.02 * figure.standard_error
            assert other[name].standard_error == pytest.approx(figure.standard_error, rel=0.01)


def test_whole_seconds_are_the_same_fit_as_the_times_before_rounding():
    seconds = np.random.default_rng(2).lognormal(3.0, 0.9, 3000)
    none = np.zeros(3000, dtype=bool)
    one = fit(Lognormal(), cells_of(seconds, none, 0.0, many=3000)).figures()
    other = fit(Lognormal(), cells_of(np.round(seconds), none)).figures()
    for name, figure in one.items():
        assert abs(other[name].value - figure.value) < 0.1 * figure.standard_error


def test_kaplan_meier_and_greenwood_caller_by_caller():
    rng = np.random.default_rng(3)
    waited, left = np.round(rng.exponential(30.0, 80)), rng.random(80) < 0.5
    found = kaplan_meier(waited, left)
    share, spread = 1.0, 0.0
    for t, seen, error in zip(found.times_s, found.shares, found.standard_errors, strict=True):
        n, gone = (waited >= t).sum(), (left & (waited == t)).sum()
        share *= 1 - gone / n
        spread += gone / (n * (n - gone)) if n > gone else 0.0
        assert seen == pytest.approx(share)
        assert error == pytest.approx(share * np.sqrt(spread))


def test_the_distance_is_kolmogorov_and_smirnov_s():
    from scipy import stats

    seconds = np.random.default_rng(4).exponential(100.0, 400)
    fitted = fit(Gamma(), cells_of(seconds, np.zeros(400, dtype=bool), 0.0))
    found = goodness(fitted, cells_of(seconds, np.zeros(400, dtype=bool), 0.0))
    expected = stats.kstest(seconds, lambda t: fitted.cdf(np.asarray(t))).statistic
    assert found.distance == pytest.approx(
        expected, abs=1 / 400
    )  # the step at each time, seen from its upper side
    np.testing.assert_allclose(fitted.cdf(found.law_s), found.shares, atol=1e-9)
