"""Days simulated with the people of their class: each drawn from the whole busyness model, then told by its class.

A replication with days of several classes is run once with the people of each, and every day is taken from the run
with its own; what days hand to each other (who calls again on the next one) then comes from days of one class.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from optimizer.horizon import FloatArray, IntArray
from optimizer.targets import held_in, promised
from optimizer.uncertain.day_classes import DayClasses, factors_of_days
from optimizer.uncertain.people import DayActions
from scenarios import Scenario
from sim.chance.sample import Sample
from sim.engines import Engine, engine_of
from sim.measures.estimates import Estimate, estimate
from sim.measures.result import Result
from sim.records.totals import Totals
from sim.replicate import Asked
from sim.world.world import world_of

_BY_INTERVAL = (
    "attempts",
    "services",
    "needs",
    "queue_s",
    "session_s",
    "work_s",
    "due_s",
    "overtime_s",
    "deferred_s",
    "chatting_s",
    "chats_s",
)


def samples_of(asked: Asked) -> list[Sample]:
    """The draws of the replications that are asked for."""
    first = asked.first_replication
    return [Sample(asked.seed, r, asked.scheme) for r in range(first, first + asked.replications)]


def classes_of_days(scenario: Scenario, classes: DayClasses, asked: Asked) -> IntArray:
    """The class of each day of each replication."""
    return classes.of(factors_of_days(scenario, samples_of(asked)))


def simulate_days(
    scenario: Scenario, actions: Mapping[str, DayActions], class_of: IntArray, asked: Asked
) -> Result:
    """Replications by interval, each day with the people of its class."""
    began = time.perf_counter()
    engines = [_engine(scenario, actions, k) for k in range(_n_classes(actions))]
    per_day = scenario.calendar.n_intervals_per_day
    totals = [
        _one(engines, sample, classes, per_day)
        for sample, classes in zip(samples_of(asked), class_of, strict=True)
    ]
    seconds = time.perf_counter() - began
    return Result(scenario, asked.seed, tuple(totals), True, seconds, asked.engine, asked.scheme)


def cost_on_days(shifts_cost: float, actions: Mapping[str, DayActions], class_of: IntArray) -> Estimate:
    """Cost of the horizon over simulated replications, with its interval."""
    days = np.arange(class_of.shape[1])
    done = sum((one.cost[class_of, days].sum(axis=1) for one in actions.values()), np.zeros(len(class_of)))
    return estimate(shifts_cost + done, None)


def held_by_class(scenario: Scenario, result: Result, class_of: IntArray, n_classes: int) -> FloatArray:
    """Of what was promised on days of each class, the share that held; NaN where there was no such day.

    What is promised over weeks belongs to no class.
    """
    per_day = scenario.calendar.n_intervals_per_day
    kept, among = np.zeros(n_classes), np.zeros(n_classes)
    for promise, period in promised(scenario):
        day = period.intervals.start // per_day
        if (period.intervals.stop - 1) // per_day == day:
            days = held_in(promise, [promise.name], period, result)
            kept += np.bincount(class_of[:, day], weights=days, minlength=n_classes)
            among += np.bincount(class_of[:, day], minlength=n_classes)
    return np.divide(kept, among, out=np.full(n_classes, np.nan), where=among > 0.0)


def _n_classes(actions: Mapping[str, DayActions]) -> int:
    return len(next(iter(actions.values())).present)


def _engine(scenario: Scenario, actions: Mapping[str, DayActions], k: int) -> Engine:
    people = {
        f"agent_group.{group}.agents": {"present_per_interval": one.present[k].ravel().tolist()}
        for group, one in actions.items()
    }
    engine = engine_of("compiled", world_of(scenario.changed(people)), None)
    engine.prepare()
    return engine


def _one(engines: Sequence[Engine], sample: Sample, classes: IntArray, per_day: int) -> Totals:
    """One replication, put together from the runs with the people of each of its classes."""
    runs = {int(k): engines[k].totals(sample, True) for k in np.unique(classes)}
    last = runs[int(classes[-1])]
    if len(runs) == 1:
        return last
    put_together = {
        name: np.concatenate(
            [
                getattr(runs[int(k)], name)[:, day * per_day : (day + 1) * per_day]
                for day, k in enumerate(classes)
            ],
            axis=1,
        )
        for name in _BY_INTERVAL
    }
    # Waits are counted over the whole horizon: no percentile can be told of days put together.
    return replace(
        last,
        **put_together,
        waits=np.zeros_like(last.waits),
        n_attempts=sum(run.n_attempts for run in runs.values()),
    )
