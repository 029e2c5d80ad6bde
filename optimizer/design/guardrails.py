"""Guardrails on a simulation: which limits there are, what was found, and whether chance explains a miss."""

from __future__ import annotations

import math
from dataclasses import dataclass

from optimizer.figure_words import found_of, name_of, text_of
from optimizer.targets import two_sided
from scenarios import Scenario
from scenarios.guardrails import OF_THE_CENTER, Sense
from sim.measures.estimates import Estimate
from sim.measures.result import Result
from sim.measures.scopes import Scope


@dataclass(frozen=True)
class Limit:
    """A measure that a design must hold, of the whole center or of one contact type."""

    measure: str
    sense: Sense
    wanted: float
    contact_type: str = ""

    @property
    def scope(self) -> Scope:
        """Whom it speaks of."""
        return "contact_type" if self.contact_type else "total"

    @property
    def improves_with_people(self) -> bool:
        """Whether people enough for everybody at once are the best there can be: of what customers get."""
        return self.measure not in OF_THE_CENTER

    def __str__(self) -> str:
        """The limit in words."""
        of = f" of {self.contact_type}" if self.contact_type else ""
        return f"{name_of(self.measure)}{of} {self.sense} {text_of(self.measure, self.wanted)}"


@dataclass(frozen=True)
class Guarded:
    """A limit and what a simulation says of it; held within chance where the miss is no larger than chance explains."""

    limit: Limit
    found: Estimate

    @property
    def margin(self) -> float:
        """By how much it is on the right side; negative when missed, infinite where there is nothing to hold."""
        if self.found.value is None:
            return math.inf
        change = self.found.value - self.limit.wanted
        return change if self.limit.sense == "at least" else -change

    def clearly_missed(self, n_limits: int) -> bool:
        """Missed by more than chance explains, with so many limits looked at (Bonferroni, 95 % in all)."""
        wider = two_sided(0.05 / n_limits) / two_sided(0.05)
        return self.margin < -wider * (self.found.half_width or 0.0)

    def __str__(self) -> str:
        """What was found, and what was wanted."""
        limit, found = self.limit, self.found
        value = "nothing" if found.value is None else found_of(limit.measure, found.value, found.half_width)
        of = f" of {limit.contact_type}" if limit.contact_type else ""
        wanted = text_of(limit.measure, limit.wanted)
        return f"{name_of(limit.measure)}{of} {value}, wanted {limit.sense} {wanted}"


def limits_of(scenario: Scenario) -> tuple[Limit, ...]:
    """Every limit of the scenario's guardrails."""
    return tuple(
        Limit(measure, sense, wanted, contact_type)
        for measure, guardrail in scenario.plan.guardrail.items()
        for sense, wanted in guardrail.limits(measure)
        for contact_type in (guardrail.contact_types or ("",))
    )


def guarded(limits: tuple[Limit, ...], result: Result) -> tuple[Guarded, ...]:
    """What a simulation says of every limit."""
    return tuple(
        Guarded(limit, result.estimate(limit.measure, limit.scope, limit.contact_type)) for limit in limits
    )


def missed(found: tuple[Guarded, ...]) -> tuple[Guarded, ...]:
    """Those that are clearly missed."""
    return tuple(one for one in found if one.clearly_missed(len(found)))


def hopeless(limits: tuple[Limit, ...], with_enough_people: Result) -> tuple[Guarded, ...]:
    """Limits that are clearly missed even with people enough for everybody at once: no staffing can hold them."""
    found = guarded(limits, with_enough_people)
    return tuple(one for one in missed(found) if one.limit.improves_with_people)
