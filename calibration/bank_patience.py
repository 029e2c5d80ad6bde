"""The bank's patience as its scenario states it: exponential, or two kinds of callers where the record shows them.

Restricted to these two, as the scenario explains the bank's callers by kinds; calibration.service.patience holds
more laws against a record, and tells balking from haste.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.service.families import Exponential, TwoExponentials
from calibration.service.likelihood import fit
from calibration.service.observed import cells_of

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

BALK_S = 2.0
"""Who leaves within two seconds did not wait: they balk."""
AIC_PENALTY = 2.0
"""Two more parameters must gain more than this in log-likelihood (Akaike 1974)."""


@dataclass(frozen=True)
class Patience:
    """Hyperexponential patience: shares of callers and their mean patience; one share is an exponential."""

    shares: tuple[float, ...]
    means_s: tuple[float, ...]
    balk_share: float
    """Leaves within two seconds."""

    def survival(self, t_s: FloatArray) -> FloatArray:
        """Share still waiting after t_s: (1 − b) Σ pᵢ exp(−t / mᵢ)."""
        parts = [share * np.exp(-t_s / mean) for share, mean in zip(self.shares, self.means_s, strict=True)]
        return (1.0 - self.balk_share) * np.sum(parts, axis=0)


def bank_patience(waited_s: FloatArray, left: BoolArray) -> Patience:
    """Maximum likelihood with censoring: those answered say only that patience was longer than the wait.

    Two exponentials where Akaike's criterion asks for them, else one. The record has whole seconds: half a
    second is added so that nobody has waited 0.
    """
    balked = left & (waited_s <= BALK_S)
    cells = cells_of(waited_s[~balked] + 0.5, ~left[~balked], step_s=0.0, many=len(left))
    one, two = fit(Exponential(), cells), fit(TwoExponentials(), cells)
    told_apart = two.covariance is not None and two.log_likelihood - one.log_likelihood > AIC_PENALTY
    law = two.law if told_apart else {"shares": (1.0,), "means": (one.law["mean"],)}
    return Patience(tuple(law["shares"]), tuple(law["means"]), float(balked.sum() / len(left)))
