"""What has to hold, as sums that add up over intervals: figure ≥ wanted is Σ above − wanted · Σ below ≥ 0.

A figure is a ratio of sums over the contacts of a type (service level, abandonment, mean wait …), so a promise over a
day is a sum over its intervals. `masses` gives these sums by interval, one row an independent observation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.horizon import FloatArray
from optimizer.targets import Promise, caps_of, periods_of, promises_of
from scenarios import Scenario
from sim.measures.result import Result

# A figure below a half lies on the convex part of the S-shaped curve of service over people.
CONVEX_BELOW = 0.5
_GROWS_WITH_PEOPLE = ("service_level", "answer_rate")


@dataclass(frozen=True)
class Row:
    """One promise over one period: the intervals from `first` to before `end`. label: the period in words."""

    promise: int
    first: int
    end: int
    label: str = ""


@dataclass(frozen=True)
class Promised:
    """Every promise of every type, and the rows: each of them over each of its periods."""

    promises: tuple[Promise, ...]
    rows: tuple[Row, ...]

    def of_types(self) -> Promised:
        """Without caps of groups, which come last."""
        promises = tuple(one for one in self.promises if one.scope == "contact_type")
        return Promised(promises, tuple(row for row in self.rows if row.promise < len(promises)))

    def told(self, row: Row) -> str:
        """Whose promise it is, of what, and over which period: "call service_level Mon 09:00-10:00"."""
        promise = self.promises[row.promise]
        return f"{promise.name} {promise.measure} {row.label}"

    def is_convex_at(self, row: Row, margin: float) -> bool:
        """Whether a figure that misses by so much lies where more people gain ever more."""
        promise = self.promises[row.promise]
        return promise.measure in _GROWS_WITH_PEOPLE and promise.wanted + margin < CONVEX_BELOW


def promised_by(scenario: Scenario) -> Promised:
    """The promises of a scenario's types, then the caps of its groups; `never_below` is one of its own."""
    promises: list[Promise] = []
    rows: list[Row] = []
    for promise, over in _with_periods(scenario):
        rows += [
            Row(len(promises), period.intervals.start, period.intervals.stop, period.label)
            for period in periods_of(scenario, over)
        ]
        promises.append(promise)
    return Promised(tuple(promises), tuple(rows))


def _with_periods(scenario: Scenario) -> Iterator[tuple[Promise, str]]:
    for name, declared in scenario.contact_type.items():
        target = declared.service_target
        if target is not None:
            yield from ((promise, target.over) for promise in promises_of(name, target))
            if target.never_below is not None:
                yield Promise(name, "service_level", "at least", target.never_below), "interval"
    yield from caps_of(scenario)


@dataclass(frozen=True)
class Masses:
    """Sums of one sample. above − wanted · below (or its negative, for "at most"); promises × observations × intervals.

    below: the mean denominators, promises × intervals
    """

    mass: FloatArray
    below: FloatArray

    @property
    def n_observations(self) -> int:
        """Independent observations."""
        return self.mass.shape[1]

    def and_then(self, more: Masses) -> Masses:
        """Together with further observations."""
        n, m = self.n_observations, more.n_observations
        return Masses(
            np.concatenate([self.mass, more.mass], axis=1), (n * self.below + m * more.below) / (n + m)
        )

    def mean(self) -> FloatArray:
        """Mean sums; promises × intervals."""
        return self.mass.mean(axis=1)


def masses_of(promised: Promised, result: Result) -> Masses:
    """The sums of a simulation by interval."""
    mass, below = [], []
    for promise in promised.promises:
        i = result.names(promise.scope).index(promise.name)
        above, under = result.sums_of(promise.measure, promise.scope)
        assert under is not None
        excess = above[:, i] - promise.wanted * under[:, i]
        mass.append(excess if promise.sense == "at least" else -excess)
        below.append(under[:, i].mean(axis=0))
    return Masses(np.array(mass), np.array(below))


def margins(promised: Promised, found: Masses) -> tuple[FloatArray, FloatArray]:
    """By how much each row is on the right side, and the standard error of that, both in the figure's own unit.

    Infinite where nobody came.
    """
    margin = np.full(len(promised.rows), np.inf)
    error = np.zeros(len(promised.rows))
    for r, row in enumerate(promised.rows):
        size = float(found.below[row.promise, row.first : row.end].sum())
        if size > 0.0:
            sums = found.mass[row.promise, :, row.first : row.end].sum(axis=1) / size
            margin[r] = sums.mean()
            error[r] = sums.std(ddof=1) / np.sqrt(len(sums)) if len(sums) > 1 else np.inf
    return margin, error
