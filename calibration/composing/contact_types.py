"""Which queues of the records become contact types of their own, which share one, and which are too rare to model."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from calibration.records.contacts import Contacts, IntArray

ENOUGH = 300
"""Contacts with which talk and patience of a queue can be told: standard errors of means below some 6 %."""
OTHERS = "others"
OUT = -1


@dataclass(frozen=True)
class ContactTypes:
    """Contacts whose queues are the types of the scenario, and what became of the queues of the record.

    names: keys of the types; labels: what the record calls them; pooled, left_out: queues and their contacts
    """

    contacts: Contacts
    names: tuple[str, ...]
    labels: tuple[str, ...]
    pooled: dict[str, int]
    left_out: dict[str, int]


def contact_types(contacts: Contacts, enough: int = ENOUGH) -> ContactTypes:
    """A type for each queue with enough contacts; the others pooled, or left out where together they are too few."""
    n = np.bincount(contacts.queue[contacts.offered], minlength=len(contacts.queues))
    own = [i for i in np.argsort(-n, kind="stable") if n[i] >= enough]
    rare = {contacts.queues[i]: int(n[i]) for i in range(len(n)) if n[i] < enough and n[i] > 0}
    together = sum(rare.values()) >= enough or (not own and bool(rare))
    labels = tuple(contacts.queues[i] for i in own) + ((_name_of(rare),) if together else ())
    place = np.full(len(n), len(own) if together else OUT, dtype=np.int64)
    place[own] = np.arange(len(own))
    return ContactTypes(
        contacts=_moved(contacts, place, labels),
        names=keys_of(labels),
        labels=labels,
        pooled=rare if together else {},
        left_out={} if together else rare,
    )


def keys_of(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Keys for a file: lower case, words joined by underscores, each once."""
    keys: list[str] = []
    for label in labels:
        key = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_") or "queue"
        same = sum(one == key or re.fullmatch(rf"{key}_\d+", one) is not None for one in keys)
        keys.append(f"{key}_{same + 1}" if key in keys else key)
    return tuple(keys)


def _name_of(rare: dict[str, int]) -> str:
    """A single rare queue keeps its name."""
    return next(iter(rare)) if len(rare) == 1 else OTHERS


def _moved(contacts: Contacts, place: IntArray, labels: tuple[str, ...]) -> Contacts:
    """The contacts with new numbers for their queues; those of queues left out are gone."""
    kept = contacts.of(place[contacts.queue] != OUT)
    return replace(kept, queues=labels, queue=place[kept.queue])
