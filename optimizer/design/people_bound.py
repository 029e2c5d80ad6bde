"""What people cost at least, whoever takes what: the formulas' people for the pooled work, at the lowest prices.

The center falls into parts that share no contact type: each is bounded on its own. Of a part's hours, the work of each
type costs the price of the cheapest group that can take it, and the time in between that of the cheapest of all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.design.pooled import PooledLoad
from optimizer.horizon import FloatArray, horizon_of
from optimizer.people import Effort, NoPlan, groups_to_plan
from optimizer.staffing import staff
from scenarios import Scenario
from scenarios.agent_groups import AgentGroup
from scenarios.contact_types import ContactType, ServiceTarget
from sim.measures.result import Result
from sim.world.hours import DAY_S
from sim.world.people import presence_of

_HOUR_S = 3600.0


@dataclass(frozen=True)
class Part:
    """Contact types and groups that are connected through skills; `to_plan`: its groups left to the optimizer."""

    scenario: Scenario
    contact_types: tuple[str, ...]
    groups: tuple[str, ...]
    to_plan: tuple[str, ...]

    @property
    def types(self) -> dict[str, ContactType]:
        """The declared types by name."""
        return {name: self.scenario.contact_type[name] for name in self.contact_types}

    @property
    def hours_per_interval(self) -> float:
        """Length of an interval, h."""
        return self.scenario.calendar.interval_min / 60.0

    def price(self, group: str) -> float:
        """Money for an hour present: price of a paid hour ÷ available share. Of people given: nothing more."""
        declared = self.scenario.agent_group[group]
        if group not in self.to_plan:
            return 0.0
        return _price_per_h(declared) / declared.shrinkage.available_share


def least_cost_of_people(scenario: Scenario, ample: Result, effort: Effort) -> float:
    """Lower bound on what people cost over the horizon; `ample`: the design with the best people, and enough."""
    return _paid_in_any_case(scenario) + sum(_of_part(part, ample, effort) for part in parts_of(scenario))


def parts_of(scenario: Scenario) -> tuple[Part, ...]:
    """The connected parts of the center, in the order of the contact types."""
    taken_by = {
        name: {g for g, group in scenario.agent_group.items() if name in _types_of(group)}
        for name in scenario.contact_type
    }
    parts: list[tuple[list[str], set[str]]] = []
    for name, groups in taken_by.items():
        joined = [part for part in parts if part[1] & groups]
        rest = [part for part in parts if not part[1] & groups]
        types = [*(other for part in joined for other in part[0]), name]
        parts = [*rest, (types, groups.union(*(part[1] for part in joined)))]
    to_plan = groups_to_plan(scenario)
    return tuple(
        Part(scenario, tuple(types), tuple(sorted(groups)), tuple(g for g in to_plan if g in groups))
        for types, groups in parts
    )


def _types_of(group: AgentGroup) -> list[str]:
    return [skill.contact_type for skill in group.skills]


def _of_part(part: Part, ample: Result, effort: Effort) -> float:
    """Σ over types of price × promised work, and the formulas' further hours at the lowest price; or shifts' bound."""
    if not part.to_plan:
        return 0.0
    lowest = min(part.price(group) for group in part.to_plan)
    work_h = {name: _promised_work_h(part, ample, name) for name in part.contact_types}
    done_by_others_h = _fixed_h(part)
    cost = sum(_price_of_type(part, name) * hours for name, hours in work_h.items())
    # People given may take the dearest work first.
    cost = max(0.0, cost - done_by_others_h * max(_price_of_type(part, name) for name in work_h))
    load = _pooled_load(part, ample)
    if load is None:
        return cost
    hours = load.people_intervals() * part.hours_per_interval
    cost = max(cost, cost + lowest * (hours - sum(work_h.values()))) if not done_by_others_h else cost
    return max(cost, lowest * hours, _of_shifts(part, load, effort))


def _of_shifts(part: Part, load: PooledLoad, effort: Effort) -> float:
    """The bound of shifts that cover the formulas' people, where one group alone has them and in every interval."""
    kind, groups = part.scenario.plan.kind, part.to_plan
    if kind == "intervals" or not load.by_interval or len(groups) > 1:
        return 0.0  # of several groups each has limits of its own
    required = load.requirement().reshape(horizon_of(part.scenario.calendar).shape)
    try:
        return staff(part.scenario, groups[0], required, effort).lower_bound
    except NoPlan:  # the plan itself will say why
        return 0.0


# --- Prices ---------------------------------------------------------------------------------------


def _price_per_h(group: AgentGroup) -> float:
    return group.cost_per_h if group.outsourced is None else group.outsourced.per_h


def _price_of_type(part: Part, contact_type: str) -> float:
    """Of an hour of the cheapest planned group that can take the type; 0 where none is planned for it."""
    groups = part.scenario.agent_group
    able = [part.price(name) for name in part.to_plan if contact_type in _types_of(groups[name])]
    return min(able, default=0.0)


