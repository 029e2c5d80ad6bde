"""People needed by day and interval, by one method or another, for comparison and teaching.

    sipp, lagged_sipp, mol   formulas (`optimizer.requirement.first_guess`)
    simulated                head counts that hold every target in the simulator, and nobody too many

A formula knows a group by itself. The simulation knows all groups at once: those that are planned are raised and
lowered together, the others keep their people.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from optimizer.draws import SEARCH_DRAWS_FROM, Note, Simulate
from optimizer.horizon import FloatArray, IntArray, horizon_of
from optimizer.people import groups_to_plan
from optimizer.requirement.by_simulation import (
    Floor,
    Trial,
    enough_people,
    interval_margins,
    raised_until_held,
)
from optimizer.requirement.first_guess import FORMULAS, FirstGuess, first_guess
from optimizer.requirement.one_fewer import OneFewer, Trimmed, every_place, proven, trimmed, trimmed_again
from optimizer.requirement.work import pool_of
from scenarios import Scenario
from sim.replicate import Asked, run
from sim.world.rates import expected_rates

Method = Literal["sipp", "lagged_sipp", "mol", "simulated"]
METHODS: tuple[Method, ...] = (*FORMULAS, "simulated")
_FIRST_CONTACTS, _LAST_CONTACTS = 200_000, 1_000_000  # of a simulation


@dataclass(frozen=True)
class Search:
    """How far the simulated requirement goes.

    replications: of the first simulations, and of those that decide what noise had decided before; antithetic, so even
    numbers. None: as many as have 200,000 contacts, then a million; 200 and 2,000 at the most
    """

    seed: int = 1
    replications: tuple[int, ...] | None = None
    most_simulations: int = 1000


@dataclass(frozen=True)
class Settled:
    """How a simulated requirement was found, on the search's customers.

    margins: the smallest of each interval's targets on customers that the trimming has not seen, as a share of
        contacts; infinite where nobody came
    misses: targets that more people in their own periods could not hold, missed beyond noise, as sentences
    replications: of the last simulations, those that decided
    complete: whether one fewer was tried in every interval
    """

    margins: FloatArray
    one_fewer: OneFewer
    misses: tuple[str, ...]
    n_simulations: int
    replications: int
    complete: bool


@dataclass(frozen=True)
class Requirement:
    """People present that a group needs and its offered load, in people; days by intervals."""

    group: str
    method: Method
    people: IntArray
    offered_load_erl: FloatArray
    settled: Settled | None = None


def requirement(
    scenario: Scenario,
    group: str,
    method: Method = "simulated",
    search: Search | None = None,
    *,
    simulate: Simulate = run,
) -> Requirement:
    """People needed by one group. Raises `sim.theory.UnreachableTarget` where no number of people is enough."""
    if method != "simulated":
        return _by_formula(group, method, first_guess(scenario, group, formula=method))
    return requirements(scenario, method, search, groups=[group], simulate=simulate)[group]


def requirements(
    scenario: Scenario,
    method: Method,
    search: Search | None = None,
    *,
    groups: list[str] | None = None,
    simulate: Simulate = run,
    note: Note | None = None,
) -> dict[str, Requirement]:
    """People needed by every group that is planned, and by `groups` if these are others."""
    planned = list(dict.fromkeys([*(groups or ()), *_left_to_plan(scenario, groups)]))
    formula = "mol" if method == "simulated" else method
    guesses = {group: first_guess(scenario, group, formula=formula) for group in planned}
    if method != "simulated":
        return {group: _by_formula(group, method, guess) for group, guess in guesses.items()}
    return _by_simulation(scenario, guesses, search or Search(), simulate, note or (lambda _: None))


def _left_to_plan(scenario: Scenario, groups: list[str] | None) -> list[str]:
    """Groups without people have to be staffed along; without a choice all that are planned."""
    if groups is None:
        return groups_to_plan(scenario)
    return [name for name, group in scenario.agent_group.items() if group.agents.plan]


def _by_formula(group: str, method: Method, guess: FirstGuess) -> Requirement:
    return Requirement(group, method, guess.required, guess.offered_load_erl)


def _by_simulation(
    scenario: Scenario,
    guesses: dict[str, FirstGuess],
    search: Search,
    simulate: Simulate,
    note: Note,
) -> dict[str, Requirement]:
    levels = search.replications or _levels(scenario)
    asked = Asked(
        search.seed, levels[0], by_interval=True, first_replication=SEARCH_DRAWS_FROM, scheme="antithetic"
    )
    floor = Floor(scenario, guesses, simulate, asked, note)
    found = _settled(floor, guesses, levels, search.most_simulations)
    shape = horizon_of(scenario.calendar).shape
    return {
        group: Requirement(
            group,
            "simulated",
            found.trial.people[group].reshape(shape),
            guess.offered_load_erl,
            Settled(
                interval_margins(found.trial.checks, group, guess.required.size),
                found.one_fewer(group),
                tuple(
                    str(one.check) for one in found.trial.missed if one.group == group and one.beyond_noise
                ),
                floor.n_simulations,
                floor.replications,
                found.complete,
            ),
        )
        for group, guess in guesses.items()
    }


def _settled(
    floor: Floor, guesses: dict[str, FirstGuess], levels: tuple[int, ...], most_simulations: int
) -> Trimmed:
    """Enough people, then nobody too many; what noise has decided is decided again on more replications."""
    apart = _apart(floor.scenario, floor.groups)
    trial = enough_people(floor, guesses)
    found = trimmed(floor, trial, every_place(floor, trial), apart, most_simulations)
    for floor.replications in levels[1:]:
        if not found.doubtful and not _in_doubt(found.trial):
            break
        trial = raised_until_held(floor, floor.trial(found.trial.people, "on more replications"))
        found = trimmed_again(floor, found, trial, apart, most_simulations)
    return proven(floor, found)


def _in_doubt(trial: Trial) -> bool:
    """Whether a target that holds might be missed: its margin is within its half-width."""
    return any(not one.beyond_noise for one in trial.checks if one.check.found.value is not None)


def _levels(scenario: Scenario) -> tuple[int, ...]:
    """Replications by the contacts that one of them has."""
    days = range(scenario.calendar.days)
    per_s = sum(expected_rates(scenario, name, day).sum() for name in scenario.contact_type for day in days)
    contacts = max(1.0, float(per_s) * scenario.calendar.interval_s)
    first, last = (
        2 * round(min(max(n / contacts, least), most) / 2)
        for n, least, most in ((_FIRST_CONTACTS, 40, 200), (_LAST_CONTACTS, 40, 2000))
    )
    return (first, last) if last > first else (first,)


def _apart(scenario: Scenario, groups: list[str]) -> int:
    """Intervals after which one person fewer is forgotten: two mean handle times, and the interval itself."""
    longest_s = max((pool_of(scenario, group).mean_handle_s for group in groups), default=0.0)
    return 1 + max(1, math.ceil(2.0 * longest_s / scenario.calendar.interval_s))
