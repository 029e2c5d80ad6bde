"""The abandonment rate of a system from its Markov chain, and how far a simulation of n contacts may lie from it.

The chain is solved as linear equations. With the jumps' rewards (+1 for an abandonment, −p for an arrival) and the
solution h of Poisson's equation Q h = −r, the rewards are a martingale whose variance per second is
σ² = Σ π(x) q(x, y) (reward(x, y) + h(y) − h(x))².  A type with rate λₜ of λ in n contacts: s.e. = √(σ² λ / (λₜ² n)).

Source: Glynn and Meyn 1996 (Poisson's equation and the variance of time averages).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import splu

from bench.systems import System

Column = npt.NDArray[np.bool_]
# By the number of types: twice as long changes the rates of the compared systems by less than 1e-10.
LONGEST_QUEUE = {1: 80, 2: 25}
NOBODY = -1
State = tuple[int, ...]  # busy agents by group and type, then those waiting by type


class Jump(NamedTuple):
    """One move of the chain, and the type that arrived or gave up with it."""

    to: State
    rate: float
    arrived: int = NOBODY
    gave_up: int = NOBODY


@dataclass(frozen=True)
class Abandonment:
    """The abandonment rate in the long run, and its variance times the number of contacts."""

    rate: float
    variance_of_one: float

    def standard_error(self, contacts: int) -> float:
        """Of the share that a run of so many contacts shows; exact as the run grows."""
        return math.sqrt(self.variance_of_one / contacts)


@dataclass(frozen=True)
class Exact:
    """Of all contacts together, and of each type; both variances are times the number of all contacts."""

    total: Abandonment
    types: tuple[Abandonment, ...]


@dataclass(frozen=True)
class Chain:
    """The states of a system whose queues hold at most `longest_queue` (beyond it arrivals are turned away)."""

    system: System
    longest_queue: int

    def jumps(self, state: State) -> Iterator[Jump]:
        """Every move out of a state."""
        for t, kind in enumerate(self.system.types):
            yield self._arrival(state, t)
            waiting = self._waiting(t)
            if state[waiting]:
                yield Jump(_moved(state, waiting, -1), state[waiting] / kind.mean_patience_s, gave_up=t)
        for g, group in enumerate(self.system.groups):
            for t in group.skills:
                busy = state[self._busy(g, t)]
                if busy:
                    freed = _moved(state, self._busy(g, t), -1)
                    yield Jump(self._taken(freed, g), busy / self.system.types[t].mean_handle_s)

    def empty(self) -> State:
        """Nobody is there."""
        n_types = len(self.system.types)
        return (0,) * (n_types * len(self.system.groups) + n_types)

    def _arrival(self, state: State, t: int) -> Jump:
        kind = self.system.types[t]
        for g in kind.groups:
            if (
                sum(state[self._busy(g, of)] for of in self.system.groups[g].skills)
                < self.system.groups[g].n_agents
            ):
                return Jump(_moved(state, self._busy(g, t), 1), kind.arrivals_per_s, arrived=t)
        full = state[self._waiting(t)] == self.longest_queue
        to = state if full else _moved(state, self._waiting(t), 1)
        return Jump(to, kind.arrivals_per_s, arrived=t)

    def _taken(self, state: State, g: int) -> State:
        """The state after an agent of group g, just freed, has looked at the queues."""
        for t in self.system.groups[g].skills:
            if state[self._waiting(t)]:
                return _moved(_moved(state, self._waiting(t), -1), self._busy(g, t), 1)
        return state

    def _busy(self, g: int, t: int) -> int:
        return g * len(self.system.types) + t

    def _waiting(self, t: int) -> int:
        return len(self.system.groups) * len(self.system.types) + t


def abandonment(system: System, longest_queue: int | None = None) -> Exact:
    """Abandoned ÷ offered in the long run, and the variance of that share in n contacts, times n."""
    sources, targets, jumps = _walked(Chain(system, longest_queue or LONGEST_QUEUE[len(system.types)]))
    rates = np.array([jump.rate for jump in jumps])
    arrived = np.array([jump.arrived for jump in jumps])
    gave_up = np.array([jump.gave_up for jump in jumps])
    n = int(sources.max()) + 1
    generator = csc_matrix((rates, (sources, targets)), shape=(n, n)) - csc_matrix(
        (rates, (sources, sources)), shape=(n, n)
    )
    solver = splu(generator[1:, 1:].tocsc())  # state 0 is where the relative values are zero
    share = np.concatenate(([1.0], solver.solve(-generator[0, 1:].toarray().ravel(), trans="T")))
    flow = share[sources] / share.sum() * rates

    def of(came: Column, left: Column) -> Abandonment:
        rate = float(flow @ left / (flow @ came))
        reward = left - rate * came
        drift = np.bincount(sources, weights=rates * reward, minlength=n)
        value = np.concatenate(([0.0], solver.solve(-drift[1:])))
        per_second = float(flow @ (reward + value[targets] - value[sources]) ** 2)
        return Abandonment(rate, per_second * system.arrivals_per_s / float(flow @ came) ** 2)

    kinds = range(len(system.types))
    return Exact(
        of(arrived != NOBODY, gave_up != NOBODY),
        tuple(of(arrived == kind, gave_up == kind) for kind in kinds),
    )


def _walked(chain: Chain) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], list[Jump]]:
    """Every jump between states that can be reached, with the numbers of the states it joins."""
    states = [chain.empty()]
    index = {states[0]: 0}
    sources, targets, jumps = [], [], []
    for state in states:  # grows while it is walked through
        for jump in chain.jumps(state):
            if jump.to not in index:
                index[jump.to] = len(states)
                states.append(jump.to)
            sources.append(index[state])
            targets.append(index[jump.to])
            jumps.append(jump)
    return np.array(sources), np.array(targets), jumps


def _moved(state: State, place: int, by: int) -> State:
    return (*state[:place], state[place] + by, *state[place + 1 :])
