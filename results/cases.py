"""The cases of a study: the baseline as it is and planned, and each design planned and with the people of today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from results.planned import Planned
from results.study import Role
from results.texts.cases import label_in_role
from scenarios import Scenario, Study
from scenarios.quantities import frozen
from sim.measures.result import Result

# How a scenario is simulated: seed, replications, streams and workers are the caller's, the same for all.
Simulate = Callable[[Scenario], Result]


@dataclass(frozen=True)
class Case:
    """A scenario in its role. `name` is the study's name for it, whatever a plan calls its copy."""

    role: Role
    name: str
    scenario: Scenario
    plan: Planned | None = None

    @property
    def key(self) -> str:
        """A name of its own within the study."""
        return f"{self.role}:{self.name}"

    @property
    def label(self) -> str:
        """What people read."""
        return label_in_role(self.role, self.scenario.label)


@dataclass(frozen=True)
class CaseRun:
    """A case with what the simulation says of it."""

    case: Case
    result: Result


def cases_of(study: Study, plans: Mapping[str, Planned] | None = None) -> tuple[Case, ...]:
    """The cases in the order of the report; `plans` by the scenario's name, none: only with people as filed.

    Only the step from the planned baseline to a planned design is the design's saving. A baseline whose people are
    left to the optimizer has no "as it is"; its plan stands in for the people of today.
    """
    plans = plans or {}
    today = _people_of_today(study.baseline, plans)
    cases = [] if _left_to_plan(study.baseline) else [Case("as_is", study.baseline.name, study.baseline)]
    cases += _planned("as_is_planned", study.baseline, plans)
    for design in study.designs:
        cases += _planned("design_planned", design, plans)
        if design.name not in plans:
            cases.append(Case("design", design.name, design))
    if today is not None and plans:
        for design in study.designs:
            cases.append(Case("design_same_people", design.name, with_people_of(design, today)))
    return tuple(cases)


def run_cases(cases: Sequence[Case], simulate: Simulate) -> tuple[CaseRun, ...]:
    """Every case simulated, on the same customers if `simulate` keeps seed, replications and streams."""
    return tuple(CaseRun(case, simulate(case.scenario)) for case in cases)


def with_people_of(design: Scenario, today: Scenario) -> Scenario:
    """The design with the people that another scenario has, group by group; groups of its own keep theirs."""
    groups = {
        name: group.model_copy(update={"agents": today.agent_group[name].agents})
        if name in today.agent_group
        else group
        for name, group in design.agent_group.items()
    }
    return design.model_copy(update={"agent_group": frozen(groups)})


def _planned(role: Role, scenario: Scenario, plans: Mapping[str, Planned]) -> Iterator[Case]:
    if scenario.name in plans:
        yield Case(role, scenario.name, plans[scenario.name].scenario, plans[scenario.name])


def _people_of_today(baseline: Scenario, plans: Mapping[str, Planned]) -> Scenario | None:
    if not _left_to_plan(baseline):
        return baseline
    return plans[baseline.name].scenario if baseline.name in plans else None


def _left_to_plan(scenario: Scenario) -> bool:
    return any(group.agents.plan for group in scenario.agent_group.values())
