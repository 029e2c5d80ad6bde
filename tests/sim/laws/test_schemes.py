"""Laws: antithetic pairs mirror every draw, blocks are stratified by busyness, and the intervals stay honest."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest
from scipy import stats

from scenarios import load
from sim.chance import draws
from sim.chance.draws import Owner, Purpose, fold_many
from sim.chance.normal import normal_quantile
from sim.chance.sample import N_STRATA, Sample, Scheme
from sim.engines import CompiledEngine
from sim.measures.all_measures import MEASURES
from sim.measures.result import Result
from sim.replicate import LEAST_OBSERVATIONS, Asked, run
from sim.world.world import world_of
from tests.sim.busy import SCHEMES, busy_center

BUSYNESS = (Purpose.BUSYNESS_COMMON, Purpose.BUSYNESS_OWN)
DAYS = (-2, 0, 1, 6)
REPLICATIONS_A_RUN, RUNS = 20, 300


def pair(number: int) -> tuple[Sample, Sample]:
    """Both replications of an antithetic pair."""
    return Sample(7, 2 * number, "antithetic"), Sample(7, 2 * number + 1, "antithetic")


# --- Pairs --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", [Purpose.ARRIVAL_GAP, Purpose.PATIENCE, Purpose.AWAY])
def test_the_second_of_a_pair_draws_one_minus_what_the_first_draws(purpose):
    """Exactly: odd multiples of 2^-53 below 1 have no rounding in 1 − u."""
    one, other = pair(3)
    keys = fold_many(one.key_of(Owner.NEED, 0, 0), np.arange(2000))
    index = np.arange(2000) % 5
    assert np.array_equal(keys, fold_many(other.key_of(Owner.NEED, 0, 0), np.arange(2000)))
    for u, v in (
        (one.uniforms(keys, purpose, 1), other.uniforms(keys, purpose, 1)),
        (one.uniforms_at(keys, purpose, index), other.uniforms_at(keys, purpose, index)),
        (
            np.array([one.uniform(int(key), purpose, 2) for key in keys]),
            np.array([other.uniform(int(key), purpose, 2) for key in keys]),
        ),
    ):
        assert np.array_equal(v, 1.0 - u)
        assert np.array_equal(u, 1.0 - v)
        assert 0.0 < min(u.min(), v.min()) < max(u.max(), v.max()) < 1.0


def test_the_smallest_and_the_largest_number_mirror_each_other(monkeypatch):
    """Words of no bit and of all bits: 2^-53 and 1 − 2^-53, neither 0 nor 1."""
    words = {1: 0, 2: 2**64 - 1}
    monkeypatch.setattr(draws, "fold", lambda key, _: words[key])
    monkeypatch.setattr(draws, "fold_each", lambda keys, _: np.array([words[key] for key in keys], np.uint64))
    one, other = pair(0)
    ends = [2.0**-53, 1.0 - 2.0**-53]
    for sample, expected in ((one, ends), (other, ends[::-1])):
        assert [sample.uniform(key, Purpose.TALK) for key in (1, 2)] == expected
        assert sample.uniforms(np.array([1, 2], np.uint64), Purpose.TALK).tolist() == expected


def test_busyness_is_mirrored_too():
    one, other = pair(5)
    for day, purpose, stream in product(DAYS, BUSYNESS, range(3)):
        assert other.busyness(day, purpose, stream) == 1.0 - one.busyness(day, purpose, stream)


@pytest.mark.parametrize("number", [0, 3])
def test_the_first_of_a_pair_is_the_independent_replication_of_its_number(number):
    engine = CompiledEngine(world_of(busy_center()))
    one, other = (engine.totals(sample, True) for sample in pair(number))
    alone = engine.totals(Sample(7, number), True)
    assert np.array_equal(one.attempts, alone.attempts)
    assert not np.array_equal(other.attempts, alone.attempts)


# --- Blocks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", [0, 1, 37])
def test_each_tenth_falls_to_one_replication_of_a_block(block):
    """On every day, of the number that all types share and of each type's own."""
    samples = [Sample(3, N_STRATA * block + i, "stratified") for i in range(N_STRATA)]
    for day, purpose, stream in product(DAYS, BUSYNESS, range(4)):
        tenths = sorted(int(10 * sample.busyness(day, purpose, stream)) for sample in samples)
        assert tenths == list(range(N_STRATA)), (day, purpose, stream)


@cache
def single_numbers(day: int, purpose: Purpose, stream: int) -> np.ndarray:
    """The number of the fourth replication of each of 4,000 blocks."""
    samples = (Sample(3, N_STRATA * block + 3, "stratified") for block in range(4000))
    return np.array([sample.busyness(day, purpose, stream) for sample in samples])


