"""Days on which far more customers came than usual: told by the counts alone, so that no model has a say in it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calibration.demand.days import look_at_days
from calibration.demand.found import OddDay
from calibration.records.contacts import counts
from calibration.validating.history import History

BoolArray = npt.NDArray[np.bool_]

ENOUGH_DAYS = 3
"""With fewer days alike nothing is usual."""


def surges_of(history: History, interval_s: int) -> tuple[OddDay, ...]:
    """Stretches of days with far more contacts than chance and ordinary busyness explain (`calibration.demand`)."""
    contacts = history.contacts
    counted = counts(contacts, contacts.offered, interval_s)
    found = look_at_days(counted, contacts.first_day, interval_s)
    n_alike = [(found.class_of_day == kind).sum() for kind in found.class_of_day]
    return tuple(one for one in found.odd if one.kind == "surge" and n_alike[one.day] >= ENOUGH_DAYS)


def days_of(surges: tuple[OddDay, ...], n_days: int) -> BoolArray:
    """For each day of the record: there was a surge."""
    found = np.zeros(n_days, dtype=np.bool_)
    found[[one.day for one in surges]] = True
    return found
