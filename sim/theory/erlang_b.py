"""Erlang B: the share of contacts lost when nobody can wait (M/M/n/n)."""

from __future__ import annotations

from sim.theory.checks import require_agents, require_at_least_zero


def erlang_b(n_agents: int, offered_load_erl: float) -> float:
    """Probability that an arriving contact finds all n agents busy in M/M/n/n.

    B(n, a) = (a^n / n!) / Σ_{k ≤ n} a^k / k!

    Denominator: all contacts offered. Zero when below the smallest float. Source: Erlang 1917.
    """
    require_agents(n_agents)
    require_at_least_zero("offered_load_erl", offered_load_erl)
    return blocking(n_agents, offered_load_erl)[1]


def blocking(n_agents: int, offered_load_erl: float) -> tuple[float, float]:
    """Erlang B for one agent fewer and for n agents: B(n − 1, a), B(n, a), n ≥ 1.

    B(0) = 1,  B(k) = a B(k − 1) / (k + a B(k − 1))

    Only positive terms, so n steps lose at most about n units in the last place; nothing overflows.
    """
    fewer, now = 1.0, 1.0
    for k in range(1, n_agents + 1):
        fewer = now
        carried = offered_load_erl * now
        now = carried / (k + carried)
        if now == 0.0:  # below the smallest float, and so for every further agent
            return 0.0, 0.0
    return fewer, now
