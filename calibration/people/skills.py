"""Who serves which queue: a few groups of people with the same queues."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.records.contacts import Contacts

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

MOST_GROUPS = 4
SMALLEST_GROUP = 0.05
"""A group with a smaller share of the services is no group of its own."""
SERVES_SHARE = 0.25
"""Serves a queue: takes at least a quarter of what it would if all people took the same mix."""
EXPECTED_AT_LEAST = 5.0
"""Where fewer contacts of a queue were to be expected from a person, having none says nothing."""


@dataclass(frozen=True)
class Skills:
    """Groups of agents and the queues they serve."""

    group: IntArray
    """For each agent of the record: its group; −1 for those who served nobody."""
    serves: BoolArray
    """Shape (groups, queues)."""
    share: FloatArray
    """Of all services, by group."""


def fit_skills(contacts: Contacts, most_groups: int = MOST_GROUPS) -> Skills:
    """People who serve the same queues, small shares ignored; groups that differ least are joined to a few.

    What a difference weighs: the shares of all services that lie in the queues only one of the two serves, times
    the services of the smaller group.
    """
    services = services_table(contacts)
    served = np.nonzero(services.sum(axis=1) > 0)[0]
    if len(served) == 0:
        return Skills(
            np.full(len(services), -1), np.ones((0, len(contacts.queues)), dtype=np.bool_), np.zeros(0)
        )
    patterns, place = np.unique(_serves(services[served]), axis=0, return_inverse=True)
    members = [served[place.ravel() == i] for i in range(len(patterns))]
    total = services.sum()
    while len(members) > 1:
        work = np.array([services[one].sum() / total for one in members])
        if len(members) <= most_groups and work.min() >= SMALLEST_GROUP:
            break
        members = _join_nearest(services, members, work, only_small=len(members) <= most_groups)
    return _as_skills(services, members)


def services_table(contacts: Contacts) -> IntArray:
    """Contacts answered by known people: shape (agents, queues)."""
    table = np.zeros((len(contacts.agents), len(contacts.queues)), dtype=np.int64)
    known = contacts.answered & (contacts.agent >= 0)
    np.add.at(table, (contacts.agent[known], contacts.queue[known]), 1)
    return table


def _serves(services: IntArray) -> BoolArray:
    """For each person, or group, and queue: serves it, or would not be expected to have met it yet."""
    mix = services.sum(axis=0) / services.sum()
    expected = services.sum(axis=1, keepdims=True) * mix
    return np.asarray((services >= SERVES_SHARE * expected) & (services > 0) | (expected < EXPECTED_AT_LEAST))


def _join_nearest(
    services: IntArray, members: list[IntArray], work: FloatArray, *, only_small: bool
) -> list[IntArray]:
    """The two groups whose joining changes least become one."""
    pooled = np.array([services[one].sum(axis=0) for one in members])
    serves, mix = _serves(pooled), pooled.sum(axis=0) / pooled.sum()
    differ = (serves[:, None, :] != serves[None, :, :]) @ mix
    weight = (differ + 1e-9) * np.minimum(work[:, None], work[None, :])
    np.fill_diagonal(weight, np.inf)
    if only_small:
        weight[np.maximum.outer(work, work) * 0 + np.minimum.outer(work, work) >= SMALLEST_GROUP] = np.inf
    one, other = np.unravel_index(int(np.argmin(weight)), weight.shape)
    rest = [group for i, group in enumerate(members) if i not in (one, other)]
    return [*rest, np.concatenate([members[one], members[other]])]


def _as_skills(services: IntArray, members: list[IntArray]) -> Skills:
    """Largest group first; a queue nobody serves by the rule is served by whoever takes most of it."""
    pooled = np.array([services[one].sum(axis=0) for one in members])
    order = np.argsort(-pooled.sum(axis=1), kind="stable")
    pooled = pooled[order]
    serves = _serves(pooled)
    for queue in np.nonzero(~serves.any(axis=0))[0]:
        serves[np.argmax(pooled[:, queue]), queue] = True
    group = np.full(len(services), -1)
    for i, place in enumerate(order):
        group[members[place]] = i
    return Skills(group, serves, np.asarray(pooled.sum(axis=1) / pooled.sum()))
