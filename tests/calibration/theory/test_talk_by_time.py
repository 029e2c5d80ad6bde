"""Talk by time of day: the test against SciPy's, and parts of the day that we put there."""

import numpy as np
import pytest
from scipy import stats

from calibration.service import fit_talk, talk_by_time
from calibration.service.by_time import kruskal_wallis
from scenarios.laws import ByTime as DeclaredByTime
from tests.calibration.scenario_laws import declared


def drawn(seed: int, n: int, evening: float) -> tuple[np.ndarray, np.ndarray]:
    """Lognormal talk of 200 s, from 18:00 on longer by a factor; arrivals from 8:00 to 22:00."""
    rng = np.random.default_rng(seed)
    clock_s = rng.uniform(8 * 3600, 22 * 3600, n)
    talk_s = rng.lognormal(5.0, 0.8, n) * np.where(clock_s >= 18 * 3600, evening, 1.0)
    return np.round(talk_s), clock_s


def test_kruskal_and_wallis_as_scipy_has_it():
    talk_s, clock_s = drawn(1, 800, 1.1)
    talk_s, hour = np.round(talk_s / 60) * 60, (clock_s // 3600).astype(np.int64)
    expected = stats.kruskal(*(talk_s[hour == h] for h in np.unique(hour)))
    statistic, p_value = kruskal_wallis(talk_s, hour)
    assert statistic == pytest.approx(expected.statistic, rel=1e-10)
    assert p_value == pytest.approx(expected.pvalue, rel=1e-8)


def test_longer_evenings_are_two_laws():
    talk_s, clock_s = drawn(2, 12_000, 1.3)
    found = talk_by_time(talk_s, clock_s, fit_talk(talk_s))
    assert [part.to_h for part in found.parts] == [18, 24]
    # 4.5 standard errors of a mean with cv 0.95: false alarm 7e-6 each.
    mean = np.exp(5.0 + 0.32)
    for part, truth in zip(found.parts, (mean, 1.3 * mean), strict=True):
        assert part.mean_s == pytest.approx(truth, abs=4.5 * 0.95 * truth / np.sqrt(part.n))
    law = declared(found.law)
    assert isinstance(law, DeclaredByTime)
    assert [part.law.expected for part in law.by] == pytest.approx([part.mean_s for part in found.parts])


def test_the_same_talk_all_day_is_one_law():
    # p is below 1 % by chance in one of a hundred records; parts are stated only where BIC asks for them too.
    for seed in range(5):
        talk_s, clock_s = drawn(10 + seed, 6000, 1.0)
        whole = fit_talk(talk_s)
        found = talk_by_time(talk_s, clock_s, whole)
        assert not found.differs
        assert found.law == whole.law


def test_a_difference_that_does_not_matter_is_said_and_not_stated():
    talk_s, clock_s = drawn(3, 300_000, 1.03)
    found = talk_by_time(talk_s, clock_s, fit_talk(talk_s))
    assert found.p_value < 1e-4
    assert not found.differs
    assert "by too little" in found.says
