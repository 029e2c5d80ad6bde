"""People at work, ready or busy, by group and step of the clock: from a file, log-ins, the records, or the scenario."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from math import gcd

import numpy as np
import numpy.typing as npt

from calibration.people.heads import whole_heads_by_group
from calibration.people.inferred import IDLE_AT_MOST_S, usual_wrap_up_s
from calibration.people.logins import Logins, logged_in
from calibration.people.ready import at_work
from calibration.people.services import (
    Services,
    pauses_between,
    services_of,
    services_of_nobody,
    waiting_line,
)
from calibration.people.staffing import Staffing
from calibration.people.steps import interval_edges, spans_as_steps
from calibration.records.contacts import DAY_S, Contacts
from calibration.validating.history import History, key_of
from scenarios import Scenario
from sim.chance.sample import Sample
from sim.world.people import present_s
from sim.world.world import world_of

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

STEPS_S = (120, 300, 600)
"""People inferred from the records come and go by two minutes: longer steps smear pauses, and the model gains nothing
from shorter ones (tried on the first months of the bank: by 1, 5 and 10 minutes)."""
FEW_NAMED = 0.5
"""With fewer services of named people the records cannot tell who was there."""
MOST_CELLS = 500_000
"""Of one replication: types × steps, some 150 MB."""
SERVES_SHARE = 0.02
"""Serves a type: at least so many of a person's services are of it."""


