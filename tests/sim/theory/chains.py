"""Markov chains of small centers, solved as linear equations: what the engine is held against where no formula is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import spsolve

State = tuple[int, ...]
Moves = Callable[[State], Iterator[tuple[State, float]]]  # where to, and at what rate


def stationary(start: State, moves: Moves) -> dict[State, float]:
    """Shares of time in every state that can be reached: π Q = 0, Σ π = 1."""
    states, index = [start], {start: 0}
    rows, columns, rates = [], [], []
    for state in states:  # grows while it is walked through
        for to, rate in moves(state):
            if rate <= 0.0:
                continue
            if to not in index:
                index[to] = len(states)
                states.append(to)
            rows += [index[to], index[state]]
            columns += [index[state], index[state]]
            rates += [rate, -rate]
    n = len(states)
    balance = csc_matrix((rates, (rows, columns)), shape=(n, n)).tolil()
    balance[0, :] = 1.0  # one equation follows from the others: in its place all shares add up to 1
    right = np.zeros(n)
    right[0] = 1.0
    shares = spsolve(balance.tocsc(), right)
    return dict(zip(states, shares.tolist(), strict=True))


@dataclass(frozen=True)
class NDesign:
    """Type a goes first to its own agents and then to those who take both; they take b before a. Rates per hour.

    A state is (a with own agents, a with the others, b with the others, a waiting, b waiting).
    """

    n_own: int
    n_both: int
    a_per_h: float
    b_per_h: float
    a_served_per_h: float
    b_served_per_h: float
    gives_up_per_h: float
    longest_queue: int = 40

    def shares(self) -> dict[State, float]:
        return stationary((0, 0, 0, 0, 0), self.moves)

    def moves(self, state: State) -> Iterator[tuple[State, float]]:
        own, a, b, queue_a, queue_b = state
        yield from self._arrivals(state)
        yield (own, a, b, queue_a - 1, queue_b), queue_a * self.gives_up_per_h
        yield (own, a, b, queue_a, queue_b - 1), queue_b * self.gives_up_per_h
        if own:
            takes = (own, a, b, queue_a - 1, queue_b) if queue_a else (own - 1, a, b, 0, queue_b)
            yield takes, own * self.a_served_per_h
        if a:
            yield self._next_of_both((own, a - 1, b, queue_a, queue_b)), a * self.a_served_per_h
        if b:
            yield self._next_of_both((own, a, b - 1, queue_a, queue_b)), b * self.b_served_per_h

    def _arrivals(self, state: State) -> Iterator[tuple[State, float]]:
        own, a, b, queue_a, queue_b = state
        free = self.n_both - a - b
        if own < self.n_own:
            yield (own + 1, a, b, queue_a, queue_b), self.a_per_h
        elif free:
            yield (own, a + 1, b, queue_a, queue_b), self.a_per_h
        elif queue_a < self.longest_queue:
            yield (own, a, b, queue_a + 1, queue_b), self.a_per_h
        if free:
            yield (own, a, b + 1, queue_a, queue_b), self.b_per_h
        elif queue_b < self.longest_queue:
            yield (own, a, b, queue_a, queue_b + 1), self.b_per_h

    @staticmethod
    def _next_of_both(state: State) -> State:
        """Somebody who takes both has freed."""
        own, a, b, queue_a, queue_b = state
        if queue_b:
            return own, a, b + 1, queue_a, queue_b - 1
        return (own, a + 1, b, queue_a - 1, 0) if queue_a else state


@dataclass(frozen=True)
class Retrials:
    """M/M/n without waiting: a share of those who find all busy comes back after a while. A state is (busy, away)."""

    n_agents: int
    per_h: float
    served_per_h: float
    redial_share: float
    returns_per_h: float
    most_away: int = 60

    def shares(self) -> dict[State, float]:
        return stationary((0, 0), self.moves)

    def moves(self, state: State) -> Iterator[tuple[State, float]]:
        busy, away = state
        if busy < self.n_agents:
            yield (busy + 1, away), self.per_h
            yield (busy + 1, away - 1), away * self.returns_per_h
        else:
            if away < self.most_away:
                yield (busy, away + 1), self.per_h * self.redial_share
            yield (busy, away - 1), away * self.returns_per_h * (1 - self.redial_share)
        yield (busy - 1, away), busy * self.served_per_h
