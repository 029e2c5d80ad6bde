"""Statements of service: talk, wrap-up, patience with balking, and the threshold of short abandons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import exp, log1p, sqrt
from typing import Any

from calibration.composing.center import Center, Service
from calibration.composing.law_values import law_value
from calibration.composing.statements import Grade, Statement, assumed
from calibration.estimate import Estimate

SEEN = 2.0
"""A difference between people below so many of its standard errors is not stated."""
TARGET = {"share": 0.80, "awt_s": 20, "over": "day"}


def service_statements(center: Center, record: str) -> Iterator[tuple[str, Statement]]:
    """Of each contact type."""
    spread = talk_spread(center)
    for name, found in zip(center.types.names, center.service, strict=True):
        key = f"contact_type.{name}"
        yield f"{key}.channel", assumed("voice", "the record does not say")
        yield f"{key}.talk_s", _talk(found, spread, record)
        yield from _wrap_up(found, key, record)
        yield from _patience(found, key, record)
        yield f"{key}.service_target", assumed(TARGET, "80 % within 20 s, the usual promise; set your own")


def talk_spread(center: Center) -> Estimate | None:
    """How people differ, where it can be told and every type's talk can be parted from it: lognormal bodies only."""
    found = center.people.talk_spread
    if found.standard_error is None or found.value <= SEEN * found.standard_error:
        return None
    bodies = [body for service in center.service for body in _bodies(service.by_time.law)]
    within = all(body["law"] == "lognormal" and log1p(body["cv"] ** 2) > found.value**2 for body in bodies)
    return found if within else None


def _bodies(law: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The laws of conversations: hang-ups apart, every part of the day."""
    if "by" in law:
        return [body for part in law["by"] for body in _bodies(part["law"])]
    return _bodies(law["of"][-1]["law"]) if law["law"] == "mixture" else [law]


def _talk(found: Service, spread: Estimate | None, record: str) -> Statement:
    talk, law = found.talk, found.by_time.law
    says = f"{record}: {talk.says}"
    if found.by_time.differs:
        says += f"; {found.by_time.says}; standard errors are those of the whole day"
    if spread is not None:
        law = less_spread(law, spread.value)
        says += f"; cv without what people differ by, which is talk_spread {spread.value:.2f}"
    if talk.n_cut_short:
        says += f"; {talk.n_cut_short} seen only from below"
    return Statement(law_value(law), says, "A", named(talk.figures))


def less_spread(law: Mapping[str, Any], spread: float) -> dict[str, Any]:
    """The law of one person's conversations: σ² = ln(1 + cv²) less the variance between people."""
    if "by" in law:
        return {"by": [{**part, "law": less_spread(part["law"], spread)} for part in law["by"]]}
    if law["law"] == "mixture":
        *spikes, body = law["of"]
        return {**law, "of": [*spikes, {**body, "law": less_spread(body["law"], spread)}]}
    return {**law, "cv": sqrt(exp(log1p(law["cv"] ** 2) - spread**2) - 1.0)}


def _wrap_up(found: Service, key: str, record: str) -> Iterator[tuple[str, Statement]]:
    """As recorded; else the pause to a person's next contact while several wait, the same for all types."""
    wrap_up = found.wrap_up
    if wrap_up is not None:
        how = (
            "" if found.recorded else "pause to a person's next contact while three or more wait, all types; "
        )
        says = f"{record}: {how}{wrap_up.says}"
        grade: Grade = "A" if found.recorded else "B"
        yield f"{key}.wrap_up_s", Statement(law_value(wrap_up.law), says, grade, named(wrap_up.figures))


def _patience(found: Service, key: str, record: str) -> Iterator[tuple[str, Statement]]:
    patience = found.patience
    if patience is None:
        return
    says = f"{record}: {patience.says}"
    yield f"{key}.patience_s", Statement(law_value(patience.law), says, "A", named(patience.figures))
    why = f"{record}: {patience.short_abandon_why}"
    yield f"{key}.short_abandon_s", Statement(patience.short_abandon_s, why, "A")


def named(figures: Mapping[str, Estimate]) -> dict[str, Estimate]:
    """Parameters by the names that a scenario has for them: mean and cv, in the unit of the key."""
    return {name.removesuffix("_s"): found for name, found in figures.items()}
