"""What a bot that takes the easy contacts leaves to people: the mean talk time of either side.

With Z the normal score of the talk time and Y = −s Z + √(1 − s²) ε, the bot contains those with Φ(Y) > 1 − c′.
Talk times are lognormal, ln T normal with standard deviation σ. Closed forms, exact.
"""

from __future__ import annotations

import math

from sim.chance.normal import normal_cdf, normal_quantile
from sim.theory.checks import require_at_least_zero, require_share


def lognormal_sigma(cv: float) -> float:
    """σ of the logarithm of a lognormal law with this coefficient of variation.  √ln(1 + cv²)"""
    require_at_least_zero("cv", cv)
    return math.sqrt(math.log1p(cv * cv))


def talk_factor_after_bot(contained_share: float, selectivity: float, sigma: float) -> float:
    """Mean talk of the contacts handed over ÷ mean talk of all contacts.

    Φ(Φ⁻¹(1 − c′) + s σ) / (1 − c′)

    c′ = `contained_share`: contained ÷ those who did not leave the bot themselves, below 1. c′ = 0.4, s = 0.6,
    σ = 0.9 give 1.310.
    """
    _require(contained_share, selectivity, sigma)
    if contained_share == 1.0:
        raise ValueError("contained_share: got 1, so nobody is handed over")
    if contained_share == 0.0:
        return 1.0
    return normal_cdf(selectivity * sigma - normal_quantile(contained_share)) / (1.0 - contained_share)


def talk_factor_of_contained(contained_share: float, selectivity: float, sigma: float) -> float:
    """Mean talk that the contained contacts would have had ÷ mean talk of all contacts.

    Φ(Φ⁻¹(c′) − s σ) / c′;  with the factor of those handed over it averages to 1
    """
    _require(contained_share, selectivity, sigma)
    if contained_share == 0.0:
        raise ValueError("contained_share: got 0, so nobody is contained")
    if contained_share == 1.0:
        return 1.0
    return normal_cdf(normal_quantile(contained_share) - selectivity * sigma) / contained_share


def _require(contained_share: float, selectivity: float, sigma: float) -> None:
    require_share("contained_share", contained_share)
    require_share("selectivity", selectivity)
    require_at_least_zero("sigma", sigma)
