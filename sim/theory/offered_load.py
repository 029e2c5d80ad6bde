"""The load offered by arrivals that vary with time: the mean number busy if there were always a free agent.

    m(t) = E[ ∫_{t − S}^t λ(v) dv ] = ∫_0^∞ λ(t − s) P(S > s) ds        erlangs

(Eick, Massey and Whitt 1993, The physics of the M_t/G/∞ queue). Staffing by the modified offered load (MOL) puts
m(t) where a stationary formula has λ E[S]: after a rise the work is still to come, after a fall it is still there.
Here λ is constant within each interval; no other law of arrivals is assumed than Poisson given the rates.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.theory.checks import require_at_least_zero, require_positive
from sim.theory.service_time import ServiceTime

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class OfferedLoad:
    """Load by interval, in erlangs, one entry an interval.

    start_erl: as the interval begins; end_erl: as it ends; mean_erl: averaged over it; peak_erl: largest within it
    """

    start_erl: FloatArray
    end_erl: FloatArray
    mean_erl: FloatArray
    peak_erl: FloatArray


def offered_load_erl(
    rates_per_s: npt.ArrayLike,
    interval_s: float,
    mean_handle_s: float,
    *,
    repeats: bool = False,
    start_erl: float = 0.0,
) -> OfferedLoad:
    """Offered load for exponential handle times; exact, the peak included.

    m' = λ − μ m, so within an interval m moves from its start towards λ / μ without turning:

    m(Δ) = λ / μ + (m(0) − λ / μ) e^{−μ Δ},   mean = λ / μ + (m(0) − λ / μ)(1 − e^{−μ Δ}) / (μ Δ)

    rates_per_s: arrivals per second, one entry an interval of interval_s seconds
    repeats: the rates are a period (a week) that has always repeated; else the first load is start_erl
    """
    rates = _checked(rates_per_s, interval_s)
    require_positive("mean_handle_s", mean_handle_s)
    require_at_least_zero("start_erl", start_erl)
    settled = rates * mean_handle_s
    gained = -np.expm1(-interval_s / mean_handle_s)
    first = _periodic_start(settled, gained) if repeats else start_erl
    end = _followed(settled, gained, first)
    start = np.concatenate(([first], end[:-1]))
    mean = settled + (start - settled) * (gained * mean_handle_s / interval_s)
    return OfferedLoad(start, end, mean, np.maximum(start, end))


def offered_load_of_law_erl(
    rates_per_s: npt.ArrayLike,
    interval_s: float,
    service: ServiceTime,
    *,
    repeats: bool = False,
    steps: int = 8,
) -> OfferedLoad:
    """Offered load for handle times of any law, from an empty center or a period that has always repeated.

    m(t) = Σ_i λ_i (E[min(S, t − t_i)] − E[min(S, t − t_{i+1})]),  t_i the interval's start, negative times as 0

    Start, end and mean are exact. Within an interval m may turn, so the peak is the largest of `steps` + 1 evenly
    spaced moments. A repeating period reaches back until all but 1e-12 of the
    work of older arrivals is done (at most 100,000 steps); the rest is taken at the period's mean rate.
    """
    rates = np.repeat(_checked(rates_per_s, interval_s), steps)
    step_s = interval_s / steps
    n_back = _steps_back(service, step_s, len(rates)) if repeats else len(rates)
    times = step_s * np.arange(n_back + 1)
    kept = np.diff([service.capped(t) for t in times])
    area = np.diff([service.capped_area(t) for t in times], n=2, prepend=0.0) / step_s
    if repeats:
        kept, area = (_folded(weights, len(rates), service.mean_s) for weights in (kept, area))
    end = _convolved(rates, kept, repeats)
    start = np.concatenate((end[-1:] if repeats else np.zeros(1), end[:-1]))
    mean = _convolved(rates, area, repeats)
    by_interval = (-1, steps)
    peak = np.maximum(start, end).reshape(by_interval).max(axis=1)
    return OfferedLoad(start[::steps], end[steps - 1 :: steps], mean.reshape(by_interval).mean(axis=1), peak)


def _checked(rates_per_s: npt.ArrayLike, interval_s: float) -> FloatArray:
    rates = np.asarray(rates_per_s, dtype=np.float64)
    require_positive("interval_s", interval_s)
    if rates.ndim != 1 or len(rates) == 0 or not np.all(np.isfinite(rates) & (rates >= 0.0)):
        raise ValueError("rates_per_s: expected one row of finite rates, zero or more, one an interval")
    return rates


def _followed(settled: FloatArray, gained: float, first: float) -> FloatArray:
    """The load at each interval's end, from the load at the first one's start."""
    load, ends = first, []
    for goal in settled.tolist():
        load += (goal - load) * gained
        ends.append(load)
    return np.array(ends)


def _periodic_start(settled: FloatArray, gained: float) -> float:
    """The start that returns at the period's end: m_0 = m_K(from empty) / (1 − (e^{−μ Δ})^K)."""
    from_empty = float(_followed(settled, gained, 0.0)[-1])
    forgotten = -np.expm1(len(settled) * np.log1p(-gained)) if gained < 1.0 else 1.0
    return float(from_empty / forgotten)


def _steps_back(service: ServiceTime, step_s: float, n_period: int) -> int:
    """Whole periods, in steps, after which all but 1e-12 of the work is done, or a hundred thousand steps."""
    n_back = n_period
    while service.capped(n_back * step_s) < (1.0 - 1e-12) * service.mean_s and n_back < 100_000:
        n_back *= 2
    return n_back


def _folded(weights: FloatArray, n_period: int, total: float) -> FloatArray:
    """Weights of all earlier periods laid on one; what is left of the total comes evenly from older ones."""
    laid = weights.reshape(-1, n_period).sum(axis=0)
    return laid + (total - weights.sum()) / n_period


def _convolved(rates: FloatArray, weights: FloatArray, repeats: bool) -> FloatArray:
    """Σ_j weights_j rates_{i − j}; around the circle where the period repeats."""
    n = len(rates)
    both = np.convolve(rates, weights)
    if repeats:
        both[: n - 1] += both[n:]
    return both[:n]
