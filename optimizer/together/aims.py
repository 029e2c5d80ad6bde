"""What is sought after cost in a joint plan: the same heads at no more cost, on fewer different shifts.

A joint plan has no requirement that people could be above: whoever is there is needed. So its own heads take the
requirement's place, and what the aims find is kept only if it holds every promise in the simulation too.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.horizon import IntArray
from optimizer.people import Effort
from optimizer.shifts.problem import ShiftProblem
from optimizer.shifts.tidy import tidied
from optimizer.shifts.week_model import Counts
from optimizer.staffing import with_people
from optimizer.together.groups import Groups
from optimizer.together.held import Held
from optimizer.together.trials import Trials


def tidier(groups: Groups, held: Held, trials: Trials, observations: int, effort: Effort) -> Held:
    """People that hold and are better by the aims after cost; the same where none are found."""
    asked = [name for name, problem in groups.problems.items() if _has_aims(problem)]
    if not asked:
        return held
    plans = dict(held.proposal.plans)
    for name in asked:
        problem, counts = groups.problems[name], held.proposal.counts[name]
        as_needed = replace(problem, needed=heads_of(problem, counts))
        plans[name] = groups.plan_of(name, tidied(as_needed, counts, effort), held.proposal.solved.status)
    people = with_people(groups.frame.scenario, plans)
    verdict = trials.look(people, observations)
    cost = sum(plan.cost for plan in plans.values())
    return Held(replace(held.proposal, plans=plans, cost=cost), people, verdict) if verdict.holds else held


def heads_of(problem: ShiftProblem, counts: Counts) -> IntArray:
    """Scheduled people at work in each slot, breaks out."""
    slots, heads = problem.slots, np.zeros(problem.slots.n, dtype=np.int64)
    for key, people in counts.people.items():
        heads[[slots.at(slot) for slot in range(key[0], key[0] + key[1])]] += people
    lasting = {
        team.key(window, slot): window.n_slots
        for team in problem.teams
        for window in team.windows
        for slot in team.break_slots(window)
    }
    for taken, people in counts.break_starts.items():
        heads[[slots.at(slot) for slot in range(taken[-1], taken[-1] + lasting[taken])]] -= people
    return heads


def _has_aims(problem: ShiftProblem) -> bool:
    return bool(problem.rules.then) or problem.rules.shift_kind_h > 0.0
