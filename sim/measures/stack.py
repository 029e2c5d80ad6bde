"""Replications stacked: each sum of `sim.records.totals` as an array of observations × names × intervals.

An observation is what is independent of the others: a replication, or the mean of a pair or a block of them.

The names are those of a scope: contact types, agent groups or bots. A run that keeps no intervals has one,
the horizon.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from scenarios.contact_types import ContactType
from sim.records.facts import awt_of_types
from sim.records.records import FloatArray
from sim.records.tally import bot_of_types, edges_of
from sim.records.totals import AttemptSum, NeedSum, ServiceSum, Totals
from sim.world.outbound import is_outbound
from sim.world.world import World

ClockSum = Literal[
    "queue_s", "session_s", "work_s", "due_s", "overtime_s", "deferred_s", "chatting_s", "chats_s"
]

_OF_GROUPS = {
    AttemptSum.ANSWERED: ServiceSum.ANSWERED,
    AttemptSum.ANSWER_S: ServiceSum.ANSWER_S,
    AttemptSum.TALK_S: ServiceSum.TALK_S,
    AttemptSum.WRAP_UP_S: ServiceSum.WRAP_UP_S,
    AttemptSum.ANSWERED_AT_PEAK: ServiceSum.ANSWERED_AT_PEAK,
    AttemptSum.TO_PERSON_S: ServiceSum.TO_PERSON_S,
}


@dataclass(frozen=True)
class Stack:
    """The totals of a run's replications in one world. A sum is stacked when a measure first asks for it."""

    world: World
    totals: Sequence[Totals]
    by_interval: bool
    group_size: int = 1  # replications that make one independent observation: their sums are averaged

    @property
    def n_observations(self) -> int:
        """The length of every sum's first axis."""
        return len(self.totals) // self.group_size

    def of_each_replication(self, amount: Callable[[Stack], FloatArray]) -> FloatArray:
        """An amount that is no sum (a minimum, a tier) of every replication by itself, averaged over an observation."""
        if self.group_size == 1:
            return amount(self)
        each = amount(Stack(self.world, self.totals, self.by_interval))
        return each.reshape(self.n_observations, self.group_size, *each.shape[1:]).mean(axis=1)

    @cached_property
    def types(self) -> tuple[ContactType, ...]:
        """The contact types by which sums are told: customers'; the notices that groups give stand behind them."""
        declared = self.world.scenario.contact_type
        return tuple(one for name, one in declared.items() if not is_outbound(name))

    def of_types(self, kind: AttemptSum) -> FloatArray:
        """A sum over attempts, by contact type."""
        return self._of_all(kind)[:, : len(self.types)]

    def of_notices(self, kind: AttemptSum) -> FloatArray:
        """A sum over the proactive notices of each agent group, by group."""
        groups, kinds = len(self.world.groups), self.world.types
        gives = np.array(
            [[k.notices is not None and k.notices.group == g for k in kinds] for g in range(groups)]
        )
        return gives.astype(np.float64) @ self._of_all(kind)

    def _of_all(self, kind: AttemptSum) -> FloatArray:
        return self._once(f"attempts {kind}", lambda one: one.attempts[:, :, kind])

    def of_types_with_awt(self, kind: AttemptSum) -> FloatArray:
        """The same, and 0 for the types that have no acceptable waiting time."""
        has_awt = ~np.isnan(awt_of_types(self.world))[: len(self.types)]
        return self.of_types(kind) * has_awt[:, None]

    def of_bots(self, kind: AttemptSum) -> FloatArray:
        """A sum over attempts, by bot: over the types that it serves."""
        bots = np.arange(len(self.world.bots))
        serves = (bot_of_types(self.world)[: len(self.types)] == bots[:, None]).astype(
            np.float64
        )  # bots × contact types
        return serves @ self.of_types(kind)

    def of_groups(self, kind: AttemptSum) -> FloatArray:
        """A sum over the attempts that an agent group answered, by group."""
        service = _OF_GROUPS[kind]
        return self._once(f"services {service}", lambda one: one.services[:, :, service])

    def of_needs(self, kind: NeedSum) -> FloatArray:
        """A sum over needs, by the type of their first contact."""
        return self._once(f"needs {kind}", lambda one: one.needs[: len(self.types), :, kind])

    def on_clock(self, kind: ClockSum) -> FloatArray:
        """Seconds of the clock, by contact type (queue), bot (sessions) or agent group."""
        n_told = len(self.types) if kind == "queue_s" else None
        return self._once(kind, lambda one: getattr(one, kind)[:n_told])

    @property
    def backlog(self) -> FloatArray:
        """Deferred work open when the horizon ends, by contact type; one number for the horizon."""
        n_told = len(self.types)
        return self._once("backlog", lambda one: one.ages[:n_told].sum(axis=1, dtype=np.float64)[:, None])

    @cached_property
    def present_s(self) -> FloatArray:
        """Seconds at which people were present, by agent group: those due, and those at work after their time."""
        return self.on_clock("due_s") + self.on_clock("overtime_s")

    @cached_property
    def paid_s(self) -> FloatArray:
        """Paid seconds, by agent group: the same in every replication."""
        edges_s = edges_of(self.world, self.by_interval)
        paid = np.array([group.presence.paid_s(edges_s) for group in self.world.groups])
        return np.broadcast_to(paid, (self.n_observations, *paid.shape))

    @cached_property
    def time_s(self) -> FloatArray:
        """The length of each interval."""
        return np.diff(edges_of(self.world, self.by_interval))

    def _once(self, name: str, sum_of: Callable[[Totals], FloatArray]) -> FloatArray:
        if name not in self._stacks:
            each = np.array([sum_of(one) for one in self.totals])
            grouped = each.reshape(self.n_observations, self.group_size, *each.shape[1:])
            self._stacks[name] = grouped.mean(axis=1)
        return self._stacks[name]

    @cached_property
    def _stacks(self) -> dict[str, FloatArray]:
        return {}
