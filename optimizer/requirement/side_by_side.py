"""The requirements of several methods, each simulated on the same fresh customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.draws import Note, Simulate
from optimizer.requirement.by_simulation import with_heads
from optimizer.requirement.held import GroupCheck, group_checks
from optimizer.requirement.methods import Method, Requirement, Search, requirements
from scenarios import Scenario
from sim.measures.result import Result
from sim.replicate import Asked, run


@dataclass(frozen=True)
class Tried:
    """What one method asks for, as head counts, and what customers get from it; replications no search has seen."""

    method: Method
    needed: dict[str, Requirement]
    scenario: Scenario
    result: Result
    checks: Sequence[GroupCheck]

    def of_group(self, group: str) -> list[GroupCheck]:
        """The checks that the people of a group are to hold."""
        return [one for one in self.checks if one.group == group]

    @property
    def missed(self) -> list[GroupCheck]:
        """Targets that are missed by more than chance explains, over all checks together."""
        return [one for one in self.checks if one.check.clearly_missed(len(self.checks))]

    def person_h(self, group: str) -> float:
        """Hours of people present over the horizon."""
        return float(self.needed[group].people.sum()) * self.scenario.calendar.interval_min / 60.0


def try_methods(
    scenario: Scenario,
    methods: Sequence[Method],
    search: Search | None = None,
    replications: int = 200,
    *,
    simulate: Simulate = run,
    note: Note | None = None,
) -> list[Tried]:
    """Every method's requirement, simulated as it stands: people come and go by the interval, without shifts."""
    search = search or Search()
    asked = Asked(search.seed, replications, by_interval=True)
    tried = []
    for method in methods:
        needed = requirements(scenario, method, search, simulate=simulate, note=note)
        staffed = with_heads(scenario, {group: one.people for group, one in needed.items()})
        if note is not None:
            note(f"{method}: {replications} fresh replications")
        result = simulate(staffed, asked)
        tried.append(Tried(method, needed, staffed, result, group_checks(staffed, list(needed), result)))
    return tried
