"""Statements of people: groups and what they serve, heads by interval and class of days, how people differ."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from calibration.composing.center import Center
from calibration.composing.of_service import talk_spread
from calibration.composing.statements import Grade, Statement, assumed, rounded
from calibration.people.heads import whole_heads_by_group
from calibration.people.people import Group, Known

FloatArray = npt.NDArray[np.float64]

SHRINKAGE = {"planned": 0.10, "absent": 0.05, "adherence": 0.95}
COST_PER_H = 25.0
GRADES: dict[Known, Grade] = {Known.STAFFING: "A", Known.LOGINS: "A", Known.INFERRED: "B"}


def people_statements(center: Center, record: str) -> Iterator[tuple[str, Statement]]:
    """Of each group."""
    heads = heads_by_class(center)
    spread = talk_spread(center)
    for i, group in enumerate(center.people.groups):
        key = f"agent_group.{group.name}"
        yield f"{key}.skills", _skills(center, group, record)
        yield f"{key}.policy", assumed("longest_wait", "longest wait first; the record does not say")
        yield (
            f"{key}.agents.present_per_interval",
            _heads(center, {k: one[i] for k, one in heads.items()}, record),
        )
        if spread is not None:
            value = rounded(spread.value, 3)
            yield (
                f"{key}.talk_spread",
                Statement(value, f"{record}: {spread.note}", "A", {"talk_spread": spread}),
            )
        yield f"{key}.shrinkage", assumed(SHRINKAGE, "the record does not say who was due and did not come")
        yield f"{key}.cost_per_h", assumed(COST_PER_H, "fully loaded; the record does not say")


def mean_present(center: Center) -> dict[str, FloatArray]:
    """Average people by class of days: shape (groups, intervals); only open intervals of the class's usual days."""
    found = {}
    for k, one in enumerate(center.demand.classes):
        days = center.demand.days_of(k)
        if not one.spans or not len(days):
            continue
        is_open = np.zeros(center.people.present.shape[2])
        for start, past in one.spans:
            is_open[start:past] = 1.0
        found[one.name] = center.people.present[:, days].mean(axis=1) * is_open
    return found


def heads_by_class(center: Center) -> dict[str, npt.NDArray[np.int64]]:
    """The same as whole people."""
    return {name: whole_heads_by_group(present) for name, present in mean_present(center).items()}


def _skills(center: Center, group: Group, record: str) -> Statement:
    names = [center.types.names[queue] for queue in group.queues]
    people = f"{group.n_agents} people" if group.n_agents else "people without names"
    says = f"{record}: {people} who served these, {100 * group.share:.0f} % of all services"
    return Statement(names, says, "A")


def _heads(center: Center, heads: dict[str, npt.NDArray[np.int64]], record: str) -> Statement:
    people = center.people
    says = f"{record}: {people.known.value}; mean of usual days, whole people, rounding carried on"
    if people.known is Known.INFERRED and people.hours_by_others:
        others = ", ".join(
            f"{100 * (hours / people.hours - 1.0):+.0f} % by {name}"
            for name, hours in people.hours_by_others.items()
        )
        says += f"; other ways of counting give other hours: {others}"
    share = people.working_share.overall
    if people.known is not Known.INFERRED and share.standard_error is not None:
        says += f"; while customers waited {100 * share.value:.0f} % of those counted served or wrote up: not taken off"
        found = {"working_share": share}
    else:
        found = {}
    return Statement({name: one.tolist() for name, one in heads.items()}, says, GRADES[people.known], found)
