"""Kaplan-Meier: how long people would have waited, when most of them were answered before their patience ended.

The mean wait of those who left says little: the impatient leave, the patient are answered. Whoever was
answered tells us only that patience was longer than the wait.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

NORMAL_95 = 1.959964
"""97.5 % point of the normal law: limits of 95 % on both sides."""


@dataclass(frozen=True)
class Quantile:
    """The time by which this share has left, with 95 % limits; infinite where the record never gets that far."""

    share: float
    value_s: float
    low_s: float
    high_s: float


@dataclass(frozen=True)
class Survival:
    """Share still patient just after each time; a step function that starts at 1."""

    times_s: FloatArray
    """Distinct waits, rising."""
    shares: FloatArray
    standard_errors: FloatArray
    """Of the shares: S √Σ d / (n (n − d)), Greenwood (1926), Reports on Public Health 33."""
    n_waiting: FloatArray
    """Who had waited at least so long."""

    def at(self, t_s: float) -> float:
        """Share whose patience is longer than t_s."""
        i = int(np.searchsorted(self.times_s, t_s, side="right")) - 1
        return 1.0 if i < 0 else float(self.shares[i])

    @property
    def median_s(self) -> float:
        """First time by which half are gone; infinite where the record never gets that far."""
        return self._first(self.shares <= 0.5)

    def quantile(self, share: float) -> Quantile:
        """First time by which this share is gone, and the times that cannot be told from it.

        The limits hold the times at which |ln(−ln S(t)) − ln(−ln(1 − p))| is within 1.96 standard errors
        (Brookmeyer and Crowley 1982, Biometrics 38, on the complementary log-log scale).
        """
        low, high = self.limits()
        return Quantile(
            share,
            self._first(self.shares <= 1.0 - share),
            self._first(low <= 1.0 - share),
            self._first(high <= 1.0 - share),
        )

    def limits(self) -> tuple[FloatArray, FloatArray]:
        """95 % limits of each share: S^exp(±1.96 e), e = standard error of ln(−ln S); they stay within [0, 1]."""
        inside = (self.shares > 0.0) & (self.shares < 1.0)
        log_share = np.log(np.where(inside, self.shares, 0.5))
        error = np.where(inside, self.standard_errors / np.abs(self.shares * log_share + ~inside), 0.0)
        reach = np.exp(np.minimum(NORMAL_95 * error, 50.0))
        low = np.where(inside, np.exp(log_share * reach), self.shares)
        high = np.where(inside, np.exp(log_share / reach), self.shares)
        return low, high

    def _first(self, gone: BoolArray) -> float:
        where = np.nonzero(gone)[0]
        return float(self.times_s[where[0]]) if len(where) else float("inf")


def kaplan_meier(waited_s: FloatArray, left: BoolArray, n: FloatArray | None = None) -> Survival:
    """Survival of patience from waits that ended in leaving or were cut short by an answer.

    S(t) = Π over times s ≤ t of (1 − d(s) / n(s)),  d(s) who left at s, n(s) who had waited at least s;
    an answer at the moment of leaving counts as later. Kaplan and Meier (1958), Journal of the American
    Statistical Association 53. n: how often each was seen; once, where it is not said.
    """
    often = np.ones(len(waited_s)) if n is None else n
    times, place = np.unique(waited_s, return_inverse=True)
    n_left = np.bincount(place, weights=often * left, minlength=len(times))
    n_ended = np.bincount(place, weights=often, minlength=len(times))
    n_waiting = np.asarray(np.cumsum(n_ended[::-1])[::-1], dtype=np.float64)
    shares = np.asarray(np.cumprod(1.0 - n_left / n_waiting), dtype=np.float64)
    some_stay = np.where(n_waiting > n_left, n_waiting - n_left, 1.0)
    spread = np.sqrt(np.cumsum(n_left / (n_waiting * some_stay)))
    return Survival(times, shares, np.asarray(shares * spread), n_waiting)
