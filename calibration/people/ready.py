"""When each person was ready to serve, from the contacts alone: pauses whose end is seen, or lies between two moments.

After a service a person writes up, and may be away for a while. Who is ready takes a waiting customer at once: so a
pause that ends while customers wait ended at that moment; one that ends with a customer answered at once ended
somewhere between the last moment at which customers waited in vain and that answer. The law of pauses is found from
both by Turnbull's (1976, Journal of the Royal Statistical Society B 38, 290-295) self-consistent estimate, apart for
pauses that begin with customers waiting and without: people take longer when nobody waits. Each pause then gets a
moment of its own, drawn by that law between its two limits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.people.inferred import IDLE_AT_MOST_S, LONGEST_IDLE_S, WRAP_UP_AT_MOST_S
from calibration.people.services import Pauses, Services, pauses_between
from calibration.people.steps import Steps, spans_as_steps

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

EDGES_S = np.array(
    [
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        8,
        10,
        15,
        20,
        30,
        45,
        60,
        90,
        120,
        180,
        240,
        300,
        420,
        600,
        900,
        IDLE_AT_MOST_S + 1.0,
        1800,
        2700,
        LONGEST_IDLE_S + 1.0,
    ]
)
"""Pauses are told apart by these lengths."""
ROUNDS = 500
SAME = 1e-7
RECORDED_S = 0.5
"""Records keep whole seconds: what lies so near is the same moment."""


@dataclass(frozen=True)
class Limits:
    """Between which lengths each pause was over, seconds from the end of the service; equal where it was seen."""

    low_s: FloatArray
    high_s: FloatArray
    customers_waited: BoolArray
    """As the service ended."""

    @property
    def seen(self) -> BoolArray:
        """The end itself was seen."""
        return self.low_s >= self.high_s

    def of(self, chosen: BoolArray) -> Limits:
        """Only the chosen ones."""
        return Limits(self.low_s[chosen], self.high_s[chosen], self.customers_waited[chosen])


def limits_of(pauses: Pauses, waiting: Steps) -> Limits:
    """What the customers who waited during each pause say of its end."""
    length_s = pauses.length_s
    before_s = np.maximum(pauses.to_s - RECORDED_S, pauses.from_s)
    waits_at_end = waiting.at(before_s) > 0
    emptied_s = _last_emptied_s(waiting, before_s)
    low_s = np.where(waits_at_end, length_s, np.clip(emptied_s - pauses.from_s, 0.0, length_s))
    return Limits(low_s, length_s, waiting.at(pauses.from_s) > 0)


def _last_emptied_s(waiting: Steps, t_s: FloatArray) -> FloatArray:
    """Last moment up to these at which nobody waited any more; long ago if there was none."""
    emptied_s = np.concatenate([[-np.inf], waiting.at_s[waiting.n == 0]])
    return np.asarray(emptied_s[np.searchsorted(emptied_s, t_s, side="right") - 1])


def law_of(limits: Limits) -> FloatArray:
    """Share of pauses in each class of length, by self-consistency: pⱼ = mean of pⱼ / Σ p over each pause's classes."""
    n_classes = len(EDGES_S) - 1
    last = np.minimum(_class_of(limits.high_s), n_classes - 1)
    first = np.where(limits.seen, last, np.minimum(_class_of(limits.low_s), last))
    pairs, n = np.unique(np.column_stack([first, last]), axis=0, return_counts=True)
    classes = np.arange(n_classes)
    possible = (classes >= pairs[:, :1]) & (classes <= pairs[:, 1:])
    share = np.full(n_classes, 1.0 / n_classes)
    for _ in range(ROUNDS):
        weight = possible * share
        weight *= (n / np.maximum(weight.sum(axis=1), 1e-300))[:, None]
        better = weight.sum(axis=0) / n.sum()
        change, share = float(np.abs(better - share).max()), better
        if change < SAME:
            break
    return share


def _class_of(length_s: FloatArray) -> IntArray:
    return np.searchsorted(EDGES_S, length_s, side="right") - 1


def ready_after_s(limits: Limits, seed: int) -> FloatArray:
    """A length for each pause: the one seen, or one drawn by the law of its kind between its limits."""
    drawn_s = limits.high_s.copy()
    u = np.random.default_rng(seed).random(len(drawn_s))
    for kind in (False, True):
        own = limits.customers_waited == kind
        if own.any():
            drawn_s[own] = _drawn_s(limits.of(own), u[own])
    return np.where(limits.seen, limits.high_s, drawn_s)


def _drawn_s(limits: Limits, u: FloatArray) -> FloatArray:
    """By inversion of the law's distribution, straight within a class, between the limits."""
    reached = np.concatenate([[0.0], np.cumsum(law_of(limits))])
    reached += np.arange(len(reached)) * 1e-12  # so that it can be inverted where a class is empty
    at_low = np.interp(limits.low_s, EDGES_S, reached)
    at_high = np.interp(limits.high_s, EDGES_S, reached)
    drawn_s = np.interp(at_low + u * (at_high - at_low), reached, EDGES_S)
    return np.clip(drawn_s, limits.low_s, limits.high_s)


def absences(
    pauses: Pauses, ready_s: FloatArray, wrap_up_s: float
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Person, from when, until when of each pause that was no wrap-up: longer than two minutes."""
    away = ready_s > WRAP_UP_AT_MOST_S
    from_s = pauses.from_s[away] + wrap_up_s
    return pauses.agent[away], from_s, pauses.from_s[away] + ready_s[away]


def at_work(
    services: Services, waiting: Steps, wrap_up_s: float, edges_s: FloatArray, idle_s: float, seed: int
) -> FloatArray:
    """Average people between each edge and the next: in a spell of work, and not in one of these absences."""
    pauses = pauses_between(services, idle_s)
    spells = spans_as_steps(
        np.concatenate([services.began_s, pauses.from_s]), np.concatenate([services.ended_s, pauses.to_s])
    ).mean_by(edges_s)
    if len(pauses.agent) == 0:
        return spells
    _, from_s, to_s = absences(pauses, ready_after_s(limits_of(pauses, waiting), seed), wrap_up_s)
    return spells - spans_as_steps(from_s, to_s).mean_by(edges_s) if len(from_s) else spells
