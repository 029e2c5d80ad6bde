"""Cimba: model classes that numba compiles for its engine in C, with a process (a coroutine) for every customer.

Patience is a timer of the customer's own process that ends its wait; waiting for either of two groups is
`acquire_any`, and who goes first is the request's priority. Both are Cimba's own.
"""

from __future__ import annotations

from typing import Any

import cimba as cb  # type: ignore[import-not-found, unused-ignore]

from bench.peers.measured import Outcome, Simulate, UnableError, main
from bench.systems import System

GAVE_UP = 7  # the timer's signal: any number that Cimba itself does not use
AWT_S = 20.0  # compiled code takes constants of its own module


class Team(cb.Model):  # type: ignore[misc, unused-ignore]
    """One type, one group."""

    arrivals_s: cb.Param[float]
    handle_s: cb.Param[float]
    patience_s: cb.Param[float]
    contacts: cb.Param[int]
    agents: cb.Resource
    in_time: cb.Output[int] = 0
    abandoned: cb.Output[int] = 0

    @cb.process  # type: ignore[untyped-decorator, unused-ignore]
    def source(self) -> None:
        """Calls, one after the other."""
        for _ in range(self.contacts):
            cb.hold(cb.random.exponential(self.arrivals_s))
            cb.spawn(Call, team=self)


class Call(cb.Model):  # type: ignore[misc, unused-ignore]
    """Ask, wait as long as patience lasts, be served."""

    team: cb.Ref[Team]

    @cb.process  # type: ignore[untyped-decorator, unused-ignore]
    def live(self) -> None:
        """From arrival to end."""
        came_s = cb.now()
        me = cb.this_process()
        me.timer_set(cb.random.exponential(self.team.patience_s), GAVE_UP)
        if self.team.agents.acquire() == GAVE_UP:
            self.team.abandoned += 1
        else:
            me.timers_clear()
            if cb.now() - came_s <= AWT_S:
                self.team.in_time += 1
            cb.hold(cb.random.exponential(self.team.handle_s))
            self.team.agents.release()
        cb.release(self)


class TwoGroups(cb.Model):  # type: ignore[misc, unused-ignore]
    """The N-design: `own` takes only a; `both` takes b before a."""

    a_arrivals_s: cb.Param[float]
    a_handle_s: cb.Param[float]
    a_patience_s: cb.Param[float]
    b_arrivals_s: cb.Param[float]
    b_handle_s: cb.Param[float]
    b_patience_s: cb.Param[float]
    contacts: cb.Param[int]
    own: cb.Resource
    both: cb.Resource
    a_offered: cb.Output[int] = 0
    b_offered: cb.Output[int] = 0
    in_time: cb.Output[int] = 0
    a_abandoned: cb.Output[int] = 0
    b_abandoned: cb.Output[int] = 0

    @cb.process  # type: ignore[untyped-decorator, unused-ignore]
    def source_of_a(self) -> None:
        """Calls of type a."""
        cb.hold(cb.random.exponential(self.a_arrivals_s))
        while self.a_offered + self.b_offered < self.contacts:
            self.a_offered += 1
            cb.spawn(CallA, center=self)
            cb.hold(cb.random.exponential(self.a_arrivals_s))

    @cb.process  # type: ignore[untyped-decorator, unused-ignore]
    def source_of_b(self) -> None:
        """Calls of type b."""
        cb.hold(cb.random.exponential(self.b_arrivals_s))
        while self.a_offered + self.b_offered < self.contacts:
            self.b_offered += 1
            cb.spawn(CallB, center=self)
            cb.hold(cb.random.exponential(self.b_arrivals_s))


class CallA(cb.Model):  # type: ignore[misc, unused-ignore]
    """Asks its own agents first, waits for either group."""

    center: cb.Ref[TwoGroups]

    @cb.process  # type: ignore[untyped-decorator, unused-ignore]
    def live(self) -> None:
        """From arrival to end."""
        came_s = cb.now()
        me = cb.this_process()
        me.timer_set(cb.random.exponential(self.center.a_patience_s), GAVE_UP)
        taken = cb.acquire_any((self.center.own, self.center.both), priority=0)
        if taken == GAVE_UP:
            self.center.a_abandoned += 1
        else:
            me.timers_clear()
            if cb.now() - came_s <= AWT_S:
                self.center.in_time += 1
            cb.hold(cb.random.exponential(self.center.a_handle_s))
            if taken == 0:
                self.center.own.release()
            else:
                self.center.both.release()
        cb.release(self)


class CallB(cb.Model):  # type: ignore[misc, unused-ignore]
    """Goes before a where both wait."""

    center: cb.Ref[TwoGroups]

    @cb.process  # type: ignore[untyped-decorator, unused-ignore]
    def live(self) -> None:
        """From arrival to end."""
        came_s = cb.now()
        me = cb.this_process()
        me.timer_set(cb.random.exponential(self.center.b_patience_s), GAVE_UP)
        if self.center.both.acquire(priority=1) == GAVE_UP:
            self.center.b_abandoned += 1
        else:
            me.timers_clear()
            if cb.now() - came_s <= AWT_S:
                self.center.in_time += 1
            cb.hold(cb.random.exponential(self.center.b_handle_s))
            self.center.both.release()
        cb.release(self)


def prepare(system: System, contacts: int, seed: int) -> Simulate:
    """The system's model, compiled by a first run of a few contacts."""
    model: Team | TwoGroups
    if len(system.groups) == 1:
        model = _team(system)
    elif [kind.groups for kind in system.types] == [(0, 1), (1,)] and system.groups[1].skills == (1, 0):
        model = _two_groups(system)
    else:
        raise UnableError(f"nobody has written {system.title} for Cimba yet")
    model.contacts = 10
    cb.Experiment(model, replications=1, seed=seed).run(workers=1)
    model.contacts = contacts
    experiment = cb.Experiment(model, replications=1, seed=seed)

    def simulate() -> Outcome:
        found = experiment.run(workers=1)[model]
        if isinstance(model, Team):
            return Outcome(_count(found.in_time), (contacts,), (_count(found.abandoned),))
        offered = _count(found.a_offered), _count(found.b_offered)
        return Outcome(_count(found.in_time), offered, (_count(found.a_abandoned), _count(found.b_abandoned)))

    return simulate


def _count(output: Any) -> int:
    """An output of the only trial."""
    return int(output.values[0, 0])


def _team(system: System) -> Team:
    (kind,) = system.types
    model = Team()
    model.arrivals_s = 1.0 / kind.arrivals_per_s
    model.handle_s, model.patience_s = kind.mean_handle_s, kind.mean_patience_s
    model.agents = cb.Resource(capacity=system.groups[0].n_agents)
    return model


def _two_groups(system: System) -> TwoGroups:
    a, b = system.types
    model = TwoGroups()
    model.a_arrivals_s, model.b_arrivals_s = 1.0 / a.arrivals_per_s, 1.0 / b.arrivals_per_s
    model.a_handle_s, model.b_handle_s = a.mean_handle_s, b.mean_handle_s
    model.a_patience_s, model.b_patience_s = a.mean_patience_s, b.mean_patience_s
    model.own = cb.Resource(capacity=system.groups[0].n_agents)
    model.both = cb.Resource(capacity=system.groups[1].n_agents)
    return model


if __name__ == "__main__":
    main(prepare)