@pytest.mark.parametrize("purpose", BUSYNESS)
def test_a_single_number_of_a_block_is_uniform(purpose):
    """Kolmogorov and Smirnov's distance; a uniform number fails once in 10,000 tests, and there are two."""
    assert stats.kstest(single_numbers(0, purpose, 0), "uniform").pvalue > 1e-4


@pytest.mark.parametrize(
    "other",
    [(1, Purpose.BUSYNESS_COMMON, 0), (0, Purpose.BUSYNESS_OWN, 0), (0, Purpose.BUSYNESS_OWN, 1)],
    ids=["next day", "own", "own of another type"],
)
def test_tenths_of_days_and_types_are_independent(other):
    """Chi-square of 10 × 10 cells with 40 expected in each; independent ones fail once in 10,000 tests of three."""
    first, second = single_numbers(0, Purpose.BUSYNESS_COMMON, 0), single_numbers(*other)
    cells = np.histogram2d(first, second, bins=N_STRATA, range=[[0, 1], [0, 1]])[0]
    assert stats.chi2_contingency(cells).pvalue > 1e-4


def test_the_largest_number_of_the_last_tenth_still_has_a_normal_score(monkeypatch):
    """(9 + u) / 10 would be rounded up to 1 for u = 1 − 2^-53, and no customer count is that large."""
    monkeypatch.setattr(Sample, "uniform", lambda *_: 1.0 - 2.0**-53)
    numbers = [Sample(1, i, "stratified").busyness(0, Purpose.BUSYNESS_COMMON) for i in range(N_STRATA)]
    assert 0.9 < max(numbers) < 1.0
    assert normal_quantile(max(numbers)) < 9.0


def test_without_busyness_stratified_replications_are_independent_ones():
    engine = CompiledEngine(world_of(busy_center(day_cv=0.0)))
    for replication in (0, 13):
        plain, ours = (engine.totals(Sample(1, replication, s), True) for s in ("independent", "stratified"))
        assert np.array_equal(plain.attempts, ours.attempts)


# --- Intervals ----------------------------------------------------------------------------------------------------


@cache
def long_run(scheme: Scheme) -> Result:
    """300 runs of 20 replications, one after the other; each scheme has a seed of its own."""
    seed = 11 + SCHEMES.index(scheme)
    return run(busy_center(), Asked(seed, RUNS * REPLICATIONS_A_RUN, scheme=scheme))


@cache
def long_run_level() -> float:
    """The service level of all 18,000 replications: its error is 1/30 of that of a run of 20 independent ones."""
    within, offered = 0.0, 0.0
    for scheme in SCHEMES:
        series = long_run(scheme).series("service_level")
        within, offered = within + series.numerator.mean(), offered + series.denominator.mean()
    return within / offered


@pytest.mark.parametrize("scheme", SCHEMES)
def test_ninety_five_intervals_of_a_hundred_hold_the_truth(scheme):
    """Of 300 intervals of the service level 268 to 297 hold it: all but one binomial count in 10,000.

    Fewer would be held if pairs or blocks hung together. All would be if intervals were over replications: those of a
    pair or a block lie apart from each other, so that their means vary much less, as the next test says.
    """
    low, high = stats.binom.ppf([0.5e-4, 1 - 0.5e-4], RUNS, 0.95)
    assert (low, high) == (268, 297)
    whole = long_run(scheme)
    runs = [
        replace(whole, totals=whole.totals[first : first + REPLICATIONS_A_RUN])
        for first in range(0, whole.replications, REPLICATIONS_A_RUN)
    ]
    found = [one.estimate("service_level") for one in runs]
    held = sum(abs(one.value - long_run_level()) <= one.half_width for one in found)
    assert low <= held <= high


@pytest.mark.parametrize("scheme", ["antithetic", "stratified"])
def test_busy_days_are_averaged_more_steadily(scheme):
    """The half-width of 6,000 replications is less than 0.65 of that of independent ones: a variance ratio above 2.3.

    Half-widths are known to 2 % for pairs and to 3 % for blocks; measured were shares of 0.47 and 0.56.
    """
    plain, ours = (long_run(each).estimate("service_level").half_width for each in ("independent", scheme))
    assert ours < 0.65 * plain


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_figure_is_made_of_independent_observations(scheme):
    """Also what does not vary, such as paid hours and the price of seats."""
    result = run(load("bank-1999-bot-and-assist"), Asked(replications=20, scheme=scheme))
    assert result.observations == {"independent": 20, "antithetic": 10, "stratified": 2}[scheme]
    for key in MEASURES:
        above, below = result.sums_of(*key)
        assert len(above) == result.observations, key
        assert below is None or len(below) == result.observations, key
    assert sum(1 for _ in result.rows()) > 100


@pytest.mark.parametrize("scheme", SCHEMES)
def test_precision_is_not_judged_by_a_few_observations(scheme):
    """Half of all is a precision that any two would have."""
    result = run(busy_center(), Asked(precision=0.5, scheme=scheme))
    assert result.observations == LEAST_OBSERVATIONS
