"""How much days and intervals differ beyond chance, and how far queues are busy on the same days.

A count of expected m is Poisson with m · G · H: a gamma factor G of the day, cv d, and one H of the interval, cv i,
each of mean 1 (Avramidis, Deslauriers and L'Ecuyer 2004, Management Science 50, 896; Whitt 1999; Jongbloed and Koole
2001). Moments tell them apart, r the difference of a count from its expectation:

    E[Σ_{j≠k} r_j r_k] = d² Σ_{j≠k} m_j m_k          intervals of one day go together by the day's factor alone
    E[Σ_j (r_j² − m_j)] = ((1 + d²)(1 + i²) − 1) Σ_j m_j²
    E[s_a s_b] = cov(G_a, G_b) M_a M_b               s: of the whole day, two queues

Expectations are means of n days of a class, which takes one day's freedom: products carry n / (n − 1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.demand import normal_scores
from calibration.demand.jackknife import standard_error
from calibration.estimate import Estimate

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

SEEN = 1.645
"""A variance below so many of its standard errors cannot be told from none (one side, 5 %)."""
NOT_SEEN = "cannot be told from none"


@dataclass(frozen=True)
class Busyness:
    """How demand differs from its expectation; cvs are coefficients of variation of gamma factors of mean 1.

    day_cv, interval_cv: of all queues' sum (day), pooled over queues (interval); by_queue: each queue's own
    correlation: of the normal scores of two queues' day factors, one figure for all pairs; pairs: each pair's
    variance_to_mean: of interval counts of all queues around their class's own mean, Σ variances ÷ Σ means
    """

    day_cv: Estimate
    day_cv_by_queue: tuple[Estimate, ...]
    interval_cv: Estimate
    interval_cv_by_queue: tuple[Estimate, ...]
    correlation: Estimate
    pairs: dict[tuple[str, str], Estimate]
    variance_to_mean: Estimate


def is_seen(cv: Estimate) -> bool:
    """Whether a coefficient of variation can be told from none."""
    return cv.standard_error is not None and not cv.note.endswith(NOT_SEEN)


def fit_busyness(
    counted: IntArray, expected: FloatArray, freedom: FloatArray, queues: tuple[str, ...]
) -> Busyness:
    """From usual days: contacts and their expectation by day, interval and queue.

    freedom: n / (n − 1) of each day's class, 0 for a class of one day, of which nothing can be told
    """
    told = freedom > 0.0
    counted, expected, freedom = counted[told], expected[told], freedom[told]
    apart = _moments(counted, expected, freedom)
    whole = _moments(counted.sum(axis=2, keepdims=True), expected.sum(axis=2, keepdims=True), freedom)
    days = Days(apart, counted, expected, freedom)
    day_cvs = tuple(_day_cv(apart[:, :, [q]]) for q in range(len(queues)))
    correlation, pairs = _correlations(days, day_cvs, queues)
    return Busyness(
        day_cv=_day_cv(whole),
        day_cv_by_queue=day_cvs,
        interval_cv=_interval_cv(apart),
        interval_cv_by_queue=tuple(_interval_cv(apart[:, :, [q]]) for q in range(len(queues))),
        correlation=correlation,
        pairs=pairs,
        variance_to_mean=_variance_to_mean(counted, expected, freedom),
    )


def factor_cvs(counted: IntArray, expected: FloatArray, freedom: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Cvs of the day's and of the interval's factor of each queue, without their standard errors."""
    sums = _moments(counted, expected, freedom).sum(axis=0)
    day = np.maximum(_day_variance(sums), 0.0)
    beyond = sums[BEYOND] - _day_variance(sums) * sums[SQUARES]
    interval = beyond / np.maximum((1.0 + day) * sums[SQUARES], TINY)
    return np.sqrt(day), np.sqrt(np.maximum(interval, 0.0))


@dataclass(frozen=True)
class Days:
    """Moments by day, and the counts they come from."""

    moments: FloatArray
    counted: IntArray
    expected: FloatArray
    freedom: FloatArray


TINY = 1e-12
PRODUCTS, SQUARES_OUT, BEYOND, SQUARES = range(4)
"""Rows of the moments: Σ_{j≠k} r_j r_k, Σ_{j≠k} m_j m_k, Σ_j (r_j² − m_j), Σ_j m_j²."""


def _moments(counted: IntArray, expected: FloatArray, freedom: FloatArray) -> FloatArray:
    """By day, moment and queue."""
    residual = counted - expected
    scale = freedom[:, None]
    squared, summed = (residual**2).sum(axis=1), residual.sum(axis=1) ** 2
    own, all_ = (expected**2).sum(axis=1), expected.sum(axis=1) ** 2
    return np.stack(
        [
            scale * (summed - squared),
            np.maximum(all_ - own, 0.0),
            scale * squared - expected.sum(axis=1),
            own,
        ],
        axis=1,
    )


def _day_variance(sums: FloatArray) -> FloatArray:
    """d² of each queue, from sums over days; a day that is one interval has no products, and all it strays is d."""
    by_products = sums[PRODUCTS] / np.maximum(sums[SQUARES_OUT], TINY)
    by_squares = sums[BEYOND] / np.maximum(sums[SQUARES], TINY)
    return np.asarray(np.where(sums[SQUARES_OUT] > TINY, by_products, by_squares))


def _day_cv(moments: FloatArray) -> Estimate:
    def figure(sums: FloatArray) -> FloatArray:
        return _day_variance(sums)[:1]

    return _as_cv(figure, moments, "of the day's gamma factor")


