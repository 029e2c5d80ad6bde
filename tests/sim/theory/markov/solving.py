"""Markov chains solved as linear equations, π Q = 0 with Σ π = 1: shares of time, and how often things happen.

A chain is a start and a function that tells every jump out of a state. States are any hashable values; those that
can be reached are found by walking from the start.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from scipy.sparse import csr_matrix

S = TypeVar("S", bound=Hashable)
Happening = tuple[str, str]  # what is counted, and of which type, group or bot


LAZINESS = 1.05  # above 1, so that no state is left for certain and nothing goes in circles
BALANCED = 1e-14  # net flow of all states together, of that of a step
MOST_STEPS = 200_000


class Jump(NamedTuple, Generic[S]):
    """One move of a chain: where to, how often per second, and what happens with it."""

    to: S
    per_s: float
    happened: tuple[Happening, ...] = ()


@dataclass(frozen=True)
class Solved(Generic[S]):
    """A chain in the long run: the share of time in each state, and how often per second each thing happens."""

    shares: Mapping[S, float]
    flows: Mapping[Happening, float]

    def mean(self, value: Callable[[S], float]) -> float:
        """Time average of a function of the state."""
        return sum(share * value(state) for state, share in self.shares.items())

    def per_s(self, what: str, name: str | None = None) -> float:
        """How often something happens: to one name, or to all together."""
        return sum(flow for (seen, of), flow in self.flows.items() if seen == what and name in (None, of))


def solve(start: S, jumps: Callable[[S], Iterator[Jump[S]]]) -> Solved[S]:
    """The stationary law of a chain that always comes back to its start."""
    states, index = [start], {start: 0}
    sources: list[int] = []
    targets: list[int] = []
    rates: list[float] = []
    counted: dict[Happening, list[tuple[int, float]]] = defaultdict(list)
    for state in states:  # grows while it is walked through
        here = index[state]
        for jump in jumps(state):
            if jump.per_s <= 0.0:
                continue
            if jump.to not in index:
                index[jump.to] = len(states)
                states.append(jump.to)
            sources.append(here)
            targets.append(index[jump.to])
            rates.append(jump.per_s)
            for happening in jump.happened:
                counted[happening].append((here, jump.per_s))
    shares = stationary(len(states), np.array(sources), np.array(targets), np.array(rates))
    flows = {what: sum(shares[state] * per_s for state, per_s in seen) for what, seen in counted.items()}
    return Solved(dict(zip(states, shares.tolist(), strict=True)), flows)


def stationary(n: int, sources: np.ndarray, targets: np.ndarray, rates: np.ndarray) -> np.ndarray:
    """π Q = 0 with Σ π = 1, by π ← π + π Q ÷ Λ, where Λ is above every state's rate out.

    Each step is that of a chain of discrete time with the same π, which it nears at a geometric rate. Of a few
    thousand states direct elimination fills up and takes a hundred times as long.
    """
    out = np.bincount(sources, weights=rates, minlength=n)
    most = LAZINESS * out.max()
    flows = (np.concatenate((rates, -out)), (np.append(targets, range(n)), np.append(sources, range(n))))
    into = csr_matrix(flows, shape=(n, n)) / most
    shares = np.full(n, 1.0 / n)
    for _ in range(MOST_STEPS):
        net = into @ shares
        shares += net
        if np.abs(net).sum() < BALANCED:
            return shares / shares.sum()
    raise ArithmeticError(f"{n} states are not in balance after {MOST_STEPS} steps")
