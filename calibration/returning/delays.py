"""Share that comes back and the law of its delay, fitted together by maximum likelihood.

Whoever has a reason to come back does so at H's delay unless an ordinary reason brings them earlier:
F(t) = 1 − (1 − G(t)) (1 − s H(t)),  G: share back by t after an ordinary contact, s: share that returns.
Competing causes of the next contact (Cox 1959, Journal of the Royal Statistical Society B 21).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

AIC_PENALTY = 1.0
"""One more parameter must gain more than this in log-likelihood (Akaike 1974)."""
STEP = 1e-3
"""Of the second differences, on the scale of logarithms."""
TINY = 1e-12


@dataclass(frozen=True)
class Delay:
    """Law of the delay: mean and coefficient of variation, seconds."""

    law: str
    mean_s: float
    mean_error_s: float | None
    cv: float

    def cdf(self, t_s: FloatArray) -> FloatArray:
        """Share of the returns that have come by these times."""
        return _cdf(self.law, np.log(self.mean_s), self.cv, np.asarray(t_s, dtype=np.float64))


@dataclass(frozen=True)
class DelayFit:
    """Share and delay that explain the returns best."""

    share: float
    share_error: float | None
    delay: Delay
    log_likelihood: float


def _cdf(law: str, log_mean: float, cv: float, t_s: FloatArray) -> FloatArray:
    from scipy.special import ndtr

    positive = np.maximum(t_s, TINY)
    if law == "exponential":
        return np.asarray(np.where(t_s > 0.0, -np.expm1(-positive / np.exp(log_mean)), 0.0))
    sigma = np.sqrt(np.log1p(cv**2))
    standard = (np.log(positive) - log_mean + sigma**2 / 2.0) / sigma
    return np.asarray(np.where(t_s > 0.0, ndtr(standard), 0.0))


def fit_delay(returned: FloatArray, anyway: FloatArray, edges_s: FloatArray) -> DelayFit:
    """From how many came back between each edge and the next, and after the last; the better law of the two.

    returned: counts by bin, the last those who were not back by the last edge
    anyway: G at the edges, from 0 up; edges_s: the first is 0
    """
    one = _fit("exponential", returned, anyway, edges_s)
    two = _fit("lognormal", returned, anyway, edges_s)
    return two if two.log_likelihood - one.log_likelihood > AIC_PENALTY else one


def _fit(law: str, returned: FloatArray, anyway: FloatArray, edges_s: FloatArray) -> DelayFit:
    """Over logit of the share, log of the mean and (lognormal) log of the cv."""
    from scipy.optimize import minimize

    def minus(at: FloatArray) -> float:
        return -_log_likelihood(law, at, returned, anyway, edges_s)

    start = _start(law, returned, anyway, edges_s)
    found = minimize(
        minus, start, method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-7, "maxiter": 4000}
    )
    errors = _standard_errors(minus, found.x)
    share, mean_s = float(1.0 / (1.0 + np.exp(-found.x[0]))), float(np.exp(found.x[1]))
    cv = float(np.exp(found.x[2])) if len(found.x) > 2 else 1.0
    share_error = None if errors is None else float(errors[0] * share * (1.0 - share))
    mean_error = None if errors is None else float(errors[1] * mean_s)
    return DelayFit(share, share_error, Delay(law, mean_s, mean_error, cv), -float(found.fun))


def _start(law: str, returned: FloatArray, anyway: FloatArray, edges_s: FloatArray) -> FloatArray:
    """The excess by the last edge, and the mean delay of those back by then less what is due anyway."""
    back = returned[:-1].sum() / returned.sum()
    share = np.clip((back - anyway[-1]) / (1.0 - anyway[-1]), 0.02, 0.95)
    excess = np.maximum(returned[:-1] / returned.sum() - np.diff(anyway), 0.0)
    middle = (edges_s[1:] + edges_s[:-1]) / 2.0
    mean_s = float((excess * middle).sum() / excess.sum()) if excess.sum() > 0.0 else float(middle.mean())
    start = [np.log(share / (1.0 - share)), np.log(mean_s)]
    return np.array(start if law == "exponential" else [*start, 0.3])


def _log_likelihood(
    law: str, at: FloatArray, returned: FloatArray, anyway: FloatArray, edges_s: FloatArray
) -> float:
    """Multinomial over the bins of time and "not yet back"."""
    at = np.clip(at, -30.0, 30.0)
    share = 1.0 / (1.0 + np.exp(-at[0]))
    cv = float(np.exp(min(at[2], 5.0))) if len(at) > 2 else 1.0
    away = (1.0 - anyway) * (1.0 - share * _cdf(law, float(at[1]), cv, edges_s))
    chance = np.concatenate([-np.diff(away), away[-1:]])
    return float((returned * np.log(np.maximum(chance, TINY))).sum())


def _standard_errors(minus: Callable[[FloatArray], float], at: FloatArray) -> FloatArray | None:
    """From the curvature at the maximum; None where the maximum lies on an edge."""
    n = len(at)
    step = np.eye(n) * STEP
    curvature = np.array(
        [
            [
                minus(at + step[i] + step[j])
                - minus(at + step[i] - step[j])
                - minus(at - step[i] + step[j])
                + minus(at - step[i] - step[j])
                for j in range(n)
            ]
            for i in range(n)
        ]
    ) / (4.0 * STEP**2)
    try:
        variance = np.diag(np.linalg.inv(curvature))
    except np.linalg.LinAlgError:
        return None
    return np.sqrt(variance) if bool(np.all(variance > 0.0)) and bool(np.all(np.isfinite(variance))) else None
