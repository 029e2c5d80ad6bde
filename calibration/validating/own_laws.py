"""The history's own laws in place of the scenario's: talk, talk by hour of the day, wrap-up, patience."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.people.services import LONGEST_SERVICE_S
from calibration.records.contacts import Outcome
from calibration.validating.history import History

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Changes = dict[str, dict[str, Any]]

ENOUGH = 50
"""With fewer observations a type keeps the scenario's law."""
ENOUGH_AN_HOUR = 30
N_VALUES = 1000
"""A sample is told by so many of its quantiles."""
LEAST_S = 0.01


def talk(history: History) -> Changes:
    """Each type's talk times as recorded."""
    return {name: {"talk_s": empirical(seconds)} for name, seconds in _talks(history).items()}


def talk_by_hour(history: History) -> Changes:
    """The same by hour of the day: each type's recorded times, stretched to the mean of the hour.

    Hours with few conversations of the type take the factor that all types have then.
    """
    contacts = history.contacts
    kept = _has_talk(history)
    hour = (contacts.joined_s % 86_400 // 3600).astype(np.int64)
    found: Changes = {}
    for name, seconds in _talks(history).items():
        own = kept & (contacts.queue == history.types.index(name))
        parts = []
        for at in range(24):
            factor = _factor(contacts.talk_s, own, hour == at) or _factor(contacts.talk_s, kept, hour == at)
            parts.append({"until": f"{at + 1:02d}:00", "law": empirical(seconds * (factor or 1.0))})
        found[name] = {"talk_s": {"by": _merged(parts)}}
    return found


def _merged(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Hours that follow each other with the same law as one."""
    return [
        part
        for part, after in zip(parts, [*parts[1:], None], strict=True)
        if after is None or part["law"] != after["law"]
    ]


def _factor(talk_s: FloatArray, kept: BoolArray, then: BoolArray) -> float | None:
    n = int((kept & then).sum())
    return float(talk_s[kept & then].mean() / talk_s[kept].mean()) if n >= ENOUGH_AN_HOUR else None


def wrap_up(history: History) -> Changes:
    """Each type's wrap-up as recorded; nothing where none is."""
    contacts = history.contacts
    kept = contacts.answered & np.isfinite(contacts.wrap_up_s) & (contacts.wrap_up_s <= LONGEST_SERVICE_S)
    found: Changes = {}
    for i, name in enumerate(history.types):
        seconds = contacts.wrap_up_s[kept & (contacts.queue == i)]
        if len(seconds) >= ENOUGH and seconds.max() > 0.0:
            found[name] = {"wrap_up_s": empirical(seconds)}
    return found


def patience(history: History) -> Changes:
    """Each type's patience as fitted to the record, with censoring."""
    from calibration.service.patience import fit_patience

    contacts = history.contacts
    found: Changes = {}
    for i, name in enumerate(history.types):
        own = contacts.queue == i
        if (own & contacts.abandoned).sum() >= ENOUGH:
            sent_away = contacts.outcome[own] == Outcome.SENT_AWAY
            fit = fit_patience(contacts.waited_s[own], contacts.abandoned[own], sent_away)
            found[name] = {"patience_s": fit.law}
    return found


def empirical(seconds: FloatArray) -> dict[str, Any]:
    """A sample as a law: its quantiles, stretched so that the mean stays."""
    if len(seconds) > N_VALUES:
        kept = np.quantile(seconds, (np.arange(N_VALUES) + 0.5) / N_VALUES)
        seconds = kept * (seconds.mean() / kept.mean()) if kept.mean() > 0.0 else kept
    return {"law": "empirical", "values": np.maximum(np.sort(seconds), LEAST_S).tolist()}


def _talks(history: History) -> dict[str, FloatArray]:
    """Recorded talk by type, where there is enough of it."""
    contacts, kept = history.contacts, _has_talk(history)
    seconds = {name: contacts.talk_s[kept & (contacts.queue == i)] for i, name in enumerate(history.types)}
    return {name: found for name, found in seconds.items() if len(found) >= ENOUGH}


def _has_talk(history: History) -> BoolArray:
    contacts = history.contacts
    return contacts.answered & np.isfinite(contacts.talk_s) & (contacts.talk_s <= LONGEST_SERVICE_S)
