"""Experience made ready to run: effort of attempts, what a customer had expected, and what follows for a need.

    effort       = Σ over attempts: per wait × wait + (per_contact | per_transfer) + per_bot_loop [bot did not solve]
    expected     = per wait × W + per_contact × contacts,   W lognormal, mean wait_s (1 + drift)^−years, own draw
    satisfaction = clip(base + above max(0, expected − effort) + below max(0, effort − expected)
                        + resolved [met] + lift [delighted], 0, 1)
    churn risk   = stated_to_real clip(base + unresolved [not met], 0, 1) (1 − satisfaction)

Each formula stands here once for columns, as the tally of the readable engine's rows takes it; `sim.kernel.experience`
is its compiled twin.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenarios import Scenario
from scenarios.contact_types import ContactType
from scenarios.experience import Delight, Effort, Expectation
from scenarios.experience import Experience as Declared
from scenarios.laws import Constant, Lognormal
from sim.chance.laws import Quantile, quantile_of

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

YEAR_S = 365.25 * 86400.0
_MINUTE_S, _HOUR_S = 60.0, 3600.0
_NO_DELIGHT = Delight(share=0.0, talk_s=0.0, lift=0.0)


@dataclass(frozen=True)
class ExpectedEffort:
    """What customers of a type expect: effort of contacts, and a wait that grows shorter from year to year."""

    of_contacts: float
    per_wait_s: float
    wait_s: Quantile  # at the start of the horizon
    growth_per_year: float  # 1 + drift

    def of_needs(self, u: FloatArray, began_s: FloatArray) -> FloatArray:
        """The effort that each customer expects, by a number of its own and the moment of the first contact."""
        wait_s = self.wait_s.many(u) * self.growth_per_year ** (-began_s / YEAR_S)
        return self.of_contacts + self.per_wait_s * wait_s


@dataclass(frozen=True)
class Experience:
    """The coefficients, and by contact type what a second of waiting costs and what is expected."""

    declared: Declared
    per_wait_s: tuple[float, ...]
    expected: tuple[ExpectedEffort | None, ...]

    @property
    def delight(self) -> Delight:
        """What delights; nobody, where the scenario says nothing of it."""
        return self.declared.delight or _NO_DELIGHT

    def satisfaction(
        self, effort: FloatArray, expected: FloatArray, met: BoolArray, delighted: BoolArray
    ) -> FloatArray:
        """Of needs: above and below expectation, and with resolution and delight."""
        of = self.declared.satisfaction
        above, below = np.maximum(expected - effort, 0.0), np.maximum(effort - expected, 0.0)
        found = of.base + of.above_expectation * above + of.below_expectation * below
        found = found + np.where(met, of.resolved, 0.0) + np.where(delighted, self.delight.lift, 0.0)
        return np.minimum(np.maximum(found, 0.0), 1.0)

    def churn_risk(self, satisfaction: FloatArray, met: BoolArray) -> FloatArray:
        """Of needs: the chance that the customer leaves for good."""
        return np.where(met, self.leaves(met=True), self.leaves(met=False)) * (1.0 - satisfaction)

    def leaves(self, *, met: bool) -> float:
        """The churn risk of the wholly dissatisfied."""
        of = self.declared.churn
        return of.stated_to_real * min(of.base + (0.0 if met else of.unresolved), 1.0)


def experience_of(scenario: Scenario) -> Experience | None:
    """The experience model of a scenario that has one."""
    declared = scenario.experience
    if declared is None:
        return None
    types = tuple(scenario.contact_type.values())
    per_wait_s = tuple(_per_wait_s(declared.effort, of_type) for of_type in types)
    expected = tuple(
        None if of_type.expectation is None else _expected(of_type.expectation, declared.effort, per_s)
        for of_type, per_s in zip(types, per_wait_s, strict=True)
    )
    return Experience(declared, per_wait_s, expected)


def _per_wait_s(effort: Effort, contact_type: ContactType) -> float:
    """The effort of a second of waiting: in a line, or for somebody to begin."""
    if contact_type.is_deferred:
        return effort.per_deferred_h / _HOUR_S
    return effort.per_wait_min / _MINUTE_S


def _expected(expectation: Expectation, effort: Effort, per_wait_s: float) -> ExpectedEffort:
    mean, cv = expectation.wait_s, expectation.wait_cv
    law = Lognormal(mean=mean, cv=cv) if mean > 0.0 and cv > 0.0 else Constant(value=mean)
    return ExpectedEffort(
        of_contacts=effort.per_contact * expectation.contacts,
        per_wait_s=per_wait_s,
        wait_s=quantile_of(law),
        growth_per_year=1.0 + expectation.drift_per_year,
    )
