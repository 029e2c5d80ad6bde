"""The theory's own arguments, refused with a sentence when they make no sense."""

from __future__ import annotations

import math


def require_agents(n_agents: int) -> None:
    """At least one agent, and a whole one."""
    if n_agents != int(n_agents) or n_agents < 1:
        raise ValueError(f"n_agents: got {n_agents}, expected a whole number of at least 1")


def require_positive(name: str, value: float) -> None:
    """A finite number above zero."""
    if not (math.isfinite(value) and value > 0.0):
        raise ValueError(f"{name}: got {value}, expected a finite number above 0")


def require_at_least_zero(name: str, value: float) -> None:
    """A finite number, zero or more."""
    if not (math.isfinite(value) and value >= 0.0):
        raise ValueError(f"{name}: got {value}, expected a finite number of at least 0")


def require_share(name: str, value: float) -> None:
    """A share in [0, 1]."""
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"{name}: got {value}, expected a share in [0, 1]")
