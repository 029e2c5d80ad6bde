"""The needs of a type on one day: those that arise, those that are prevented, and those that become contacts."""

from __future__ import annotations

import numpy as np

from sim.chance.sample import Sample
from sim.world.arrivals import FloatArray, Needs, needs_of_day
from sim.world.hours import DAY_S
from sim.world.rates import Steps, daily_steps
from sim.world.world import TypeModel, World


def needs_that_come(contact_type: TypeModel, steps: Steps, sample: Sample, day: int) -> Needs:
    """The needs that become contacts; `steps` is what the type expects through the day."""
    needs = needs_that_arise(contact_type, steps, sample, day)
    prevention = contact_type.prevention
    return needs if prevention is None else needs.among(~prevention.prevents(needs, sample, day))


def needs_that_arise(contact_type: TypeModel, steps: Steps, sample: Sample, day: int) -> Needs:
    """All needs of the day, as busy as it and its intervals are; or those of a file."""
    if contact_type.replay is not None:
        return contact_type.replay.needs_of_day(sample, contact_type.stream, day)
    factor, stream = contact_type.day_factor, contact_type.stream
    busyness = 1.0 if factor is None else factor.at(sample, stream, day)
    intervals = contact_type.interval_factors
    if intervals is not None:
        steps = intervals.applied(steps, intervals.of_day(sample, [stream], day)[0])
    return needs_of_day(steps, busyness, sample, stream, day)


def n_prevented(world: World, contact_type: TypeModel, sample: Sample, edges_s: FloatArray) -> FloatArray:
    """How many needs of a type are prevented between consecutive moments of the horizon."""
    found = np.zeros(len(edges_s) - 1)
    prevention = contact_type.prevention
    if prevention is None:
        return found
    for day in range(int(edges_s[0] // DAY_S), int(-(-edges_s[-1] // DAY_S))):
        steps = daily_steps(world.scenario, contact_type.name, day)
        needs = needs_that_arise(contact_type, steps, sample, day)
        prevented = needs.among(prevention.prevents(needs, sample, day))
        found += np.histogram(day * DAY_S + prevented.arrived_s, edges_s)[0]
    return found
