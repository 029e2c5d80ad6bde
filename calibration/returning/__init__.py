"""Who comes back: after giving up, after being cut off, after a service, beyond those who would call anyway.

It takes contacts as columns whose customers can be followed, if only in part.
It gives shares and delays with standard errors, lower bounds marked as such, and the first contacts net of returns.
"""

from calibration.returning.fit import Returns, ReturnsFit, fit_returns
from calibration.returning.fresh import returning, without_returns

__all__ = ["Returns", "ReturnsFit", "fit_returns", "returning", "without_returns"]
