"""Erlang C: everyone waits until served (M/M/n, first come first served)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from sim.theory.checks import require_agents, require_at_least_zero, require_positive
from sim.theory.erlang_b import blocking


def erlang_c(n_agents: int, offered_load_erl: float) -> float:
    """Probability that an arriving contact must wait in M/M/n; 1 when the load is at least n.

    C(n, a) = B / (1 − (a / n) (1 − B)),  B = erlang_b(n, a),  a < n

    Denominator: all contacts offered. Source: Erlang 1917.
    """
    require_agents(n_agents)
    require_at_least_zero("offered_load_erl", offered_load_erl)
    if offered_load_erl >= n_agents:
        return 1.0
    blocked = blocking(n_agents, offered_load_erl)[1]
    # The same fraction times n, written without the difference of two numbers close to 1.
    return n_agents * blocked / ((n_agents - offered_load_erl) + offered_load_erl * blocked)


@dataclass(frozen=True)
class ErlangC:
    """The steady state of M/M/n: Poisson arrivals, exponential handle times, nobody abandons.

    With at least as much work as people (a ≥ n) there is no steady state, the queue grows without end: then the
    delay rate is 1, the service level 0, occupancy 1, waits and queue infinite.
    """

    n_agents: int
    arrival_rate_per_s: float
    mean_handle_s: float

    def __post_init__(self) -> None:
        require_agents(self.n_agents)
        require_positive("arrival_rate_per_s", self.arrival_rate_per_s)
        require_positive("mean_handle_s", self.mean_handle_s)

    @property
    def offered_load_erl(self) -> float:
        """Arrival rate × mean handle time, in erlangs."""
        return self.arrival_rate_per_s * self.mean_handle_s

    @property
    def is_stable(self) -> bool:
        """Whether there are more people than work."""
        return self.offered_load_erl < self.n_agents

    @cached_property
    def delay_rate(self) -> float:
        """Contacts that could not be answered at once ÷ offered."""
        return erlang_c(self.n_agents, self.offered_load_erl)

    @property
    def abandonment_rate(self) -> float:
        """Nobody abandons: 0."""
        return 0.0

    @property
    def answer_rate(self) -> float:
        """Answered ÷ offered; 1 only if there is a steady state, else the share that the people can carry, n / a."""
        return 1.0 if self.is_stable else self.n_agents / self.offered_load_erl

    @property
    def mean_wait_s(self) -> float:
        """Mean wait of all offered, in seconds.  E[W] = C / (n μ − λ)."""
        if not self.is_stable:
            return math.inf
        return self.delay_rate * self.mean_handle_s / (self.n_agents - self.offered_load_erl)

    @property
    def mean_answer_s(self) -> float:
        """Mean wait of the answered (ASA), in seconds: the mean wait of all, as all are answered."""
        return self.mean_wait_s

    @property
    def mean_queue_length(self) -> float:
        """Mean number waiting.  E[Q] = λ E[W] (Little's law)."""
        return self.arrival_rate_per_s * self.mean_wait_s

    @property
    def occupancy(self) -> float:
        """Work ÷ time present.  a / n, at most 1."""
        return min(1.0, self.offered_load_erl / self.n_agents)

    def wait_exceeds(self, t_s: float) -> float:
        """Share of all offered that wait longer than t.  P(W > t) = C e^{−(n μ − λ) t}."""
        require_at_least_zero("t_s", t_s)
        if not self.is_stable:
            return 1.0
        return self.delay_rate * math.exp(-(self.n_agents - self.offered_load_erl) * t_s / self.mean_handle_s)

    def service_level(self, awt_s: float) -> float:
        """Answered within the acceptable waiting time ÷ offered.  1 − P(W > awt)."""
        require_at_least_zero("awt_s", awt_s)
        if not self.is_stable:
            return 0.0
        leaving = (self.n_agents - self.offered_load_erl) / self.mean_handle_s
        # 1 − C e^{−x} = (1 − C) + C (1 − e^{−x}): no digits lost when nearly everyone waits long.
        return self._served_at_once - self.delay_rate * math.expm1(-leaving * awt_s)

    @cached_property
    def _served_at_once(self) -> float:
        """1 − C = n (1 − ρ)(1 − B) / (n − a (1 − B)), with 1 − B(n) = n / (n + a B(n − 1))."""
        n, load = self.n_agents, self.offered_load_erl
        fewer, blocked = blocking(n, load)
        not_blocked = n / (n + load * fewer)
        return (n - load) * not_blocked / ((n - load) + load * blocked)