@dataclass(frozen=True)
class Heads:
    """People present on average by group and step: shape (groups, steps of the record).

    source: where they come from, in a planner's words; inferred: estimated, not written down by anybody
    """

    groups: tuple[str, ...]
    step_s: int
    present: FloatArray
    source: str
    inferred: bool

    @property
    def hours(self) -> float:
        """Hours of presence."""
        return float(self.present.sum() * self.step_s / 3600.0)

    @cached_property
    def whole(self) -> IntArray:
        """Whole people; what rounding leaves is carried on within a day."""
        days = self.present.reshape(len(self.groups), -1, DAY_S // self.step_s)
        rounded = [whole_heads_by_group(days[:, day]) for day in range(days.shape[1])]
        return np.concatenate(rounded, axis=1)

    def of_group(self, name: str) -> IntArray:
        """Whole people of one group."""
        return np.asarray(self.whole[self.groups.index(name)])

    def times(self, factor: float) -> Heads:
        """So many times as many."""
        return Heads(self.groups, self.step_s, self.present * factor, self.source, self.inferred)


def heads_of(
    scenario: Scenario, history: History, staffing: Staffing | None, seed: int, logins: Logins | None = None
) -> Heads:
    """From the staffing file, else from log-ins; else inferred; where nobody is named, as the scenario has them."""
    if staffing is not None:
        return from_staffing(scenario, history, staffing)
    if logins is not None and len(logins):
        return from_logins(scenario, history, logins)
    if named_share(history.contacts) >= FEW_NAMED:
        return from_records(scenario, history, seed)
    return from_scenario(scenario, history)


def named_share(contacts: Contacts) -> float:
    """Of the answered contacts, those that name who answered."""
    answered = contacts.answered
    return float((contacts.agent[answered] >= 0).mean()) if answered.any() else 0.0


def finest_step_s(scenario: Scenario, history: History) -> int:
    """Two minutes; longer where the sums of a long record by step and type would fill the memory."""
    interval_s = scenario.calendar.interval_s
    for step_s in STEPS_S:
        if history.n_days * (DAY_S // step_s) * len(history.types) <= MOST_CELLS:
            return gcd(step_s, interval_s)
    return interval_s


# --- From a file ------------------------------------------------------------------------------------------------------


def from_staffing(scenario: Scenario, history: History, staffing: Staffing) -> Heads:
    """As the file says; where it does not name the scenario's groups, all are divided as the groups served."""
    step_s = gcd(staffing.interval_s, scenario.calendar.interval_s)
    table = staffing.table(history.contacts.first_day, history.n_days, step_s)
    table = table.reshape(len(table), -1)
    groups = tuple(scenario.agent_group)
    own = {key_of(name): i for i, name in enumerate(staffing.groups)}
    if all(key_of(name) in own for name in groups):
        present = np.stack([table[own[key_of(name)]] for name in groups])
    else:
        present = table.sum(axis=0) * _served_shares(scenario, history)[:, None]
    return Heads(groups, step_s, present, "the staffing file", inferred=False)


def _served_shares(scenario: Scenario, history: History) -> FloatArray:
    """Of the time in service, each group's share; alike where nobody is named."""
    n = len(scenario.agent_group)
    services = services_of(history.contacts)
    group = group_of_agents(scenario, history)[services.agent]
    seconds = np.bincount(group, weights=services.ended_s - services.began_s, minlength=n)
    return seconds / seconds.sum() if seconds.sum() > 0.0 else np.full(n, 1.0 / n)


def from_logins(scenario: Scenario, history: History, logins: Logins) -> Heads:
    """Logged in and not paused, or serving; who served nobody counts with the group of the name, else the first."""
    groups = tuple(scenario.agent_group)
    step_s = finest_step_s(scenario, history)
    contacts, services = history.contacts, services_of(history.contacts)
    group = group_of_agents(scenario, history)
    served = dict(zip(contacts.agents, group.tolist(), strict=True))
    of_login = np.array([served.get(name, _named(name, groups, 0)) for name in logins.agents], dtype=np.int64)
    present = [
        logged_in(
            logins.of(of_login[logins.agent] == i),
            services.of(group[services.agent] == i),
            contacts.agents,
            history.n_days,
            step_s,
        )
        for i in range(len(groups))
    ]
    return Heads(groups, step_s, np.stack(present), "log-ins and pauses", inferred=False)


# --- From the records -------------------------------------------------------------------------------------------------


def from_records(scenario: Scenario, history: History, seed: int) -> Heads:
    """Spells of work, pauses longer than wrap-up taken out; a spell ends where somebody served nobody for 20 minutes.

    Whoever served without a name counts while serving, with the group that serves most.
    """
    groups = tuple(scenario.agent_group)
    step_s = finest_step_s(scenario, history)
    edges = interval_edges(history.n_days, step_s)
    group = group_of_agents(scenario, history)
    services = services_of(history.contacts)
    present = np.stack(
        [
            _present(scenario, history, services.of(group[services.agent] == i), i, edges, seed)
            for i in range(len(groups))
        ]
    )
    nobody = services_of_nobody(history.contacts)
    present[int(present.sum(axis=1).argmax())] += spans_as_steps(nobody.began_s, nobody.ended_s).mean_by(
        edges
    )
    source = f"inferred from the records by {step_s // 60} minutes"
    return Heads(groups, step_s, np.maximum(present, 0.0), source, inferred=True)


def _present(
    scenario: Scenario, history: History, services: Services, group: int, edges: FloatArray, seed: int
) -> FloatArray:
    """Average people of one group by step."""
    if len(services.agent) == 0:
        return np.zeros(len(edges) - 1)
    waiting = waiting_line(history.contacts, _serves(scenario, group))
    wrap_up_s = usual_wrap_up_s(pauses_between(services, IDLE_AT_MOST_S), waiting)
    return at_work(services, waiting, wrap_up_s, edges, IDLE_AT_MOST_S, seed)


def _serves(scenario: Scenario, group: int) -> BoolArray:
    """For each type: the group serves it."""
    skills = {skill.contact_type for skill in list(scenario.agent_group.values())[group].skills}
    return np.array([name in skills for name in scenario.contact_type])


def group_of_agents(scenario: Scenario, history: History) -> IntArray:
    """The group of each agent of the records: by name, else the one whose skills fit best what the agent served.

    Fits best: covers most of the services, and of those that cover as much the one with the fewest skills.
    """
    agents, groups = history.contacts.agents, tuple(scenario.agent_group)
    serves = np.stack([_serves(scenario, i) for i in range(len(groups))])
    services = _services_by_type(history)
    share = services / np.maximum(services.sum(axis=1, keepdims=True), 1.0)
    covered = np.round((share * (share >= SERVES_SHARE)) @ serves.T, 2)
    best = (
        (covered - 1e-3 * serves.sum(axis=1)).argmax(axis=1) if len(agents) else np.zeros(0, dtype=np.int64)
    )
    return np.array([_named(name, groups, int(best[i])) for i, name in enumerate(agents)], dtype=np.int64)


def _named(agent: str, groups: tuple[str, ...], otherwise: int) -> int:
    """A group called like the person (a_17), or like the first part of the name (team-17)."""
    for i, group in enumerate(groups):
        if key_of(agent) == key_of(group) or re.fullmatch(rf"{re.escape(group)}-\d+", agent):
            return i
    return otherwise


def _services_by_type(history: History) -> FloatArray:
    contacts = history.contacts
    table = np.zeros((len(contacts.agents), len(history.types)))
    known = contacts.answered & (contacts.agent >= 0)
    np.add.at(table, (contacts.agent[known], contacts.queue[known]), 1.0)
    return table


# --- From the scenario ------------------------------------------------------------------------------------------------


def from_scenario(scenario: Scenario, history: History) -> Heads:
    """The scenario's own people on the history's weekdays: the records name nobody."""
    n = DAY_S // scenario.calendar.interval_s
    due = _due_by_weekday(scenario)
    weekdays = (history.contacts.first_day.weekday() + np.arange(history.n_days)) % 7
    present = due[:, weekdays].reshape(len(scenario.agent_group), history.n_days * n)
    source = "as the scenario has them, as the records name nobody"
    return Heads(tuple(scenario.agent_group), scenario.calendar.interval_s, present, source, inferred=True)


def _due_by_weekday(scenario: Scenario) -> FloatArray:
    """People due to be present by weekday and interval: shape (groups, 7, intervals of a day).

    Of a scenario of fewer than seven days, a weekday that it lacks is like its first day.
    """
    interval_s, days = scenario.calendar.interval_s, scenario.calendar.days
    of_weekday = {scenario.calendar.weekday(day): day for day in reversed(range(days))}
    edges_s = interval_edges(days, interval_s)
    sample = Sample(1, 0, "independent")
    due = np.stack(
        [present_s(group.presence, sample, edges_s) / interval_s for group in world_of(scenario).groups]
    ).reshape(len(scenario.agent_group), days, -1)
    return np.stack([due[:, of_weekday.get(weekday, 0)] for weekday in range(7)], axis=1)
