"""Which contact type of a scenario takes which queue of the records."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from calibration.composing.contact_types import OTHERS, keys_of
from calibration.forecast.history import History
from scenarios import Fault, FaultyInput, Scenario
from scenarios.faults import nearest

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Matched:
    """A history by contact types, and the queues that have no type, with their contacts."""

    history: History
    left_out: dict[str, int]


def keyed(history: History) -> History:
    """The same with its queues named as keys of a scenario."""
    return replace(history, queues=keys_of(history.queues))


def matched(history: History, scenario: Scenario) -> Matched:
    """By the contact types of the scenario that have a queue of their key or label, several queues' counts summed.

    Queues without a type go to the type "others", which a calibrated scenario has for its rare queues; where there is
    none they are left out. Raises FaultyInput where no queue has a type.
    """
    place = [
        _type_of(key, name, scenario)
        for key, name in zip(keys_of(history.queues), history.queues, strict=True)
    ]
    if not any(place):
        raise FaultyInput(_unknown(queue, scenario) for queue in history.queues)
    if OTHERS in scenario.contact_type:
        place = [name or OTHERS for name in place]
    names = tuple(name for name in scenario.contact_type if name in place)
    columns = [history.counted[:, :, [at == name for at in place]].sum(axis=2) for name in names]
    n = history.counted.sum(axis=(0, 1))
    left_out = {history.queues[q]: int(n[q]) for q, name in enumerate(place) if name is None}
    return Matched(replace(history, queues=names, counted=np.stack(columns, axis=2)), left_out)


def outside_share(history: History, mean: FloatArray, scenario: Scenario) -> float:
    """Of the contacts expected after the history, by day, interval and queue, those in hours when it is closed."""
    start_s = np.arange(history.n_intervals) * history.interval_s
    lost = 0.0
    for day, expected in enumerate(mean.sum(axis=2)):
        spans = scenario.calendar.weekday_spans_s(int(history.weekday(history.n_days + day)))
        is_open = np.zeros(history.n_intervals, dtype=np.bool_)
        for opens_s, closes_s in spans:
            is_open |= (start_s + history.interval_s > opens_s) & (start_s < closes_s)
        lost += float(expected[~is_open].sum())
    return lost / max(float(mean.sum()), 1e-12)


def _type_of(key: str, queue: str, scenario: Scenario) -> str | None:
    """The type with the queue's key, or with its name for a label."""
    if key in scenario.contact_type:
        return key
    return next((name for name, one in scenario.contact_type.items() if one.label == queue), None)


def _unknown(queue: str, scenario: Scenario) -> Fault:
    types = ", ".join(scenario.contact_type)
    hint = nearest(queue, scenario.contact_type)
    return Fault(scenario.name, "contact_type", f"no type for the queue '{queue}'", f"one of {types}", hint)
