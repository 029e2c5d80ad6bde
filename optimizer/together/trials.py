"""Trials: people put into the simulation, and how well they hold what was promised.

All trials draw the same customers (common random numbers), so that differences between them are differences of
people. Replications are numbered from where the search draws, so that no confirmation ever sees them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from copy import copy
from dataclasses import dataclass
from functools import partial

from optimizer.horizon import FloatArray
from optimizer.together.many_days import COPIES, as_many, as_one, stands_alone
from optimizer.together.promised import Masses, Promised, margins, masses_of, promised_by
from scenarios import Scenario
from sim.replicate import Asked, run
from sim.workers import in_order

Note = Callable[[str], None]
# Judged held or missed when so many standard errors away from the promise; one row of a hundred errs by chance.
SURE = 2.6
_GROWTH = 3
_ALLOWED = 0.5  # standard errors above a promise, where people are sought that hold it


@dataclass(frozen=True)
class Verdict:
    """What a trial says: margins of the rows with their standard errors, and whether all hold."""

    found: Masses
    margin: FloatArray
    error: FloatArray

    @property
    def worst(self) -> float:
        """The smallest margin."""
        return float(self.margin.min(initial=math.inf))

    @property
    def holds(self) -> bool:
        """Whether every row is on the right side."""
        return self.worst >= 0.0

    def allowance(self) -> FloatArray:
        """By how much each row should be above its promise, as of many people tried some hold by chance."""
        return _ALLOWED * self.error

    @property
    def is_sure(self) -> bool:
        """Whether chance explains neither a miss where there is one, nor that all hold."""
        clearly_missed = bool((self.margin < -SURE * self.error).any())
        return clearly_missed or bool((self.margin >= SURE * self.error).all())


class Trials:
    """Simulations of one scenario with different people."""

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        first: int,
        executor: Executor | None = None,
        streams: Mapping[str, int] | None = None,
        note: Note | None = None,
    ) -> None:
        self.promised: Promised = promised_by(scenario)
        self.seed = seed
        self.first = first
        self.executor = executor
        self.streams = streams
        self.note = note or (lambda _: None)
        self.by_copies = stands_alone(scenario)

    def of_types(self) -> Trials:
        """The same by the promises of types alone, for other groups than the scenario's own."""
        alike = copy(self)
        alike.promised = self.promised.of_types()
        return alike

    def masses(self, scenarios: Sequence[Scenario], observations: int, skip: int = 0) -> list[Masses]:
        """Sums of each scenario over so many observations, after the first `skip`; in parallel, in order."""
        one = partial(self._masses, observations=observations, skip=skip)
        found = []
        for _, masses in in_order(self.executor, one, scenarios):
            found.append(masses)
            if len(scenarios) > 1:
                self.note(f"{len(found)} of {len(scenarios)} trials")
        return found

    def verdict(self, found: Masses) -> Verdict:
        """Sums as margins."""
        return Verdict(found, *margins(self.promised, found))

    def look(self, scenario: Scenario, observations: int) -> Verdict:
        """One scenario on so many observations."""
        return self.verdict(self.masses([scenario], observations)[0])

    def judge(self, scenario: Scenario, least: int, most: int) -> Verdict:
        """One scenario on ever more observations, until it is sure whether it holds, or there are `most`."""
        found = self.masses([scenario], least)[0]
        while not self.verdict(found).is_sure and found.n_observations < most:
            more = min(most, found.n_observations * _GROWTH) - found.n_observations
            found = found.and_then(self.masses([scenario], more, found.n_observations)[0])
        return self.verdict(found)

    def _masses(self, scenario: Scenario, observations: int, skip: int) -> Masses:
        per_replication = COPIES if self.by_copies else 1
        replications = math.ceil(observations / per_replication)
        first = self.first + skip // per_replication
        asked = Asked(self.seed, max(replications, 1), by_interval=True, first_replication=first)
        shown = as_many(scenario) if self.by_copies else scenario
        found = masses_of(self.promised, run(shown, asked, streams=self.streams))
        return as_one(found) if self.by_copies else found
