"""People who hold several chats at a time, in the steady state: a birth-and-death chain with chats spread evenly.

With j chats in hand of n people, q = ⌊j / n⌋ and r = j − q n, they are finished at the rate

    μ_j = (r τ_{q+1} + (n − r) τ_q) / h,   τ_k the throughput of a person with k chats, h the mean handle time alone.

Chats stay with their person, so that in truth their spread is uneven after some have ended, and a little more wait.
Once everybody holds L chats the queue is that of Erlang A (or C) with n L servers of handle time h L / τ_L; so what
those who must wait get is that formula's, and only their share differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sim.theory import Queue, queue_of


@dataclass(frozen=True)
class ChatQueue:
    """Chats of exponential handle time, Poisson arrivals and exponential patience (None: nobody leaves).

    `throughput`: of one person with 1, 2, … chats, in chats worked alone; as many as may be held.
    """

    n_agents: int
    arrival_rate_per_s: float
    mean_handle_s: float  # worked alone
    mean_patience_s: float | None
    throughput: Sequence[float]

    @cached_property
    def when_full(self) -> Queue:
        """The formula with as many servers as chats may be held, each at the pace of people who hold them all."""
        limit = len(self.throughput)
        handle_s = self.mean_handle_s * limit / self.throughput[-1]
        return queue_of(self.n_agents * limit, self.arrival_rate_per_s, handle_s, self.mean_patience_s)

    @property
    def is_stable(self) -> bool:
        """Whether the queue stays finite: that of full hands decides."""
        return self.when_full.is_stable

    @property
    def delay_rate(self) -> float:
        """Found everybody with full hands ÷ offered."""
        return self._waiting / (self._weights[0] + self._waiting)

    @property
    def abandonment_rate(self) -> float:
        """Abandoned ÷ offered."""
        return self._relative * self.when_full.abandonment_rate

    @property
    def answer_rate(self) -> float:
        """Answered ÷ offered."""
        return 1.0 - self.abandonment_rate

    @property
    def mean_wait_s(self) -> float:
        """Mean wait of all offered."""
        return self._relative * self.when_full.mean_wait_s

    @property
    def mean_answer_s(self) -> float:
        """Mean wait of the answered."""
        full = self.when_full
        return self._relative * full.mean_answer_s * full.answer_rate / self.answer_rate

    @property
    def mean_queue_length(self) -> float:
        """Mean number waiting (Little's law)."""
        return self.arrival_rate_per_s * self.mean_wait_s

    @property
    def occupancy(self) -> float:
        """Time with at least one chat ÷ time present."""
        below, busy = self._weights
        if below == float("inf"):  # next to nothing to do: each chat has a person of its own
            return self.arrival_rate_per_s * self.mean_handle_s / self.n_agents
        return (busy / self.n_agents + self._waiting) / (below + self._waiting)

    def service_level(self, awt_s: float) -> float:
        """Answered within the acceptable waiting time ÷ offered."""
        return 1.0 - self._relative * (1.0 - self.when_full.service_level(awt_s))

    def wait_exceeds(self, t_s: float) -> float:
        """Share of all offered that wait longer."""
        return self._relative * self.when_full.wait_exceeds(t_s)

    @cached_property
    def _weights(self) -> tuple[float, float]:
        """Σ_{j < nL} π_j and Σ_{j < nL} min(j, n) π_j, in units of π_{nL}: the state with all hands just full."""
        below = busy = 0.0
        for j in range(1, self.n_agents * len(self.throughput) + 1):
            falls = self._finished_per_s(j) / self.arrival_rate_per_s
            below, busy = (below + 1.0) * falls, (busy + min(j - 1, self.n_agents)) * falls
        return below, busy

    def _finished_per_s(self, j: int) -> float:
        full_hands, rest = divmod(j, self.n_agents)
        pace = self.throughput[full_hands - 1] if full_hands else 0.0
        faster = self.throughput[full_hands] if rest else 0.0
        return (rest * faster + (self.n_agents - rest) * pace) / self.mean_handle_s

    @cached_property
    def _waiting(self) -> float:
        """Σ_{j ≥ nL} π_j in the same units, from the formula's share that waits."""
        limit = len(self.throughput)
        below, per_server = 0.0, self.throughput[-1] / limit / self.mean_handle_s
        for j in range(1, self.n_agents * limit + 1):
            below = (below + 1.0) * j * per_server / self.arrival_rate_per_s
        waits = self.when_full.delay_rate
        return below * waits / (1.0 - waits) if waits < 1.0 else float("inf")

    @property
    def _relative(self) -> float:
        """The share that waits ÷ what the formula says of it."""
        waits = self.when_full.delay_rate
        return self.delay_rate / waits if waits > 0.0 else 0.0
