"""Square-root staffing: load plus β times its square root, where β sets the share that must wait.

Approximations for large systems, exact in the limit: Halfin and Whitt 1981 (nobody abandons); Garnett, Mandelbaum
and Reiman 2002 (exponential patience). They explain and start searches; answers come from Erlang C and A.
"""

from __future__ import annotations

import math

from sim.chance.normal import normal_cdf
from sim.theory.checks import require_positive


def normal_hazard(z: float) -> float:
    """φ(z) / (1 − Φ(z)), also where both are below the smallest float."""
    if z < 25.0:
        return math.exp(-z * z / 2.0) / math.sqrt(2.0 * math.pi) / normal_cdf(-z)
    fraction = z
    for k in range(20, 0, -1):  # Laplace's continued fraction z + 1 / (z + 2 / (z + 3 / …))
        fraction = z + k / fraction
    return fraction


def halfin_whitt_delay(beta: float) -> float:
    """Share that must wait with a + β √a people when nobody abandons, β > 0.

    [1 + β Φ(β) / φ(β)]⁻¹
    """
    return 1.0 / (1.0 + beta / normal_hazard(-beta)) if beta > 0.0 else 1.0


def garnett_delay(beta: float, handle_per_patience: float) -> float:
    """Share that must wait with a + β √a people when customers abandon; β may be negative.

    [1 + √r h(β / √r) / h(−β)]⁻¹,  r = mean handle time / mean patience,  h the normal hazard
    """
    require_positive("handle_per_patience", handle_per_patience)
    root = math.sqrt(handle_per_patience)
    return 1.0 / (1.0 + root * normal_hazard(beta / root) / normal_hazard(-beta))


def beta_for_delay(delay_rate: float, handle_per_patience: float = 0.0) -> float:
    """The β at which this share must wait; `handle_per_patience` 0 where nobody abandons."""
    if not 0.0 < delay_rate < 1.0:
        raise ValueError(f"delay_rate: got {delay_rate}, expected a share between 0 and 1")

    def delay(beta: float) -> float:
        return (
            garnett_delay(beta, handle_per_patience)
            if handle_per_patience > 0.0
            else halfin_whitt_delay(beta)
        )

    low, high = (-1.0 if handle_per_patience > 0.0 else 0.0), 1.0
    while delay(low) < delay_rate:
        low *= 2.0
    while delay(high) > delay_rate:
        high *= 2.0
    while high - low > 1e-14 * max(1.0, abs(low)):
        middle = (low + high) / 2.0
        low, high = (middle, high) if delay(middle) > delay_rate else (low, middle)
    return (low + high) / 2.0


def square_root_staffing(
    offered_load_erl: float, delay_rate: float, mean_handle_s: float, mean_patience_s: float | None = None
) -> float:
    """People, not rounded, with whom about this share must wait.  a + β √a"""
    ratio = 0.0 if mean_patience_s is None else mean_handle_s / mean_patience_s
    return offered_load_erl + beta_for_delay(delay_rate, ratio) * math.sqrt(offered_load_erl)


def slack(n_agents: float, offered_load_erl: float) -> float:
    """β of n people: (n − a) / √a, the spare people in square roots of the load."""
    require_positive("offered_load_erl", offered_load_erl)
    return (n_agents - offered_load_erl) / math.sqrt(offered_load_erl)
