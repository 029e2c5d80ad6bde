"""Designs against a baseline on the same customers: differences with the intervals that pairing earns.

Both results must come from the same seed, replications and scheme of draws, with types numbered alike
(`streams_of`): then needs, patience and talk are the same, and what differs is the design.
"""

from __future__ import annotations

import math

import numpy as np

from scenarios import Scenario
from sim.chance.sample import Scheme
from sim.measures.estimates import NOTHING, Estimate, estimate, half_width_of
from sim.measures.result import PERCENTILES, Result
from sim.measures.scopes import Scope


def streams_of(baseline: Scenario) -> dict[str, int]:
    """The number of each contact type's stream: its position in the baseline."""
    return {name: i for i, name in enumerate(baseline.contact_type)}


def difference(
    design: Result, baseline: Result, measure: str, scope: Scope = "total", name: str = ""
) -> Estimate:
    """Design − baseline, with the half-width of the paired difference.

    Influences of the two ratios are subtracted observation by observation before their spread is taken.
    None where either side has no such figure.
    """
    _require_pairs(design, baseline)
    if not _both_have(design, baseline, scope, name):
        return NOTHING
    if measure in PERCENTILES:
        ours, theirs = (run.percentile_influences(measure, scope, name) for run in (design, baseline))
    else:
        ours, theirs = (run.series(measure, scope, name).influences for run in (design, baseline))
    change = ours[0] - theirs[0]
    if math.isnan(change):
        return NOTHING
    spread = ours[1] - theirs[1]
    return Estimate(change, None if np.isnan(spread).any() else half_width_of(spread))


def deflection_rate(design: Result, baseline: Result, scope: Scope = "total", name: str = "") -> Estimate:
    """1 − needs that asked for or were sent to a person ÷ the same in the baseline. Nothing, if one lacks the name."""
    _require_pairs(design, baseline)
    if not _both_have(design, baseline, scope, name):
        return NOTHING
    ours, theirs = (run.series("wanted_a_person", scope, name).numerator for run in (design, baseline))
    ratio = estimate(ours, theirs)
    return Estimate(None if ratio.value is None else 1.0 - ratio.value, ratio.half_width)


def _both_have(design: Result, baseline: Result, scope: Scope, name: str) -> bool:
    return not name or (name in design.names(scope) and name in baseline.names(scope))


def _require_pairs(design: Result, baseline: Result) -> None:
    if _draws_of(design) != _draws_of(baseline):
        raise ValueError("paired results need the same scheme, the same seed and the same replications")


def _draws_of(result: Result) -> tuple[int, int, Scheme]:
    return result.seed, result.replications, result.scheme
