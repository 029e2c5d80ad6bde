"""Induced demand: easier access brings more contacts, and more contacts lengthen the wait.

A type's demand is multiplied by f = (w(f) ÷ reference)^elasticity, where w is the model's own mean wait at that
demand: a fixed point over runs. In logarithms x = ln f each round evaluates g(x) = elasticity · ln(w ÷ reference) and
goes on by a secant, as x ← g(x) alone would swing ever further where waits rise steeply with demand.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scenarios import Scenario

MOST_ROUNDS = 10
SETTLED = 0.01  # demand would change by less than this
SHORTEST_WAIT_S = 1.0  # a wait of nothing would bring infinitely many
_FIRST_SLOPE, _STEEPEST_SLOPE = -1.0, -50.0

Waits = Callable[
    [Scenario], Mapping[str, float | None]
]  # a scenario's mean wait of each contact type, by a run


@dataclass(frozen=True)
class InducedDemand:
    """What was found: factors on demand by contact type, and the mean waits that go with them."""

    factors: Mapping[str, float]
    waits_s: Mapping[str, float]
    rounds: int
    settled: bool

    def applied(self, scenario: Scenario) -> Scenario:
        """The scenario with its demand as induced."""
        return _with(scenario, self.factors)


def induced_demand(scenario: Scenario, waits_of: Waits) -> InducedDemand | None:
    """The demand that goes with the waits it causes, after `MOST_ROUNDS` runs at most; None where none is induced."""
    types = {
        name: declared.induced
        for name, declared in scenario.contact_type.items()
        if declared.induced is not None
    }
    if not types:
        return None
    logs = {name: _Secant() for name in types}
    rounds = 0
    while True:
        rounds += 1
        factors = {name: math.exp(log.x) for name, log in logs.items()}
        found = waits_of(_with(scenario, factors))
        waits_s = {name: _wait_s(found[name], induced.reference_wait_s) for name, induced in types.items()}
        wanted = {
            name: induced.elasticity * math.log(waits_s[name] / induced.reference_wait_s)
            for name, induced in types.items()
        }
        settled = all(abs(math.expm1(wanted[name] - log.x)) < SETTLED for name, log in logs.items())
        if settled or rounds == MOST_ROUNDS:
            return InducedDemand(factors, waits_s, rounds, settled)
        for name, log in logs.items():
            log.go_on(wanted[name])


def _wait_s(found: float | None, reference_s: float) -> float:
    """At least a second; where nobody waited or came, as the reference says."""
    return reference_s if found is None else max(found, SHORTEST_WAIT_S)


def _with(scenario: Scenario, factors: Mapping[str, float]) -> Scenario:
    return scenario.changed(
        {
            f"contact_type.{name}.arrivals.factor": scenario.contact_type[name].arrivals.factor * factor
            for name, factor in factors.items()
        }
    )


class _Secant:
    """One type on its way to x = g(x), where g falls."""

    def __init__(self) -> None:
        self.x = 0.0
        self._slope = _FIRST_SLOPE
        self._before: tuple[float, float] | None = None

    def go_on(self, wanted: float) -> None:
        """From g at the present x to the next x:  x + (g − x) ÷ (1 − slope)."""
        if self._before is not None and self.x != self._before[0]:
            slope = (wanted - self._before[1]) / (self.x - self._before[0])
            self._slope = min(max(slope, _STEEPEST_SLOPE), 0.0)
        self._before = (self.x, wanted)
        self.x += (wanted - self.x) / (1.0 - self._slope)
