"""What makes agents of a group differ: each one's own speed, newcomers in ramp-up, and people who leave.

A position is a seat that one person after the other takes. A person's traits belong to the replication: they are
drawn once from (group, position, how manyth person in it) and stay, day after day. Traits of a day hold from midnight
to midnight; days before the horizon are as its first.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scenarios import Scenario
from sim.chance.draws import Owner, Purpose, Uint64Array, fold_many
from sim.chance.normal import normal_quantiles
from sim.chance.sample import Sample
from sim.world.knowledge import KnowledgeModel, knowledge_of

FloatArray = npt.NDArray[np.float64]
DAYS_PER_WEEK = 7.0
DAYS_PER_YEAR = 365.25


class Factors(NamedTuple):
    """What the people in a group's positions make of its talk times and resolution rates on a day."""

    talk: FloatArray
    resolution: FloatArray


class People(NamedTuple):
    """Who sits in each position on a day: how manyth person, and for how many days by then."""

    number: npt.NDArray[np.int64]
    days_there: FloatArray


@dataclass(frozen=True)
class Ramp:
    """How newcomers learn: both factors run in a straight line to 1 over so many days.

    `share` of the people are newcomers on the first day, at any point of their ramp-up alike; None: as many as
    attrition keeps there. `assist_factor` is what a newcomer's talk with agent assist is multiplied by, over and
    above what everybody's is, on the first day.
    """

    days: float
    talk_factor: float
    resolution_factor: float
    share: float | None
    assist_factor: float = 1.0

    def factors(self, days_there: FloatArray) -> Factors:
        """Factors of people who have been there for so many days."""
        learned = np.minimum(days_there / self.days, 1.0)
        talk, resolution, assist = (
            factor + (1.0 - factor) * learned
            for factor in (self.talk_factor, self.resolution_factor, self.assist_factor)
        )
        return Factors(talk * assist, resolution)


@dataclass(frozen=True)
class Traits:
    """How the people of a group differ. `spread` is the standard deviation of the log of their speed (mean 1)."""

    group: int
    n_positions: int
    spread: float
    ramp: Ramp | None
    leavers_per_day: float  # of one position
    knowledge: KnowledgeModel | None = None

    @property
    def change_by_day(self) -> bool:
        """Whether days differ; if not, the first one's factors hold for all."""
        decays = self.knowledge is not None and self.knowledge.changes_by_day
        return self.ramp is not None or self.leavers_per_day > 0.0 or decays

    def factors(self, sample: Sample, day: int) -> Factors:
        """Each position's factors on a day."""
        keys = fold_many(sample.key_of(Owner.SEAT, self.group), np.arange(self.n_positions))
        people = self.people(sample, keys, max(day, 0))
        score = normal_quantiles(sample.uniforms_at(keys, Purpose.TALK_SPREAD, people.number))
        talk, spread = self._as_known(day)
        speed = talk * np.exp(spread * score - 0.5 * spread * spread)
        if self.ramp is None:
            return Factors(speed, np.ones(self.n_positions))
        learning = self.ramp.factors(people.days_there)
        return Factors(speed * learning.talk, learning.resolution)

    def _as_known(self, day: int) -> tuple[float, float]:
        """Factor on everybody's talk, and spread between agents, with the knowledge of a day."""
        if self.knowledge is None:
            return 1.0, self.spread
        return self.knowledge.talk_factor(day), self.spread * self.knowledge.spread_factor(day)

    def people(self, sample: Sample, keys: Uint64Array, day: int) -> People:
        """Who is there on a day: of those who leave one after the other, the first who has not left by midnight."""
        number = np.zeros(len(keys), dtype=np.int64)
        came = -self._days_before(sample, keys)
        if self.leavers_per_day > 0.0:
            leaves = self._stays_days(sample, keys, number)
            while (gone := leaves <= day).any():
                number[gone] += 1
                came[gone] = leaves[gone]
                leaves[gone] += self._stays_days(sample, keys[gone], number[gone])
        return People(number, day - came)

    def _stays_days(self, sample: Sample, keys: Uint64Array, number: npt.NDArray[np.int64]) -> FloatArray:
        """How long a person stays, the first counted from the horizon's start: exponential, whatever the tenure."""
        return -np.log(1.0 - sample.uniforms_at(keys, Purpose.STAYS, number)) / self.leavers_per_day

    def _days_before(self, sample: Sample, keys: Uint64Array) -> FloatArray:
        """For how many days the first person has been there when the horizon starts."""
        if self.ramp is None:
            return np.zeros(len(keys))
        u = sample.uniforms(keys, Purpose.DAYS_THERE)
        if self.ramp.share is None:
            return -np.log(1.0 - u) / self.leavers_per_day
        is_newcomer = sample.uniforms(keys, Purpose.NEWCOMER) < self.ramp.share
        return np.where(is_newcomer, u * self.ramp.days, math.inf)


def traits_of(scenario: Scenario, group_name: str, group: int, n_positions: int) -> Traits | None:
    """The traits of a group; None where everybody is like everybody else."""
    declared = scenario.agent_group[group_name]
    assist = scenario.assist if scenario.assist and group_name in scenario.assist.groups else None
    traits = Traits(
        group=group,
        n_positions=n_positions,
        spread=declared.talk_spread * (assist.spread_factor if assist else 1.0),
        ramp=_ramp(scenario, group_name),
        leavers_per_day=declared.attrition_per_year / DAYS_PER_YEAR,
        knowledge=knowledge_of(scenario),
    )
    same = traits.spread == 0.0 and traits.ramp is None and traits.knowledge is None
    return None if same else traits


def _ramp(scenario: Scenario, group_name: str) -> Ramp | None:
    newcomers, assist = scenario.agent_group[group_name].newcomers, scenario.assist
    if newcomers is None:
        return None
    assist_factor = 1.0
    if assist and group_name in assist.groups and assist.newcomer_talk_factor is not None:
        assist_factor = assist.newcomer_talk_factor / assist.talk_factor
    return Ramp(
        days=newcomers.weeks * DAYS_PER_WEEK,
        talk_factor=newcomers.talk_factor,
        resolution_factor=newcomers.resolution_factor,
        share=newcomers.share,
        assist_factor=assist_factor,
    )
