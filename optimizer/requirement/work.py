"""A group's work as one queue: the types that it takes first, put together, and the deferred work beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.horizon import FloatArray, horizon_of
from optimizer.requirement.agent_load import mean_talk_factor, offered_per_first, stages_of
from optimizer.requirement.deferred import spread_over_due_time
from optimizer.requirement.first_contacts import Rates, first_contacts
from optimizer.requirement.handling import changes_by_day, handle_s, people_factors
from optimizer.requirement.load import LONG, HandleLaw
from optimizer.targets import first_group_of
from scenarios import Scenario
from scenarios.contact_types import ContactType
from sim.chance.laws import quantile_of
from sim.theory import Target
from sim.world.outbound import with_outbound

_GRID = 4096
_GOLDEN_FRACTION = (math.sqrt(5.0) - 1.0) / 2.0
_USUAL_AWT_S = 30.0


@dataclass(frozen=True)
class Pool:
    """Contacts per second by interval of the horizon, mean handle time, patience, strictest target.

    Rates are in contacts of the mean handle time, and so is its law. `throughput`: of a person with 1, 2, … chats, for
    a group that takes chats alone; then the handle time is that of people who hold as many as they may, and the load
    counts chats.
    The target is None where nothing live is promised.
    in_the_way_erl: deferred work that is finished once begun; aside_erl: deferred work that gives way
    """

    rates_per_s: FloatArray
    mean_handle_s: float
    law: HandleLaw
    mean_patience_s: float | None
    target: Target | None
    in_the_way_erl: FloatArray
    aside_erl: FloatArray
    throughput: tuple[float, ...] = (1.0,)

    @property
    def chats_each(self) -> int:
        """How many contacts a person holds at a time."""
        return len(self.throughput)


@dataclass(frozen=True)
class _Part:
    """One type's share of the group's work: contacts per second and seconds of a person, by interval."""

    declared: ContactType
    rates: FloatArray
    handle_s: FloatArray

    @property
    def load(self) -> FloatArray:
        """Seconds of work that come in a second."""
        return self.rates * self.handle_s


def pool_of(scenario: Scenario, group: str, abandonment_rate: float = 0.0, occupancy: float = 0.8) -> Pool:
    """The types that a group takes first, put together; a type that several groups take first is split evenly."""
    parts = _parts(with_outbound(scenario), group, abandonment_rate, occupancy)
    live = [part for part in parts if not part.declared.is_deferred]
    throughput = _throughput(scenario, group, live)
    stretch = len(throughput) / throughput[-1]
    weights = np.array([float(part.rates.sum()) for part in live])
    work = np.array([float(part.load.sum()) for part in live])
    mean_handle_s = stretch * float(work.sum() / weights.sum()) if weights.sum() > 0.0 else 1.0
    # Rates in contacts of the mean length, so that a longer type weighs as its work does.
    pooled = sum((part.load * (stretch / mean_handle_s) for part in live), np.zeros(_size(scenario)))
    return Pool(
        pooled,
        mean_handle_s,
        _law(live, mean_handle_s, LONG * scenario.calendar.interval_s),
        _patience_s([part.declared for part in live], weights),
        _strictest([part.declared for part in live], scenario.agent_group[group].max_occupancy),
        *_deferred_erl(scenario, [part for part in parts if part.declared.is_deferred]),
        throughput,
    )


def _parts(scenario: Scenario, group: str, abandonment_rate: float, occupancy: float) -> list[_Part]:
    first = first_contacts(scenario)
    names = [name for name in scenario.contact_type if group in first_group_of(scenario, name)]
    rates, factors = _by_day(scenario, group, first, abandonment_rate, occupancy)
    order = list(scenario.contact_type)
    parts = []
    for name in names:
        i, n_groups = order.index(name), len(first_group_of(scenario, name))
        if rates[i].sum() > 0.0:
            per_day = [_person_s(scenario, group, name, float(factor)) for factor in factors[i]]
            handle = np.repeat(per_day, scenario.calendar.n_intervals_per_day)
            parts.append(_Part(scenario.contact_type[name], rates[i].ravel() / n_groups, handle))
    return parts


def _by_day(
    scenario: Scenario, group: str, first: Rates, abandonment_rate: float, occupancy: float
) -> tuple[FloatArray, FloatArray]:
    """Contacts offered per second (types × days × intervals), and talk factors (types × days) with this group's people.

    Who comes back does so with the profile of the first contacts; the mix over the horizon weighs their talk.
    """
    fresh = np.array(list(first.values()))
    totals = {name: float(rates.sum()) for name, rates in first.items()}
    rates, factors = np.zeros(fresh.shape), np.ones(fresh.shape[:2])
    alike = not changes_by_day(scenario)
    for day in range(fresh.shape[1]):
        if day == 0 or not alike:
            per_first = offered_per_first(scenario, abandonment_rate, day)
            talk = mean_talk_factor(scenario, stages_of(scenario, totals, abandonment_rate, day))
            talk = talk * people_factors(scenario, group, day, occupancy).talk
        rates[:, day] = per_first @ fresh[:, day]
        factors[:, day] = talk
    return rates, factors


def _person_s(scenario: Scenario, group: str, name: str, talk_factor: float) -> float:
    """A person's time for one contact; of chats that share it, each one's part at the most that may be held."""
    alone = handle_s(scenario, group, name, talk_factor)
    several = scenario.agent_group[group].concurrency
    takes_calls = {scenario.contact_type[s.contact_type].channel for s in scenario.agent_group[group].skills}
    if scenario.contact_type[name].channel != "chat" or several is None or takes_calls == {"chat"}:
        return alone
    return alone / several.throughput[-1]


def _law(live: Sequence[_Part], mean_handle_s: float, long_from_s: float) -> HandleLaw:
    """Of contacts of the mean length: each type's law by its share w of the work, w P(S / E[S] > s / mean).

    Of handle times that are short beside the interval the mean alone, as nothing else will be asked.
    """
    work = np.array([float(part.load.sum()) for part in live])
    if work.sum() == 0.0 or mean_handle_s < long_from_s:
        return HandleLaw(np.array([mean_handle_s]), np.ones(1))
    u = (np.arange(_GRID) + 0.5) / _GRID
    shuffled = (np.arange(_GRID) * _GOLDEN_FRACTION) % 1.0  # wrap-up does not go with talk
    values, weights = [], []
    for part, share in zip(live, work / work.sum(), strict=True):
        wrap_up = part.declared.wrap_up_s
        handle = quantile_of(part.declared.talk_s).many(u)
        if wrap_up is not None:
            handle = handle + quantile_of(wrap_up).many(np.maximum(shuffled, 0.5 / _GRID))
        stretch = float(np.average(part.handle_s, weights=part.rates)) / float(handle.mean())
        own = handle * stretch
        values.append(own)
        weights.append(np.full(_GRID, share * mean_handle_s / float(own.sum())))
    return HandleLaw(np.concatenate(values), np.concatenate(weights))


def _throughput(scenario: Scenario, group: str, live: Sequence[_Part]) -> tuple[float, ...]:
    declared = scenario.agent_group[group]
    channels = {scenario.contact_type[skill.contact_type].channel for skill in declared.skills}
    if declared.concurrency is None or channels != {"chat"} or not live:
        return (1.0,)
    return declared.concurrency.throughput[: declared.concurrency.chat]


def _deferred_erl(scenario: Scenario, parts: Sequence[_Part]) -> tuple[FloatArray, FloatArray]:
    """What stands in the way of live contacts once begun, and what gives way, each over its due time."""
    horizon = horizon_of(scenario.calendar)
    in_the_way, aside = np.zeros(_size(scenario)), np.zeros(_size(scenario))
    for part in parts:
        load = spread_over_due_time(part.load, part.declared.due_h, horizon)
        (aside if part.declared.interruptible else in_the_way)[:] += load
    return in_the_way, aside


def _size(scenario: Scenario) -> int:
    return scenario.calendar.days * scenario.calendar.n_intervals_per_day


def _strictest(types: Sequence[ContactType], max_occupancy: float | None) -> Target | None:
    """One target that holds all of theirs."""
    targets = [declared.service_target for declared in types if declared.service_target is not None]
    if not types or (not targets and max_occupancy is None):
        return None

    def least(key: str) -> float | None:
        return min((value for t in targets if (value := getattr(t, key)) is not None), default=None)

    def most(key: str) -> float | None:
        return max((value for t in targets if (value := getattr(t, key)) is not None), default=None)

    return Target(
        share=most("share"),
        awt_s=least("awt_s"),
        max_abandonment_rate=least("max_abandonment_rate"),
        max_mean_wait_s=least("max_mean_wait_s"),
        min_answer_rate=most("min_answer_rate"),
        max_delay_rate=least("max_delay_rate"),
        max_occupancy=max_occupancy,
    )


def _patience_s(types: Sequence[ContactType], weights: FloatArray) -> float | None:
    """Mean of the exponential patience under which as many give up within the acceptable wait; None: nobody does."""
    rates = [_hazard_per_s(declared) for declared in types]
    hazard = float(np.dot(weights, rates) / weights.sum()) if weights.sum() > 0.0 else 0.0
    return None if hazard <= 0.0 else 1.0 / hazard


def _hazard_per_s(declared: ContactType) -> float:
    if declared.patience_s is None:
        return 0.0
    target = declared.service_target
    until_s = target.awt_s if target is not None and target.awt_s else _USUAL_AWT_S
    u = (np.arange(_GRID) + 0.5) / _GRID
    gone = float(np.mean(quantile_of(declared.patience_s).many(u) <= until_s))
    return -math.log1p(-min(gone, 1.0 - 0.5 / _GRID)) / until_s
