"""People taken away one by one, until one fewer in any interval would miss a target.

Someone less in an interval changes nothing before it. So intervals that lie apart are tried in one simulation, and a
target that is missed is laid to the last of them that begins before the missed period ends. What is kept is simulated
again before it counts. Somebody who could not be spared once is not asked again: with fewer people elsewhere he is
needed all the more, on average.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from optimizer.horizon import BoolArray, FloatArray
from optimizer.requirement.by_simulation import (
    PROOF_DRAWS_FROM,
    Floor,
    People,
    Trial,
    raised_until_held,
)
from optimizer.requirement.held import GroupCheck
from optimizer.requirement.margins import targets_of_group

Place = tuple[str, int]  # a group and an interval


@dataclass(frozen=True)
class OneFewer:
    """What one person fewer would do, by interval: the margin of the worst target, as a share of contacts.

    NaN where nobody more can be taken away. `beyond_noise`: the miss is larger than its half-width (95 %); elsewhere
    the number is settled by the replications at hand, and one fewer might do as well.
    """

    margin: FloatArray
    beyond_noise: BoolArray


@dataclass(frozen=True)
class Trimmed:
    """Head counts from which nobody can be taken away, and for each place what stands in the way of one fewer.

    complete: every place was tried; False: the simulations allowed were used up
    """

    trial: Trial
    blame: dict[Place, GroupCheck]
    complete: bool

    def one_fewer(self, group: str) -> OneFewer:
        """What one person fewer in a group would do."""
        n = len(self.trial.people[group])
        found = [self.blame.get((group, i)) for i in range(n)]
        margin = np.array([math.nan if one is None else -one.short for one in found])
        return OneFewer(margin, np.array([one is not None and one.beyond_noise for one in found]))

    @property
    def doubtful(self) -> set[Place]:
        """Places that noise has decided: the miss with one fewer is within its half-width."""
        return {place for place, one in self.blame.items() if not one.beyond_noise}


def every_place(floor: Floor, trial: Trial) -> set[Place]:
    """All groups in all intervals; without a promise the formula stands."""
    promised = {one.group for one in trial.checks}
    return {(group, i) for group in floor.groups if group in promised for i in range(len(floor.is_open))}


def trimmed(floor: Floor, trial: Trial, places: set[Place], apart: int, most_simulations: int) -> Trimmed:
    """Take away from these places whom the targets can do without; `apart`: intervals between two tried at once.

    Targets that are missed already are left as they are: they stand in nobody's way.
    """
    candidates = {place for place in places if _can_go(floor, trial, place)}
    blame: dict[Place, GroupCheck] = {}
    while candidates and floor.n_simulations < most_simulations:
        trial, refused = _try(floor, trial, _batch(floor, trial, candidates, apart))
        blame |= refused
        candidates = {place for place in candidates - set(refused) if _can_go(floor, trial, place)}
    return Trimmed(trial, blame, not candidates)


def trimmed_again(floor: Floor, found: Trimmed, trial: Trial, apart: int, most_simulations: int) -> Trimmed:
    """On more replications: only what noise had decided, and what stands around the people who were added since."""
    added = {
        (group, i)
        for group, people in trial.people.items()
        for j in np.flatnonzero(people > found.trial.people[group])
        for i in range(max(0, int(j) - apart), min(len(people), int(j) + apart + 1))
    }
    anew = (found.doubtful | added) & every_place(floor, trial)
    again = trimmed(floor, trial, anew, apart, most_simulations)
    before = {place: one for place, one in found.blame.items() if place not in anew}
    return Trimmed(again.trial, before | again.blame, found.complete and again.complete)


def proven(floor: Floor, found: Trimmed) -> Trimmed:
    """On customers that the search has not seen: whoever was spared by luck comes back.

    Of many numbers that just held, some did so by chance. Those that miss beyond noise on new customers get people
    again.
    """
    floor.draws_from = PROOF_DRAWS_FROM
    first = floor.trial(found.trial.people, "on new customers")
    trial = raised_until_held(floor, first, beyond_noise=True)
    blame = dict(found.blame)
    for group, people in trial.people.items():
        for i in np.flatnonzero(people > found.trial.people[group]):
            missed = [one for one in first.missed if one.group == group and i in one.check.period.intervals]
            blame[group, int(i)] = max(missed or first.missed, key=lambda one: one.short)
    return Trimmed(trial, blame, found.complete)


def _can_go(floor: Floor, trial: Trial, place: Place) -> bool:
    group, i = place
    return bool(trial.people[group][i] > floor.least[group][i])


def _try(floor: Floor, trial: Trial, batch: list[Place]) -> tuple[Trial, dict[Place, GroupCheck]]:
    """One fewer at each place of the batch; those who are needed come back, until nothing new is missed."""
    refused: dict[Place, GroupCheck] = {}
    known = {_key(check) for check in trial.missed}
    while batch:
        following = floor.trial(_without(trial.people, batch), f"one fewer in {len(batch)} intervals")
        missed = [check for check in following.missed if _key(check) not in known]
        if not missed:
            return following, refused
        found = _blamed(batch, missed)
        refused |= found
        batch = [place for place in batch if place not in found]
    return trial, refused


def _without(people: People, batch: list[Place]) -> People:
    fewer = {group: counts.copy() for group, counts in people.items()}
    for group, i in batch:
        fewer[group][i] -= 1
    return fewer


def _blamed(batch: list[Place], missed: list[GroupCheck]) -> dict[Place, GroupCheck]:
    """For each miss the last place that begins before its period ends, of the same group if there is one."""
    found: dict[Place, GroupCheck] = {}
    for one in missed:
        earlier = [place for place in batch if place[1] < one.check.period.intervals.stop]
        own = [place for place in earlier if place[0] == one.group]
        place = max(own or earlier or batch, key=lambda place: place[1])
        if place not in found or found[place].short < one.short:
            found[place] = one
    return found


def _batch(floor: Floor, trial: Trial, candidates: set[Place], apart: int) -> list[Place]:
    """Places far enough from each other, those with most to spare first; one in each period of the targets."""
    periods = {g: _period_of(floor, g) for g in floor.groups}
    batch: list[Place] = []
    taken: set[tuple[str, int]] = set()
    for group, i in sorted(candidates, key=lambda place: (-trial.spare[place[0]][place[1]], place)):
        period = (group, int(periods[group][i]))
        if period not in taken and all(abs(i - j) >= apart for _, j in batch):
            batch.append((group, i))
            taken.add(period)
    return sorted(batch, key=lambda place: place[1])


def _period_of(floor: Floor, group: str) -> FloatArray:
    """The number of the period, of those over which the group's targets hold, that holds each interval."""
    number = np.arange(len(floor.is_open), dtype=np.float64)
    for n, period in enumerate(targets_of_group(floor.scenario, group).periods):
        number[period.intervals.start : period.intervals.stop] = -1 - n
    return number


def _key(one: GroupCheck) -> tuple[str, str, str, float, int]:
    promise = one.check.promise
    start = one.check.period.intervals.start
    return one.group, promise.name, promise.measure, promise.wanted, start