def _paid_in_any_case(scenario: Scenario) -> float:
    """Price × paid hours of the groups whose people are given."""
    to_plan = groups_to_plan(scenario)
    return sum(
        _price_per_h(group) * _paid_h(scenario, name)
        for name, group in scenario.agent_group.items()
        if name not in to_plan
    )


def _fixed_h(part: Part) -> float:
    """Hours present of the part's groups whose people are given."""
    return float(_fixed_present(part).sum()) * part.hours_per_interval


def _paid_h(scenario: Scenario, group: str) -> float:
    horizon_s = np.array([0.0, scenario.calendar.days * DAY_S])
    index = list(scenario.agent_group).index(group)
    return float(presence_of(scenario, group, index).paid_s(horizon_s)[0]) / _HOUR_S


# --- The work -------------------------------------------------------------------------------------


def _promised_work_h(part: Part, ample: Result, contact_type: str) -> float:
    """Hours of people: the share that is promised an answer × the type's work.

    With several chats at a time an hour of a person holds up to the throughput's hours of chats.
    """
    declared, groups = part.types[contact_type], [part.scenario.agent_group[name] for name in part.groups]
    one_at_a_time = declared.channel in ("voice", "video") or declared.is_deferred
    pace = [1.0] if one_at_a_time else [1.0, *(pace for group in groups for pace in _throughput(group))]
    return promised(declared)[0] * _handled_h(ample, contact_type) / max(pace)


def _throughput(group: AgentGroup) -> tuple[float, ...]:
    return () if group.concurrency is None else group.concurrency.throughput


def _handled_h(ample: Result, contact_type: str) -> float:
    return float(ample.series("mean_handle_s", "contact_type", contact_type).numerator.mean()) / _HOUR_S


def promised(declared: ContactType) -> tuple[float, float]:
    """What a type's target promises to answer ÷ offered, and within how many seconds; nothing: (0, ∞)."""
    target = declared.service_target or ServiceTarget()
    if target.share is not None and target.awt_s is not None:
        return target.share, target.awt_s
    answered = [
        0.0 if target.max_abandonment_rate is None else 1.0 - target.max_abandonment_rate,
        target.min_answer_rate or 0.0,
    ]
    return max(answered), math.inf


def _pooled_load(part: Part, ample: Result) -> PooledLoad | None:
    """The work by interval for the formulas; None where they do not speak of it: several at a time, work that waits."""
    types, calendar = part.types, part.scenario.calendar
    several = any(part.scenario.agent_group[name].concurrency is not None for name in part.groups)
    if several or any(declared.is_deferred for declared in types.values()):
        return None
    n = calendar.days * horizon_of(calendar).n_intervals_per_day
    offered = {name: _means(ample, "offered", name, n) for name in types}
    in_all = np.sum(list(offered.values()), axis=0)
    wanted = np.sum([promised(declared)[0] * offered[name] for name, declared in types.items()], axis=0)
    answered = sum(float(_means(ample, "answered", name, n).sum()) for name in types)
    if answered <= 0.0:
        return None
    targets = list(_targets(part))
    return PooledLoad(
        load_erl=_work_h(part, ample, n) / part.hours_per_interval,
        offered=in_all,
        share=np.divide(wanted, in_all, out=np.zeros(n), where=in_all > 0.0),
        fixed=_fixed_present(part),
        mean_handle_s=sum(_handled_h(ample, name) for name in types) * _HOUR_S / answered,
        patience_s=min((d.patience_s.expected for d in types.values() if d.patience_s), default=None),
        awt_s=max(promised(declared)[1] for declared in types.values()),
        by_interval=bool(targets) and all(target.over == "interval" for target in targets),
    )


def _targets(part: Part) -> Iterator[ServiceTarget]:
    yield from (declared.service_target for declared in part.types.values() if declared.service_target)


def _means(ample: Result, measure: str, contact_type: str, n: int) -> FloatArray:
    """Mean over replications of a count, by interval."""
    means = [ample.series(measure, "contact_type", contact_type, i).numerator.mean() for i in range(n)]
    return np.array(means, dtype=np.float64)


def _work_h(part: Part, ample: Result, n: int) -> FloatArray:
    """Hours of work on the clock, of the part's groups, by interval."""
    hours = np.zeros(n)
    for name in part.groups:
        hours += [ample.series("work_h", "agent_group", name, i).numerator.mean() for i in range(n)]
    return hours


def _fixed_present(part: Part) -> FloatArray:
    """Mean number present by interval of the part's groups whose people are given."""
    calendar = part.scenario.calendar
    n = calendar.days * horizon_of(calendar).n_intervals_per_day
    edges_s = np.arange(n + 1, dtype=np.float64) * (calendar.interval_min * 60.0)
    present = np.zeros(n)
    for i, name in enumerate(part.scenario.agent_group):
        if name in part.groups and name not in part.to_plan:
            share = part.scenario.agent_group[name].shrinkage.available_share
            present += presence_of(part.scenario, name, i).paid_s(edges_s) / np.diff(edges_s) * share
    return present
