"""How far forecasts missed: errors by interval and by day, and how often the limits held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from calibration.forecast.limits import Limits

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Measure = Literal["wape", "mape", "bias", "wape_of_chance", "within_limits"]


@dataclass(frozen=True)
class Accuracy:
    """One figure of how far forecasts missed.

    wape: Σ |forecast − came| ÷ Σ came; mape: mean of |forecast − came| ÷ came, where any came;
    bias: Σ (forecast − came) ÷ Σ came; wape_of_chance: the wape that Poisson chance alone would leave, were the
    forecast the true expectation: less cannot be had
    within_limits: share of counts within their limits, of those where any were expected or came
    by: interval or day; queue: None is the sum of all; days: usual, or all of them; n: counts it rests on
    """

    measure: Measure
    by: Literal["interval", "day"]
    queue: str | None
    days: Literal["usual", "all"]
    value: float
    n: int


def accuracy(
    came: FloatArray,
    forecast: FloatArray,
    limits: Limits,
    by: Literal["interval", "day"],
    *,
    usual: BoolArray,
    queues: tuple[str, ...],
) -> list[Accuracy]:
    """All figures of counts whose first axis is the day and whose last is the queue, the sum of all last."""
    found = []
    for column, queue in enumerate([*queues, None]):
        for days in ("usual", "all"):
            chosen = usual if days == "usual" else np.ones_like(usual)
            a, f, low, high = (x[chosen][..., column] for x in (came, forecast, limits.low, limits.high))
            found += [
                Accuracy(name, by, queue, "usual" if days == "usual" else "all", value, n)
                for name, value, n in _figures(a, f, (low <= a) & (a <= high))
                if n > 0
            ]
    return found


def _figures(came: FloatArray, forecast: FloatArray, inside: BoolArray) -> list[tuple[Measure, float, int]]:
    some, any_ = came > 0.0, (came > 0.0) | (forecast > 0.0)
    total, off = max(float(came.sum()), 1e-12), forecast - came
    n_some, n_any = int(some.sum()), int(any_.sum())
    if n_some == 0:
        return []
    return [
        ("wape", float(np.abs(off).sum() / total), n_any),
        ("mape", float((np.abs(off[some]) / came[some]).mean()), n_some),
        ("bias", float(off.sum() / total), n_any),
        ("wape_of_chance", float(poisson_miss(forecast).sum() / max(float(forecast.sum()), 1e-12)), n_any),
        ("within_limits", float(inside[any_].mean()), n_any),
    ]


def poisson_miss(mean: FloatArray) -> FloatArray:
    """E|N − m| of N Poisson with mean m: 2 e^(−m) m^(k + 1) / k!, k = ⌊m⌋ (de Moivre's; Diaconis and Zabell 1991)."""
    m = np.maximum(mean, 1e-300)
    k = np.floor(m)
    return np.asarray(2.0 * np.exp(-m + (k + 1.0) * np.log(m) - special.gammaln(k + 1.0)))


def value_of(
    found: tuple[Accuracy, ...], measure: Measure, by: str, days: str = "usual", queue: str | None = None
) -> float:
    """One figure; NaN where there was nothing to tell it from."""
    chosen = [
        one.value for one in found if (one.measure, one.by, one.days, one.queue) == (measure, by, days, queue)
    ]
    return chosen[0] if chosen else float("nan")
