"""The requirement by simulation: head counts raised until every target holds in every period (iterative staffing).

After Feldman, Mandelbaum, Massey and Whitt 2008 (Management Science 54(2)): staff, simulate, staff anew by what was
found, all on the same customers (common random numbers). Theirs reads the next head counts off the simulated number in
system, which knows the chance of delay alone. Here each period is moved by how far it missed its own target, whichever
that is, and then people are taken away one by one (`optimizer.requirement.one_fewer`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimizer.draws import SEARCH_DRAWS_FROM, Note, Simulate
from optimizer.horizon import FloatArray, IntArray, horizon_of
from optimizer.requirement.first_guess import FirstGuess
from optimizer.requirement.held import GroupCheck, group_checks, spare_by_interval
from optimizer.requirement.offsets import GAIN_PER_OFFSET
from optimizer.targets import Period
from scenarios import Scenario
from sim.replicate import Asked

People = dict[str, IntArray]  # by group, one entry an interval of the horizon
PROOF_DRAWS_FROM = 2 * SEARCH_DRAWS_FROM  # the last step draws others yet
_MOST_ROUNDS = 40
_LOWERING_ROUNDS = 6
_GOLDEN_FRACTION = (math.sqrt(5.0) - 1.0) / 2.0
_STUBBORN = 3  # rounds in a row that a period misses before the interval before it is raised too


@dataclass(frozen=True)
class Trial:
    """Head counts, and what their simulation says of the targets."""

    people: People
    checks: Sequence[GroupCheck]
    spare: Mapping[str, FloatArray]  # by group, of each interval by itself: who has most gives first

    @property
    def missed(self) -> list[GroupCheck]:
        """The checks that do not hold."""
        return [check for check in self.checks if check.missed]


class Floor:
    """The center that is staffed: simulates head counts, always on the same customers."""

    def __init__(
        self,
        scenario: Scenario,
        guesses: Mapping[str, FirstGuess],
        simulate: Simulate,
        asked: Asked,
        note: Note,
    ) -> None:
        self.scenario = scenario
        self.groups = list(guesses)
        self.loads = {group: guess.offered_load_erl.ravel() for group, guess in guesses.items()}
        self.is_open = horizon_of(scenario.calendar).is_open().ravel()
        self.least = {group: self._least(guess.least.ravel()) for group, guess in guesses.items()}
        self.n_simulations = 0
        self.replications, self.draws_from = asked.replications, asked.first_replication
        self._simulate, self._asked, self._note = simulate, asked, note

    def trial(self, people: People, doing: str) -> Trial:
        """Simulate these head counts."""
        self.n_simulations += 1
        n = sum(int(counts.sum()) for counts in people.values())
        self._note(f"simulation {self.n_simulations}: {doing}, {n:,} people in all intervals")
        asked = replace(self._asked, replications=self.replications, first_replication=self.draws_from)
        result = self._simulate(with_heads(self.scenario, people), asked)
        spare = {group: spare_by_interval(self.scenario, group, result) for group in self.groups}
        return Trial(people, group_checks(self.scenario, self.groups, result), spare)

    def _least(self, for_the_work: IntArray) -> IntArray:
        """At least min_present, and never nobody while customers may come."""
        return np.where(self.is_open, np.maximum(for_the_work, self.scenario.plan.min_present), 0)


def with_heads(scenario: Scenario, people: Mapping[str, IntArray]) -> Scenario:
    """The scenario with these people present by interval."""
    return scenario.changed(
        {
            f"agent_group.{group}.agents": {"present_per_interval": n.ravel().tolist()}
            for group, n in people.items()
        }
    )


def enough_people(floor: Floor, guesses: Mapping[str, FirstGuess]) -> Trial:
    """Head counts that hold every target, or the last of many that held as many as could be."""
    people = {g: np.maximum(guess.required.ravel(), floor.least[g]) for g, guess in guesses.items()}
    trial = raised_until_held(floor, floor.trial(people, "the first guess"))
    for _ in range(_LOWERING_ROUNDS):
        lower = _lowered(floor, trial)
        if trial.missed or _same(lower, trial.people):
            break
        following = raised_until_held(floor, floor.trial(lower, "lowered where there is plenty"))
        if following.missed or _heads(following.people) >= _heads(trial.people):
            break
        trial = following
    return trial


def raised_until_held(floor: Floor, trial: Trial, *, beyond_noise: bool = False) -> Trial:
    """Raise what misses, until nothing does or many rounds did not help; or only what misses beyond its half-width."""
    in_a_row: Counter[tuple[str, int]] = Counter()
    for _ in range(_MOST_ROUNDS):
        missed = [one for one in trial.missed if one.beyond_noise or not beyond_noise]
        if not missed:
            break
        places = {(one.group, one.check.period.intervals.start) for one in missed}
        in_a_row = Counter({place: in_a_row[place] + 1 for place in places})
        people = {group: counts.copy() for group, counts in trial.people.items()}
        for one in missed:
            stubborn = in_a_row[one.group, one.check.period.intervals.start] >= _STUBBORN
            wanted = _raised(floor, trial, one, stubborn)
            people[one.group] = np.maximum(people[one.group], wanted)
        trial = floor.trial(people, f"{len(missed)} targets missed")
    return trial


def _raised(floor: Floor, trial: Trial, one: GroupCheck, stubborn: bool) -> IntArray:
    """More people in the period of a miss: δ √a, δ by the Halfin–Whitt slope, and at least one in its fullest interval.

    Where an interval goes on missing, what it finds waiting is to blame: the one before it is raised as well.
    """
    people, load = trial.people[one.group].copy(), floor.loads[one.group]
    span = one.check.period.intervals
    inside = np.arange(span.start, span.stop)
    inside = inside[floor.is_open[inside]]
    more = np.zeros(len(people), dtype=np.int64)
    more[inside] = _steps(one.short / GAIN_PER_OFFSET, load[inside], inside)
    if not more.any() and len(inside):
        more[inside[np.argmax(load[inside] / np.maximum(people[inside], 1))]] = 1
    if stubborn and span.start > 0 and floor.is_open[span.start - 1]:
        more[span.start - 1] = max(1, more[span.start - 1])
    return np.asarray(people + more)


def _lowered(floor: Floor, trial: Trial) -> People:
    """Fewer people wherever all checks hold by far: half of what the slope allows."""
    lower = {}
    for group, people in trial.people.items():
        spare = interval_margins(trial.checks, group, len(people))
        offset = np.where(np.isfinite(spare), 0.5 * np.maximum(spare, 0.0) / GAIN_PER_OFFSET, 0.0)
        fewer = np.floor(offset * np.sqrt(floor.loads[group])).astype(np.int64)
        lower[group] = np.maximum(people - fewer, floor.least[group])
    return lower


def interval_margins(checks: Sequence[GroupCheck], group: str, n: int) -> FloatArray:
    """The smallest margin, as a share of contacts, of all checks that cover an interval; infinite without one."""
    margins = np.full(n, math.inf)
    for one in checks:
        if one.group == group and not math.isnan(one.check.margin):
            span = _slice(one.check.period)
            margins[span] = np.minimum(margins[span], -one.short)
    return margins


def _slice(period: Period) -> slice:
    return slice(period.intervals.start, period.intervals.stop)


def _steps(offset: float, load: FloatArray, positions: IntArray) -> IntArray:
    """⌊δ √a + dither⌋: over a long period a small δ adds people here and there, not everywhere at once."""
    dither = (positions * _GOLDEN_FRACTION) % 1.0 if len(positions) > 1 else np.zeros(len(positions))
    return np.floor(max(offset, 0.0) * np.sqrt(load) + dither).astype(np.int64)


def _heads(people: People) -> int:
    return sum(int(counts.sum()) for counts in people.values())


def _same(a: People, b: People) -> bool:
    return all(np.array_equal(a[group], b[group]) for group in a)