def _interval_cv(moments: FloatArray) -> Estimate:
    """Pooled over queues by their squared expectations, each beside its own day factor."""

    def figure(sums: FloatArray) -> FloatArray:
        beyond = sums[BEYOND] - _day_variance(sums) * sums[SQUARES]
        around = (1.0 + np.maximum(_day_variance(sums), 0.0)) * sums[SQUARES]
        return np.array([beyond.sum() / max(around.sum(), TINY)])

    return _as_cv(figure, moments, "of each interval's gamma factor, beside the day's")


def _as_cv(figure: Callable[[FloatArray], FloatArray], moments: FloatArray, what: str) -> Estimate:
    """√variance, its standard error by the delta rule; 0 where the variance comes out negative."""
    n = len(moments)
    if n < 2:
        return Estimate(0.0, None, n, f"{what}: too few days to tell")
    variance = float(figure(moments.sum(axis=0))[0])
    error = float(standard_error(figure, moments)[0])
    cv = float(np.sqrt(max(variance, 0.0)))
    spread = error / max(2.0 * cv, np.sqrt(error)) if error > 0.0 else 0.0
    note = what if variance > SEEN * error else f"{what}: {NOT_SEEN}"
    return Estimate(cv, spread, n, note)


def _variance_to_mean(counted: IntArray, expected: FloatArray, freedom: FloatArray) -> Estimate:
    residual = counted.sum(axis=2) - expected.sum(axis=2)
    by_day = np.stack([freedom * (residual**2).sum(axis=1), expected.sum(axis=(1, 2))], axis=1)

    def figure(sums: FloatArray) -> FloatArray:
        return np.array([sums[0] / max(sums[1], TINY)])

    if len(by_day) < 2:
        return Estimate(1.0, None, len(by_day), "too few days to tell")
    error = float(standard_error(figure, by_day)[0])
    return Estimate(
        float(figure(by_day.sum(axis=0))[0]), error, len(by_day), "of interval counts, all queues"
    )


def _correlations(
    days: Days, day_cvs: tuple[Estimate, ...], queues: tuple[str, ...]
) -> tuple[Estimate, dict[tuple[str, str], Estimate]]:
    """One figure for all pairs of queues whose days differ, weighted by their contacts; and each pair's own."""
    seen = [q for q, cv in enumerate(day_cvs) if is_seen(cv)]
    n = len(days.freedom)
    if len(seen) < 2:
        return Estimate(0.0, None, n, "no two queues whose days differ beyond chance"), {}
    couples = [(a, b) for i, a in enumerate(seen) for b in seen[i + 1 :]]
    by_day = _products(days, seen, couples)
    shape = {q: normal_scores.coefficients(day_cvs[q].value) for q in seen}
    weights = np.array([days.expected[:, :, a].sum() * days.expected[:, :, b].sum() for a, b in couples])

    places = [(seen.index(a), seen.index(b)) for a, b in couples]

    def factors(sums: FloatArray) -> FloatArray:
        return _factor_correlations(sums, np.array(places))

    found = factors(by_day.sum(axis=0))
    scores = [_scores_and_slope(found[i], shape[a], shape[b]) for i, (a, b) in enumerate(couples)]
    value, slope = np.array(scores).T
    weights = weights * np.array([day_cvs[a].value * day_cvs[b].value for a, b in couples])

    def pooled_and_each(sums: FloatArray) -> FloatArray:
        own = value + slope * (factors(sums) - found)
        return np.concatenate([[(weights * own).sum() / weights.sum()], own])

    whole = pooled_and_each(by_day.sum(axis=0))
    error = standard_error(pooled_and_each, by_day)
    note = "of the normal scores of the day factors"
    pairs = {
        (queues[a], queues[b]): Estimate(float(whole[i + 1]), float(error[i + 1]), n, note)
        for i, (a, b) in enumerate(couples)
    }
    return Estimate(
        float(whole[0]), float(error[0]), n, f"{note}, {len(couples)} pairs by their contacts"
    ), pairs


def _scores_and_slope(factors: float, one: FloatArray, other: FloatArray) -> tuple[float, float]:
    """Correlation of the normal scores, and how fast it changes with that of the factors."""
    step = 0.01
    high = normal_scores.of_scores(min(factors + step, 1.0), one, other)
    low = normal_scores.of_scores(max(factors - step, -1.0), one, other)
    return normal_scores.of_scores(factors, one, other), (high - low) / (
        min(factors + step, 1.0) - max(factors - step, -1.0)
    )


def _products(days: Days, seen: list[int], couples: list[tuple[int, int]]) -> FloatArray:
    """By day: s_a s_b and M_a M_b of each pair, then the two moments of each queue's day factor."""
    whole = (days.counted - days.expected).sum(axis=1)
    mean = days.expected.sum(axis=1)
    columns = [days.freedom * whole[:, a] * whole[:, b] for a, b in couples]
    columns += [mean[:, a] * mean[:, b] for a, b in couples]
    columns += [days.moments[:, PRODUCTS, q] for q in seen]
    columns += [days.moments[:, SQUARES_OUT, q] for q in seen]
    return np.stack(columns, axis=1)


def _factor_correlations(sums: FloatArray, places: IntArray) -> FloatArray:
    """cov(G_a, G_b) / (d_a d_b) of each pair, within [−1, 1], from the sums of `_products`."""
    n_pairs = len(places)
    products, squares_out = np.split(sums[2 * n_pairs :], 2)
    spread = np.sqrt(np.maximum(products / np.maximum(squares_out, TINY), TINY))
    covariance = sums[:n_pairs] / sums[n_pairs : 2 * n_pairs]
    return np.clip(covariance / (spread[places[:, 0]] * spread[places[:, 1]]), -1.0, 1.0)
