"""What a choice of a design says: every candidate's fate, the best of them, and how well that is proven."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.design.candidates import Candidate
from optimizer.design.guardrails import Guarded, Limit, missed
from optimizer.design.screening import Screened
from optimizer.design.weighed import Weighed
from sim.measures.estimates import Estimate
from sim.measures.result import Result


@dataclass(frozen=True)
class Verdict:
    """What became of a candidate: planned, ruled out, without people, or left aside by its bound.

    bound: lower bound of its cost over the horizon
    ruled_out: limits that it cannot hold with any people
    no_plan: why there are no people for it
    """

    candidate: Candidate
    screened: Screened
    bound: float
    weighed: Weighed | None = None
    ruled_out: tuple[Guarded, ...] = ()
    no_plan: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it was not planned, and nothing is known against it but perhaps its bound."""
        return self.weighed is None and not self.ruled_out and not self.no_plan

    @property
    def holds(self) -> bool:
        """Planned, and targets and guardrails hold."""
        return self.weighed is not None and self.weighed.holds


@dataclass(frozen=True)
class Confirmed:
    """The chosen design and the baseline on draws on which nothing was searched or chosen."""

    result: Result
    baseline: Result
    cost: Estimate
    difference: Estimate
    guarded: tuple[Guarded, ...]

    @property
    def broken(self) -> tuple[Guarded, ...]:
        """Guardrails missed by more than chance explains."""
        return missed(self.guarded)


@dataclass(frozen=True)
class Choice:
    """All candidates, the first of which does nothing, and the best of them; costs over the horizon.

    status: "proven" where every other candidate is ruled out, dearer as planned, or dearer by its bound; "not proven"
    where some that could be cheaper were not planned; "none holds" without a best one
    lower_bound: no candidate that holds costs less;  gap = (cost − lower_bound) ÷ cost
    scale: how far the formulas' bounds were lowered, because a plan cost less than its bound; 1: not at all
    refused: keys of candidates that held as planned and missed a guardrail on fresh draws
    is_cut_short: the search was interrupted, and this is the best of what was planned
    """

    verdicts: tuple[Verdict, ...]
    limits: tuple[Limit, ...]
    best: Weighed | None
    confirmed: Confirmed | None
    status: str
    lower_bound: float | None
    gap: float | None
    scale: float
    n_planned: int
    refused: frozenset[str] = frozenset()
    is_cut_short: bool = False

    @property
    def baseline(self) -> Verdict:
        """Nothing is done."""
        return self.verdicts[0]

    @property
    def planned(self) -> tuple[Weighed, ...]:
        """All that were planned."""
        return tuple(verdict.weighed for verdict in self.verdicts if verdict.weighed is not None)

    @property
    def closes_most(self) -> Weighed | None:
        """Of those planned, the one whose bots close most; of several the one most like the best.

        None where no bot closes anything.
        """
        closing = {one.candidate.key: one.result.value("containment_rate") for one in self.planned}
        most = [self.planned[i] for i in those_that_close_most(list(closing.values()))]
        if self.best is None:
            return most[0] if most else None
        best = self.best.candidate
        return max(most, key=lambda one: likeness(one.candidate, best), default=None)


def those_that_close_most(containment: Sequence[float]) -> list[int]:
    """Positions of the largest rates of containment, alike within a point; none where none is above 0."""
    largest = max((share for share in containment if share > 0.0), default=math.inf)
    return [i for i, share in enumerate(containment) if share > largest - 0.01]


def likeness(one: Candidate, other: Candidate) -> int:
    """Options that both take − options that only one of them takes."""
    same = sum(option in other.options for option in one.options)
    return same - (len(one.options) - same) - (len(other.options) - same)
