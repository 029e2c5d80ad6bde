"""Independent values for the formulas: birth–death balance equations summed state by state, 60 digits.

`decimal` instead of mpmath for the sums: the same digits, exponents to 10^18 (no state is too rare), ten times the
speed. Nothing here knows the integrals of `sim.theory`: waits are conditioned on the state that a customer finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from functools import cached_property

DIGITS = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN)
NEGLIGIBLE = Decimal(10) ** -65


@dataclass(frozen=True)
class ExactQueue:
    """M/M/n+M with balking by its states; k = n + j has j waiting.

    Below n: k μ π_k = λ π_{k−1}.  Above: (n μ + j θ) π_{n+j} = λ (1 − b) π_{n+j−1}.
    """

    n_agents: int
    arrival_rate_per_s: float
    mean_handle_s: float
    mean_patience_s: float
    balk_share: float = 0.0

    @cached_property
    def delay_rate(self) -> Decimal:
        with localcontext(DIGITS):
            return sum(self._waiting, Decimal(0)) / self._total

    @cached_property
    def mean_queue_length(self) -> Decimal:
        with localcontext(DIGITS):
            return sum((j * weight for j, weight in enumerate(self._waiting)), Decimal(0)) / self._total

    @property
    def mean_wait_s(self) -> Decimal:
        with localcontext(DIGITS):
            return self.mean_queue_length / self._rate

    @property
    def abandonment_rate(self) -> Decimal:
        with localcontext(DIGITS):
            return (
                self.mean_wait_s / Decimal(self.mean_patience_s) + Decimal(self.balk_share) * self.delay_rate
            )

    @property
    def answer_rate(self) -> Decimal:
        """From the people: μ E[busy] / λ, without a word about who leaves."""
        with localcontext(DIGITS):
            busy = self.n_agents * sum(self._waiting, Decimal(0)) + sum(
                ((self.n_agents - below) * weight for below, weight in enumerate(self._below, start=1)),
                Decimal(0),
            )
            return busy / self._total / (self._rate * Decimal(self.mean_handle_s))

    @property
    def occupancy(self) -> Decimal:
        with localcontext(DIGITS):
            return self.answer_rate * self._rate * Decimal(self.mean_handle_s) / self.n_agents

    def service_level(self, awt_s: float) -> Decimal:
        """With j ahead: the stages i = j … 0 end before patience with probability c / (c + j + 1), and by then

        P(answered within t) = c / (c + j + 1) · I_z(j + 1, c + 1),  z = 1 − e^{−θ t}

        as independent stages of rates (c + 1 + i) θ last together like an order statistic (Rényi).
        """
        with localcontext(DIGITS):
            c = self._served_per_patience
            answered = Decimal(0)
            for j, (weight, late) in enumerate(zip(self._waiting, self._late(awt_s, c + 1), strict=True)):
                answered += weight * c / (c + j + 1) * (1 - late)
            joined = (1 - Decimal(self.balk_share)) * answered
            return (sum(self._below, Decimal(0)) + joined) / self._total

    def wait_exceeds(self, t_s: float) -> Decimal:
        """Patience and the stages i = j … 0, of rates (c + i) θ, both last longer than t."""
        with localcontext(DIGITS):
            late = zip(self._waiting, self._late(t_s, self._served_per_patience), strict=True)
            beyond = sum((weight * share for weight, share in late), Decimal(0))
            patient = (-Decimal(t_s) / Decimal(self.mean_patience_s)).exp() * (1 - Decimal(self.balk_share))
            return patient * beyond / self._total

    @property
    def mean_answer_s(self) -> Decimal:
        """Answered with j ahead (c / (c + j + 1)) after Σ_{i ≤ j} 1 / ((c + 1 + i) θ) on average."""
        with localcontext(DIGITS):
            c, patience = self._served_per_patience, Decimal(self.mean_patience_s)
            waited, stages = Decimal(0), Decimal(0)
            for j, weight in enumerate(self._waiting):
                stages += patience / (c + 1 + j)
                waited += weight * c / (c + j + 1) * stages
            return (1 - Decimal(self.balk_share)) * waited / self._total / self.answer_rate

    def _late(self, t_s: float, b: Decimal) -> list[Decimal]:
        """1 − I_z(j + 1, b) for every j: (1 − z)^b Σ_{a ≤ j} z^a (b)_a / a!"""
        u = Decimal(t_s) / Decimal(self.mean_patience_s)
        z = 1 - (-u).exp()
        term = (-u * b).exp()
        late, total = [], Decimal(0)
        for j in range(len(self._waiting)):
            total += term
            late.append(total)
            term *= z * (b + j) / (j + 1)
        return late

    @property
    def _rate(self) -> Decimal:
        return Decimal(self.arrival_rate_per_s)

    @property
    def _served_per_patience(self) -> Decimal:
        return self.n_agents * Decimal(self.mean_patience_s) / Decimal(self.mean_handle_s)

    @cached_property
    def _total(self) -> Decimal:
        return sum(self._waiting, Decimal(0)) + sum(self._below, Decimal(0))

    @cached_property
    def _waiting(self) -> list[Decimal]:
        """π_{n+j} / π_n for j = 0, 1, … until the rest is negligible."""
        with localcontext(DIGITS):
            c = self._served_per_patience
            x = (1 - Decimal(self.balk_share)) * self._rate * Decimal(self.mean_patience_s)
            weights, weight, total = [], Decimal(1), Decimal(0)
            while weight > NEGLIGIBLE * total or len(weights) < x - c:
                weights.append(weight)
                total += weight
                weight *= x / (c + len(weights))
            return weights

    @cached_property
    def _below(self) -> list[Decimal]:
        """π_k / π_n for k = n − 1, …, 0."""
        with localcontext(DIGITS):
            load = self._rate * Decimal(self.mean_handle_s)
            weights, weight = [], Decimal(1)
            for k in range(self.n_agents, 0, -1):
                weight *= k / load
                weights.append(weight)
            return weights


def relative_error(value: float, exact: Decimal, floor: str = "1e-290") -> float:
    """|value / exact − 1|; 0 where both are below the floor: the end of full precision, or of the states summed."""
    if exact < Decimal(floor):
        return 0.0 if value < 10.0 * float(floor) else float("inf")
    with localcontext(DIGITS):
        return float(abs(Decimal(value) / exact - 1))
