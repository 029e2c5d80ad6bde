"""Customers of a surge as a type of their own: the talk and patience that these very records have of them."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.demand.found import OddDay
from calibration.records.contacts import DAY_S
from calibration.validating import own_laws
from calibration.validating.history import History
from calibration.validating.replaying import Change

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

SUFFIX = "_of_surge"


def came_in_surge(history: History, surges: tuple[OddDay, ...]) -> BoolArray:
    """For each contact: joined in one of these stretches."""
    joined_s = history.contacts.joined_s
    found = np.zeros(len(joined_s), dtype=np.bool_)
    for one in surges:
        midnight_s = one.day * DAY_S
        found |= (joined_s >= midnight_s + one.first * one.interval_s) & (
            joined_s < midnight_s + one.past * one.interval_s
        )
    return found


def of_surge(history: History, surges: tuple[OddDay, ...]) -> own_laws.Changes:
    """Talk and patience of each type in surges; types of which a surge holds too few are left out."""
    only = replace(history, contacts=history.contacts.of(came_in_surge(history, surges)))
    talk, patience = own_laws.talk(only), own_laws.patience(only)
    return {name: talk[name] | patience[name] for name in talk if name in patience}


def apart(history: History, surges: tuple[OddDay, ...], laws: own_laws.Changes) -> Change:
    """Contacts of surges replayed as types of their own, served by whoever serves their type."""
    contacts = history.contacts
    surging = came_in_surge(history, surges)

    def change(data: dict[str, Any]) -> None:
        for name, own in laws.items():
            mine = contacts.queue == history.types.index(name)
            table = data["contact_type"][name]
            data["contact_type"][name + SUFFIX] = (
                deepcopy(table) | own | _replay(contacts.joined_s[mine & surging])
            )
            table.update(_replay(contacts.joined_s[mine & ~surging]))
        for group in data["agent_group"].values():
            group["skills"] = [twin for skill in group["skills"] for twin in _with_twin(skill, laws)]

    return change


def _replay(joined_s: FloatArray) -> dict[str, Any]:
    return (
        {"arrivals": {"replay": np.sort(joined_s).tolist()}}
        if len(joined_s)
        else {"arrivals": {"per_day": 0}}
    )


def _with_twin(skill: Any, laws: own_laws.Changes) -> list[Any]:
    """The skill, and the same for the type's customers of surges."""
    name = skill if isinstance(skill, str) else skill["contact_type"]
    if name not in laws:
        return [skill]
    return [skill, name + SUFFIX if isinstance(skill, str) else skill | {"contact_type": name + SUFFIX}]


def folded(sums: FloatArray, types: tuple[str, ...], laws: own_laws.Changes) -> FloatArray:
    """Sums by the types of the history: those of surges added to their type. Shape (replications, types, …)."""
    whole = sums[:, : len(types)].copy()
    for place, name in enumerate(laws):
        whole[:, types.index(name)] += sums[:, len(types) + place]
    return whole
