"""Whatever the record, a fit is a law that a scenario takes, or a sentence; and it does not hang on units or order."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from calibration.service import TooFewError, fit_patience, fit_talk, fit_wrap_up, fit_wrap_up_from_pauses
from calibration.service.likelihood import fit
from calibration.service.observed import cap_of, cells_of, rounding_step
from calibration.service.spread_laws import Gamma, Lognormal, Weibull
from calibration.service.survival import kaplan_meier
from tests.calibration.scenario_laws import declared

SECONDS = st.one_of(
    st.floats(0.0, 1e5), st.integers(0, 900).map(float), st.sampled_from([0.0, 60.0, np.nan, -3.0, np.inf])
)
RECORDS = arrays.arrays(np.float64, st.integers(1, 120), elements=SECONDS)
FEW = settings(max_examples=25, deadline=None)


def fitted_unless_too_few(fitter, *columns: np.ndarray):  # type: ignore[no-untyped-def]
    try:
        return fitter(*columns)
    except TooFewError:
        return None


@FEW
@given(RECORDS, st.sampled_from([fit_talk, fit_wrap_up, fit_wrap_up_from_pauses]))
def test_any_times_are_a_law_or_a_sentence(seconds: np.ndarray, fitter):  # type: ignore[no-untyped-def]
    found = fitted_unless_too_few(fitter, seconds)
    if found is None:
        assert not ((seconds > 0.0) & (seconds <= 120.0)).any()
        return
    assert declared(found.law).expected == pytest.approx(found.mean_s.value, rel=1e-6)
    assert found.n + sum(found.left_out.values()) == len(seconds)


@FEW
@given(RECORDS, st.integers(0, 2**32 - 1))
def test_any_waits_are_a_law_or_a_sentence(waited_s: np.ndarray, seed: int):
    fate = np.random.default_rng(seed).integers(0, 3, len(waited_s))
    found = fitted_unless_too_few(fit_patience, waited_s, fate == 1, fate == 2)
    if found is None:
        assert not (np.isfinite(waited_s) & (waited_s >= 0.0) & (fate == 1)).any()
        return
    assert 0.0 <= declared(found.law).balk_share <= 1.0
    assert found.n + found.n_answered_at_once + sum(found.left_out.values()) == len(waited_s)
    assert found.n_left + found.n_sent_away <= found.n


@pytest.fixture(scope="module")
def talk_s() -> np.ndarray:
    rng = np.random.default_rng(1)
    return np.round(np.where(rng.random(400) < 0.1, rng.exponential(4.0, 400), rng.lognormal(5.0, 0.9, 400)))


def test_the_order_of_rows_does_not_matter(talk_s: np.ndarray):
    one, other = fit_talk(talk_s), fit_talk(np.random.default_rng(2).permutation(talk_s))
    assert one.chosen.name == other.chosen.name
    assert other.chosen.log_likelihood == one.chosen.log_likelihood
    for name, figure in one.figures.items():
        assert other.figures[name].value == pytest.approx(figure.value, rel=1e-12)


@pytest.mark.parametrize("factor", [60.0, 7.0])
def test_another_unit_is_the_same_law_in_that_unit(talk_s: np.ndarray, factor: float):
    one, other = fit_talk(talk_s, longest_s=None), fit_talk(talk_s * factor, longest_s=None)
    assert other.chosen.name == one.chosen.name
    for name, figure in one.figures.items():
        unit = factor if name.endswith("_s") else 1.0
        assert other.figures[name].value == pytest.approx(unit * figure.value, rel=1e-4)
        assert other.figures[name].standard_error == pytest.approx(unit * figure.standard_error, rel=1e-3)


def test_another_unit_of_waits_is_the_same_patience():
    rng = np.random.default_rng(3)
    patience, offered_wait = rng.weibull(0.7, 800) * 200.0, rng.exponential(90.0, 800)
    waited, left = np.ceil(np.minimum(patience, offered_wait)), patience < offered_wait
    one, other = fit_patience(waited, left), fit_patience(waited * 60.0, left)
    assert other.chosen.name == one.chosen.name
    assert other.median.value_s == 60.0 * one.median.value_s
    assert other.figures["mean_s"].value == pytest.approx(60.0 * one.figures["mean_s"].value, rel=1e-4)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from([Lognormal(), Gamma(), Weibull()]), st.floats(0.01, 1e4), st.integers(0, 10_000))
def test_every_law_stretches_with_its_times(family, factor: float, seed: int):  # type: ignore[no-untyped-def]
    seconds = np.random.default_rng(seed).gamma(2.0, 50.0, 60)
    none = np.zeros(60, dtype=bool)
    one = fit(family, cells_of(seconds, none, 0.0)).figures()
    other = fit(family, cells_of(seconds * factor, none, 0.0)).figures()
    assert other["mean_s"].value == pytest.approx(factor * one["mean_s"].value, rel=1e-5)
    assert other["cv"].value == pytest.approx(one["cv"].value, rel=1e-5)


def test_the_answered_at_once_tell_nothing_of_patience():
    rng = np.random.default_rng(4)
    waited, left = np.ceil(rng.exponential(90.0, 500)), rng.random(500) < 0.4
    one = fit_patience(waited, left)
    more = fit_patience(np.append(waited, np.zeros(300)), np.append(left, np.zeros(300, dtype=bool)))
    assert more.n_answered_at_once == 300
    assert more.law == one.law
    assert more.survival.shares.tolist() == one.survival.shares.tolist()


def test_sent_away_is_as_good_as_answered_and_never_as_having_left():
    rng = np.random.default_rng(5)
    waited, fate = np.ceil(rng.exponential(90.0, 500)), rng.integers(0, 3, 500)
    answered = fit_patience(waited, fate == 1)
    sent_away = fit_patience(waited, fate == 1, fate == 2)
    assert sent_away.law == answered.law
    assert sent_away.n_sent_away == (fate == 2).sum()


@FEW
@given(arrays.arrays(np.float64, 30, elements=st.integers(0, 50).map(float)), st.integers(0, 2**30))
def test_survival_falls_within_its_limits(waited_s: np.ndarray, fate: int):
    left = np.array([fate >> i & 1 for i in range(30)], dtype=bool)
    found = kaplan_meier(waited_s, left)
    low, high = found.limits()
    assert (np.diff(found.shares) <= 0).all()
    assert ((low >= 0.0) & (low <= found.shares) & (found.shares <= high) & (high <= 1.0)).all()
    median = found.quantile(0.5)
    assert median.low_s <= median.value_s <= median.high_s


def test_a_cap_is_longer_than_not_just_so():
    rng = np.random.default_rng(6)
    talk_s = np.round(rng.exponential(400.0, 3000))
    capped = fit_talk(np.minimum(talk_s, 900.0))
    assert capped.n_cut_short == (talk_s >= 900.0).sum()
    # 4.5 standard errors of a censored mean: false alarm 7e-6. The capped times' own mean is 358 s.
    assert capped.mean_s.value == pytest.approx(400.0, abs=4.5 * capped.mean_s.standard_error)
    assert any("cut short" in note for note in capped.notes)


def test_still_going_at_the_end_of_the_file_is_longer_too():
    rng = np.random.default_rng(7)
    talk_s, seen_s = rng.exponential(400.0, 2000), rng.exponential(600.0, 2000)
    found = fit_talk(np.minimum(talk_s, seen_s), talk_s > seen_s)
    assert found.mean_s.value == pytest.approx(400.0, abs=4.5 * found.mean_s.standard_error)


def test_what_cannot_be_used_is_counted():
    talk_s = np.append(
        np.round(np.random.default_rng(8).exponential(200.0, 100)), [np.nan, -4.0, 9000.0, np.nan]
    )
    found = fit_talk(talk_s)
    assert found.left_out == {
        "no time recorded": 2,
        "negative": 1,
        "longer than 7200 s, taken as not closed": 1,
    }


def test_all_alike_is_a_constant():
    found = fit_talk(np.full(50, 300.0))
    assert found.law == {"law": "constant", "value": pytest.approx(300.0)}


@pytest.mark.parametrize(
    ("seconds", "step"),
    [
        ([1.0, 2.0, 7.0, 13.0], 1.0),
        ([60.0, 120.0, 300.0, 0.0], 60.0),
        ([0.1, 2.5, 3.0], 0.1),
        ([0.123, 4.0], 0.0),
    ],
)
def test_rounding_is_seen(seconds: list[float], step: float):
    assert rounding_step(np.array(seconds)) == pytest.approx(step)


def test_a_longest_time_that_is_no_cap():
    assert cap_of(np.array([1.0, 2.0, 3.0, 100.0])) is None
    assert cap_of(np.full(50, 300.0)) is None


def test_no_warning_is_given():
    rng = np.random.default_rng(9)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fit_talk(rng.pareto(0.8, 200) * 10.0)
        fit_patience(rng.pareto(0.8, 200) * 10.0, rng.random(200) < 0.5)
