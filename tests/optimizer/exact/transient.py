"""Markov chains over a stretch of time: where a chain is at the end of it, and where it was on average.

A law is a mapping of states to probabilities; a chain is a function that tells every jump out of a state. By
uniformization (Jensen 1953), p(t) = Σ_k Poisson(k; Λt) p Pᵏ with P = I + Q ÷ Λ: positive terms alone, so no figure is
worse than what is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from scipy.sparse import csr_matrix, identity
from scipy.special import pdtr, pdtrc, pdtrik

S = TypeVar("S", bound=Hashable)
Law = Mapping[S, float]
Jumps = Callable[[S], Iterator[tuple[S, float]]]  # where to, and how often per hour

LEFT_OUT = 1e-13  # of the probability of so many steps


@dataclass(frozen=True)
class Stretch(Generic[S]):
    """The law at the end, and the shares of time over the stretch."""

    end: Law[S]
    mean: Law[S]


def over(law: Law[S], jumps: Jumps[S], hours: float) -> Stretch[S]:
    """The chain over so many hours, from a law on.

    mean = 1/t ∫ p(u) du = Σ_k P(more than k steps) ÷ (Λt) · p Pᵏ
    """
    states, rates = _walked(list(law), jumps)
    fastest = max(float(-rates.diagonal().min()), 1e-9)
    by_step = identity(len(states), format="csr") + rates / fastest
    now = np.zeros(len(states))
    now[: len(law)] = list(law.values())
    end, mean = np.zeros_like(now), np.zeros_like(now)
    for exactly, more in zip(*_poisson(fastest * hours), strict=True):
        end += exactly * now
        mean += more / (fastest * hours) * now
        now = by_step @ now
    return Stretch(_as_law(states, end), _as_law(states, mean))


def _poisson(mean: float) -> tuple[np.ndarray, np.ndarray]:
    """P(exactly k) and P(more than k), for k up to where the rest is left out."""
    most = int(pdtrik(1.0 - LEFT_OUT, mean)) + 2
    at_most = pdtr(np.arange(most), mean)
    return np.diff(at_most, prepend=0.0), pdtrc(np.arange(most), mean)


def _walked(starts: list[S], jumps: Jumps[S]) -> tuple[list[S], csr_matrix]:
    """Every state that can be reached, and Qᵀ."""
    states, index = list(starts), {state: i for i, state in enumerate(starts)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for here, state in enumerate(states):  # grows while it is walked through
        for to, per_h in jumps(state):
            if to not in index:
                index[to] = len(states)
                states.append(to)
            rows += (index[to], here)
            columns += (here, here)
            values += (per_h, -per_h)
    n = len(states)
    return states, csr_matrix((values, (rows, columns)), shape=(n, n))


def _as_law(states: list[S], shares: np.ndarray) -> dict[S, float]:
    return {state: share for state, share in zip(states, shares.tolist(), strict=True) if share > 0.0}
