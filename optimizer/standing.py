"""How far a search is, and who hears of it: the best so far, what is proven, the gap between them, the time left.

Solves lie deep inside searches, and searches inside one another. So a listener is not handed down: it hears whatever
is told while its block lasts, and a search that solves parts says in `retold` what a part's standing means for all.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

# In a note, between what is being done and what the whole search has found by then.
SO_FAR = " | so far: "
HeardValues = Callable[[float | None, float | None], None]  # incumbent and bound; None: none yet


@dataclass(frozen=True)
class Standing:
    """A search under way. None: none yet, or no limit.

    best: the least cost found; bound: no solution costs less; both in `unit`, money as a rule
    left_s: seconds left of the limit
    """

    best: float | None = None
    bound: float | None = None
    left_s: float | None = None
    unit: str = ""

    @property
    def gap(self) -> float | None:
        """(best − bound) ÷ |best|; None where one of them is missing."""
        return None if self.best is None or self.bound is None else gap_between(self.best, self.bound)

    def times(self, factor: float, unit: str) -> Standing:
        """In another unit, of which one of this unit is so many."""
        best, bound = (None if value is None else factor * value for value in (self.best, self.bound))
        return replace(self, best=best, bound=bound, unit=unit)

    def __str__(self) -> str:
        """Such as "best 5,280 EUR, bound 5,010, gap 5.1 %, 58 s left"."""
        parts = []
        if self.best is not None:
            parts.append(f"best {_amount(self.best)} {self.unit}".rstrip())
        elif self.unit or self.bound is not None:
            parts.append("none yet")
        if self.bound is not None:
            parts.append(f"bound {_amount(self.bound)}")
        if self.gap is not None and math.isfinite(self.gap):
            parts.append(f"gap {100.0 * self.gap:.1f} %")
        if self.left_s is not None:
            parts.append(f"{max(0.0, self.left_s):.0f} s left")
        return ", ".join(parts)


Hear = Callable[[Standing], None]
_listener: ContextVar[Hear | None] = ContextVar("listener", default=None)


def gap_between(objective: float, lower_bound: float) -> float:
    """(objective − lower bound) ÷ |objective|, at least 0; infinite where only the objective is 0."""
    if objective <= lower_bound:
        return 0.0
    return (objective - lower_bound) / abs(objective) if objective != 0.0 else math.inf


@contextmanager
def heard_by(hear: Hear) -> Iterator[None]:
    """`hear` is told of every solve for as long as the block lasts, a few times a second."""
    before = _listener.set(hear)
    try:
        yield
    finally:
        _listener.reset(before)


@contextmanager
def retold(meant: Callable[[Standing], Standing]) -> Iterator[None]:
    """What is told inside goes to the listener as what it means outside: a part as the whole, hours as money."""
    hear = _listener.get()
    if hear is None:
        yield
    else:
        with heard_by(lambda standing: hear(meant(standing))):
            yield


def only_time(standing: Standing) -> Standing:
    """Of a solve whose objective is no cost."""
    return Standing(left_s=standing.left_s)


def follow(limit_s: float | None) -> HeardValues | None:
    """For one solve that begins now: what tells the listener of it; None where nobody listens."""
    hear = _listener.get()
    return None if hear is None else _Followed(hear, limit_s)


class _Followed:
    """One solve as it is told: its best never rises and its bound never falls, whatever the solver says."""

    def __init__(self, hear: Hear, limit_s: float | None) -> None:
        self._hear = hear
        self._until_s = None if limit_s is None else time.monotonic() + limit_s
        self._best, self._bound = math.inf, -math.inf

    def __call__(self, incumbent: float | None, bound: float | None) -> None:
        """Tell where it stands."""
        self._best = min(self._best, math.inf if incumbent is None else incumbent)
        self._bound = max(self._bound, -math.inf if bound is None else bound)
        left_s = None if self._until_s is None else self._until_s - time.monotonic()
        self._hear(Standing(known(self._best), known(self._bound), left_s))


def known(value: float) -> float | None:
    """The value; None where it is infinite, so that there is none yet."""
    return value if math.isfinite(value) else None


def _amount(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"
