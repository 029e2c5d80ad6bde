"""Erlang A: who waits too long leaves (M/M/n+M, first come first served), balking included."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sim.theory.checks import require_agents, require_at_least_zero, require_positive, require_share
from sim.theory.erlang_b import blocking
from sim.theory.virtual_wait import VirtualWait

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ErlangA:
    """The steady state of M/M/n+M: Poisson arrivals, exponential handle times and patience.

    `balk_share`: of those who cannot be answered at once this share leaves on the spot (abandoned, wait 0).
    Shares are of all offered unless said otherwise. Sources: Palm 1957; Baccelli and Hebuterne 1981;
    Mandelbaum and Zeltyn 2007. The integrals are those of `sim.theory.virtual_wait`, x and c as named there.
    """

    n_agents: int
    arrival_rate_per_s: float
    mean_handle_s: float
    mean_patience_s: float
    balk_share: float = 0.0

    def __post_init__(self) -> None:
        require_agents(self.n_agents)
        require_positive("arrival_rate_per_s", self.arrival_rate_per_s)
        require_positive("mean_handle_s", self.mean_handle_s)
        require_positive("mean_patience_s", self.mean_patience_s)
        require_share("balk_share", self.balk_share)

    @property
    def offered_load_erl(self) -> float:
        """Arrival rate × mean handle time, in erlangs."""
        return self.arrival_rate_per_s * self.mean_handle_s

    @property
    def is_stable(self) -> bool:
        """Always: whatever the load, a queue that is long enough loses as many as join it."""
        return True

    @property
    def delay_rate(self) -> float:
        """Contacts that could not be answered at once ÷ offered.  P(N ≥ n) = π_n + π_n x ∫ e^ψ"""
        return min(1.0, self._just_busy + self._waiting)

    @property
    def abandonment_rate(self) -> float:
        """Abandoned ÷ offered.  θ E[Q] / λ, and those who balk."""
        return min(1.0, self.mean_wait_s / self.mean_patience_s + self.balk_share * self.delay_rate)

    @property
    def answer_rate(self) -> float:
        """Answered ÷ offered; computed on its own, so that a small one keeps its digits."""
        return self.service_level(math.inf)

    @cached_property
    def mean_queue_length(self) -> float:
        """Mean number waiting.  E[Q] = π_n x ∫ (1 + x (1 − e^{−u})) e^ψ du"""
        x = self._virtual_wait.joining
        return self._peak_share * x * (self._weight + x * self._virtual_wait.integral(0.0, math.inf, _gone))

    @property
    def mean_wait_s(self) -> float:
        """Mean wait of all offered, in seconds, those who abandoned included.  E[W] = E[Q] / λ (Little's law)."""
        return self.mean_queue_length / self.arrival_rate_per_s

    @cached_property
    def mean_answer_s(self) -> float:
        """Mean wait of the answered (ASA), in seconds.  E[W; answered] / P(answered)"""
        waited = self._answered_per_weight * self._virtual_wait.integral(0.0, math.inf, _itself)
        return waited * self.mean_patience_s / self.answer_rate

    @property
    def occupancy(self) -> float:
        """Work ÷ time present.  a (1 − P(abandon)) / n"""
        return min(1.0, self.offered_load_erl * self.answer_rate / self.n_agents)

    def service_level(self, awt_s: float) -> float:
        """Answered within the acceptable waiting time ÷ offered (the abandoned stay in the denominator).

        P(N < n) + (1 − balk) ∫_0^{awt} e^{−θ s} f(s) ds,  exact
        """
        if awt_s != math.inf:
            require_at_least_zero("awt_s", awt_s)
        within = self._virtual_wait.integral(0.0, awt_s / self.mean_patience_s) if awt_s > 0.0 else 0.0
        return min(1.0, self._served_at_once + self._answered_per_weight * within)

    def wait_exceeds(self, t_s: float) -> float:
        """Share of all offered that wait longer than t, whether answered or abandoned in the end.

        P(W > t) = (1 − balk) e^{−θ t} P(virtual wait > t) = (1 − balk) (π_n e^{ψ(u)} + e^{−u} π_n x ∫_u^∞ e^ψ)
        """
        require_at_least_zero("t_s", t_s)
        u = t_s / self.mean_patience_s
        beyond = self._virtual_wait.joining * math.exp(-u) * self._virtual_wait.integral(u, math.inf)
        return (1.0 - self.balk_share) * self._peak_share * (self._virtual_wait.density(u) + beyond)

    @cached_property
    def _virtual_wait(self) -> VirtualWait:
        joining_rate = (1.0 - self.balk_share) * self.arrival_rate_per_s
        per_patience = self.mean_patience_s / self.mean_handle_s
        return VirtualWait(joining=joining_rate * self.mean_patience_s, served=self.n_agents * per_patience)

    @cached_property
    def _blocking(self) -> tuple[float, float]:
        """Erlang B for one agent fewer and for n: the states below n against the state n."""
        return blocking(self.n_agents, self.offered_load_erl)

    @cached_property
    def _weight(self) -> float:
        """∫ e^ψ over all waits, relative to the peak."""
        return self._virtual_wait.integral(0.0, math.inf)

    @cached_property
    def _peak_share(self) -> float:
        """π_n e^{ψ(u*)}.  π_n (1 / B + x ∫ e^ψ) = 1: below n and up to n, and in the queue."""
        blocked = self._blocking[1]
        lower = math.exp(-self._virtual_wait.log_peak)
        return blocked / (lower + blocked * self._virtual_wait.joining * self._weight)

    @cached_property
    def _just_busy(self) -> float:
        """π_n: all busy, nobody waiting."""
        return self._peak_share * math.exp(-self._virtual_wait.log_peak)

    @property
    def _waiting(self) -> float:
        """P(N > n): somebody waits."""
        return self._peak_share * self._virtual_wait.joining * self._weight

    @property
    def _served_at_once(self) -> float:
        """P(N < n) = π_n (1 / B(n) − 1) = π_n n / (a B(n − 1)), without the difference.

        π_n / B(n) is computed as a whole, as B(n) may be below the smallest float.
        """
        fewer, blocked = self._blocking
        lower = math.exp(-self._virtual_wait.log_peak)
        not_blocked = self.n_agents / (self.n_agents + self.offered_load_erl * fewer)
        return lower * not_blocked / (lower + blocked * self._virtual_wait.joining * self._weight)

    @property
    def _answered_per_weight(self) -> float:
        """(1 − balk) c π_n e^{ψ(u*)}: what turns the weight into the density of an answered contact's wait."""
        return (1.0 - self.balk_share) * self._virtual_wait.served * self._peak_share


def _gone(u: FloatArray) -> FloatArray:
    """1 − e^{−u}."""
    return -np.expm1(-u)


def _itself(u: FloatArray) -> FloatArray:
    return u
