"""How busy the day is for which people are needed: the day that so large a share of all days does not exceed.

A day's contacts are its expected ones times a gamma factor of mean 1 (`[busyness]`). People who hold the target up to
the factor x hold it on a share P(factor ≤ x) of days; so the requirement for a share p is that of the day whose factor
is the p-quantile (Jongbloed and Koole 2001, "Managing uncertainty in call centres using Poisson mixtures", Applied
Stochastic Models in Business and Industry 17(4)). What chance does within the day comes on top; simulation sees to it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from optimizer.targets import first_group_of
from scenarios import Scenario
from scenarios.laws import Gamma
from sim.chance.laws import quantile_of
from sim.world.rates import expected_rates


def promised_factor(scenario: Scenario, group: str) -> float:
    """Factor of the busiest day (or interval, where targets are over intervals) on which a group has to hold them.

    1 where targets hold in expectation.
    """
    probability = scenario.plan.target_probability
    mine = [name for name in scenario.contact_type if group in first_group_of(scenario, name)]
    if probability is None or not mine:
        return 1.0
    targets = [scenario.contact_type[name].service_target for name in mine]
    by_interval = any(target is not None and target.over == "interval" for target in targets)
    return busy_factor(pooled_cv(scenario, mine, by_interval=by_interval), probability)


def busy_factor(cv: float, share: float) -> float:
    """The gamma factor of mean 1 that so large a share of days does not exceed."""
    if cv == 0.0:
        return 1.0
    return quantile_of(Gamma(mean=1.0, cv=cv)).one(share)


def pooled_cv(scenario: Scenario, names: Sequence[str], *, by_interval: bool = False) -> float:
    """Coefficient of variation of the work of several types together, on a day or in an interval of it.

    cv² = Σᵢⱼ wᵢ wⱼ ρᵢⱼ cᵢ cⱼ,  w the types' shares of the work, ρ the correlation of their normal scores (nearly that
    of the factors);  in an interval + Σᵢ wᵢ² i² (1 + cᵢ²)
    """
    work = np.array([_work(scenario, name) for name in names])
    if work.sum() == 0.0:
        return 0.0
    w = work / work.sum()
    c = np.array([_day_cv(scenario, name) for name in names])
    busyness = scenario.busyness
    correlation = 0.0 if busyness is None else busyness.correlation
    rho = np.where(np.eye(len(names)) == 1.0, 1.0, correlation)
    variance = float((w * c) @ rho @ (w * c))
    if by_interval and busyness is not None:
        variance += float(np.sum(w**2 * busyness.interval_cv**2 * (1.0 + c**2)))
    return math.sqrt(variance)


def as_busy_as(scenario: Scenario, factor: float) -> Scenario:
    """The scenario with so many times the contacts of every type; replayed ones stay what they are."""
    if factor == 1.0:
        return scenario
    return scenario.changed(
        {
            f"contact_type.{name}.arrivals.factor": declared.arrivals.factor * factor
            for name, declared in scenario.contact_type.items()
            if declared.arrivals.replay is None
        }
    )


def _work(scenario: Scenario, name: str) -> float:
    """Expected seconds of talk over the horizon."""
    days = range(scenario.calendar.days)
    contacts = sum(float(expected_rates(scenario, name, day).sum()) for day in days)
    return contacts * scenario.calendar.interval_s * scenario.contact_type[name].talk_s.expected


def _day_cv(scenario: Scenario, name: str) -> float:
    declared = scenario.contact_type[name]
    if declared.arrivals.replay is not None:
        return 0.0
    common = 0.0 if scenario.busyness is None else scenario.busyness.day_cv
    return common if declared.day_cv is None else declared.day_cv
