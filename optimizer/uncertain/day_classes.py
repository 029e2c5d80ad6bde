"""Days told apart by how busy they are: equally likely classes, from the quietest to the busiest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.horizon import FloatArray, IntArray
from optimizer.requirement.busy_days import busy_factor, pooled_cv
from scenarios import Scenario
from sim.chance.sample import Sample
from sim.world.rates import expected_rates
from sim.world.world import TypeModel, world_of


@dataclass(frozen=True)
class DayClasses:
    """Class k holds the days whose factor lies between edges[k − 1] and edges[k]; the outermost are open.

    levels: the factor for which each class is staffed: its busiest day's, but never beyond the share of days on which
    the target is promised at all; on busier days there are as many people as on that one
    """

    edges: FloatArray
    levels: FloatArray

    @property
    def n(self) -> int:
        """How many classes there are, each as likely as the others."""
        return len(self.levels)

    def of(self, factors: FloatArray) -> IntArray:
        """The class of each day by its factor."""
        return np.searchsorted(self.edges, factors, side="left").astype(np.int64)


def day_classes(scenario: Scenario) -> DayClasses:
    """The classes that a scenario's plan tells apart: quantiles of the gamma factor of all its work together."""
    plan = scenario.plan
    n = 1 if plan.on_the_day is None else plan.on_the_day.classes
    cv = pooled_cv(scenario, list(scenario.contact_type))
    edges = np.array([busy_factor(cv, k / n) for k in range(1, n)])
    promised = busy_factor(cv, plan.target_probability or 0.5)
    return DayClasses(edges, np.minimum(np.append(edges, np.inf), promised))


def factors_of_days(scenario: Scenario, samples: Sequence[Sample]) -> FloatArray:
    """How busy each day of each sample is, as the simulation draws it: all types by their work; samples × days.

    factor = Σᵢ wᵢ fᵢ ÷ Σᵢ wᵢ,  wᵢ the expected work of type i on that day, fᵢ its factor; 1 where nobody comes
    """
    days = range(scenario.calendar.days)
    names = list(scenario.contact_type)
    types = world_of(scenario).types[: len(names)]
    work = np.array([[_work(scenario, name, day) for name in names] for day in days])
    drawn = np.array([[[_factor(kind, s, day) for kind in types] for day in days] for s in samples])
    total = work.sum(axis=1)
    weighted = (drawn * work).sum(axis=2)
    return np.divide(weighted, total, out=np.ones_like(weighted), where=total > 0.0)


def _factor(kind: TypeModel, sample: Sample, day: int) -> float:
    return 1.0 if kind.day_factor is None else kind.day_factor.at(sample, kind.stream, day)


def _work(scenario: Scenario, name: str, day: int) -> float:
    contacts = float(expected_rates(scenario, name, day).sum()) * scenario.calendar.interval_s
    return contacts * scenario.contact_type[name].talk_s.expected
