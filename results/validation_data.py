"""A validation as JSON: `validation` as the format has it, and what was found about coverage and causes."""

from __future__ import annotations

from typing import Any

from calibration.demand.found import OddDay, clock
from calibration.validating.comparing import Row
from calibration.validating.validation import Part, Validation
from results.validation_words import verdict


def validation_data(found: Validation, seconds: float) -> dict[str, Any]:
    """One object. `validation`: rows of measure, scope, name, observed, predicted, low, high (90 % limits)."""
    return {
        "scenario": found.scenario,
        "seed": found.seed,
        "replications": found.replications,
        "seconds": round(seconds, 3),
        "contacts": found.n_contacts,
        "first_day": found.first_day.isoformat(),
        "last_day": found.last_day.isoformat(),
        "people": {
            "source": found.people,
            "inferred": found.people_inferred,
            "hours": round(found.people_h, 2),
        },
        "left_out": [{"reason": reason, "contacts": n} for reason, n in found.left_out.items()],
        "surges": [_surge(one) for one in found.surges],
        "validation": [_row(one) for one in found.rows],
        "all_days": _part(found.whole),
        "usual_days": None if found.usual is None else _part(found.usual),
    }


def _row(one: Row) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "scope": one.scope,
        "name": one.name,
        "observed": one.observed,
        "predicted": one.predicted,
        "low": one.low,
        "high": one.high,
    }


def _surge(one: OddDay) -> dict[str, Any]:
    return {
        "day": one.date.isoformat(),
        "from": clock(one.first, one.interval_s),
        "to": clock(one.past, one.interval_s),
        "contacts": one.observed,
        "usual": one.usual,
    }


def _part(part: Part) -> dict[str, Any]:
    worst = part.blame.hurts_most
    return {
        "days": [day.isoformat() for day in part.days],
        "totals": [_row(one) for one in part.totals],
        "coverage": {
            measure: {
                "share": one.share,
                "of_a_right_model": one.expected,
                "low": one.low,
                "high": one.high,
                "intervals": one.n,
            }
            for measure, one in part.coverage.items()
        },
        "errors": {
            measure: {"mean_absolute": one.mean_absolute, "share_of_what_was_counted": one.weighted_share}
            for measure, one in part.errors.items()
        },
        "misfit": {
            "value": part.misfit.value,
            "by_chance": part.misfit.by_chance,
            "by_chance_at_most": part.misfit.by_chance_at_most,
        },
        "hurts_most": None if worst is None else worst.name,
        "says": verdict(part),
        "held_otherwise": [
            {
                "assumption": one.name,
                "change": one.change,
                "own": one.own,
                "misfit": one.misfit.value,
                "totals": {row.measure: row.predicted for row in one.totals},
            }
            for one in part.blame.tried
        ],
    }
