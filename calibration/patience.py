"""The law of patience that a scenario states: exponential, or two kinds of callers where the record shows them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

BALK_S = 2.0
"""Who leaves within two seconds did not wait: they balk."""
EM_STEPS = 20_000
AIC_PENALTY = 2.0
"""Two more parameters must gain more than this in log-likelihood (Akaike 1974)."""
DISTINCT = 1.05
"""Means closer than this factor are one kind of caller."""


@dataclass(frozen=True)
class Patience:
    """Hyperexponential patience: shares of callers and their mean patience; one share is an exponential."""

    shares: tuple[float, ...]
    means_s: tuple[float, ...]
    balk_share: float
    """Leaves at once when it cannot be served at once."""

    def survival(self, t_s: FloatArray) -> FloatArray:
        """Share still waiting after t_s: (1 − b) Σ pᵢ exp(−t / mᵢ)."""
        parts = [share * np.exp(-t_s / mean) for share, mean in zip(self.shares, self.means_s, strict=True)]
        return (1.0 - self.balk_share) * np.sum(parts, axis=0)


@dataclass(frozen=True)
class _Waits:
    """Distinct waits, how they ended, and how often each was seen: the record without its repetitions."""

    wait: FloatArray
    gone: FloatArray
    n: FloatArray

    @property
    def exponential_mean(self) -> float:
        """Time waited by all ÷ number who left: the maximum-likelihood mean of an exponential."""
        return float((self.n * self.wait).sum() / (self.n * self.gone).sum())

    def mean_of(self, kind: FloatArray) -> float:
        """The same, each wait counted by how likely it is of this kind."""
        return float((self.n * kind * self.wait).sum() / (self.n * kind * self.gone).sum())


def fit_patience(waited_s: FloatArray, left: BoolArray) -> Patience:
    """Maximum likelihood with censoring: those answered say only that patience was longer than the wait.

    Two exponentials where Akaike's criterion asks for them, else one. The record has whole seconds: half a
    second is added so that nobody has waited 0.
    """
    balked = left & (waited_s <= BALK_S)
    balk_share = float(balked.sum() / len(left))
    waits = _distinct(waited_s[~balked] + 0.5, left[~balked])
    one = waits.exponential_mean
    share, short, long = _two_exponentials(waits)
    gain = _log_likelihood(waits, share, short, long) - _log_likelihood(waits, 0.5, one, one)
    if gain <= AIC_PENALTY or long < DISTINCT * short:
        return Patience((1.0,), (one,), balk_share)
    return Patience((share, 1.0 - share), (short, long), balk_share)


def _distinct(wait: FloatArray, gone: BoolArray) -> _Waits:
    pairs, n = np.unique(np.column_stack([wait, gone]), axis=0, return_counts=True)
    return _Waits(pairs[:, 0], pairs[:, 1], n.astype(np.float64))


def _two_exponentials(waits: _Waits) -> tuple[float, float, float]:
    """Share and mean of the impatient, mean of the others, by expectation-maximization from a fixed start."""
    one = waits.exponential_mean
    fit = (0.3, one / 4, one * 2)
    for _ in range(EM_STEPS):
        first, second = _log_densities(waits, *fit)
        impatient = 1.0 / (1.0 + np.exp(np.clip(second - first, -700.0, 700.0)))
        share = float((waits.n * impatient).sum() / waits.n.sum())
        better = (share, waits.mean_of(impatient), waits.mean_of(1.0 - impatient))
        step = max(abs(now / then - 1.0) for now, then in zip(better, fit, strict=True))
        fit = better
        if step < 1e-10:
            break
    return fit


def _log_densities(waits: _Waits, share: float, short: float, long: float) -> tuple[FloatArray, FloatArray]:
    """Log of share × density (for those who left) or share × survival (for those answered), of each kind."""
    first = np.log(share) - waits.wait / short - waits.gone * np.log(short)
    second = np.log(1.0 - share) - waits.wait / long - waits.gone * np.log(long)
    return first, second


def _log_likelihood(waits: _Waits, share: float, short: float, long: float) -> float:
    return float((waits.n * np.logaddexp(*_log_densities(waits, share, short, long))).sum())
