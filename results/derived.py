"""Figures of a run by name, with those that only reports tell: unmet needs, people present at the peak."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from sim import paired
from sim.measures.estimates import NOTHING, Estimate, FloatArray, half_width_of
from sim.measures.result import Result, Series
from sim.measures.scopes import Scope


def unmet_needs(result: Result) -> Series:
    """Needs − needs met, per replication; a need still open at the end of the run-out is unmet."""
    needs, met = (result.series(measure).numerator for measure in ("needs", "needs_met"))
    return Series(needs - met, None)


def peak_people(result: Result) -> Series | None:
    """Mean number of people present in the fullest interval; needs a run that kept its intervals."""
    if not result.by_interval:
        return None
    interval_h = result.world.interval_s / 3600.0
    present = np.array(
        [result.series("present_h", interval=i).numerator for i in range(result.world.n_intervals)]
    )
    fullest = int(np.argmax(present.mean(axis=1)))
    return Series(present[fullest] / interval_h, None)


_DERIVED: dict[str, Callable[[Result], Series | None]] = {
    "unmet_needs": unmet_needs,
    "peak_people": peak_people,
}


def figure(result: Result, measure: str, scope: Scope = "total", name: str = "") -> Estimate:
    """A measure of the run, or a derived one; nothing where the run cannot tell it."""
    if measure not in _DERIVED:
        return result.estimate(measure, scope, name)
    series = _DERIVED[measure](result)
    return NOTHING if series is None else series.estimate


def difference(design: Result, reference: Result, measure: str) -> Estimate:
    """Design − reference on the same customers, of a measure or a derived one."""
    if measure not in _DERIVED:
        return paired.difference(design, reference, measure)
    ours, theirs = (_DERIVED[measure](run) for run in (design, reference))
    if ours is None or theirs is None:
        return NOTHING
    return change(ours.influences, theirs.influences)


def change(ours: tuple[float, FloatArray], theirs: tuple[float, FloatArray]) -> Estimate:
    """The difference of two figures of the same replications, by the spread of the difference of their influences."""
    value = ours[0] - theirs[0]
    return NOTHING if math.isnan(value) else Estimate(value, half_width_of(ours[1] - theirs[1]))
