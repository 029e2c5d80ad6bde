"""A design before it is planned: one simulation with people enough for everybody at once, at no price for people.

It tells what no staffing changes: the work that the design leaves to people, what it costs beside them, and what
customers get at best. From it comes a lower bound on the design's cost.
"""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.design.candidates import Candidate
from optimizer.design.people_bound import least_cost_of_people
from optimizer.draws import SEARCH_DRAWS_FROM, Simulate
from optimizer.options import PlanOptions
from optimizer.people import Effort
from scenarios import Scenario
from scenarios.agent_groups import AgentGroup, Skill
from scenarios.quantities import frozen
from sim.enough_people import ample_people, with_people
from sim.measures.result import Result
from sim.replicate import Asked

REPLICATIONS = 20
_SOME_WAIT = 0.001


@dataclass(frozen=True)
class Screened:
    """A design with people enough for everybody at once.

    people: a lower bound on what people cost over the horizon; beside: on all other cost, the options' own included
    """

    candidate: Candidate
    ample: Result
    people: float
    beside: float


def screened(candidate: Candidate, simulate: Simulate, options: PlanOptions) -> Screened:
    """One simulation on the search's draws, and the bounds that follow from it."""
    asked = Asked(
        options.seed, REPLICATIONS, by_interval=True, first_replication=SEARCH_DRAWS_FROM, scheme="antithetic"
    )
    center = with_people(best_people(candidate.scenario), ample_people(candidate.scenario))
    ample = simulate(center, asked)
    if ample.value("delay_rate") > _SOME_WAIT:  # what still waits then, waits for the doors to open
        ample = simulate(with_people(center, 2 * ample_people(candidate.scenario)), asked)
    effort = Effort(options.gap, options.time_limit_s, options.solver)
    people = least_cost_of_people(candidate.scenario, ample, effort)
    return Screened(candidate, ample, people, ample.value("cost_total") + candidate.beside)


def best_people(scenario: Scenario) -> Scenario:
    """Everybody is as good as the best group at each contact type, everybody is assisted, and nobody is paid."""
    free = {"cost_per_h": 0.0, "hire_cost": 0.0, "training_cost": 0.0, "outsourced": None}
    groups = {
        name: group.model_copy(
            update={**free, "skills": tuple(_as_the_best(scenario, skill) for skill in group.skills)}
        )
        for name, group in scenario.agent_group.items()
    }
    all_assisted = {"groups": tuple(groups), "per_seat_month": 0.0}
    assist = scenario.assist and scenario.assist.model_copy(update=all_assisted)
    return scenario.model_copy(update={"agent_group": frozen(groups), "assist": assist})


def _as_the_best(scenario: Scenario, skill: Skill) -> Skill:
    """The skill with the shortest talk and the highest resolution that any group has in it."""
    same = [other for group in scenario.agent_group.values() for other in _skills_in(group, skill)]
    own = scenario.contact_type[skill.contact_type].resolution_rate
    solved = [own if other.resolution_rate is None else other.resolution_rate for other in same]
    best = {"talk_factor": min(other.talk_factor for other in same), "resolution_rate": max(solved)}
    return skill.model_copy(update=best)


def _skills_in(group: AgentGroup, skill: Skill) -> list[Skill]:
    return [other for other in group.skills if other.contact_type == skill.contact_type]
